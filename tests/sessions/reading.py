"""What does a calendar program read in one of our mails? With PyPI's icalendar, from the bytes that go to the mail server."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """One VEVENT of an invitation, as it was read back."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    klass: str
    status: str
    place: str
    organiser: str
    attendees: list
    text: str


def calendar_of(message):
    """(text, method of the MIME part) of the calendar in a mail, after its way over SMTP."""
    sent = email.message_from_bytes(message.message().as_bytes(policy=email.policy.SMTP), policy=email.policy.default)
    [part] = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    return part.get_content(), part.get_param("method")


def read(message):
    text, method = calendar_of(message)
    calendar = Calendar.from_ical(text)
    assert calendar["METHOD"] == method and not calendar.errors
    [event] = calendar.walk("VEVENT")
    starts, ends = event["DTSTART"].dt, event["DTEND"].dt
    attendees = event.get("ATTENDEE", [])
    return Read(
        method=method,
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        starts_at=starts.astimezone(UTC),
        minutes=round((ends.astimezone(UTC) - starts.astimezone(UTC)).total_seconds() / 60),
        title=str(event["SUMMARY"]),
        klass=str(event["CLASS"]),
        status=str(event["STATUS"]),
        place=str(event.get("LOCATION", "")),
        organiser=str(event["ORGANIZER"]).lower(),
        attendees=[str(one).lower() for one in (attendees if isinstance(attendees, list) else [attendees])],
        text=text,
    )
