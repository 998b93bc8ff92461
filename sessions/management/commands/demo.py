"""manage.py demo: fill an empty development database with the demo organisation."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from coaching.clock import today
from coaching.models import Person
from sessions.demo import load
from sessions.demo.people import PASSWORD
from sessions.demo.year import make_year


class Command(BaseCommand):
    help = "Load the demo organisation into an empty database, dated around today. Does nothing when people live there already."

    def add_arguments(self, parser):
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="in which language the people of the demo write")
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="the day to date it around, as 2026-12-31")
        parser.add_argument("--year", action="store_true", help="with one coach more, who had a busy year: thirty trajectories")
        parser.add_argument("--really", action="store_true", help="also outside a development run")

    def handle(self, *args, **options):
        if not (settings.DEBUG or options["really"]):
            raise CommandError("The demo is for development (DEBUG=1). Add --really to load it here all the same.")
        loaded = load(today=options["today"] or today(), language=options["language"])
        if loaded is None:
            self.stdout.write("There are people here already; the demo was not loaded.")
            return
        if options["year"]:
            year = make_year(language=options["language"], password=make_password(PASSWORD))
            self.stdout.write(f"A busy year: {len(year.trajectories)} trajectories of {year.coach.email}")
        somebody = Person.objects.coordinators().by_name().first()
        self.stdout.write(f"The demo is loaded: {loaded.people} people. Log in with one click, or as {somebody.email} with: {PASSWORD}")
