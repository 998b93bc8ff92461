"""How is a plan written? In one transaction: all of it, or nothing."""

import secrets

from django.db import transaction
from django.urls import reverse

from coaching import imports
from coaching.models import OrgUnit, Person
from coaching.outbox import put
from coaching.units import people_inside

BATCH = 2_000  # people in memory at a time, and between two signs of how far it is
COLUMNS = {"name": "name", "email": "email", "number": "staff_number", "function": "function", "unit": "unit_id", "manager": "manager_id"}


@transaction.atomic
def carry_out(plan, *, at, language="nl", progress=None):
    """Write a plan (plan.Plan) that was made in this transaction. `progress(rows)` is called now and then. Tells `imports.after`."""
    _units(plan)
    done = 0
    for batch in _batches(plan.added):
        Person.objects.bulk_create([_person(one, language, at) for one in batch])
        done += len(batch)
        if progress:
            progress(done)
    moved = [one.key for one in plan.added]
    for batch in _batches(plan.changed):
        moved += _change(batch, at)
        done += len(batch)
        if progress:
            progress(done)
    if plan.moved:
        moved += people_inside(plan.moved)
    imports.tell(at, moved)


def _batches(rows):
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _units(plan):
    OrgUnit.objects.bulk_create([OrgUnit(pk=key, name=name, parent_id=above) for key, (name, above) in plan.units.items()])
    units = OrgUnit.objects.in_bulk(plan.moved)
    for key, unit in units.items():
        unit.parent_id = plan.moved[key]
    OrgUnit.objects.bulk_update(units.values(), ["parent"], batch_size=500)


def _person(one, language, at):
    """Someone new. They choose a password by a link in their mail; until then there is none, and no two are alike."""
    line = one.line
    return Person(
        pk=one.key,
        name=line.name,
        email=one.email,
        staff_number=line.number or None,
        function=line.function,
        unit_id=one.unit,
        manager_id=one.manager,
        language=language,
        password="!" + secrets.token_hex(20),
        created_at=at,
    )


def _change(batch, at):
    """Write what changed of some people; gives the keys of who has another place. Only the columns that changed are touched."""
    people = Person.objects.in_bulk([one.key for one, _fields in batch])
    columns, moved = set(), []
    for one, fields in batch:
        person = people[one.key]
        for name, (_before, after) in fields.items():
            setattr(person, COLUMNS[name], after)
        columns |= fields.keys()
        if {"unit", "manager"} & fields.keys():
            moved.append(one.key)
    names = [COLUMNS[name].removesuffix("_id") for name in sorted(columns)]
    Person.objects.bulk_create(people.values(), update_conflicts=True, unique_fields=["id"], update_fields=names)
    for one, fields in batch:
        if "email" in fields:
            person = people[one.key]
            put("address_changed", to=person, url=reverse("coaching:account"), at=at, address=fields["email"][0])
    return moved
