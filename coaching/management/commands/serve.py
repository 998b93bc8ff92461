"""Start a development run: what `./run` does once everything is installed."""

import subprocess  # noqa: S404
import sys
import threading
import time

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from coaching.models import KeyMark

HOUR = 60 * 60


class Command(BaseCommand):
    help = "Migrate, load the demo once, do what is due now and every hour, and serve on 127.0.0.1:8000. For development only."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000")

    def handle(self, *, address, **options):
        if not settings.DEBUG:
            raise CommandError("This serves a development run; set DEBUG=1, or use gunicorn (see README.md).")
        call_command("migrate", verbosity=0, skip_checks=True)
        refused = KeyMark.objects.refusal(settings.SEALING_KEYS)
        if refused:
            raise CommandError(refused)
        if "demo" in get_commands():
            call_command("demo")
        threading.Thread(target=_now_and_every_hour, daemon=True).start()
        call_command("runserver", address, use_reloader=False, use_static_handler=False, skip_checks=True)


def _now_and_every_hour():
    """What is due, in a process of its own, so that a step that hangs or dies takes nothing with it."""
    time.sleep(1)  # the first page comes first
    while True:
        subprocess.Popen([sys.executable, "manage.py", "day"])  # noqa: S603
        time.sleep(HOUR)
