"""What needs the coach today, what does the client do before they meet, and where is everyone's trajectory?"""

from django.http import Http404
from django.shortcuts import get_object_or_404

from coaching import clock
from coaching.access import respond
from coaching.clock import day_of
from coaching.traces import look
from sessions import pages
from sessions.coachs_list import listed_of, total_of
from sessions.models import Action, CoachingSession, Topic
from sessions.needs import SOON
from sessions.numbers import with_numbers
from trajectories.desk import standing_proposals
from trajectories.doors import CLIENT, COACH
from trajectories.models import Question, Trajectory
from trajectories.needs import needs

ASKED_SHOWN = 5  # requests of others that wait for the client's answer, beside the trajectory that their home is about


def today(request):
    """The coach's home: a short list that can be empty."""
    at = clock.now()
    mine = Trajectory.objects.seated(request.user, COACH).open().with_moments().with_waiting(request.user).with_room_of(request.user)
    rows = list(with_numbers(mine, at).with_seats().latest_first())
    _must_coach(request, rows)
    listed = listed_of(rows, request.user, at, soon=at + SOON)
    context = {
        "needs": needs(request.user, COACH, at=at, rows=rows),
        "rows": listed,
        "today": day_of(at),
        "coming": min((one["next"] for one in listed if one["next"]), default=None),
        "room": rows[0].room_for if rows else None,
    }
    return respond(request, "sessions/today.html", context)


def _must_coach(request, rows):
    """These pages are for who coaches, or is in the pool."""
    if not rows and not request.user.in_the_pool:
        raise Http404


def trajectories(request):
    """All trajectories that this coach has a seat in, closed ones too."""
    at = clock.now()
    mine = Trajectory.objects.seated(request.user, COACH).with_moments()
    rows = list(with_numbers(mine, at).with_seats().latest_first())
    _must_coach(request, rows)
    return respond(request, "sessions/trajectories.html", {"rows": listed_of(rows, request.user, at)})


def now(request):
    """The client's home: what to do before we meet."""
    at = clock.now()
    mine = Trajectory.objects.seated(request.user, CLIENT).with_moments().with_waiting(request.user)
    row, *others = with_numbers(mine, at).with_seats().current_first()[: 1 + ASKED_SHOWN] or [None]
    asked = [one for one in others if one.waits_for_a_yes]
    if row is None or row.intake_at is None:
        proposals = standing_proposals(request.user, [row]) if row else []
        chosen = next((one for one in proposals if one.chosen_at), None)
        context = {"trajectory": row, "proposals": proposals, "chosen": chosen, "asked": asked}
        return respond(request, "sessions/now_empty.html", context)
    return respond(request, "sessions/now.html", _now(request, row, row.seat_of(request.user), at) | {"asked": asked})


def _now(request, row, seat, at):
    question = list(Question.objects.open_to(seat).latest_settled_first()[:1])
    coming = CoachingSession.objects.open_to(seat).coming(at).numbered().first() if row.is_open else None
    topics = list(Topic.objects.open_to(seat).up_for(coming).waiting().in_order()) if coming else []
    actions = Action.objects.open_to(seat).with_owner().with_last_done(3)
    look([*question, *topics, *actions, *([coming] if coming else [])], by=seat, at=at)
    context = {"trajectory": row, "question": question[0] if question else None, "coming": coming, "topics": topics}
    context |= {"actions": actions, "needs": needs(request.user, CLIENT, at=at, rows=[row]), "today": day_of(at)}
    return context | {"held": row.sessions_held, "total": total_of(row)}


def detail(request, pk):
    """The trajectory as coach and client see it."""
    door = Trajectory.objects.seated(request.user, COACH, CLIENT).with_moments().with_seats()
    row = get_object_or_404(door, pk=pk)
    seat = row.seat_of(request.user)
    page = pages.detail(row, seat, at=clock.now(), everything="all" in request.GET)
    return respond(
        request, "sessions/detail.html", {"page": page, "trajectory": row, "seat": seat, "today": day_of(clock.now())}, fragment="list"
    )
