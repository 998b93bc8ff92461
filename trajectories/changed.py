"""Which changes of party and which rests stand on the red thread, as one seat may know them?"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching.clock import day_of
from trajectories.doors import COACH, SPONSOR
from trajectories.models.history import ASKED, HOLD, past_of
from trajectories.sources import stitches
from trajectories.thread import DONE, Entry


@stitches
def changes(trajectory, seat):
    """For coach and client all of them; the sponsor knows that it rests now, since when, and nothing of before."""
    if seat.part == SPONSOR:
        return [_mile(pgettext("thread", "On hold"), trajectory.held_at, 6)] if trajectory.held_at else []
    began = trajectory.intake_at
    return [entry for one in past_of(trajectory) for entry in _told(one, began)] if began else []


def _mile(label, at, step):
    return Entry("mile", label, on=day_of(at), state=DONE, step=step)


def _told(one, began):
    """The first coach and whoever was sponsor from the beginning are no change."""
    first = one.name.split(" ")[0]
    if one.what == HOLD:
        yield _mile(pgettext("thread", "On hold"), one.since, 6)
        if one.until:
            yield _mile(pgettext("thread", "Went on"), one.until, 7)
    elif one.what == ASKED:
        yield _mile(_("%(name)s proposed as coach") % {"name": first}, one.since, 5)
        if one.until:
            yield _mile(_("No change of coach"), one.until, 6)
    elif one.since > began:
        said = _("%(name)s took over") if one.what == COACH else _("%(name)s became sponsor")
        yield _mile(said % {"name": first}, one.since, 6)
