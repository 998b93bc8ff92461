"""How does an appointment read in a calendar's own language? iCalendar (RFC 5545), and invitations (RFC 5546), from plain values."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from coaching.zone import zone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One appointment of one person. `starts_at`, `said_at` in UTC; A feed has sequence 0: nobody answers it."""

    uid: str
    starts_at: datetime
    minutes: int
    said_at: datetime
    sequence: int = 0
    place: str = ""
    ended: bool = False

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)


def invitation(entry, *, to):
    """The text (bytes) of one REQUEST or CANCEL: we are the organiser, `to` (an address) the only attendee, the title neutral."""
    event = _event(entry)
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = "Rode Draad"
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    event.add("organizer", organiser)
    event.add("attendee", attendee)
    event.add("status", "CANCELLED" if entry.ended else "CONFIRMED")
    return _calendar([entry], [event], method=method(entry)).to_ical()


def method(entry):
    return "CANCEL" if entry.ended else "REQUEST"


def feed(entries):
    """The text (bytes) of somebody's appointments, to be read again every hour."""
    entries = list(entries)
    events = [_event(entry) for entry in entries]
    for event in events:
        event.add("status", "CONFIRMED")
    calendar = _calendar(entries, events)
    calendar.add("name", _("Appointments"))
    calendar.add("x-wr-calname", _("Appointments"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return calendar.to_ical()


def _calendar(entries, events, method=""):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Rode Draad//NL")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    years = [entry.starts_at.year for entry in entries]
    if years and _zone() is not None:
        calendar.add_component(vtimezone(str(_zone()), min(years) - 1, max(years) + 1))
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(entry):
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.said_at.astimezone(UTC))
    event.add("dtstart", _local(entry.starts_at))
    event.add("dtend", _local(entry.ends_at))
    event.add("summary", _("Appointment"))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    if entry.place:
        event.add("location", entry.place)
    return event


def _zone():
    """The organisation's zone; None for UTC, which needs no rules."""
    found = zone()
    return None if str(found).upper() in {"UTC", "ETC/UTC"} else found


def _local(moment):
    """The moment by the clock on the wall; in UTC in the hour that comes twice, which programs read differently."""
    zone = _zone()
    if zone is None:
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    twice = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    return moment.astimezone(UTC) if twice else local


@lru_cache(maxsize=32)
def turns(name, first, last):
    """When the clocks of zone `name` are put forward or back, in the years `first` to `last`: [moment in UTC], to the second."""
    zone, found = ZoneInfo(name), []
    day, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < end:
        before, after = day, day + DAY
        if _offset(zone, before) != _offset(zone, after):
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) // 2
                before, after = (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
            found.append(after.replace(microsecond=0))
        day += DAY
    return tuple(found)


def _offset(zone, moment):
    return moment.astimezone(zone).utcoffset()


def vtimezone(name, first, last):
    """The rules of zone `name` for the years `first` to `last`: each turn named, none derived, so that no zone is too irregular.

    The DTSTART of a part is the time on the wall just before the clock is put (RFC 5545, 3.6.5); icalendar's own generator gives the time
    just after, which puts the first hour after a spring night wrong.
    """
    zone, rules = ZoneInfo(name), Timezone()
    rules.add("tzid", name)
    parts = {}
    beginning = datetime(first, 1, 1, tzinfo=UTC)
    for moment in (beginning, *turns(name, first, last)):
        local = moment.astimezone(zone)
        before = local.utcoffset() if moment == beginning else _offset(zone, moment - timedelta(seconds=1))
        key = (before, local.utcoffset(), bool(local.dst()), local.tzname())
        parts.setdefault(key, []).append((moment + before).replace(tzinfo=None))
    for (before, after, summer, short), moments in parts.items():
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("dtstart", moments[0])
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", short)
        for moment in moments[1:]:
            part.add("rdate", moment)
        rules.add_component(part)
    return rules
