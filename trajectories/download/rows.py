"""Which rows belong in somebody's download? Every kind of words that has a door, so that a kind that is added comes along by itself (R27).

As client and as sponsor one takes along all that one may read; as coach what one wrote, what is about oneself, and what all parties read:
the client's words stay with the client. Nobody's own words but one's own.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Q

from coaching.models import Draft, Person
from coaching.sealed import SealedText, sealed_fields
from trajectories.doors import COACH, SPONSOR, WHOLE, OwnQuerySet
from trajectories.models import Addendum, Goal, Part, Report, Trajectory
from trajectories.who_reads import rules

SEATS = ("seat", "log__seat")  # how a row says from which seat it was written
WRITERS = ("author", "owner", "person", "by")  # or by whom
KEY = 36  # letters in a key, as a draft's place spells it
BESIDE = ("seat", "session", "goal", "log__seat", "by")  # what is told of a row beside its words


@dataclass
class Chapter:
    """One trajectory with the seat that the person has in it (None: they asked for it and wait), its parties, the rows to take along."""

    trajectory: Trajectory
    seat: Part | None
    parties: list
    rows: list = field(default_factory=list)
    reports: list = field(default_factory=list)
    addenda: list = field(default_factory=list)


def chapters(person):
    """Every trajectory that this person has a part in now, with what they take along of it; still sealed."""
    mine = list(Trajectory.objects.visible_to(person).with_seats().latest_first())
    parties = {}
    for part in Part.objects.readable_by(person).with_people().in_order():
        parties.setdefault(part.trajectory_id, []).append(part)
    found = {row.pk: Chapter(row, row.seat_of(person), parties.get(row.pk, [])) for row in mine}
    for model in kinds():
        for row in _of(model, person, found):
            chapter = found[row.dossier]
            chapter.rows.append(row.as_read_by(chapter.seat) if hasattr(row, "as_read_by") and chapter.seat else row)
    for report in Report.objects.readable_by(person).filter(trajectory__in=found):
        found[report.trajectory_id].reports.append(report)
    for addendum in Addendum.objects.readable_by(person).filter(trajectory__in=found).in_order():
        found[addendum.trajectory_id].addenda.append(addendum)
    return list(found.values())


def kinds():
    """The models of a trajectory's words, in the order in which they are told of everywhere."""
    return [apps.get_model(label) for label in rules()]


def _of(model, person, chapters):
    # Goals by number: a wording that is still private moves the moment of its goal, and would move it among the others.
    rows = model.objects.readable_by(person).order_by("number" if model is Goal else "worded_at", "pk")
    path = "seat__trajectory" if isinstance(rows, OwnQuerySet) else "trajectory"
    rows = rows.filter(**{f"{path}__in": list(chapters)})
    if not isinstance(rows, OwnQuerySet):
        rows = rows.filter(_taken(model, rows, person, chapters))
    beside = [name for name in BESIDE if _leads(model, name)]
    return rows.select_related(*beside) if beside else rows


def _taken(model, rows, person, chapters):
    """All of it where the person is no coach; of what a coach reads, what the module's docstring says."""
    coached = [key for key, chapter in chapters.items() if chapter.seat and chapter.seat.part == COACH]
    if COACH in getattr(rows, "concerns", ()) or rows.reads.get(SPONSOR) in WHOLE:
        return Q(trajectory__in=list(chapters))
    rule = ~Q(trajectory__in=coached)
    for path in SEATS:
        if _leads(model, path):
            rule |= Q(**{f"{path}__person": person})
    if _leads(model, "by"):
        rule |= Q(by=person)
    if "part" in {one.name for one in model._meta.concrete_fields}:
        rule |= Q(part=COACH)
    return rule


def _leads(model, path):
    for name in path.split("__"):
        try:
            relation = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if not isinstance(relation, ForeignKey):
            return False
        model = relation.related_model
    return True


def own(person):
    """What somebody keeps outside any trajectory: rows with an author, owner or person of which they are the one; still sealed."""
    inside = {*kinds(), Draft}
    for model in apps.get_models():
        rows = model._default_manager.none()
        if model in inside or model._meta.proxy or not hasattr(rows, "readable_by") or _reaches_a_trajectory(model):
            continue
        for name in WRITERS[:3]:
            if _leads(model, name) and model._meta.get_field(name).related_model is Person:
                yield from model._default_manager.readable_by(person).filter(**{name: person})
                break


def _reaches_a_trajectory(model):
    return any(one.related_model is Trajectory for one in model._meta.concrete_fields if one.is_relation)


def drafts(person):
    """Half-written words, at places whose door the person still passes: all that a place names is still theirs to read."""
    waiting = list(Draft.objects.readable_by(person).filter(posted_at=None).latest_first())
    named = {draft.pk: {part for part in draft.place.split(":") if len(part) == KEY} for draft in waiting}
    open_to_them = _readable(person, set().union(*named.values()))
    return [draft for draft in waiting if named[draft.pk] <= open_to_them]


def _readable(person, keys):
    """Of these keys, those of a trajectory, of a seat of theirs or of words that this person may read now."""
    if not keys:
        return set()
    seats = Part.objects.readable_by(person).current().confirmed().of(person)  # what was half written from a former seat is nobody's
    doors = [Trajectory.objects.visible_to(person), seats, *(model.objects.readable_by(person) for model in kinds())]
    return {str(key) for rows in doors for key in rows.filter(pk__in=keys).values_list("pk", flat=True)}


def words_of(row):
    """(name of the field, what was written in it) of an opened row, the empty ones left out."""
    fields = (one for one in sealed_fields(row) if isinstance(one, SealedText))
    return [(one.name, text) for one in fields if (text := getattr(row, one.attname))]
