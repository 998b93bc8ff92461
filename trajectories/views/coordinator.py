"""The coordinator's pages: what waits, who coaches, what runs. Names, states, dates and numbers; no words of a trajectory."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property

from coaching.access import respond
from coaching.clock import now, today
from trajectories import desk, pool
from trajectories.models import State, TooClose, Trajectory
from trajectories.models.moments import agreed_of
from trajectories.models.room import pool_for
from trajectories.sources import minutes_flown, numbers_of

PER_PAGE, CLOSE_SHOWN, ROOM_SHOWN, NEWEST_SHOWN = 25, 10, 6, 5


def for_coordinators(view):
    """Whoever does not coordinate finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.coordinates:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _asked(request, *names):
    """What the address narrows a list to: short texts, "" where it says nothing."""
    return {name: request.GET.get(name, "").replace("\x00", "")[:100] for name in ("q", *names)}


class Pages(Paginator):
    """Pages of a list of which it may be known already how many rows it has."""

    def __init__(self, rows, known=None):
        super().__init__(rows, PER_PAGE)
        self.known = known

    @cached_property
    def count(self):
        return super().count if self.known is None else self.known


def _page(request, rows, known=None):
    """The page that is asked for; `known`: how many rows there are, when that is known."""
    return Pages(rows, known).get_page(request.GET.get("page"))


@for_coordinators
def requests(request):
    """The coordinator's home: requests that wait, trajectories whose distance is no longer right, and who has room."""
    at, asked, mine = now(), _asked(request, "turn"), Trajectory.objects.coordinated_by(request.user)
    queue = desk.called(desk.narrowed(mine.with_proposals().with_tries(), asked["turn"], at=at), asked["q"]).queued()
    numbers = mine.queue_numbers(at)
    page = _page(request, queue, None if asked["q"] else desk.number_of(asked["turn"], numbers))
    close = list(TooClose.objects.coordinated_by(request.user).standing().with_trajectory().newest_first()[: CLOSE_SHOWN + 1])
    newest = list(mine.on_their_way().latest_first()[:NEWEST_SHOWN])
    waiting = list(page)
    desk.bring_seats(waiting, [one.trajectory for one in close], newest)
    context = {"today": today(), "asked": asked, "numbers": numbers, "page": page, "newest": newest} | {
        "waiting": desk.requests_of(waiting, desk.standing_proposals(request.user, waiting), at=at),
        "close": close[:CLOSE_SHOWN],
        "more_close": len(close) > CLOSE_SHOWN,
        "own": Trajectory.objects.visible_to(request.user).open().count(),
        **pool.with_room(pool_for(request.user), most=ROOM_SHOWN, on=today()),
    }
    return respond(request, "trajectories/requests.html", context, fragment="queue")


@for_coordinators
def coaches(request):
    """The pool: how many each coaches, for how many they have room, who pauses, and their flight hours in total."""
    asked = _asked(request, "theme", "room")
    everyone = [pool.Place.of(coach, on=today()) for coach in pool_for(request.user)]
    page = _page(request, pool.narrowed(everyone, **asked))
    minutes = minutes_flown([place.person.pk for place in page])
    context = {
        "page": page,
        "rows": [(place, *divmod(minutes[place.person.pk], 60)) for place in page],
        "pool": bool(everyone),
        "free": sum(place.free for place in everyone),
        "themes": pool.themes(everyone),
        "asked": asked,
        "today": today(),
    }
    return respond(request, "trajectories/coaches.html", context, fragment="found")


@for_coordinators
def running(request):
    """All trajectories, newest first; searched by a party's name, narrowed to a state."""
    asked = _asked(request, "state")
    rows = Trajectory.objects.coordinated_by(request.user).with_seats().latest_first()
    if asked["state"] in State.values:
        rows = rows.in_state(State(asked["state"]))
    elif asked["state"] == "open":
        rows = rows.open()
    page = _page(request, desk.called(rows, asked["q"]))
    numbers, agreed = numbers_of(list(page)), agreed_of(list(page))
    context = {
        "page": page,
        "rows": [(row, numbers[row.pk], agreed.get(row.pk)) for row in page],
        "states": State.choices,
        "asked": asked,
        "own": Trajectory.objects.visible_to(request.user).open().count(),
    }
    return respond(request, "trajectories/running.html", context, fragment="found")


@for_coordinators
def decisions(request):
    """Trajectories in which a seat is empty, and those for which another coach was asked: names, states and dates, not by whom or why."""
    rows = Trajectory.objects.coordinated_by(request.user).with_decisions().to_decide().with_seats().waiting_longest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    emptied, asks = [row for row in page if row.emptied], [row for row in page if not row.emptied]
    return respond(
        request, "trajectories/decisions.html", {"page": page, "emptied": emptied, "asks": asks, "nav_here": "trajectories:requests"}
    )
