"""What can people do with their own account? Log in, choose a password, move to another address, look from another part."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from coaching import attempts, nav
from coaching.calendars import choose_calendar
from coaching.links import new_address
from coaching.models import Person
from coaching.outbox import choose_mail, post, put, send_now
from coaching.refusals import Refused

DEMO_DOMAIN = "@merwestede.example"
MARKS = {"coach": "coach", "client": "client", "sponsor": "sponsor", "coordinator": "desk", "admin": "desk"}


@sensitive_variables("password")
def recognise(*, email, password, network, at):
    """The active person with this address and password. Raises Refused: TooOften after five failures, else with one sentence for all."""
    attempts.check_login(address=email, network=network, at=at)
    person = authenticate(None, email=email, password=password)
    if person is None:
        attempts.login_failed(address=email, network=network, at=at)
        raise Refused(_("This address and password do not belong together. Try again, or ask for a new password."))
    attempts.login_worked(address=email, network=network)
    return person


def send_password_link(email, *, at):
    """Send a link of one hour to the address on record, if there is somebody. Called once the answer is gone: its time tells nothing."""
    if person := Person.objects.active().filter(email__iexact=email).first():
        send_now(put("password_link", to=person, at=at), at)


@sensitive_variables("password")
@transaction.atomic
def choose_password(person, password, *, at):
    """Set a new password. Every other session of this person ends with it, and they are told by mail."""
    person.set_password(password)
    person.save(update_fields=["password"])
    post("password_changed", to=person, url=reverse("coaching:password_forgotten"), at=at)


@transaction.atomic
def ask_address(person, address, *, at):
    """Send a link to the new address. One that is another's gets none, and the answer is the same."""
    if not Person.objects.filter(email__iexact=address).exists():
        post("address_confirm", to=person, at=at, address=address.lower())


def change_address(person, token, *, at):
    """Move to the address that was confirmed, and tell the former one. Raises Refused when the link no longer works."""
    address, former = new_address(person, token), person.email
    lapsed = Refused(_("This link no longer works. Ask for a new one."))
    if address is None:
        raise lapsed
    try:
        with transaction.atomic():
            if not Person.objects.filter(pk=person.pk, email=former).update(email=address):
                raise lapsed
            post("address_changed", to=person, url=reverse("coaching:account"), at=at, address=former)
    except IntegrityError as taken:
        raise lapsed from taken
    return address


@transaction.atomic
def choose(person, *, language, mails, offered, at, way="", with_place=False):
    """Keep a person's language, which of the `offered` kinds of mail they want, and, when `way` says it, how their appointments come."""
    person.language = language
    person.save(update_fields=["language"])
    choose_mail(mails, offered=offered, by=person)
    if way:
        choose_calendar(way=way, with_place=with_place, by=person, at=at)


def look_as(person, part, *, parts):
    """Remember from which of their parts a person looks; any other is passed over."""
    if part in parts:
        person.looks_as = part
        person.save(update_fields=["looks_as"])


def _demo_people():
    """The invented people of the demo, by name; nobody outside a development run."""
    return Person.objects.active().filter(email__endswith=DEMO_DOMAIN).by_name() if settings.DEBUG else Person.objects.none()


def demo_person(pk):
    """One of the demo people, or None."""
    return _demo_people().filter(pk=pk).first()


def demo_choice(of_each=3):
    """For the login page of a development run: a few demo people of each part, as values with person, part and how their parts are said.

    Whoever has a home they look from (the demo gives its main people one) comes before all others.
    """
    faces = _demo_people().exclude(looks_as="") or _demo_people()
    found = [(person, nav.Looker(SimpleNamespace(user=person)).parts) for person in faces]
    chosen = {}
    for part in nav.AS:
        fitting = [pair for pair in found if part in pair[1] and pair[0] not in chosen]
        chosen.update(fitting[:of_each])
    return [{"person": person, "part": MARKS[parts[0]], "said": [nav.AS[part] for part in parts]} for person, parts in chosen.items()]
