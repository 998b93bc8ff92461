"""Who is asked today whether it lasted, who is reminded, and which addenda are there to issue? (R20, R30)"""

from datetime import timedelta
from functools import partial

from coaching.clock import day_of, end_of, months_after
from coaching.day import due
from coaching.models import Organisation
from trajectories.models import Addendum, FollowUp, Report, Trajectory
from trajectories.models.addenda import make_addendum
from trajectories.models.follow_ups import DAYS
from trajectories.report.gather_addendum import gather

REMINDED = (7, 14)  # days after they were asked
LONGEST = 6  # days by which months of different lengths may differ, and a little


def rounds(organisation=None):
    """After how many months the organisation asks: once, or a second time where the site admin set that; never when the words of the
    trajectory are being erased (R27)."""
    organisation = organisation or Organisation.current()
    asked = (organisation.follow_up_months, organisation.follow_up_again_months)
    return tuple(months for months in asked if months and months < organisation.report_months)


@due
def ask(at):
    """Client and sponsor of what closed so many months ago today. What fell due longer ago than one could answer is not asked any more."""
    today = day_of(at)
    for place, months in enumerate(rounds()):
        first = end_of(months_after(today, -months) - timedelta(days=DAYS + LONGEST))
        closed = Trajectory.objects.signed_between(first, end_of(months_after(today, -months) + timedelta(days=LONGEST)))
        for trajectory in closed.not_looked_back(months if place else 0):
            falls_due = months_after(day_of(trajectory.closed_at), months)
            if falls_due <= today <= falls_due + timedelta(days=DAYS):
                FollowUp.ask(trajectory, months=months, at=at)


@due
def remind(at):
    """Whoever has not answered, one and two weeks later; never a third time."""
    for row in FollowUp.objects.open().still_time(at).with_trajectory():
        waited = (day_of(at) - day_of(row.asked_at)).days
        if reached := sum(waited >= term for term in REMINDED):
            row.tell(at=at, once=f"follow_up_reminder:{row.pk}:{reached}")


@due
def issue(at):
    """The addendum of each round that is complete, or of which the term has run out with something said in it."""
    found = FollowUp.objects.to_print(at).order_by("trajectory", "months").values_list("trajectory", "months").distinct()
    for trajectory, months in list(found):
        rows = list(FollowUp.objects.filter(trajectory=trajectory).of_round(months).with_trajectory().in_order())
        if all(_is_done(row, at) for row in rows) and (report := Report.objects.signed_in(trajectory)):
            Addendum.issue(report, months=months, at=at, gather=partial(gather, rows=rows, at=at))


def _is_done(row, at):
    return row.is_over(at) or FollowUp.objects.past_undoing(at).filter(pk=row.pk).exists()


@due
def make(at):
    """The PDF of an addendum that is not there yet: whoever made it died after the commit."""
    for pk in list(Addendum.objects.unmade().free(at).values_list("pk", flat=True)):
        make_addendum(pk)
