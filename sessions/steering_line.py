"""Who steered, session after session, as coach and client each marked it: as rows, as a line, as one sentence (R16). Pure values."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching.clock import day_of
from coaching.lines import Line, Rung, Stop
from trajectories.doors import CLIENT, COACH

BOTH = 3  # the middle of the scale
WORDS = {
    5: ("scale", "mainly the client"),
    4: ("scale", "the client more than the coach"),
    3: ("scale", "both"),
    2: ("scale", "the coach more than the client"),
    1: ("scale", "mainly the coach"),
}


@dataclass(frozen=True)
class Marked:
    """One session with the marks that this reader may know: 1 (mainly the coach) to 5 (mainly the client), or None."""

    number: int
    at: datetime
    coach: int | None
    client: int | None

    @property
    def coach_words(self):
        return in_words(self.coach)

    @property
    def client_words(self):
        return in_words(self.client)


def in_words(steered):
    """A mark as it was chosen; "" for none."""
    return pgettext(*WORDS[steered]) if steered else ""


def marked(sessions):
    """Held sessions (numbered, with_steering), in order of time, of which somebody's mark may be known."""
    rows = [Marked(row.number, row.starts_at, row.steered_coach, row.steered_client) for row in sessions]
    return [row for row in rows if row.coach or row.client]


def line(rows, *, told):
    """The drawing, a thread for each of the two; None while nobody has marked two sessions."""
    stops = [
        Stop(day_of(row.at), value, part, line=part)
        for row in rows
        for part in (COACH, CLIENT)
        if (value := getattr(row, part)) is not None
    ]
    if max(sum(stop.line == part for stop in stops) for part in (COACH, CLIENT)) < 2:
        return None
    ends = {5: _("the client"), BOTH: pgettext("scale", "both"), 1: _("the coach")}
    rungs = tuple(Rung(value, str(value), ends.get(value, "")) for value in (5, 4, 3, 2, 1))
    return Line(rungs, tuple(stops), title=_("Who steered, session by session"), told=told)


def told(rows, names):
    """The line in a sentence or two. `names`: part -> first name; who marked nothing is left out."""
    sentences = [_moved(names[part], [getattr(row, part) for row in rows if getattr(row, part)]) for part in (CLIENT, COACH)]
    return " ".join(sentence for sentence in sentences if sentence)


def _moved(name, values):
    if not values:
        return ""
    first, last = values[0], values[-1]
    facts = {"name": name, "first": in_words(first), "last": in_words(last)}
    if len(values) == 1:
        return _("%(name)s marked one session: %(last)s.") % facts
    if last == first:
        return _("For %(name)s it stayed the same: %(last)s.") % facts
    if last > first:
        return _("For %(name)s it moved towards the client: from %(first)s to %(last)s.") % facts
    return _("For %(name)s it moved towards the coach: from %(first)s to %(last)s.") % facts
