"""Which parts does the organisation have, one under another, and who may be moved by changing that?"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, ProtectedError, Q
from django.utils.translation import gettext as _

from coaching import imports
from coaching.imports.cells import alike
from coaching.imports.circles import circles
from coaching.models import OrgUnit, Person
from coaching.refusals import Refused

LOCK = 7_201_811  # one change of the organisation at a time (PostgreSQL; SQLite has one writer anyway)


def alone():
    """Wait until nobody else changes the organisation. Call inside a transaction; it lasts until its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@dataclass
class Branch:
    """A unit in the tree. `down`: the first one below the one before it; `up`: how many lists end after it."""

    unit: OrgUnit
    depth: int
    down: bool = False
    up: str = ""
    meant: bool = True  # False: shown only because of one below it


def administered_by(person):
    """The units, for who may change them."""
    may = getattr(person, "is_active", False) and person.administers
    return OrgUnit.objects.all() if may else OrgUnit.objects.none()


def tree(*, counted=True):
    """All units as Branches, each under its own, by name; `unit.number`, if `counted`, the active people who work there. One statement."""
    below, units = {}, OrgUnit.objects.by_name()
    for unit in units.annotate(number=Count("people", filter=Q(people__is_active=True))) if counted else units:
        below.setdefault(unit.parent_id, []).append(unit)
    found, waiting = [], [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        found.append(Branch(unit, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    return _nested(found)


def _nested(branches):
    """Say of each branch where lists begin and end."""
    for before, branch in zip([None, *branches], [*branches, None], strict=True):
        last, depth = before.depth if before else -1, branch.depth if branch else 0
        if before:
            before.up = "-" * max(last - depth, 0)
        if branch:
            branch.down = depth > last
    return branches


def around(branches, meant):
    """Of a tree, the branches with the keys `meant` and all above them, as a tree of its own."""
    above, wanted, needed = [], set(meant), set()
    for branch in branches:
        above[branch.depth :] = [branch]
        if branch.unit.pk in wanted:
            needed.update(one.unit.pk for one in above)
    return _nested([Branch(one.unit, one.depth, meant=one.unit.pk in wanted) for one in branches if one.unit.pk in needed])


def called(branches, words):
    """The keys of the branches whose name holds all the words, in the order of the tree; of all of them when there are no words."""
    wanted = alike(words.replace("\x00", "")).split()[:5]
    return [one.unit.pk for one in branches if all(word in alike(one.unit.name) for word in wanted)]


def choices(empty, branches=None):
    """The tree to choose from: (key, name), indented. `branches` is the tree when it is known already."""
    branches = tree(counted=False) if branches is None else branches
    return [("", empty), *((str(branch.unit.pk), "\u2003" * branch.depth + branch.unit.name) for branch in branches)]


def inside(keys):
    """The keys of these units and of all units below them."""
    below, wanted, seen = {}, list(keys), set()
    for key, parent in OrgUnit.objects.values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(key)
    while wanted:
        key = wanted.pop()
        if key not in seen:
            seen.add(key)
            wanted += below.get(key, [])
    return seen


def people_inside(keys):
    """The keys of everyone who works in these units, or in units below them."""
    return list(Person.objects.filter(unit__in=inside(keys)).values_list("pk", flat=True))


@transaction.atomic
def add(*, name, parent, no_distance, by):
    """A new unit, under the one with key `parent` or at the top. Raises Refused when there is one of that name."""
    alone()
    _free(name)
    return OrgUnit.objects.create(name=name, parent_id=parent, no_distance=no_distance)


@transaction.atomic
def change(unit, *, name, parent, no_distance, by, at):
    """Rename or move a unit, or say whether it tells about distance (R1). Raises Refused: a name that is used, a unit under itself."""
    alone()
    unit = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    _free(name, but=unit)
    above = dict(OrgUnit.objects.values_list("pk", "parent_id"))
    if circles(above | {unit.pk: parent}, [unit.pk]):
        raise Refused(_("A unit cannot be placed under itself, or under one of its own."))
    moved = (unit.parent_id, unit.no_distance) != (parent, no_distance)
    unit.name, unit.parent_id, unit.no_distance = name, parent, no_distance
    unit.save()
    if moved:
        imports.tell(at, people_inside([unit.pk]))


@transaction.atomic
def remove(unit, *, by):
    """Remove an empty unit. Raises Refused while anybody works in it, or units are under it."""
    try:
        unit.delete()
    except ProtectedError as used:
        raise Refused(_("People work here, or other units belong to it. Move those first.")) from used


def _free(name, but=None):
    """A staff list knows units by their names, so no two have the same."""
    if any(alike(other) == alike(name) for pk, other in OrgUnit.objects.values_list("pk", "name") if pk != getattr(but, "pk", None)):
        raise Refused(_("There is a unit of this name already."))
