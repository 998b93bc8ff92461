"""How many hours has somebody coached, and where do they come from? One source: the table of flights (R29)."""

from collections import Counter
from dataclasses import dataclass

from coaching.day import due
from sessions.models import CoachingSession, Flight
from sessions.models.flights import SESSION, who_coached
from trajectories.doors import COACH
from trajectories.models import Part

HORIZON = 5_000  # hours: what mastery is said to take
AN_HOUR = 60


@dataclass(frozen=True)
class Year:
    """What counts in one year, and how many sessions are in it."""

    year: int
    minutes: int
    sessions: int


@dataclass(frozen=True)
class Totals:
    """Everything of one person. `apart`: {kind: minutes} of what does not count. A block counts in the year in which it ends."""

    minutes: int
    sessions: int
    years: list
    kinds: dict
    apart: dict
    since: int | None

    @property
    def share(self):
        """Of the way to the horizon: 0 to 100."""
        return min(self.minutes / AN_HOUR / HORIZON, 1) * 100


def totals(flights):
    """The Totals of somebody's rows (a list of Flight)."""
    minutes, sessions, kinds, apart = Counter(), Counter(), Counter(), Counter()
    for row in flights:
        if not row.counts:
            apart[row.kind] += row.minutes
            continue
        minutes[row.until_on.year] += row.minutes
        sessions[row.until_on.year] += row.kind == SESSION
        kinds[row.kind] += row.minutes
    years = [Year(year, minutes[year], sessions[year]) for year in sorted(minutes, reverse=True)]
    since = min((row.on.year for row in flights if row.counts), default=None)
    return Totals(minutes.total(), sessions.total(), years, dict(kinds), dict(apart), since)


@due
def fill(at=None):
    """Write the hours of every held session that has none yet; twice changes nothing. Returns how many there were to write."""
    rows = list(CoachingSession.objects.without_hours())
    seats = {}
    for seat in Part.objects.filter(part=COACH, trajectory__in={row.trajectory_id for row in rows}).in_order():
        seats.setdefault(seat.trajectory_id, []).append(seat)
    made = [flight for row in rows if (flight := _flown(row, seats.get(row.trajectory_id, [])))]
    Flight.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return len(made)


def _flown(row, seats):
    """Of a session that no verb wrote hours for; None when nobody coached it."""
    log = getattr(row, "log", None)
    recorded = (seat.person_id for seat in reversed(seats) if seat.from_at <= row.held_at)
    person = who_coached(row, seats, log.seat.person_id if log else next(recorded, None))
    facts = {"on": row.local_day, "until_on": row.local_day, "minutes": row.minutes}
    return Flight(person_id=person, session=row, kind=SESSION, **facts) if person else None
