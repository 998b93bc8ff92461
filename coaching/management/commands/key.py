"""Are these the keys that the words are sealed with; and: bring a new key into use."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coaching.keys import add_current, line
from coaching.models import KeyMark
from coaching.resealing import problems, reseal_all


class Command(BaseCommand):
    help = "check: do the keys open what is sealed? rotate: seal everything under a new key. new: print a line for a key file."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["check", "rotate", "new"])

    def handle(self, *, action, **options):
        getattr(self, action)()

    def new(self):
        """For a first key file, or for one that the application itself cannot write."""
        number = len(settings.SEALING_KEYS) + 1
        self.stdout.write(line(f"K{number}" if number < 10 else str(number)), ending="")

    def check(self):
        keys = settings.SEALING_KEYS
        refused = problems(keys)
        if KeyMark.objects.exists():
            refused = [sentence for sentence in [KeyMark.objects.refusal(keys)] if sentence] + refused
        elif not refused:
            KeyMark.objects.remember(keys, next(iter(keys)))
        if refused:
            raise CommandError("\n".join(refused))
        self.stdout.write(f"All words open. The current key is {next(iter(keys))}.")

    def rotate(self):
        keys = settings.SEALING_KEYS
        refused = problems(keys)
        if refused:
            raise CommandError("\n".join(refused))
        current = self._new_or_unfinished(keys)
        KeyMark.objects.remember(keys, current)
        # Twice: what was being written while the key changed may have come after the first round.
        rows = reseal_all(current) + reseal_all(current)
        self._forget_others(current)
        self.stdout.write(f"{rows} rows are now sealed with {current}. Keep the older keys as long as backups made with them.")

    def _new_or_unfinished(self, keys):
        """A rotation that was killed, or a key that was put first by hand, is finished; otherwise a new key is made."""
        current, known = next(iter(keys)), set(KeyMark.objects.values_list("name", flat=True))
        if known != {current}:
            return current
        try:
            return add_current(settings.SEALING_KEYS_FILE)
        except OSError as error:
            raise CommandError(
                "The key file cannot be written from here. Put a line from `manage.py key new` first in it, and rotate again."
            ) from error

    @transaction.atomic
    def _forget_others(self, current):
        KeyMark.objects.exclude(name=current).delete()
