"""Do everything that is due now."""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from coaching import day
from coaching.checks import refuse_wrong_keys
from coaching.clock import now
from coaching.zone import zone


class Command(BaseCommand):
    help = "Do everything that is due: reminders, expiry, erasure, letters. May run at any time, as often as you like."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=moment, help="as if it were this day or moment (ISO 8601; the organisation's time zone)")

    def handle(self, *, at, **options):
        refuse_wrong_keys()
        failed = day.run(at or now())
        if failed:
            raise CommandError(f"These steps failed; the others are done: {', '.join(failed)}.")


def moment(text):
    """An aware moment; a day alone is its beginning. Raises CommandError."""
    try:
        found = parse_datetime(text) if len(text) > 10 else datetime.combine(parse_date(text), time.min)
    except (TypeError, ValueError):
        found = None
    if found is None:
        raise CommandError(f"{text} is no day or moment; write 2026-11-22 or 2026-11-22T09:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found, zone())
