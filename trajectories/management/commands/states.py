"""Which states can a trajectory be in, and who leads it from one to the next? The table of models/states.py, as README.md holds it."""

from django.core.management.base import BaseCommand
from django.utils.translation import override

from trajectories.doors import CLIENT, COACH, COORDINATOR, SPONSOR
from trajectories.models.states import ASKER, CHOSEN, DESK_WHEN_EMPTY, EMPLOYEE, OPEN, STEPS

SAID = {
    CLIENT: "client",
    COACH: "coach",
    SPONSOR: "sponsor",
    COORDINATOR: "coordinator",
    EMPLOYEE: "employee, for themselves",
    ASKER: "who asked",
    CHOSEN: "the coach who was chosen",
    DESK_WHEN_EMPTY: "coordinator, while a seat is empty",
}


def table():
    """The steps as a table in Markdown, in English."""
    with override("en"):
        rows = [f"| {_states(s.sources)} | {_states(s.targets)} | `{s.verb}` | {_people(s.who)} | {s.needs} |" for s in STEPS.values()]
    return "\n".join(["| from | to | verb | who | needs |", "|---|---|---|---|---|", *rows])


def _states(states):
    if states == OPEN:
        return "any open"
    return ", ".join(str(state.label) for state in states) or "–"


def _people(who):
    return " · ".join(SAID[one] for one in who)


class Command(BaseCommand):
    help = "Print the states of a trajectory and the verbs between them, as a table in Markdown."

    def handle(self, *args, **options):
        self.stdout.write(table())
