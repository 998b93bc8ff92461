"""Who and what is here already? The people and units of the database, as values."""

from typing import NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import BooleanField, ExpressionWrapper, Q

from coaching.imports.cells import alike
from coaching.models import OrgUnit, Person


class Someone(NamedTuple):
    """A person as they are now. `fixed`: they chose a password, so their address is theirs to change."""

    key: object
    name: str
    email: str
    number: str
    function: str
    unit: object
    manager: object
    active: bool
    fixed: bool


class Known:
    """`people`: key -> Someone; `units`: key -> (name, key of the unit above)."""

    def __init__(self, people=(), units=()):
        self.people = {one.key: one for one in people}
        self.units = {key: (name, parent) for key, name, parent in units}
        self.by_email = {one.email.lower(): one for one in self.people.values()}
        self.by_number = {one.number: one for one in self.people.values() if one.number}
        self.unit_keys = {}
        for key, (name, _parent) in self.units.items():
            self.unit_keys.setdefault(alike(name), []).append(key)

    def __eq__(self, other):
        return (self.people, self.units) == (other.people, other.units)

    __hash__ = None


def as_it_is():
    """What the database knows now: two statements."""
    fixed = ExpressionWrapper(~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX), output_field=BooleanField())
    facts = ("pk", "name", "email", "staff_number", "function", "unit_id", "manager_id", "is_active", "fixed")
    people = Person.objects.annotate(fixed=fixed).values_list(*facts)
    return Known(map(Someone._make, people.iterator(chunk_size=5000)), OrgUnit.objects.values_list("pk", "name", "parent_id"))
