"""How would people stand to each other after this list? For whoever looks at distance before anything is written (R1)."""

from dataclasses import dataclass
from typing import NamedTuple

from coaching import imports
from coaching.independence import Org
from coaching.models import OrgUnit


class Standing(NamedTuple):
    """A person as independence.too_close() asks for one."""

    pk: object
    name: str
    unit_id: object


@dataclass
class Picture:
    """The organisation at one moment; `people`: key -> Standing."""

    org: Org
    people: dict


@dataclass
class Change:
    """The organisation now and after the list; `rows`: key of who changes -> their row in the list."""

    now: Picture
    then: Picture
    rows: dict


def too_close(plan, known, *, by):
    """What a plan would bring too close, as far as `by` may know: what the functions in imports.before say, together."""
    if by is None or not (plan.changed or plan.moved):
        return []
    change = change_of(plan, known, free=set(OrgUnit.objects.filter(no_distance=True).values_list("pk", flat=True)))
    return [found for look in imports.before for found in look(change, by=by)]


def change_of(plan, known, *, free):
    """The Change that a plan (plan.Plan) makes of what is known. `free`: units that say nothing about distance."""
    units = known.units | plan.units | {key: (known.units[key][0], above) for key, above in plan.moved.items()}
    told = {one.key: {name: after for name, (_before, after) in fields.items()} for one, fields in plan.changed}
    then = {key: one._replace(**told[key]) if key in told else one for key, one in known.people.items()}
    rows = {one.key: one.line.row for one, _fields in plan.changed}
    return Change(_picture(known.people, known.units, free), _picture(then, units, free), rows)


def _picture(people, units, free):
    org = Org(
        manager_of={key: one.manager for key, one in people.items()},
        parent_of={key: above for key, (_name, above) in units.items()},
        free=free,
        unit_names={key: name for key, (name, _above) in units.items()},
    )
    return Picture(org, {key: Standing(key, one.name, one.unit) for key, one in people.items()})
