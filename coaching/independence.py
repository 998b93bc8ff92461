"""Who is too close to coach whom? (R1) Pure: it works on values and asks the database nothing, but for `Org.around`."""

from dataclasses import dataclass, field
from enum import Enum

from django.db import connection
from django.utils.translation import gettext as _

from coaching.models import OrgUnit, Person


class Why(Enum):
    IS_CLIENT, IS_SPONSOR, LEADS, IS_LED, SAME_UNIT, UNIT_CONTAINS, CLIENT_IS_SPONSOR = range(7)


@dataclass(frozen=True)
class Reason:
    """Why a person cannot take a seat; `str` gives the sentence."""

    why: Why
    name: str = ""
    unit: str = ""

    def __str__(self):
        sentences = {
            Why.IS_CLIENT: _("A coach cannot be their own client."),
            Why.IS_SPONSOR: _("A coach cannot also be the sponsor of this trajectory."),
            Why.LEADS: _("%(name)s manages the client, directly or further up, and so cannot coach. Choose someone from another part."),
            Why.IS_LED: _("The client manages %(name)s, directly or further up. Choose someone from another part."),
            Why.SAME_UNIT: _("%(name)s works in %(unit)s, like the client. That is too close to coach."),
            Why.UNIT_CONTAINS: _("%(unit)s belongs to the client’s part of the organisation. That is too close to coach."),
            Why.CLIENT_IS_SPONSOR: _("The client cannot also be the sponsor."),
        }
        return sentences[self.why] % {"name": self.name, "unit": self.unit}


@dataclass
class Org:
    """Managers and units as plain dicts of keys; `free` are the units that say nothing about distance."""

    manager_of: dict = field(default_factory=dict)
    parent_of: dict = field(default_factory=dict)
    free: set = field(default_factory=set)
    unit_names: dict = field(default_factory=dict)

    def above(self, person):
        """Everyone above a person in the management line; a circle in it ends the walk."""
        return _walk(self.manager_of, person)

    def units_over(self, unit):
        """A unit and every unit that contains it, but for those without distance."""
        return {u for u in (unit, *_walk(self.parent_of, unit)) if u is not None} - self.free

    @classmethod
    def around(cls, *people):
        """What R1 needs to know of these people: two statements, whatever the depth."""
        units = list(OrgUnit.objects.values_list("pk", "parent_id", "no_distance", "name"))
        return cls(
            manager_of=_management_lines(people),
            parent_of={pk: parent for pk, parent, _free, _name in units},
            free={pk for pk, _parent, free, _name in units if free},
            unit_names={pk: name for pk, _parent, _free, name in units},
        )


def _walk(up, start):
    seen, here = [], up.get(start)
    while here is not None and here not in seen and here != start:
        seen.append(here)
        here = up.get(here)
    return seen


def _management_lines(people):
    """Person -> manager for these people and everyone above them; UNION makes a circle end."""
    keys = [person.pk.hex if connection.vendor == "sqlite" else person.pk for person in people]
    if not keys:
        return {}
    table, marks = Person._meta.db_table, ", ".join(["%s"] * len(keys))
    lines = Person.objects.raw(
        f"WITH RECURSIVE line(id, manager_id) AS (SELECT id, manager_id FROM {table} WHERE id IN ({marks})"  # noqa: S608 the table's own name
        f" UNION SELECT p.id, p.manager_id FROM {table} p JOIN line ON p.id = line.manager_id) SELECT id, manager_id FROM line",
        keys,
    )
    return {person.pk: person.manager_id for person in lines}


def too_close(coach, client, sponsor=None, *, org):
    """The reasons why `coach` cannot coach `client`, the nearest first; an empty list when there is distance enough."""
    if coach.pk == client.pk:
        return [Reason(Why.IS_CLIENT)]
    reasons = []
    if sponsor and coach.pk == sponsor.pk:
        reasons.append(Reason(Why.IS_SPONSOR))
    if coach.pk in org.above(client.pk):
        reasons.append(Reason(Why.LEADS, name=coach.name))
    if client.pk in org.above(coach.pk):
        reasons.append(Reason(Why.IS_LED, name=coach.name))
    return reasons + _close_units(coach, client, org)


def _close_units(coach, client, org):
    if coach.unit_id is None or client.unit_id is None:
        return []
    name = org.unit_names.get(coach.unit_id, "")
    if coach.unit_id == client.unit_id and coach.unit_id not in org.free:
        return [Reason(Why.SAME_UNIT, name=coach.name, unit=name)]
    contains = coach.unit_id in org.units_over(client.unit_id) or client.unit_id in org.units_over(coach.unit_id)
    return [Reason(Why.UNIT_CONTAINS, unit=name)] if contains else []
