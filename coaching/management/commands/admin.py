"""Make the first site administrator, and post an invitation."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from coaching.clock import now
from coaching.models import Organisation, Person
from coaching.outbox import post


class Command(BaseCommand):
    help = "Make somebody site administrator. They get a link to choose a password; nobody else ever knows it."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--coordinates", action="store_true", help="let them coordinate the coach pool too")

    @transaction.atomic
    def handle(self, *, email, name, coordinates, **options):
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is no e-mail address.") from wrong
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            person = Person(email=email.lower(), name=name, language=Organisation.current().language)
            person.set_unusable_password()
        person.is_active = person.administers = True
        person.coordinates = person.coordinates or coordinates
        person.save()
        if not person.has_usable_password():
            post("app_invitation", to=person, at=now())
        self.stdout.write(f"{person.name} administers. The link to choose a password goes to {person.email}.")
