"""Which knots do sessions tie in the red thread? With day and link for coach and client; hollow for who may only count them."""

from django.utils.translation import gettext as _

from coaching.clock import day_of
from sessions.models import CoachingSession
from trajectories.doors import CLIENT, COACH
from trajectories.sources import stitches
from trajectories.thread import AHEAD, DONE, Entry


@stitches
def knots(trajectory, seat):
    """One entry per session that stands, planned or held, numbered in the order of their days."""
    looks_in = seat.part in (COACH, CLIENT)
    rows = [row for row in _standing(trajectory) if row.held_at or trajectory.is_open]  # what was planned after the end is no knot
    return [_knot(number, row, looks_in) for number, row in enumerate(rows, start=1)]


def _standing(trajectory):
    """The sessions that the page fetched already (`trajectory.standing`, in the order of their days), or one statement for them."""
    rows = getattr(trajectory, "standing", None)
    return CoachingSession.objects.knots_of(trajectory) if rows is None else rows


def _knot(number, row, looks_in):
    on, state = day_of(row.starts_at), DONE if row.held_at else AHEAD
    label = _("Session %(number)s") % {"number": number}
    if looks_in:
        return Entry("session", label, on=on, url=row.get_absolute_url(), state=state, place=on, step=4)
    return Entry("session", label, state=state, hollow=True, place=on, step=4)
