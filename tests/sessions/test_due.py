"""Is a day understood as people write it in a hurry, and shown as the day that it will be?"""

from contextlib import suppress
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coaching.clock import today
from sessions.forms.due import DueField, in_full, in_short
from sessions.near_days import WrongWeekday, read_day
from tests.makers import DAY, make_person

SUNDAY, NEXT = date(2026, 11, 22), date(2026, 12, 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vr", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("zo", "2026-11-29"),  # on a Sunday: the next one
        ("+7", "2026-11-29"),
        ("+2w", "2026-12-06"),
        ("over 2 weken", "2026-12-06"),
        ("morgen", "2026-11-23"),
        ("4-12", "2026-12-04"),
        ("4 dec", "2026-12-04"),
        (" 4  december ", "2026-12-04"),
        ("vr 4 dec", "2026-12-04"),
        ("1-1", "2027-01-01"),
        ("20 nov", "2026-11-20"),  # written down late
        ("1 nov", "2027-11-01"),
        ("zo 1 nov", "2026-11-01"),  # the weekday says which year
        ("29-2", "2028-02-29"),
        ("31-12-2026", "2026-12-31"),
        ("2026-12-04", "2026-12-04"),
        ("volgende", "2026-12-02"),
    ],
)
def test_what_is_meant(typed, meant):
    assert read_day(typed, today=SUNDAY, next_on=NEXT).isoformat() == meant


@pytest.mark.parametrize("typed", ["", "gisteren misschien", "31-2", "0-0", "99999999999", "next month", "\x00", "4 foo"])
def test_what_means_no_day(typed):
    with pytest.raises(ValueError):
        read_day(typed, today=SUNDAY, next_on=NEXT)


def test_next_means_nothing_while_nothing_is_planned():
    with pytest.raises(ValueError):
        read_day("volgende", today=SUNDAY)


def test_a_weekday_that_contradicts_its_date_is_asked_about():
    with pytest.raises(WrongWeekday) as wrong:
        read_day("di 4 dec", today=SUNDAY)
    assert wrong.value.day == date(2026, 12, 4)


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_is_not(typed):
    with suppress(ValueError):
        assert isinstance(read_day(typed, today=SUNDAY, next_on=NEXT), date)


@given(days=st.integers(-13, 900))
def test_what_the_field_shows_means_the_same_day(days):
    day = today() + days * DAY
    assert DueField(label="x").clean(in_short(day)) == day


@pytest.fixture
def visitor(db):
    client = Client(headers={"HX-Request": "true"})
    client.force_login(make_person("Noor Visser"))
    return client


def ask(visitor, **words):
    return visitor.get(reverse("sessions:due"), words)


def test_the_page_says_which_day_it_will_be(visitor):
    page = ask(visitor, **{"action_on-1": "+7"}).content.decode()
    day = today() + 7 * DAY
    assert in_short(day) in page and in_full(DueField(label="x"), "+7") in page and 'name="action_on-1"' in page and "<html" not in page


def test_the_page_says_what_it_does_not_understand_and_leaves_it(visitor):
    page = ask(visitor, **{"action_on-0": "ooit <b>"}).content.decode()
    assert "Schrijf de dag" in page and "ooit &lt;b&gt;" in page


def test_the_next_session_is_passed_on(visitor):
    page = ask(visitor, **{"action_on-0": "volgende", "next": f"{today() + 3 * DAY:%Y-%m-%d}"}).content.decode()
    assert in_short(today() + 3 * DAY) in page
    assert "Schrijf de dag" in ask(visitor, **{"action_on-0": "volgende", "next": "2026-99-99"}).content.decode()


def test_without_a_field_there_is_nothing(visitor):
    assert ask(visitor).status_code == ask(visitor, **{"action_on-x": "vr"}).status_code == 404
    assert Client().get(reverse("sessions:due"), {"action_on-0": "vr"}).status_code == 302
