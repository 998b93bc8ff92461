"""What will a sponsor who joins read at once? Every kind of words, asked at the door of the seat that they would get (R2, R20b)."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.sealed import sealed_fields
from coaching.templatetags.house import day_long
from coaching.traces import look
from trajectories.doors import SPONSOR
from trajectories.models import Part
from trajectories.models.preparations import AtTable, PreparationQuerySet
from trajectories.older import Heap, brought, lines_of, name_of
from trajectories.pages import signed
from trajectories.shown import mark_of, must_have_been_seen
from trajectories.sources import tells
from trajectories.who_reads import rules, said, spoken


@dataclass(frozen=True)
class Piece:
    """One text: when it was worded, its lines as (label, words), and the page where it stands as (address, what that is called)."""

    on: date
    lines: tuple
    page: tuple | None


@dataclass(frozen=True)
class Joining:
    """`heaps`: what has words, kind by kind; `besides`: the names of the kinds without; `reviewed`: a closing is under way."""

    heaps: tuple
    besides: tuple
    agreed: bool
    reviewed: bool

    @property
    def nothing(self):
        return not (self.heaps or self.besides)

    @property
    def mark(self):
        """By which a form says that this was on the screen; "" when there is nothing."""
        words = [[heap.name, [[piece.on, piece.lines] for piece in heap.pieces]] for heap in self.heaps]
        return "" if self.nothing else mark_of(words, self.besides, self.agreed, self.reviewed)


def must_be_shown(trajectory, *, by, at, mark):
    """Raises Unseen when who was proposed as sponsor would read what the page with this `mark` did not show as it is now (R20b)."""
    said = _("%(name)s is not your sponsor yet. Below is what %(name)s will read, which has changed: look at it, and press once more.")
    name = trajectory.unconfirmed_sponsor.first_name
    must_have_been_seen(joining(trajectory, by=by, at=at).mark, mark=mark, said=said % {"name": name})


def joining(trajectory, *, by, at):
    """All that would be read from the yes on, opened for the client's seat `by`: what stands now, not what one of them wrote before."""
    seat = Part(trajectory=trajectory, part=SPONSOR)
    found = _found(seat)
    rows = {kind: _rows(kind, seat) for kind in found if _has_words(kind)}
    look([row for some in rows.values() for row in some], by=by, at=at)
    labels = {kind._meta.label_lower for kind in found}
    return Joining(
        heaps=tuple(Heap(name_of(kind), tuple(map(_piece, some))) for kind, some in rows.items()),
        besides=tuple(said()["names"][kind._meta.label_lower][spoken()] for kind in found if kind not in rows),
        agreed="trajectories.agreement" in labels,
        reviewed="trajectories.review" in labels and trajectory.closing_at is not None,
    )


def _found(seat):
    """Of every kind with a rule for the sponsor, those of which this seat reads something: one statement."""
    kinds = {label: kind for label, reads in rules().items() if SPONSOR in (reads or {}) and not _blind(kind := apps.get_model(label))}
    named = {label: Value(label, CharField()) for label in kinds}
    rows = [kind._default_manager.coming_to(seat).order_by().annotate(is_a=named[label]) for label, kind in kinds.items()]
    first, *others = (some.values_list("is_a", flat=True) for some in rows)
    found = set(first.union(*others))
    return [kind for label, kind in kinds.items() if label in found]


def _blind(kind):
    """What of a closing is read once one's own part is in: not by who joins, and maybe not yet by the client either (R21)."""
    return isinstance(kind._default_manager.all(), AtTable | PreparationQuerySet)


def _has_words(kind):
    return any(not field.null for field in sealed_fields(kind))


def _rows(kind, seat):
    return list(brought(kind._default_manager.coming_to(seat).latest_first()))


def _piece(row):
    lines = tuple((label, words) for label, words in lines_of(row) if words)
    return Piece(day_of(row.worded_at), lines, _page(row))


def _page(row):
    """Where the client reads it in its place."""
    label = row._meta.label_lower
    if label == "trajectories.agreement":
        address = reverse("trajectories:agreement", args=[row.trajectory_id])
        return f"{address}?version={row.number}", _("Version %(number)s") % {"number": row.number}
    return (reverse("trajectories:goal", args=[row.goal_id]), _("Read the goal")) if label == "trajectories.goalversion" else None


@tells("trajectories.agreement")
def _agreement(row):
    yield _("In your own words:"), row.own_words


@tells("trajectories.commitment")
def _commitment(row):
    yield row.seat.first_name, row.words
    if row.due_on:
        yield "", _("Before %(day)s") % {"day": day_long(row.due_on)}


@tells("trajectories.release")
def _release(row):
    yield "", row.words
    levels = sorted(one.split(":") for one in (row.levels_told or "").split(",") if one)
    yield from ((_("Goal %(number)s") % {"number": number}, signed(int(level))) for number, level in levels)
