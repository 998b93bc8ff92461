"""Do days, terms, mails and appointments follow the clock that the site administrator chose? (R28)"""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching import clock, outbox, zone
from coaching.models import Organisation
from coaching.templatetags.house import clock as time_of
from coaching.templatetags.house import day_full
from sessions import ical
from sessions.models import CoachingSession
from sessions.series import moment, wall_of
from tests.coaching.people import person
from tests.makers import make_trajectory

pytestmark = pytest.mark.django_db
TERMS = {"name": "Huis", "language": "nl", "follow_up_months": 3, "private_days": 90, "content_months": 12, "report_months": 24}
LATE = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # Monday in Amsterdam, still Sunday in Paramaribo (-3)


@pytest.fixture
def admin():
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person("ada@example.org", name="Ada", administers=True))
    return client


@pytest.fixture
def moved(admin, django_capture_on_commit_callbacks):
    """Choose a zone as a site administrator does."""

    def choose(name):
        with django_capture_on_commit_callbacks(execute=True):
            return admin.post(reverse("coaching:organisation"), TERMS | {"time_zone": name})

    return choose


def test_the_clock_of_the_organisation_counts(moved):
    assert clock.day_of(LATE) == date(2026, 11, 23) and time_of(LATE) == "05:30"
    assert moved("America/Paramaribo").status_code == 302
    assert str(zone.zone()) == "America/Paramaribo" == Organisation.current().time_zone
    late = LATE.replace(hour=2)
    assert clock.day_of(late) == date(2026, 11, 22) and time_of(late) == "23:30" and "22" in day_full(late)
    assert clock.end_of(date(2026, 11, 22)) == datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_reminders_wait_for_the_morning_here(moved, monkeypatch):
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)  # ten in Amsterdam, six in Paramaribo
    asked = []
    monkeypatch.setattr(outbox, "days_off", lambda: asked.append(1) or frozenset())
    outbox.deliver(at)
    assert asked
    moved("America/Paramaribo")
    asked.clear()
    outbox.deliver(at)
    assert not asked


def test_a_planned_session_keeps_what_the_clock_on_the_wall_says(moved):
    trajectory = make_trajectory()
    starts_at = moment(date(clock.today().year + 1, 5, 4), time(10))
    key = CoachingSession.plan(trajectory, by=trajectory.coach.person, at=clock.now(), starts_at=starts_at, minutes=60, place="").pk
    moved("Europe/Lisbon")
    row = CoachingSession.objects.get(pk=key)
    assert row.local_time == "10:00" and wall_of(row.starts_at) == row.wall and row.starts_at != starts_at
    assert str(ical._zone()) == "Europe/Lisbon"


def test_a_page_shows_the_clock_and_django_goes_by_it(admin, moved):
    moved("Pacific/Auckland")
    page = admin.get(reverse("coaching:organisation")).content.decode()
    assert '<option value="Pacific/Auckland" selected>' in page and '<optgroup label="Europe">' in page
    with timezone.override("UTC"):
        seen = zone.in_house_time(lambda _request: timezone.get_current_timezone_name())(None)
    assert seen == "Pacific/Auckland"


@pytest.mark.parametrize("wrong", ["", "Mars/Olympus", "../../etc/passwd", "europe/amsterdam"])
def test_what_is_no_zone(moved, wrong):
    assert moved(wrong).status_code == 422 and not Organisation.objects.exists() and str(zone.zone()) == "Europe/Amsterdam"


def test_another_process_hears_of_it_within_a_minute(django_assert_num_queries):
    zone.know("", seconds=60)
    Organisation.objects.create(name="Huis", time_zone="Asia/Tokyo")
    with django_assert_num_queries(0):
        assert str(zone.zone()) == "Europe/Amsterdam"
    zone.forget()
    with django_assert_num_queries(1):
        assert str(zone.zone()) == "Asia/Tokyo" == str(zone.zone())


def test_nothing_moves_while_the_zone_stays(moved, monkeypatch):
    heard = []
    monkeypatch.setattr(zone, "after_moving", [heard.append])
    moved("Europe/Lisbon")
    moved("Europe/Lisbon")
    assert len(heard) == 1


def test_the_installations_zone_until_one_is_chosen(settings):
    Organisation.objects.create(name="Huis")
    zone.forget()
    settings.TIME_ZONE = "UTC"
    assert str(zone.zone()) == "UTC" and ("UTC", [("UTC", "UTC")]) in zone.choices()
