"""Where does each stop of a line over time stand, where does the thread run, and where is it broken? Pure places, no words of people.

For levels from −2 to +2 (R19) and for who steered, from 1 to 5 (R16). A page makes a Line of its stops, says it in one sentence above it,
draws it with `{% include "components/line.html" with line=… id="…" only %}`, and puts a table with the same stops under it. Across are
per cents of the width and down are pixels, so that the drawing follows any width while its letters keep their size.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from coaching.templatetags.house import day_short

LEFT, RIGHT = 31.0, 94.0  # per cents of the width; the words of the scale stand before LEFT
NEAREST = 0.09  # of the whole time: stops of one day stand this far apart, all the same
BROKEN = 2.5  # times that far, where the thread is broken between them
DAYS_APART = 15.0  # per cents: dates nearer to one another than this are not both written
TOP, STEP, FOOT = 26, 34, 34  # pixels: above the highest value, between two, under the lowest


@dataclass(frozen=True)
class Rung:
    """One value of the scale: how it is written, and its word ("" for none). `goal` draws it in ink."""

    value: int
    shown: str
    word: str = ""
    goal: bool = False


@dataclass(frozen=True)
class Stop:
    """A value on a day. `mark`: start, client, coach, sponsor or outcome. `line`: through which thread it is sewn, "" for a loose mark.

    `breaks` says, in two or three words, why the thread does not come from the stop before ("version 2").
    """

    on: date
    value: int
    mark: str = "client"
    line: str = "client"
    breaks: str = ""


@dataclass(frozen=True)
class Stretch:
    """A piece of thread between two stops, in per cents across and pixels down."""

    line: str
    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True)
class Line:
    """All that components/line.html draws. `title` names it, `told` says in words what is seen; both for who does not see it."""

    rungs: tuple  # Rung, the highest first
    stops: tuple  # Stop, the earliest first
    title: str
    told: str

    @property
    def high(self):
        """The height in pixels."""
        return self.bottom + FOOT

    @property
    def bottom(self):
        return TOP + STEP * (len(self.rungs) - 1)

    @property
    def scale(self):
        """Each Rung with how far down it is."""
        return [(rung, TOP + STEP * place) for place, rung in enumerate(self.rungs)]

    @property
    def marks(self):
        """Each stop with its place: (Stop, across, down)."""
        return [(stop, percent(x), self._down(stop)) for stop, x in zip(self.stops, self._across, strict=True)]

    @property
    def stretches(self):
        """The pieces of thread: none over a break, none to a loose mark, each line apart."""
        return [
            Stretch(before.line, percent(x1), self._down(before), percent(x2), self._down(stop))
            for (before, x1), (stop, x2) in self._neighbours()
            if not stop.breaks
        ]

    @property
    def breaks(self):
        """Where the thread is broken: (across, why), half-way between the two stops."""
        return [(percent((x1 + x2) / 2), stop.breaks) for (_before, x1), (stop, x2) in self._neighbours() if stop.breaks]

    @property
    def days(self):
        """The dates that fit under the line: the last, the first, and between them what stands far enough apart: (across, words)."""
        written = []
        for x, stop in reversed(list(zip(self._across, self.stops, strict=True))):
            if x == LEFT and len(written) > 1 and written[-1][0] - x < DAYS_APART:
                written.pop()
            if x == LEFT or not written or written[-1][0] - x >= DAYS_APART:
                written.append((x, day_short(stop.on)))
        return [(percent(x), words) for x, words in reversed(written)]

    def _down(self, stop):
        return next(down for rung, down in self.scale if rung.value == stop.value)

    def _neighbours(self):
        """Two by two, per thread, the stops that follow one another."""
        for name in dict.fromkeys(stop.line for stop in self.stops if stop.line):
            yield from pairwise([(stop, x) for stop, x in zip(self.stops, self._across, strict=True) if stop.line == name])

    @property
    def _across(self):
        return places([stop.on for stop in self.stops], {place for place, stop in enumerate(self.stops) if stop.breaks})


def places(days, broken=()):
    """Where days, in order, stand between LEFT and RIGHT: by time, but never closer than NEAREST. One day alone stands left.

    Before a stop whose place is in `broken` there is more room, for the break to be seen.
    """
    apart = [(after - before).days for before, after in pairwise(days)]
    least = max(sum(apart) * NEAREST, 1)
    apart = [max(between, least * BROKEN if place in broken else least) for place, between in enumerate(apart, 1)]
    found, gone = [LEFT] if days else [], 0.0
    for between in apart:
        gone += between
        found.append(LEFT + (RIGHT - LEFT) * gone / sum(apart))
    return found


def percent(x):
    """ "33.3%", with a point in every language."""
    return f"{x:.1f}%"
