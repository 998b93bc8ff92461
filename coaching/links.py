"""Which links in a mail prove that somebody reads that mailbox? They work one hour and once; none of them logs anybody in."""

import uuid

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from coaching.models import Person

SALT = "coaching.address"
HOUR = 60 * 60


def password_path(person):
    """The path to choose a password. Made when the mail is sent, so the hour counts from then and no link lies in the outbox."""
    uid = urlsafe_base64_encode(force_bytes(str(person.pk)))
    return reverse("coaching:password_link", args=[uid, default_token_generator.make_token(person)])


def person_of(uid):
    """Whose link this is, or None: unknown, unreadable or deactivated."""
    try:
        pk = uuid.UUID(force_str(urlsafe_base64_decode(uid)))
    except ValueError:
        return None
    return Person.objects.active().filter(pk=pk).first()


def opens_password(person, token):
    return person is not None and default_token_generator.check_token(person, token)


def address_path(person, address):
    """The path that confirms a new address. It names the address of now, so that it works once."""
    token = signing.dumps([str(person.pk), person.email, address], salt=SALT)
    return reverse("coaching:address_confirm", args=[token])


def new_address(person, token):
    """The address that `token` confirms for this person, or None: another's, older than an hour, or used."""
    try:
        pk, old, new = signing.loads(token, salt=SALT, max_age=HOUR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return new if (pk, old) == (str(person.pk), person.email) else None


PATHS = {
    "app_invitation": lambda letter: password_path(letter.person),
    "password_link": lambda letter: password_path(letter.person),
    "address_confirm": lambda letter: address_path(letter.person, letter.address),
}


def path_of(letter):
    """Where the link of a letter leads: fresh where it proves something, else the stored address."""
    return PATHS[letter.kind](letter) if letter.kind in PATHS else letter.url
