"""How many sessions, for whoever may know the number and nothing else?"""

from django.db.models import Count, Q

from sessions.models import CoachingSession
from trajectories.sources import counted


@counted
def held_and_planned(trajectories):
    """Per trajectory key: held and planned, in one statement."""
    keys = [trajectory.pk for trajectory in trajectories]
    held, standing = Q(held_at__isnull=False), Q(cancelled_at=None, missed_at=None)
    rows = CoachingSession.objects.of_trajectories(keys).values("trajectory").order_by()
    rows = rows.annotate(held=Count("pk", filter=held), planned=Count("pk", filter=standing & ~held))
    return {row["trajectory"]: {"held": row["held"], "planned": row["planned"]} for row in rows}
