"""From which rows does a coach hear what falters? Four statements for all their trajectories together, no words opened (R20a)."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from coaching.clock import day_of
from sessions.models import Action, CoachingSession, Log, Stall
from sessions.silence import Facts, GoalSeen, Met, Stand, falters
from trajectories.doors import COACH
from trajectories.models import CheckIn, Measurement, Trajectory
from trajectories.models.trajectory import Hold


def heard_by(coach, trajectories, *, at):
    """What falters at moment `at` in each of `trajectories`: {key: [Falter]}, only where `coach` has that seat, through their doors."""
    keys = [trajectory.pk for trajectory in trajectories]
    rows = list(_with_moments(Trajectory.objects.seated(coach, COACH).filter(pk__in=keys), coach))
    holds, sessions, goals = _holds(keys), _sessions(coach, keys), _goals(coach, keys)
    today, heard = day_of(at), {}
    for row in rows:
        facts = Facts(
            state=row.state,
            since_at=row.intake_at or row.asked_at,
            holds=tuple(holds[row.pk]),
            sessions=tuple(sessions[row.pk]),
            goals=tuple(goals[row.pk]),
            asked_on=row.check_in_asked_at and day_of(row.check_in_asked_at),
            due_on=row.due_on,
            stalled_at=row.stalled_at,
        )
        heard[row.pk] = falters(facts, today=today, trajectory=row.pk)
    return heard


def _with_moments(rows, coach):
    """Brings check_in_asked_at, due_on and stalled_at: when, never what."""
    asked = CheckIn.objects.open().filter(trajectory=OuterRef("pk"))
    due = Action.objects.readable_by(coach).open().filter(trajectory=OuterRef("pk"), due_on__isnull=False).order_by("due_on")
    stalls = Stall.objects.readable_by(coach).filter(seat__trajectory=OuterRef("pk"))
    stalls = stalls.annotate(about=Coalesce("session__starts_at", "worded_at")).order_by("-about")
    return rows.annotate(
        check_in_asked_at=Subquery(asked.values("worded_at")[:1]),
        due_on=Subquery(due.values("due_on")[:1]),
        stalled_at=Subquery(stalls.values("about")[:1]),
    )


def _holds(keys):
    holds = defaultdict(list)
    for hold in Hold.objects.filter(trajectory__in=keys):
        holds[hold.trajectory_id].append((day_of(hold.from_at), hold.until_at and day_of(hold.until_at)))
    return holds


def _sessions(coach, keys):
    found = defaultdict(list)
    for row in CoachingSession.objects.readable_by(coach).of_trajectories(keys).saying(Log.objects.readable_by(coach)).only(*MOMENTS):
        off = row.cancelled_at or (row.missed_at and row.starts_at)
        found[row.trajectory_id].append(Met(off or row.starts_at, "off" if off else "held" if row.held_at else "planned", row.says))
    return found


MOMENTS = ("trajectory", "starts_at", "held_at", "cancelled_at", "missed_at")


def _goals(coach, keys):
    """Standing goals with the client's levels; the start is the first of them, so that every agreed goal has one. A later start was no
    level that the client chose meanwhile; it tells that the sentences are others from then on."""
    worked_on = CoachingSession.objects.telling(Log.objects.readable_by(coach)).filter(goals=OuterRef("goal")).order_by("-starts_at")
    rows = Measurement.objects.readable_by(coach).by_client().filter(trajectory__in=keys, goal__let_go_at=None).earliest_first()
    rows = rows.annotate(touched_at=Subquery(worked_on.values("starts_at")[:1])).select_related("goal", "version_of_goal")
    by_goal, found = defaultdict(list), defaultdict(list)
    for row in rows:
        by_goal[row.goal_id].append(row)
    for first, *more in by_goal.values():
        anew = [row.version_of_goal.number for row in more if row.moment == "start"]
        chosen = [first, *(row for row in more if row.moment != "start")]
        stands = tuple(Stand(day_of(row.worded_at), row.level, _sentences(row, anew)) for row in chosen)
        found[first.trajectory_id].append(GoalSeen(first.goal.number, first.worded_at, first.touched_at, stands))
    return found


def _sentences(row, anew):
    """The number of the version that brought the sentences of this level; 0 for those of the first."""
    return max((number for number in anew if number <= row.version_of_goal.number), default=0)
