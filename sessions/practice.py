"""What stands on a coach's page of their own practice? Their hours by year, and what they are made of, as plain values (R29)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import number_format

from sessions.hours import AN_HOUR, HORIZON, Totals, totals
from sessions.models import CoachingSession, Flight

SHOWN = 12  # rows before the link to the rest of the year


def hours_said(minutes):
    """Minutes as hours, in the way of the reader's language: 90 is "1,5" and 50 is "0,83"."""
    hours = round(minutes / AN_HOUR, 2)
    return number_format(int(hours) if hours == int(hours) else hours, use_l10n=True, force_grouping=True)


@dataclass(frozen=True)
class Row:
    """One entry. `url`: where its session is, or the form to correct what was typed; `client`: who it was with, while one sits there."""

    kind: str
    name: str
    on: date
    until_on: date
    hours: str
    counts: bool
    number: int | None = None
    client: str = ""
    url: str = ""
    people: int = 1
    group: bool = False


@dataclass(frozen=True)
class Practice:
    """The page of one coach; `year` is the one that is shown, None for all, `more` how many rows of it are not."""

    totals: Totals
    rows: list
    year: int | None
    more: int

    @property
    def hours(self):
        return hours_said(self.totals.minutes)

    @property
    def share(self):
        """The place of the needle, as a CSS percentage of a line that leaves it room."""
        return f"{self.totals.share:.2f}%"

    @property
    def ticks(self):
        """Every thousand hours: (place, words)."""
        return [
            (f"{hours * 100 // HORIZON}%", number_format(hours, use_l10n=True, force_grouping=True))
            for hours in range(0, HORIZON + 1, 1_000)
        ]

    @property
    def bars(self):
        """(year, minutes, hours in words), for {% bars %}."""
        return [(str(one.year), one.minutes, hours_said(one.minutes)) for one in self.totals.years]

    @property
    def most(self):
        return max((one.minutes for one in self.totals.years), default=0)

    @property
    def told(self):
        """The bars in a sentence."""
        return ". ".join(f"{year}: {said}" for year, _minutes, said in self.bars)

    @property
    def this_year(self):
        """Hours and sessions of the year that is shown, or None."""
        one = next((one for one in self.totals.years if one.year == self.year), None)
        return one and {"hours": hours_said(one.minutes), "sessions": one.sessions}

    @property
    def kinds(self):
        return _named(self.totals.kinds)

    @property
    def apart(self):
        return _named(self.totals.apart)


def _named(minutes):
    return [(name, hours_said(minutes[kind])) for kind, name in Flight.KINDS if kind in minutes]


def practice(person, *, year=None, everything=False, discreet=False):
    """The Practice of `person`: of `year`, or the latest one that has something; `discreet`: without a client. Two statements."""
    flights = list(Flight.objects.readable_by(person).latest_first())
    years = sorted({row.until_on.year for row in flights}, reverse=True)
    year = year if year in years else next(iter(years), None)
    here = [row for row in flights if row.until_on.year == year]
    shown = here if everything else here[:SHOWN]
    sessions = {} if discreet else _sessions(person, [row.session_id for row in shown if row.session_id])
    return Practice(totals(flights), [_row(row, sessions) for row in shown], year, len(here) - len(shown))


def years_of(person):
    """The years in which this person has hours, the latest first."""
    return sorted({row.until_on.year for row in Flight.objects.readable_by(person)}, reverse=True)


def _sessions(person, keys):
    """The sessions that this person may still read, with number and client."""
    found = CoachingSession.objects.coached_by(person).of_keys(keys).numbered().with_client() if keys else []
    return {row.pk: row for row in found}


def _row(row, sessions):
    session = sessions.get(row.session_id)
    facts = {"kind": row.kind, "name": row.get_kind_display(), "on": row.on, "until_on": row.until_on, "counts": row.counts}
    facts |= {"hours": hours_said(row.minutes), "people": row.people, "group": row.group}
    if session:
        facts |= {"number": session.number, "client": session.client_name or "", "url": session.get_absolute_url()}
    elif row.kind != "session":
        facts["url"] = reverse("sessions:hours_change", args=[row.pk])
    return Row(**facts)
