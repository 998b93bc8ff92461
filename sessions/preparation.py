"""What does a coach want in front of them before a session? All on one page, opened in one look (R8, R13).

The questions come with a second request (sessions.views.asked) and so does what is private (sessions.views.preparation.own): no page
asks the database more than twelve.
"""

from dataclasses import dataclass

from coaching.traces import look
from sessions.models import Action, Intervention, Takeaway, Topic
from sessions.process_models import kinds
from sessions.record import standing_words
from trajectories.models import GoalVersion
from trajectories.sources import worked_on


@dataclass
class Preparation:
    """`tried`: (intervention, its kind or None) of last time; `goals`: (goal, version, Worked), the one left longest first."""

    topics: list
    actions: list
    takeaways: list
    tried: list
    goals: list


def preparation(session, seat, *, at):
    """Gather it for the coach of a session to come."""
    topics = list(Topic.objects.open_to(seat).up_for(session).in_order())
    actions = list(Action.objects.open_to(seat).open().with_owner().soonest_first())
    takeaways = list(Takeaway.objects.open_to(seat).last_before(session))
    tried = list(Intervention.objects.open_to(seat).before(session).in_order())
    versions = list(GoalVersion.objects.open_to(seat).standing().latest_first().select_related("goal"))
    look([session, *topics, *actions, *takeaways, *tried, *versions], by=seat, at=at)
    return Preparation(
        topics=topics,
        actions=actions,
        takeaways=takeaways,
        tried=[(row, kinds().get(row.kind)) for row in tried],
        goals=_goals(session.trajectory, seat, versions),
    )


def _goals(trajectory, seat, versions):
    """The agreed goals that stand, the one left longest first."""
    found = [(goal, version) for goal, version in standing_words(versions) if version.agreed_at]
    worked = worked_on(trajectory, seat, {goal.pk: version.agreed_at for goal, version in found})
    rows = [(goal, version, worked.get(goal.pk)) for goal, version in found]
    return sorted(rows, key=lambda row: (row[2] and row[2].last_at) or row[1].agreed_at)
