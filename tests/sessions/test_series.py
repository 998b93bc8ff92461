"""Does a series fall where people think it does, on both nights of daylight saving and in any zone? (R17, R28)"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from sessions import ical
from sessions.series import LONGEST, MOST, days_of, from_wall, moment, moved_along, wall_of

ZONES = ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
times = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
@pytest.mark.parametrize("first", [date(2026, 10, 1), date(2027, 3, 2)])
def test_a_series_keeps_the_wall_clock_over_the_night(zone, first):
    zone = ZoneInfo(zone)
    moments = [moment(day, time(10), zone) for day in days_of(first, weeks=1, count=10)]
    assert {wall_of(one, zone)[11:] for one in moments} == {"10:00"}
    assert len({one.utcoffset() for one in moments}) == 2  # the night is in it
    between = {(b.astimezone(UTC) - a.astimezone(UTC)) for a, b in zip(moments, moments[1:], strict=False)}
    assert between - {timedelta(weeks=1)} in ({timedelta(days=7, hours=1)}, {timedelta(days=6, hours=23)})


@given(first=days, weeks=st.integers(1, 4), count=st.integers(2, MOST), zone=zones, at=times)
# A time may be read off a clock that was put back.
@example(first=date(2025, 6, 29), weeks=4, count=10, zone=ZoneInfo("America/New_York"), at=time(2, fold=1))  # skipped
def test_every_session_of_a_series_stands_at_its_time(first, weeks, count, zone, at):
    series = days_of(first, weeks=weeks, count=count)
    assert len(series) == min(count, LONGEST.days // (7 * weeks) + 1) and series == sorted(set(series))
    for day in series:
        one = moment(day, at, zone)
        skipped = one.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != datetime.combine(day, at)
        if not skipped:
            assert wall_of(one, zone) == f"{day:%Y-%m-%d}T{at:%H:%M}" and from_wall(wall_of(one, zone), zone) == one
        else:  # the clock was put forward over this time: it falls as much later
            assert one.astimezone(UTC).astimezone(zone).replace(tzinfo=None) > datetime.combine(day, at)


@given(first=days, weeks=st.integers(1, 4), until=st.integers(0, 500))
def test_a_series_ends(first, weeks, until):
    last = first + timedelta(days=until)
    series = days_of(first, weeks=weeks, until=last)
    assert series[0] == first and all(first <= day <= min(last, first + LONGEST) for day in series) and len(series) <= MOST


@given(first=days, at=times, zone=zones, shift=st.integers(-30, 30), to=times, weeks=st.integers(0, 30))
@example(first=date(2028, 9, 28), at=time(0), zone=ZoneInfo("Australia/Lord_Howe"), shift=3, to=time(2), weeks=1)  # a skipped time
def test_the_rest_moves_along_by_days_and_takes_the_time(first, at, zone, shift, to, weeks):
    before, after = moment(first, at, zone), moment(first + timedelta(days=shift), to, zone)
    later = moment(first + timedelta(weeks=weeks), at, zone)
    moved = moved_along(later, before=before, after=after, zone=zone).astimezone(UTC)
    wanted = first + timedelta(weeks=weeks, days=shift)
    shown = after.astimezone(UTC).astimezone(zone)
    if shown.date() == first + timedelta(days=shift) and before.astimezone(UTC).astimezone(zone).date() == first:
        assert moved == moment(wanted, shown.time(), zone).astimezone(UTC)


def entry(starts_at, **more):
    return ical.Entry(uid="6f0d3a9e", starts_at=starts_at, minutes=60, said_at=datetime(2026, 1, 1, tzinfo=UTC), **more)


@pytest.mark.parametrize("zone", ZONES)
def test_the_rules_of_a_zone_are_right_every_hour_of_three_years(zone):
    """What a program reads that knows nothing of zones but our VTIMEZONE: the local time and offset of every hour."""
    rules = ical.vtimezone(zone, 2025, 2027).to_tz()
    real, one = ZoneInfo(zone), datetime(2025, 1, 1, 12, tzinfo=UTC)
    while one.year < 2028:
        local = one.astimezone(real)
        if not ambiguous(local, real):
            assert local.replace(tzinfo=rules).utcoffset() == local.utcoffset(), local
        one += timedelta(hours=1)


def ambiguous(local, zone):
    other = local.replace(tzinfo=None, fold=1 - local.fold).replace(tzinfo=zone)
    return other.utcoffset() != local.utcoffset()


@given(starts_at=st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(lambda one: one.replace(tzinfo=UTC, second=0, microsecond=0)))
def test_what_is_written_is_read_back(starts_at):
    calendar = Calendar.from_ical(ical.invitation(entry(starts_at, sequence=3, place="Kamer; 2,14 \\ naast"), to="sam@example.org"))
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == starts_at and event["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(hours=1)
    assert event["LOCATION"] == "Kamer; 2,14 \\ naast" and event["SEQUENCE"] == 3 and not calendar.errors


def test_a_line_break_in_a_place_writes_no_other_line():
    text = ical.invitation(
        entry(datetime(2026, 12, 3, 9, tzinfo=UTC), place="Kamer 1\r\nATTENDEE:mailto:els@example.org"), to="sam@example.org"
    )
    assert text.count(b"ATTENDEE;") == 1 and b"\r\nATTENDEE:" not in text and b"els@example.org" in text


def test_utc_needs_no_rules(settings):
    settings.TIME_ZONE = "UTC"
    text = ical.invitation(entry(datetime(2026, 12, 3, 9, tzinfo=UTC)), to="sam@example.org")
    assert b"VTIMEZONE" not in text and b"DTSTART:20261203T090000Z" in text


def test_the_hour_that_comes_twice_is_told_apart(settings):
    settings.TIME_ZONE = "Europe/Amsterdam"
    before, first, second, after = (
        ical.invitation(entry(datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes)), to="sam@example.org")
        for minutes in (-30, 30, 90, 150)
    )
    assert b"DTSTART;TZID=Europe/Amsterdam:20261025T013000" in before and b"DTSTART;TZID=Europe/Amsterdam:20261025T033000" in after
    assert b"DTSTART:20261025T003000Z" in first and b"DTSTART:20261025T013000Z" in second
