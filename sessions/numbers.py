"""How many sessions, for whoever may know the number and nothing else?"""

from django.db.models import Count, Min, Q, Subquery
from django.db.models.functions import Coalesce

from sessions.models import CoachingSession, Flight
from trajectories.sources import counted, flies


@counted
def held_and_planned(trajectories):
    """Per trajectory key: held and planned, in one statement."""
    keys = [trajectory.pk for trajectory in trajectories]
    held, standing = Q(held_at__isnull=False), Q(cancelled_at=None, missed_at=None)
    rows = CoachingSession.objects.of_trajectories(keys).values("trajectory").order_by()
    rows = rows.annotate(held=Count("pk", filter=held), planned=Count("pk", filter=standing & ~held))
    return {row["trajectory"]: {"held": row["held"], "planned": row["planned"]} for row in rows}


def with_numbers(trajectories, at):
    """For coach and client, on a queryset of trajectories: sessions_held, sessions_planned, next_session; no statement of its own."""
    here = CoachingSession.objects.standing().of_outer_trajectory().order_by().values("trajectory")
    number = Count("pk")
    return trajectories.annotate(
        sessions_held=Coalesce(Subquery(here.held().annotate(n=number).values("n")), 0),
        sessions_planned=Coalesce(Subquery(here.planned().annotate(n=number).values("n")), 0),
        next_session=Subquery(here.since(at).annotate(first=Min("starts_at")).values("first")),
    )


@flies
def minutes_flown(keys):
    """Per person: the minutes that count as coaching (R29), as their own page adds them up; one statement."""
    return Flight.objects.minutes_of(keys)
