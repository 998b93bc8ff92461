"""How is a series planned, with days left out, and moved or called off from one session on? (R17, R28)"""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from coaching import clock
from coaching.clock import now
from coaching.models import Letter, Organisation
from coaching.refusals import Refused
from sessions.models import CoachingSession
from tests.makers import DAY, make_person, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


@pytest.fixture
def in_march(monkeypatch):
    """It is Tuesday 2 March 2027; the clock goes forward on the 28th."""
    monkeypatch.setattr(clock.timezone, "now", lambda: datetime(2027, 3, 2, 9, tzinfo=UTC))


WORDS = {"on": "2027-03-04", "begins": "10:00", "minutes": "60", "place": "Kamer 1", "every": "2", "times": "4"}


def rows():
    return list(CoachingSession.objects.select_related("trajectory").in_order())


def walls():
    return [row.wall for row in rows()]


def test_the_days_of_a_series_are_shown_before_it_is_planned(in_march, trajectory, client):
    page = as_(client).post(address("session_new", trajectory), WORDS)
    text = page.content.decode()
    assert page.status_code == 200 and not CoachingSession.objects.exists()
    assert [day in text for day in ("2027-03-04", "2027-03-18", "2027-04-01", "2027-04-15")] == [True] * 4
    assert 'value="2027-04-29"' not in text


def test_a_series_is_planned_without_the_days_left_out_and_the_wall_clock_stays(in_march, trajectory, client):
    words = WORDS | {"shown": "2027-03-04 2 4 -", "days": ["2027-03-04", "2027-03-18", "2027-04-15"]}
    answer = as_(client).post(address("session_new", trajectory), words)
    assert answer.url.startswith(reverse("sessions:detail", args=[trajectory.pk]))
    assert walls() == ["2027-03-04T10:00", "2027-03-18T10:00", "2027-04-15T10:00"]
    assert [row.starts_at.hour for row in rows()] == [9, 9, 8] and len({row.series for row in rows()}) == 1
    page = as_(client).get(answer.url).content.decode()
    assert all(address("session_move", row) in page for row in rows())


def test_other_days_are_shown_when_the_rule_changed(in_march, trajectory, client):
    words = WORDS | {"every": "1", "shown": "2027-03-04 2 4 -", "days": ["2027-03-04"]}
    page = as_(client).post(address("session_new", trajectory), words)
    assert page.status_code == 200 and "2027-03-11" in page.content.decode() and not rows()


def test_days_off_are_left_out_to_begin_with(in_march, trajectory, client):
    Organisation.objects.create(name="Zorggroep", days_off=["2027-04-01"])
    text = as_(client).post(address("session_new", trajectory), WORDS).content.decode()
    assert text.count("checked") == 1 + 3  # how often, and three of four days


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"times": ""}, "how many times"),
        ({"times": "1"}, "two sessions at least"),
        ({"times": "27"}, "Twenty-six is the most"),
        ({"times": "", "until": "2028-06-01"}, "A year is the longest"),
        ({"times": "", "until": "2027-03-05"}, "Only one day falls"),
        ({"on": "2027-03-01"}, "passed"),
        ({"every": "9"}, ""),
        ({"shown": "2027-03-04 2 4 -", "days": []}, "one day at least"),
        ({"shown": "2027-03-04 2 4 -", "days": ["2027-03-05"]}, ""),
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence(in_march, trajectory, client, more, sentence):
    type(client).objects.filter(pk=client.pk).update(language="en")
    page = as_(client).post(address("session_new", trajectory), WORDS | more)
    assert page.status_code == 422 and sentence in page.content.decode() and not rows()


def test_until_a_day(in_march, trajectory, client):
    words = WORDS | {"times": "", "until": "2027-04-01", "shown": "2027-03-04 2 - 2027-04-01"}
    as_(client).post(address("session_new", trajectory), words | {"days": ["2027-03-04", "2027-03-18", "2027-04-01"]})
    assert len(rows()) == 3


def test_a_series_is_told_once(in_march, trajectory, coach, client):
    from coaching.calendars import choose_calendar  # noqa: PLC0415

    choose_calendar(way="neither", with_place=False, by=client, at=now())
    starts = [datetime(2027, 3, 4, 9, tzinfo=UTC) + n * WEEK for n in range(4)]
    CoachingSession.plan_series(trajectory, by=coach, at=now(), starts=starts, minutes=60)
    assert Letter.objects.to(client).count() == 1


@pytest.fixture
def series(in_march, trajectory, coach):
    facts = {"by": coach, "at": now(), "minutes": 60, "place": "Kamer 1"}
    return CoachingSession.plan_series(trajectory, starts=[datetime(2027, 3, 4 + 7 * n, 9, tzinfo=UTC) for n in range(3)], **facts)


def test_one_of_a_series_moves_alone(series, coach):
    as_(coach).post(address("session_move", series[1]), {"on": "2027-03-12", "begins": "14:00"})
    assert walls() == ["2027-03-04T10:00", "2027-03-12T14:00", "2027-03-18T10:00"]


def test_the_rest_of_a_series_moves_along_over_the_night(series, coach, trajectory):
    text = as_(coach).get(address("session_move", series[1])).content.decode()
    assert 'name="rest"' in text and 'name="rest"' not in as_(coach).get(address("session_move", series[2])).content.decode()
    as_(coach).post(address("session_move", series[1]), {"on": "2027-03-25", "begins": "09:30", "place": "Kamer 2", "rest": "on"})
    assert walls() == ["2027-03-04T10:00", "2027-03-25T09:30", "2027-04-01T09:30"]
    assert [row.starts_at.hour for row in rows()] == [9, 8, 7]


def test_the_rest_of_a_series_is_called_off(series, client):
    as_(client).post(address("session_cancel", series[1]), {"because": "Ik stop met deze reeks", "rest": "on"})
    assert [bool(row.cancelled_at) for row in rows()] == [False, True, True]
    assert "Ik stop met deze reeks" in as_(client).get(address("session", series[2])).content.decode()


def test_held_and_cancelled_ones_do_not_move_along(series, coach):
    series[1].cancel(by=coach, at=now())
    rows()[0].move(by=coach, at=now(), starts_at=series[0].starts_at + DAY, minutes=60, rest=True)
    assert walls() == ["2027-03-05T10:00", "2027-03-11T10:00", "2027-03-19T10:00"]


def test_a_series_has_an_end(trajectory, coach):
    with pytest.raises(Refused):
        CoachingSession.plan_series(trajectory, by=coach, at=now(), starts=[now() + n * DAY for n in range(27)], minutes=60)
    with pytest.raises(Refused):
        CoachingSession.plan_series(trajectory, by=coach, at=now(), starts=[], minutes=60)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=5, hours=2), "5 days before"),
        (timedelta(hours=26), "26 hours before"),
        (timedelta(hours=1), "1 hour before"),
        (timedelta(minutes=20), "less than an hour before"),
        (-timedelta(minutes=20), "after it should have begun"),
    ],
)
def test_how_late_it_was_called_off_is_worked_out(trajectory, coach, before, words):
    from django.utils.translation import override  # noqa: PLC0415

    at = now()
    [row] = CoachingSession.plan_series(trajectory, by=coach, at=at, starts=[at + before], minutes=60)
    row.cancel(by=coach, at=at)
    assert row.notice == before
    with override("en"):
        assert row.how_late == words


def test_why_it_was_called_off_lies_sealed(series, client):
    series[0].cancel(by=client, at=now(), because="Ziek thuis")
    assert "Ziek" not in str(list(CoachingSession.objects.values("off_because")))
