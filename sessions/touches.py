"""When did the sessions last work on each goal of a trajectory, and which have they left lying? (R8)"""

from sessions.models import CoachingSession
from sessions.silence import UNTOUCHED
from trajectories.sources import Worked, touching


@touching
def of_goals(trajectory, agreed):
    """Worked per goal key of `agreed` {goal key: agreed_at}, in one statement; no words are opened."""
    held, last = set(), {}
    rows = CoachingSession.objects.of_trajectories([trajectory.pk]).held()
    for at, goal in rows.values_list("starts_at", "goals"):  # a session that worked on none comes with None
        held.add(at)
        if goal is not None:
            last[goal] = max(at, last.get(goal, at))
    return {goal: _worked(held, last.get(goal), agreed_at) for goal, agreed_at in agreed.items()}


def _worked(held, last_at, agreed_at):
    since = sum(at > (last_at or agreed_at) for at in held)
    return Worked(last_at, since if since >= UNTOUCHED else 0)
