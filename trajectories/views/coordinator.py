"""The coordinator's pages: what waits, who coaches, what runs. Names, states, dates and numbers; no words of a trajectory."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404

from coaching.access import respond
from coaching.clock import now, today
from trajectories.desk import called, requests_of, standing_proposals, too_close_now
from trajectories.matching import room_in_words
from trajectories.models import State, TooClose, Trajectory
from trajectories.models.room import has_room, is_available, pool_for
from trajectories.sources import numbers_of

PER_PAGE = 25


def for_coordinators(view):
    """Whoever does not coordinate finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.coordinates:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_coordinators
def requests(request):
    """The coordinator's home: requests that wait, trajectories whose distance is no longer right, and who has room."""
    rows = list(Trajectory.objects.coordinated_by(request.user).open().with_seats().waiting_longest_first())
    waiting = [row for row in rows if row.state == State.REQUESTED]
    others = [row for row in rows if row.state != State.REQUESTED]
    coaches = [_coach(coach) for coach in pool_for(request.user)]
    context = {
        "today": today(),
        "waiting": requests_of(waiting, standing_proposals(request.user, waiting), at=now()),
        "close": too_close_now(others, going_on=TooClose.objects.readable_by(request.user).standing()),
        "far": len(others),
        "with_room": [coach for coach in coaches if coach["has_room"]],
        "without_room": len([coach for coach in coaches if not coach["has_room"]]),
        "newest": others[::-1][:5],
        "own": Trajectory.objects.visible_to(request.user).open().count(),
    }
    return respond(request, "trajectories/requests.html", context)


def _coach(person):
    profile = person.coach_profile
    return {
        "person": person,
        "profile": profile,
        "has_room": has_room(person, load=person.load),
        "available": is_available(profile, today()),
        "room": room_in_words(person),
    }


@for_coordinators
def coaches(request):
    """The pool: how many each coaches, for how many they have room, and who pauses."""
    rows = [_coach(coach) for coach in pool_for(request.user)]
    free = sum(max(row["profile"].room_for - row["person"].load, 0) for row in rows if row["has_room"])
    return respond(request, "trajectories/coaches.html", {"rows": rows, "free": free, "today": today()})


@for_coordinators
def running(request):
    """All trajectories, newest first; searched by a party's name, narrowed to a state."""
    asked, words = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    rows = Trajectory.objects.coordinated_by(request.user).with_seats().latest_first()
    if asked in State.values:
        rows = rows.in_state(State(asked))
    page = Paginator(called(rows, words), PER_PAGE).get_page(request.GET.get("page"))
    numbers = numbers_of(list(page))
    context = {
        "page": page,
        "rows": [(row, numbers[row.pk]) for row in page],
        "states": State.choices,
        "asked": asked,
        "words": words,
        "own": Trajectory.objects.visible_to(request.user).open().count(),
    }
    return respond(request, "trajectories/running.html", context, fragment="found")
