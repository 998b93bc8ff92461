"""Of what do we remind coach and client: the day before, the morning after, and when nothing is planned? (R30)

Each run works out which nudges are of use now: those are posted once, and one that waits and is of no use any more is dropped.
"""

from datetime import timedelta

from django.urls import reverse

from coaching.clock import day_of, end_of
from coaching.day import due
from coaching.outbox import keep_only, post
from coaching.working_days import add_working_days, days_off
from sessions.models import CoachingSession, Takeaway
from sessions.models.appointments import MEETS_IN
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory

LOOK_BACK = timedelta(days=21)  # what lies further back is not asked for any more
QUIET = timedelta(days=21)


@due
def the_day_before(at):
    """On the last working day before a conversation both are asked to prepare."""
    today = day_of(at)
    soon = end_of(add_working_days(today, 1, days_off()))
    rows = CoachingSession.objects.coming(end_of(today)).before(soon).with_rooms()
    _nudge("session_tomorrow", [(row, seat, f"{row.local_day}") for row in _standing(rows) for seat in _room(row, COACH, CLIENT)], at)


@due
def the_morning_after(at):
    """The coach is asked to log what was planned before today; the client, by the verb that says it was held, what it yielded (R12)."""
    midnight = end_of(day_of(at), after=-1)
    rows = CoachingSession.objects.planned().since(at - LOOK_BACK).before(midnight).with_rooms()
    _nudge("morning_after_coach", [(row, seat, "") for row in _standing(rows) for seat in _room(row, COACH)], at)
    unsaid = CoachingSession.objects.held().since(at - 2 * LOOK_BACK).without(Takeaway.objects.by_client())
    keep_only("morning_after_client", [f"yield:{key}" for key in unsaid.values_list("pk", flat=True)], at=at)


@due
def nothing_planned(at):
    """A coach is asked once to look ahead when for three weeks they have not met and nothing is planned."""
    since = end_of(day_of(at), after=-1) - QUIET
    rows = Trajectory.objects.running().exclude(pk__in=CoachingSession.objects.since(since).standing().values("trajectory"))
    quiet = [row for row in rows.filter(started_at__lt=since).with_seats() if row.coach]
    last = dict(CoachingSession.objects.of_trajectories([row.pk for row in quiet]).held().in_order().values_list("trajectory", "starts_at"))
    keys = {row: f"nothing planned:{row.pk}:{day_of(last.get(row.pk, row.started_at))}" for row in quiet}
    keep_only("nothing_planned", keys.values(), at=at)
    for row, key in keys.items():
        post("nothing_planned", to=row.coach.person, url=reverse("sessions:detail", args=[row.pk]), at=at, once=key)


def _standing(rows):
    return [row for row in rows if row.trajectory.state in MEETS_IN]


def _room(row, *parts):
    return [seat for seat in row.trajectory.seats if seat.confirmed_at and seat.part in parts]


def _nudge(kind, asked, at):
    """Post what is not posted yet, and drop what waits and is no longer asked. `asked`: [(session, seat, what it hangs on besides)]."""
    keys = {f"{kind}:{row.pk}:{seat.pk}:{more}": (row, seat) for row, seat, more in asked}
    keep_only(kind, keys, at=at)
    for key, (row, seat) in keys.items():
        post(kind, to=seat.person, url=_page(kind, row, seat), at=at, once=key)


def _page(kind, row, seat):
    if kind == "morning_after_coach":
        return row.log_address
    return reverse("sessions:topic", args=[row.pk]) if seat.part == CLIENT else row.get_absolute_url()
