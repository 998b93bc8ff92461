"""Copy everything that is kept into one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from coaching import backups
from coaching.clock import now
from coaching.erasures import write_journal


class Command(BaseCommand):
    help = "Copy everything to a new file in DIR while the application runs. Keep the key file elsewhere: without it the words stay sealed."

    def add_arguments(self, parser):
        parser.add_argument("dir")

    def handle(self, *, dir, **options):
        if not Path(dir).is_dir():
            raise CommandError(f"{dir} is not a folder.")
        path = backups.write(dir, at=now())
        write_journal(Path(dir) / "erased.jsonl")
        self.stdout.write(str(path))
