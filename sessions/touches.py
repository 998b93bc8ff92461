"""When did the sessions last work on each goal of a trajectory, and which have they left lying? (R8)"""

from django.db.models import OuterRef, Subquery

from sessions.models import CoachingSession, Log
from sessions.silence import UNTOUCHED
from trajectories.goals_page import agreed_at
from trajectories.sources import Worked, touching


@touching
def of_goals(trajectory, seat, agreed):
    """Worked per goal key of `agreed` {goal key: agreed_at}, in one statement, by the logs that `seat` may read; no words are opened."""
    held, last = set(), {}
    rows = CoachingSession.objects.of_trajectories([trajectory.pk]).telling(Log.objects.open_to(seat))
    for at, goal in rows.values_list("starts_at", "goals"):  # a session that worked on none comes with None
        held.add(at)
        if goal is not None:
            last[goal] = max(at, last.get(goal, at))
    return {goal: _worked(held, last.get(goal), moment, seat) for goal, moment in agreed.items()}


def _worked(held, last_at, since_agreed, seat):
    since = sum(at > (last_at or since_agreed) for at in held)
    return Worked(last_at, since if since >= UNTOUCHED else 0, bool(seat.reads_since))


def with_touched(versions, logs):
    """Brings `touched_at` to a queryset of versions of goals: when a held session last worked on the goal, as far as `logs` tell."""
    worked_on = CoachingSession.objects.telling(logs).filter(goals=OuterRef("goal")).order_by("-starts_at")
    return versions.annotate(touched_at=Subquery(worked_on.values("starts_at")[:1]))


def touched(versions, sessions, *, seat):
    """Worked per key of an agreed goal for `seat`, of `versions` with_touched(); `sessions` are all there are, with_readable()."""
    known = [row for row in sessions if row.held_at and (row.reads_log or not hasattr(row, "log"))]
    held, last = {row.starts_at for row in known}, {row.goal_id: row.touched_at for row in versions}
    return {goal: _worked(held, last[goal], moment, seat) for goal, moment in agreed_at(versions).items()}
