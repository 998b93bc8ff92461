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
        return [_mile(pgettext("thread", "Paused"), trajectory.held_at)] if trajectory.held_at else []
    began = trajectory.intake_at
    told = [one for past in past_of(trajectory) for one in _told(past, began, trajectory.stopped_at)] if began else []
    return [_mile(label, at) for at, label in sorted(told)]


def _mile(label, at):
    return Entry("mile", label, on=day_of(at), state=DONE, step=6)


def _told(one, began, stopped_at):
    """(moment, label); the first coach and whoever was sponsor from the beginning are no change. A stop ends a rest: nothing went on."""
    first = one.name.split(" ")[0]
    if one.what == HOLD:
        yield one.since, pgettext("thread", "Paused")
        if one.until and one.until != stopped_at:
            yield one.until, pgettext("thread", "Went on")
    elif one.what == ASKED:
        yield one.since, _("%(name)s proposed") % {"name": first}
        if one.until:
            yield one.until, _("No change of coach")
    elif one.since > began:
        said = _("%(name)s took over") if one.what == COACH else _("%(name)s became sponsor")
        yield one.since, said % {"name": first}
