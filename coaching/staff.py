"""Who has an account here, who coordinates and administers, and who has left? Decided by a site administrator; never a trajectory."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coaching import imports
from coaching.imports.circles import circles
from coaching.models import Person
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.units import alone

# What follows when somebody leaves: functions (at, person). Other apps add theirs; called inside the transaction.
after_leaving = []


def administered_by(person):
    """All accounts, those of who left included, for a site administrator."""
    may = getattr(person, "is_active", False) and person.administers
    return Person.objects.select_related("unit", "manager") if may else Person.objects.none()


def called(people, words):
    """Those of `people` whose name or address has these words, or whose staff number it is."""
    for word in words.split()[:6]:
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(staff_number=word))
    return people.by_name()


def _admins_but(person):
    """Whether somebody else administers too. Locks them: two who switch each other off at one moment would leave nobody."""
    return any(one.pk != person.pk for one in Person.objects.site_admins().select_for_update().order_by("pk"))


@transaction.atomic
def add(*, by, at, **facts):
    """Someone new, with an invitation to choose a password. Raises Refused when the address or staff number is in use."""
    person = Person(**_stored(facts))
    person.set_unusable_password()
    _saved(person)
    post("app_invitation", to=person, at=at)
    return person


@transaction.atomic
def change(person, *, by, at, **facts):
    """Change what we know of somebody. Raises Refused: an address or number in use, a circle of managers, the last administrator.

    Nobody decides about their own roles, and an address belongs to who chose a password with it.
    """
    alone()
    others = _admins_but(person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    facts, place = _stored(facts), (person.unit_id, person.manager_id)
    roles = {"coordinates": person.coordinates, "administers": person.administers}
    if person.pk == by.pk and {**roles, **{name: facts[name] for name in roles if name in facts}} != roles:
        raise Refused(_("Another administrator decides about your own roles."))
    if person.administers and not facts.get("administers", True) and not others:
        raise Refused(_("Somebody must administer. Give that to another first."))
    if person.has_usable_password():
        facts.pop("email", None)
    for name, value in facts.items():
        setattr(person, name, value)
    _no_circle(person)
    _saved(person)
    if (person.unit_id, person.manager_id) != place:
        imports.tell(at, [person.pk])
    return person


def _stored(facts):
    """Facts from a form as columns: small letters in an address, no empty staff number."""
    facts = dict(facts)
    if "email" in facts:
        facts["email"] = facts["email"].lower()
    if "staff_number" in facts:
        facts["staff_number"] = facts["staff_number"] or None
    return facts


def _saved(person):
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise Refused(_("This address or staff number belongs to somebody else.")) from taken


def _no_circle(person):
    above, here = {person.pk: person.manager_id}, person.manager_id
    while here is not None and here not in above:
        above[here] = Person.objects.values_list("manager_id", flat=True).get(pk=here)
        here = above[here]
    if circles(above, [person.pk]):
        raise Refused(_("These two would be each other’s managers, directly or further up."))


def manager_called(email):
    """The active person with this address, or None."""
    return Person.objects.active().filter(email__iexact=email).first()


@transaction.atomic
def invite(person, *, by, at):
    """Post a link to choose a password; one an hour is enough. Raises Refused for who has one, and for who left."""
    if not person.is_active:
        raise Refused(_("This account is switched off. Switch it on first."))
    if person.has_usable_password():
        raise Refused(_("%(name)s has chosen a password. Who forgot it asks for a link on the login page.") % {"name": person.name})
    post("app_invitation", to=person, at=at, once=f"invitation:{person.pk}:{at:%Y%m%d%H}")


@transaction.atomic
def deactivate(person, *, by, at):
    """Switch an account off. All its sessions end at the next request, and its password is gone: coming back starts with an invitation."""
    others = _admins_but(person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.pk == by.pk:
        raise Refused(_("You cannot switch off your own account. Ask another administrator."))
    if person.administers and not others:
        raise Refused(_("Somebody must administer. Give that to another first."))
    if not person.is_active:
        return
    person.is_active = person.coordinates = person.administers = False
    person.set_unusable_password()
    person.save()
    for follows in after_leaving:
        follows(at, person)


@transaction.atomic
def reactivate(person, *, by, at):
    """Switch an account on again, with an invitation to choose a password."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        return
    person.is_active = True
    person.save()
    post("app_invitation", to=person, at=at, once=f"invitation:{person.pk}:{at:%Y%m%d%H}")


def deactivate_all(keys, *, by, at):
    """Switch off the accounts with these keys; gives how many. All of them, or none."""
    with transaction.atomic():
        chosen = list(administered_by(by).filter(pk__in=keys, is_active=True))
        for person in chosen:
            deactivate(person, by=by, at=at)
    return len(chosen)
