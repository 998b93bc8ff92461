"""Which days are working days, and when is a term of them over? (R28)"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.models import Organisation
from coaching.working_days import (
    add_working_days,
    days_off,
    is_working_day,
    next_working_day,
    working_days_between,
    working_days_over,
)

FRIDAY, MONDAY = date(2026, 9, 4), date(2026, 9, 7)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_weekends_and_days_off_do_not_count():
    assert is_working_day(FRIDAY)
    assert not is_working_day(FRIDAY, {FRIDAY})
    assert not is_working_day(FRIDAY + timedelta(days=1)) and not is_working_day(FRIDAY + timedelta(days=2))
    assert next_working_day(FRIDAY + timedelta(days=1), {MONDAY}) == MONDAY + timedelta(days=1)
    assert next_working_day(FRIDAY) == FRIDAY


def test_counting_forward_and_back():
    assert add_working_days(FRIDAY, 1) == MONDAY
    assert add_working_days(FRIDAY, 5) == date(2026, 9, 11)
    assert add_working_days(FRIDAY, 1, {MONDAY}) == date(2026, 9, 8)
    assert add_working_days(MONDAY, -1) == FRIDAY
    assert add_working_days(date(2026, 9, 5), 0) == date(2026, 9, 5)


def test_a_term_ends_at_the_end_of_its_last_day():
    ends = add_working_days(FRIDAY, 10)
    assert not working_days_over(FRIDAY, 10, today=ends)
    assert working_days_over(FRIDAY, 10, today=ends + timedelta(days=1))


@given(days, st.integers(0, 60))
def test_what_is_added_is_what_lies_between(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


def test_nothing_lies_before():
    assert working_days_between(MONDAY, FRIDAY) == 0


@pytest.mark.django_db
def test_the_organisation_names_its_days_off():
    assert days_off() == frozenset()
    Organisation.objects.create(name="Zorggroep", days_off=["2026-12-25", "nonsense", 3])
    assert days_off() == {date(2026, 12, 25)}
