"""What has happened and what is to come, as one seat may know it? The red thread, as values; pure but for its sources."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching.clock import day_of, months_after
from trajectories import sources
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import State

DONE, NOW, AHEAD = "done", "now", "ahead"


@dataclass(frozen=True)
class Entry:
    """A stitch: a milestone ("mile") or a session. `on` places it; a hollow one is shown without its day and without an address."""

    kind: str
    label: str
    on: date | None = None
    url: str = ""
    state: str = AHEAD
    hollow: bool = False
    place: date | None = None  # where it lies in time, when `on` may not be shown
    step: int = 0  # which comes first on one day


def thread(trajectory, seat, *, today, follow_up_months=3):
    """All stitches that `seat` may know of, in order; the last one done carries the needle. `trajectory` comes with_moments()."""
    entries = list(milestones(trajectory, seat, today=today, follow_up_months=follow_up_months))
    for source in sources.thread:
        entries += source(trajectory, seat)
    entries.sort(key=lambda entry: (entry.state == AHEAD, entry.place or entry.on or date.max, entry.step))
    return _with_needle(entries)


def _with_needle(entries):
    last = max((index for index, entry in enumerate(entries) if entry.state == DONE), default=None)
    return [replace(entry, state=NOW) if index == last else entry for index, entry in enumerate(entries)]


def milestones(trajectory, seat, *, today, follow_up_months):
    """The moments that all four may know: intake, start, halfway, closing review, follow-up."""
    reader = seat.part in (COACH, CLIENT)
    yield _mile(_("Intake"), trajectory.intake_at, 0)
    agreement = reverse("trajectories:agreement", args=[trajectory.pk]) if trajectory.intake_at and seat.pk else ""
    yield _mile(pgettext("thread", "Start"), trajectory.agreed_at, 1, url=agreement if trajectory.agreed_at else "")
    if trajectory.stopped_at:
        yield _mile(_("Stopped"), trajectory.stopped_at, 9)
        return
    yield _halfway(trajectory, seat, reader)
    yield from _ending(trajectory, seat, follow_up_months)


def _mile(label, at, step, *, url="", ahead=None):
    on = day_of(at) if at else ahead
    return Entry("mile", label, on=on, url=url, state=DONE if at else AHEAD, step=step)


def _halfway(trajectory, seat, reader):
    """The progress check: its day once it was handed in (for the sponsor: once the client shared from it), else half of the period.

    Without an address where a coach who took over cannot open it.
    """
    ahead = None
    if trajectory.starts_on and trajectory.ends_on:
        ahead = trajectory.starts_on + (trajectory.ends_on - trajectory.starts_on) / 2
    at, key = trajectory.checked_at if reader else trajectory.update_shared_at, trajectory.check_in_key
    opens = reader and key and seat.reads_what_was("check_ins", at=at)
    return _mile(_("Mid-point"), at, 5, url=reverse("trajectories:check_in", args=[key]) if opens else "", ahead=ahead)


def _ending(trajectory, seat, follow_up_months):
    met = trajectory.closed_at or (trajectory.closing_at if trajectory.put_forward else None)
    at_table = trajectory.state == State.CLOSING and seat.pk and not (seat.part == SPONSOR and trajectory.closes_with_two)
    url = reverse("trajectories:meeting", args=[trajectory.pk]) if at_table else ""
    planned = trajectory.meets_on or trajectory.ends_on
    if trajectory.closed_at and trajectory.ended_as:
        yield _mile(_("Closed without a report"), trajectory.closed_at, 7)
        return
    yield _mile(_("Closing review"), met, 7, url=url, ahead=planned)
    closes_on = day_of(trajectory.closed_at) if trajectory.closed_at else planned
    yield _follow_up(trajectory, seat, months_after(closes_on, follow_up_months) if closes_on else None)


def _follow_up(trajectory, seat, ahead):
    """Sewn once there is an addendum; its day is the one on which it was asked, so that it tells of nobody when they answered."""
    url = reverse("trajectories:looking_back", args=[trajectory.pk]) if trajectory.looked_back_at and seat.pk else ""
    on = day_of(trajectory.looked_back_at) if trajectory.looked_back_at else ahead
    entry = _mile(_("Follow-up"), None, 8, url=url, ahead=on)
    return replace(entry, state=DONE) if trajectory.addendum_on else entry


def unlinked(entries):
    """The same stitches without addresses: for who looks along from another seat, whose own pages say more."""
    return [replace(entry, url="") for entry in entries]


def folded(entries, *, keep=8):
    """The last `keep` stitches that are done, everything ahead, and how many lie before."""
    done = [entry for entry in entries if entry.state != AHEAD]
    hidden = max(0, len(done) - keep)
    return entries[hidden:], hidden
