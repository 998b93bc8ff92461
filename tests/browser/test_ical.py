"""Does a second, independent parser read our invitations and feed as the first does? ical.js, in the browser, next to PyPI's icalendar."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from sessions import ical

ICAL_JS = (Path(__file__).parent.parent / "vendor" / "ical-2.2.1.min.js").read_text()
READ = """async ([source, text]) => {
  const ICAL = (await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})))).default;
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {method: calendar.getFirstPropertyValue("method"), events: calendar.getAllSubcomponents("vevent").map(one => {
    const event = new ICAL.Event(one), value = name => one.getFirstPropertyValue(name);
    return {uid: event.uid, sequence: event.sequence, title: event.summary, place: event.location, klass: value("class"),
      status: value("status"), starts: event.startDate.toUnixTime(), ends: event.endDate.toUnixTime(),
      zone: event.startDate.zone.tzid, own: event.startDate.zone.component !== null,
      attendees: event.attendees.map(who => who.getFirstValue()), organiser: event.organizer};
  })};
}"""
SAID = datetime(2026, 1, 1, tzinfo=UTC)
# An ordinary day, both nights of daylight saving with an hour around them, the hour that comes twice, and the turn of a year.
MOMENTS = [
    datetime(2026, 12, 3, 9, 0, tzinfo=UTC),
    *(datetime(2027, 3, 28, 0, 0, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(6)),
    *(datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(7)),
    datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
]
PLACE = "Kamer 2.14; tweede verdieping, naast de lift – een lange regel die in het bestand over twee regels loopt ✓"


@pytest.fixture
def ical_js(page):
    page.goto("about:blank")
    return lambda text: page.evaluate(READ, [ICAL_JS, text.decode()])


def facts(starts_at, **more):
    return ical.Entry(uid=f"uid-{starts_at:%j%H%M}", starts_at=starts_at, minutes=50, said_at=SAID, **more)


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "UTC"])
def test_two_parsers_read_the_same_moments(ical_js, settings, zone):
    settings.TIME_ZONE = zone
    text = ical.feed([facts(one) for one in MOMENTS])
    theirs, ours = ical_js(text)["events"], Calendar.from_ical(text).walk("VEVENT")
    assert [one["starts"] for one in theirs] == [int(one.timestamp()) for one in MOMENTS]
    assert [one["ends"] for one in theirs] == [int(one.timestamp()) + 3000 for one in MOMENTS]
    assert [int(one["DTSTART"].dt.timestamp()) for one in ours] == [one["starts"] for one in theirs]
    if zone != "UTC":
        assert {one["zone"] for one in theirs} <= {zone, "UTC"} and any(one["own"] for one in theirs)


@pytest.mark.parametrize(("ended", "method", "status"), [(False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")])
def test_an_invitation_reads_as_it_was_meant(ical_js, settings, ended, method, status):
    settings.TIME_ZONE = "Europe/Amsterdam"
    text = ical.invitation(facts(MOMENTS[0], sequence=7, place=PLACE, ended=ended), to="sam@example.org")
    read = ical_js(text)
    [event] = read["events"]
    assert read["method"] == method and event["status"] == status and event["sequence"] == 7 and event["klass"] == "PRIVATE"
    assert event["attendees"] == ["mailto:sam@example.org"] and event["organiser"].startswith("mailto:")
    assert event["place"] == PLACE == Calendar.from_ical(text).walk("VEVENT")[0]["LOCATION"]
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
