"""Do the coach's pages ask the database as little after a whole year as after a few weeks? (issue 5; architecture 17)"""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.clock import now
from coaching.models import CalendarChoice
from coaching.models.calendars import hashed
from sessions.demo.year import make_year
from sessions.hours import totals
from sessions.models import CoachingSession, Flight, Log, LogConsent
from tests.conftest import undone
from tests.makers import DAY
from trajectories.models import Trajectory
from trajectories.sources import minutes_flown

FEED = "het-adres-van-een-jaar"
MOST = 12
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
SIZES = {"a few weeks": {"trajectories": 3, "sessions": 20, "closed": 1}, "a year": {"trajectories": 30, "sessions": 200, "closed": 10}}


def places(year):
    """{page: (address, what is posted or None)} of this coach; the trajectory has a log to write and a session to come."""
    logged = set(Log.objects.values_list("session", flat=True))
    to_log = [session for session in year.sessions if session.held_at and session.pk not in logged]
    row = to_log[-1].trajectory
    here = [session for session in year.sessions if session.trajectory_id == row.pk]
    held = [session for session in here if session.held_at]
    names = ("today", "silence", "trajectories", "questions", "learning", "hours", "hours_sheet", "hours_paper", "hours_letter")
    found = {name: (reverse(f"sessions:{name}"), None) for name in names}
    found |= {name: (reverse(f"sessions:{name}", args=[row.pk]), None) for name in ("detail", "note", "tried", "reading", "steering")}
    found |= {f"{name} as written": (reverse(f"sessions:{name}", args=[held[0].pk]), None) for name in ("session", "log")}
    found |= {"all hours": (reverse("sessions:hours") + "?all=1", None), "log": (reverse("sessions:log", args=[held[-1].pk]), None)}
    found |= {name: (reverse(f"sessions:{name}", args=[here[-1].pk]), None) for name in ("preparation", "own")}
    found["asked"] = (reverse("sessions:asked", args=[here[-1].pk]), None)
    found["search in notes"] = (reverse("sessions:note", args=[row.pk]), {"sought": "hardop"})
    found["search in the journal"] = (reverse("sessions:learning"), {"sought": "hardop"})
    found["question bank, searched"] = (reverse("sessions:questions") + "?q=hardop", None)
    found["calendar"] = (reverse("sessions:feed", args=[FEED]), None)
    found["goals"] = (reverse("trajectories:goals", args=[row.pk]), None)
    return found


def asked(client, place, sends):
    """How many statements this page takes; it must be there."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(place) if sends is None else client.post(place, sends)
    assert response.status_code == 200, (place, response.status_code)
    return len([query for query in queries.captured_queries if not query["sql"].startswith(BOOKKEEPING)])


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """{size: {page: statements}}, with both years told and undone one after the other."""
    found = {}
    with django_db_blocker.unblock():
        for size, facts in SIZES.items():
            with undone():
                year, client = make_year(**facts), Client()
                CalendarChoice.objects.create(person=year.coach, way="feed", token=hashed(FEED), token_at=now(), with_place=True)
                soon = {"starts_at": now() + DAY, "minutes": 60}
                CoachingSession.plan(Trajectory.objects.get(pk=year.trajectories[-1].pk), by=year.coach, at=now(), **soon)
                client.force_login(year.coach)
                for place, sends in places(year).values():  # what is fetched once for all is fetched now
                    asked(client, place, sends)
                found[size] = {name: asked(client, *place) for name, place in places(year).items()}
    return found


def test_a_page_asks_as_much_after_a_year_as_after_a_few_weeks(counted):
    few, year = counted.values()
    assert {name: (few[name], number) for name, number in year.items() if number != few[name]} == {}


def test_every_page_stays_within_twelve(counted):
    assert {name: number for name, number in counted["a year"].items() if number > MOST} == {}


@pytest.mark.django_db
def test_the_year_is_a_years_work():
    year = make_year(language="en")
    held = CoachingSession.objects.held()
    assert (len(year.trajectories), held.count(), CoachingSession.objects.planned().count()) == (30, 200, 20)
    unlogged = held.filter(log=None)
    assert 0 < unlogged.count() < 12 and all(year.at - session.starts_at < 5 * DAY for session in unlogged)
    assert not [session for session in CoachingSession.objects.all() if session.local_day.weekday() > 4]
    assert Log.objects.count() == 200 - unlogged.count() and LogConsent.objects.count() == 10
    own = list(Flight.objects.readable_by(year.coach))
    of_sessions = sum(minutes for (minutes,) in held.values_list("minutes"))
    counts = [row.minutes for row in own if row.kind in ("prior", "other")]
    assert totals(own).minutes == of_sessions + sum(counts) == minutes_flown([year.coach.pk])[year.coach.pk]
    assert totals(own).sessions == 200 and set(totals(own).apart) == {"supervision", "peer", "mentor"}
    assert json.dumps(totals(own).kinds)
