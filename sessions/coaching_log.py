"""What stands in a coach's coaching log, and in the letter about their hours? A client's name only with that client's consent (R29)."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from django.utils.translation import gettext as _

from coaching.traces import leave
from sessions.models import Flight, LogConsent
from sessions.models.flights import PRIOR, SESSION
from trajectories.doors import CLIENT, COACH
from trajectories.models import Part


@dataclass
class Line:
    """One client, or one entry of elsewhere. Minutes; `number` is how many people at once."""

    client: str
    group: bool
    number: int
    start: date
    end: date
    paid: int = 0
    unpaid: int = 0
    named: bool = False

    def add(self, flight, *, paid):
        self.start, self.end = min(self.start, flight.on), max(self.end, flight.until_on)
        if paid:
            self.paid += flight.minutes
        else:
            self.unpaid += flight.minutes


@dataclass(frozen=True)
class Letter:
    """What an organisation can say of a coach's hours: no names of clients, nothing of what was said."""

    minutes: int
    sessions: int
    clients: int
    start: date
    end: date


def _of_year(flights, year):
    return [row for row in flights if year is None or row.until_on.year == year]


def _client_keys(flights):
    """{trajectory key: who the client is}: the person, or the trajectory itself once who-with-whom is forgotten."""
    keys = {row.session.trajectory_id for row in flights if row.session_id}
    people = dict(Part.objects.filter(trajectory__in=keys, part=CLIENT).in_order().values_list("trajectory", "person"))
    return {key: people.get(key, key) for key in keys}


def named(person):
    """The consents by which `person` may name clients in their log, the oldest first."""
    return list(LogConsent.objects.for_log_of(person).with_people().earliest_first())


def lines(person, *, at, year=None, here_paid=True):
    """The Lines of a coach's log in order of their start, and the consents that were used; leaves their trace as exported.

    A client without consent is "client 3": by the order in which they came, the same in every export.
    """
    flights = list(Flight.objects.readable_by(person).counted().with_session().earliest_first())
    who, codes, found = _client_keys(flights), {}, {}
    for row in flights:
        if row.kind == SESSION:
            codes.setdefault(_key(row, who), len(codes) + 1)
    consents = {row.client_id: row for row in named(person)}
    others = count()
    for row in _of_year(flights, year):
        key = _key(row, who) if row.kind == SESSION else next(others)
        if key not in found:
            found[key] = _line(row, key, codes, consents)
        found[key].add(row, paid=here_paid if row.kind == SESSION else row.paid)
    used = [consents[key] for key in found if key in consents]
    leave(used, person=person.pk, part=COACH, at=at, act="exported")
    return sorted(found.values(), key=lambda line: (line.start, line.end, line.client))


def _key(row, who):
    """Of a session whose trajectory is gone nothing is known but the minutes: those are one line."""
    return who[row.session.trajectory_id] if row.session_id else None


def _line(row, key, codes, consents):
    facts = {"group": row.group, "number": row.people, "start": row.on, "end": row.until_on}
    if row.kind == SESSION:
        if key in consents:
            return Line(consents[key].client.name, named=True, **facts)
        return Line(_("Client %(number)s") % {"number": codes[key]}, **facts)
    return Line(_("Before Rode Draad") if row.kind == PRIOR else _("Outside Rode Draad"), **facts)


def letter(person, *, year=None):
    """The Letter about hours in this organisation, or None when there are none: what was entered by hand is not ours to confirm."""
    flights = list(Flight.objects.readable_by(person).of_sessions().with_session().earliest_first())
    here = _of_year(flights, year)
    if not here:
        return None
    who = _client_keys(here)
    clients = {_key(row, who) for row in here}
    return Letter(sum(row.minutes for row in here), len(here), len(clients), here[0].on, max(row.until_on for row in here))
