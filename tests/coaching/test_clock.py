"""Days are days of the organisation; a term of n days ends at the end of the nth day; months keep their day where they can (R28)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.clock import day_of, end_of, months_after


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_midnight_is_amsterdams(moment, day):
    assert day_of(moment) == day


@given(st.dates(date(2000, 1, 2), date(2100, 1, 1)), st.integers(0, 400))
def test_a_term_ends_with_its_last_day(day, days):
    over = end_of(day, after=days)
    assert (day_of(over) - day).days == days + 1
    assert (over.astimezone().utcoffset() is not None) and over.hour == 0


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(9999, 12, 31), 3, date(9999, 12, 31)),
        (date(1, 1, 1), -1, date(1, 1, 1)),
    ],
)
def test_months_keep_their_day_where_they_can(day, months, later):
    assert months_after(day, months) == later
