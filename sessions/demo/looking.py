"""Who looked in the demo, these last days? So that the page of who looked shows what it is for."""

from functools import partial

from coaching.traces import look
from sessions.demo.tale import Event
from sessions.models import Action, Log
from trajectories.models import Agreement, GoalVersion, Release

HOUR = 60


def events(row):
    """A coach who prepares, a client who reads in the evening, a sponsor who looks once."""
    for day, minutes, part, kinds in (
        (-1, 16 * HOUR + 20, "coach", (Log, Action, GoalVersion)),
        (-2, 20 * HOUR + 10, "client", (GoalVersion, Log)),
        (-4, 9 * HOUR + 5, "sponsor", (Release, GoalVersion)),
        (-6, 8 * HOUR + 40, "coach", (Agreement, Log)),
        (-9, 21 * HOUR, "client", (Agreement,)),
    ):
        yield Event(day, minutes, partial(_looks, part=part, kinds=kinds))


def _looks(tale, row, *, part, kinds, at):
    """What somebody opens from their seat, as far as the tale has come by then."""
    seat = tale.trajectory and tale.fresh().seat(part)
    if seat and seat.person.is_active and seat.from_at < at:
        look([found for model in kinds for found in model.objects.open_to(seat).latest_first()[:3]], by=seat, at=at)
