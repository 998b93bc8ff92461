"""Which older words go along to the next coach, kind by kind? Fetched as that coach's door will give them."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.apps import apps
from django.core import signing
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coaching.clock import day_of
from coaching.sealed import sealed_fields
from coaching.traces import Eyes, look
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.forms.goals import GoalForm
from trajectories.models import Part
from trajectories.models.preparations import read_answers
from trajectories.pages import signed
from trajectories.sources import tellings, tells
from trajectories.who_reads import said, spoken

SALT, DAY = "older words", timedelta(days=1)
# What a table needs to be told.
BRINGS = {"trajectories.commitment": "with_people", "trajectories.measurement": "with_goal", "trajectories.release": "with_levels_told"}
ON_A_SHEET = 4  # tables that are read together; more get a next sheet
NAMES = {
    "question": _("The question and your private goals"),
    "sessions": _("Logs, actions and takeaways"),
    "check_ins": _("Your check-ins"),
}


@dataclass(frozen=True)
class Piece:
    """One text: when it was worded, or the day that it is about; and its lines as (label, words)."""

    on: date
    lines: tuple


@dataclass(frozen=True)
class Heap:
    """The pieces of one sort, under the name that people give it."""

    name: str
    pieces: tuple


@dataclass(frozen=True)
class Sheet:
    """What is read at once: sheet `number` of `of`."""

    number: int
    of: int
    heaps: tuple

    @property
    def is_last(self):
        return self.number == self.of


@dataclass(frozen=True)
class Reading:
    """How many sheets of one kind the client read in a row, and when they began: what goes along is what stood there at that moment."""

    proposed: str
    kind: str
    sheets: int
    began_at: datetime

    @classmethod
    def taken_up(cls, mark, proposed, kind, *, at):
        """As `mark` says it was left, within a day; begun anew at moment `at` where it says nothing of these sheets."""
        with suppress(signing.BadSignature, ValueError, TypeError):
            key, of, sheets, began_at = signing.loads(mark, salt=SALT, max_age=DAY)
            if (key, of) == (str(proposed.pk), kind):
                return cls(key, of, sheets, datetime.fromisoformat(began_at))
        return cls(str(proposed.pk), kind, 0, at)

    def of_sheet(self, number):
        return replace(self, sheets=max(self.sheets, number))

    @property
    def mark(self):
        return signing.dumps([self.proposed, self.kind, self.sheets, self.began_at.isoformat()], salt=SALT)


def sheets_of(kind):
    """How many sheets the older words of one kind take."""
    return -(-len(models_of(kind)) // ON_A_SHEET)


def models_of(kind):
    """The tables whose older words go along together, in the order in which who_reads.yaml names them."""
    order = list(said()["names"])
    found = [model for model in apps.get_models() if getattr(model._default_manager.all(), "older", None) == kind]
    return sorted(found, key=lambda model: order.index(model._meta.label_lower) if model._meta.label_lower in order else len(order))


def next_coach(trajectory, *kinds, at):
    """The seat that the next coach gets when the client lets these kinds go along now; it is never saved."""
    return Part(trajectory=trajectory, part=COACH, reads_since=at, **{f"reads_older_{kind}": at for kind in kinds})


def going_along(model, seat):
    """Rows that `seat` reads because they were released to it, and not because all parties read them."""
    rows = model._default_manager.open_to(seat)
    common = model._default_manager.all().reads.get(SPONSOR)
    return (rows.exclude(pk__in=model._default_manager.filter(common).values("pk")) if common else rows).earliest_first()


def sheet(trajectory, kind, *, by, at, number=1):
    """Sheet `number` of one kind, opened for the client `by` in one look."""
    tables = models_of(kind)
    sheets = [tables[start : start + ON_A_SHEET] for start in range(0, len(tables), ON_A_SHEET)]
    number, seat = min(max(number, 1), len(sheets)), next_coach(trajectory, kind, at=at)
    rows = {model: list(brought(going_along(model, seat))) for model in sheets[number - 1]}
    look([row for found in rows.values() for row in found], by=Eyes(by.pk, CLIENT), at=at)
    heaps = (Heap(name_of(model), tuple(_pieces(found))) for model, found in rows.items())
    return Sheet(number, len(sheets), tuple(heap for heap in heaps if heap.pieces))


def brought(rows):
    """Rows of one table with what lines_of() needs."""
    bring = BRINGS.get(rows.model._meta.label_lower)
    return getattr(rows, bring)() if bring else rows


def name_of(model):
    """What people call the words of this kind."""
    return capfirst(said()["names"][model._meta.label_lower][spoken()])


def _pieces(rows):
    for row in rows:
        if lines := tuple((label, words) for label, words in lines_of(row) if words):
            yield Piece(day_of(getattr(row, "starts_at", row.worded_at)), lines)


def lines_of(row):
    """An opened row as (label, words): in the way that its app tells it, else its sealed fields one after another."""
    tell = tellings.get(row._meta.label_lower)
    return list(tell(row)) if tell else [("", getattr(row, field.attname)) for field in sealed_fields(row)]


@tells("trajectories.goalversion")
def _goal(row):
    labels = GoalForm.base_fields
    yield from ((labels[name].label, getattr(row, name)) for name in row.WORDS)
    yield from ((signed(level), sentence) for level, sentence in row.sentences.items())


@tells("trajectories.measurement")
def _level(row):
    yield _("Goal %(number)s") % {"number": row.goal.number} + f", {row.get_moment_display()}", signed(row.level)
    yield "", row.example


@tells("trajectories.checkin")
def _answers(row):
    yield from ((one["question"], str(one["shown"])) for one in read_answers(row.answers))
