"""Bring a backup back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from coaching.clock import now
from coaching.refusals import Refused
from coaching.restoring import restore


class Command(BaseCommand):
    help = "Put the backup FILE into this database, which must be migrated and empty. What was erased since is erased again."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--journal", help="the journal of erasures; otherwise erased.jsonl beside FILE")

    def handle(self, *, file, journal, **options):
        try:
            manifest, erased = restore(file, journal=journal or Path(file).with_name("erased.jsonl"), at=now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(manifest["tables"].values())
        self.stdout.write(f"{rows} rows of {manifest['made_at']} are back; {erased} erasures replayed. Everyone is logged out.")
