"""What falls due around the progress check and the closing? Checks at half of the period, reminders, reports that were left unmade."""

from django.urls import reverse

from coaching.clock import day_of
from coaching.day import due
from coaching.outbox import post
from coaching.working_days import days_off, working_days_between
from trajectories.models import Agreement, CheckIn, Hold, Report, Review, Trajectory
from trajectories.models.checkins import never_checked
from trajectories.models.reports import make

AFTER_WORKING_DAYS = (4, 8)  # to prepare: before the ten in which the others wait for a sponsor (R23)
AFTER_DAYS = (7, 14)  # an open check-in


@due
def begin_check_ins(at):
    """A progress check falls due at half of the period, days on hold not counted (R18). Half of the sessions: sessions.halfway."""
    for trajectory in never_checked(Trajectory.objects.running()):
        if is_halfway(trajectory, at):
            CheckIn.begin(trajectory, by=None, at=at)


def is_halfway(trajectory, at):
    """Whether half of the agreed period has passed, without the days on which it stood still."""
    agreed = Agreement.objects.filter(trajectory=trajectory).in_force().latest_first().first()
    if agreed is None:
        return False
    passed = (day_of(at) - agreed.starts_on).days - days_on_hold(trajectory)
    return 2 * passed >= (agreed.ends_on - agreed.starts_on).days


def days_on_hold(trajectory):
    """Whole days between holding and resuming, all holds that are over together."""
    rows = Hold.objects.filter(trajectory=trajectory, until_at__isnull=False)
    return sum((day_of(row.until_at) - day_of(row.from_at)).days for row in rows)


@due
def remind_of_check_ins(at):
    """The client, one and two weeks after the questions were ready; never a third time."""
    for check_in in CheckIn.objects.open().with_trajectory():
        waited = (day_of(at) - day_of(check_in.worded_at)).days
        if check_in.trajectory.is_open and not check_in.trajectory.held_at:
            _remind("check_in_reminder", check_in, [check_in.trajectory.client], waited, AFTER_DAYS, check_in.get_absolute_url(), at)


@due
def remind_to_prepare(at):
    """Whoever closes and has not handed in, twice at most, without telling who has."""
    off = days_off()
    for review in Review.objects.awaiting_parts():
        handed_in, url = review.handed_in(), reverse("trajectories:prepare", args=[review.trajectory_id])
        for seat in (seat for seat in review.closers if seat.part not in handed_in):
            waited = working_days_between(review.asked_on(seat), day_of(at), off)
            _remind("prepare_reminder", review, [seat], waited, AFTER_WORKING_DAYS, url, at)


def _remind(kind, row, seats, waited, terms, url, at):
    reached = sum(waited >= term for term in terms)
    if reached:
        for seat in seats:
            if seat:
                post(kind, to=seat.person, url=url, at=at, once=f"{kind}:{row.pk}:{seat.pk}:{reached}")


@due
def make_reports(at):
    """The PDF of a signed text that is not there yet: whoever made it died after the commit."""
    for pk in list(Report.objects.unmade().free(at).values_list("pk", flat=True)):
        make(pk)
