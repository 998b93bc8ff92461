"""manage.py cast --out FILE: tell the cast's story in an empty development database, and say where every secret word stands."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coaching.clock import now
from coaching.models import Person
from sessions.cast import as_json, build


class Command(BaseCommand):
    help = "Build the cast's story in an empty development database and write people, secrets and pages as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--out", required=True, help="the file to write")

    def handle(self, *args, out, **options):
        if not settings.DEBUG:
            raise CommandError("The cast plays in a development database only (DEBUG=1).")
        if Person.objects.exists():
            raise CommandError("This database is not empty. The cast needs one of its own.")
        with transaction.atomic():
            cast = build(now())
        Path(out).write_text(as_json(cast) + "\n")
        self.stdout.write(f"{len(cast.people)} people, {len(cast.secrets)} secrets, {len(cast.pages)} pages: {out}")
