"""When do coach and client meet, and who may change that? (R17)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.calendars import choose_calendar
from coaching.clock import now, today
from coaching.models import Letter
from coaching.refusals import Refused
from sessions.models import CoachingSession
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db


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
def planned(trajectory):
    return make_session(trajectory, starts_at=now() + 3 * DAY)


def test_a_session_is_planned(trajectory, coach, client):
    for person, days in ((coach, 5), (client, 6)):
        words = {"on": f"{today() + days * DAY:%Y-%m-%d}", "begins": "14:30", "minutes": "45", "place": "Kamer 1"}
        answer = as_(person).post(address("session_new", trajectory), words)
        session = CoachingSession.objects.latest_first().first()
        assert answer.url == address("session", session) and session.minutes == 45 and session.local_time == "14:30"


def test_a_session_that_was_goes_on_to_its_log(trajectory, coach):
    answer = as_(coach).post(address("session_new", trajectory), {"on": f"{today() - DAY:%Y-%m-%d}"})
    assert answer.url == address("log", CoachingSession.objects.get())


def test_a_client_plans_ahead(trajectory, client):
    answer = as_(client).post(address("session_new", trajectory), {"on": f"{today() - DAY:%Y-%m-%d}"})
    assert answer.status_code == 422 and not CoachingSession.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"on": ""},
        {"on": "morgen"},
        {"on": "2026-12-01", "minutes": "5"},
        {"on": "2026-12-01", "minutes": "veel"},
        {"on": "2026-12-01", "begins": "25:00"},
        {"on": "2026-12-01", "place": "x" * 201},
    ],  # fmt: skip
)
def test_what_is_wrong_comes_back_as_it_was_typed(trajectory, coach, words):
    answer = as_(coach).post(address("session_new", trajectory), words)
    assert answer.status_code == 422 and all(value in answer.content.decode() for value in words.values())


def test_it_is_planned_only_in_a_phase_in_which_they_meet(trajectory, coach):
    trajectory.hold(by=coach, at=now(), look_again_on=today() + 30 * DAY)
    answer = as_(coach).post(address("session_new", trajectory), {"on": f"{today() + DAY:%Y-%m-%d}"})
    assert answer.status_code == 422


def test_moving_tells_the_other(planned, coach, client):
    choose_calendar(way="neither", with_place=False, by=coach, at=now())
    answer = as_(client).post(address("session_move", planned), {"on": f"{today() + 9 * DAY:%Y-%m-%d}", "begins": "09:00"})
    assert answer.url == address("session", planned)
    planned.refresh_from_db()
    assert planned.local_time == "09:00"
    assert [letter.kind for letter in Letter.objects.to(coach)] == ["appointment_changed"]
    assert as_(coach).post(address("session_move", planned), {"on": "2026-01-01"}).status_code == 422


def test_calling_off_tells_the_other_and_only_once(planned, coach, client):
    choose_calendar(way="feed", with_place=False, by=client, at=now())
    as_(coach).post(address("session_cancel", planned), {"because": "Ik zit met koorts in bed"})
    planned.refresh_from_db()
    assert planned.cancelled_by_part == "coach" and Letter.objects.to(client).get().kind == "appointment_changed"
    page = as_(client).get(address("session", planned)).content.decode()
    assert "Ik zit met koorts in bed" in page and planned.how_late in page
    assert as_(coach).post(address("session_cancel", planned)).status_code == 422
    with pytest.raises(Refused):
        planned.cancel(by=client, at=now())
    with pytest.raises(Refused):
        planned.move(by=client, at=now(), starts_at=now() + DAY, minutes=60)
    with pytest.raises(Refused):
        planned.hold_it(by=coach, at=now() + 9 * DAY)


def test_missed_is_said_afterwards(trajectory, planned, coach):
    assert as_(coach).post(address("session_missed", planned)).status_code == 422
    planned.refresh_from_db()
    assert not planned.missed_at
    past = make_session(trajectory)
    as_(coach).post(address("session_missed", past), {"because": "De trein reed niet"})
    past.refresh_from_db()
    assert past.missed_at and "De trein reed niet" in as_(coach).get(address("session", past)).content.decode()
    with pytest.raises(Refused):
        past.hold_it(by=coach, at=now())


def test_only_a_coach_says_that_it_was_held(trajectory, client):
    with pytest.raises(Refused):
        make_session(trajectory).hold_it(by=client, at=now())


def test_the_client_is_asked_what_it_yielded_once(trajectory, coach, client):
    session = make_session(trajectory)
    session.hold_it(by=coach, at=now())
    session.hold_it(by=coach, at=now())
    assert [letter.kind for letter in Letter.objects.to(client)] == ["morning_after_client"]


@pytest.mark.parametrize("name", ["session", "session_move", "session_cancel", "session_missed", "takeaway", "topic", "log"])
def test_a_session_is_hidden_from_sponsor_and_strangers(name, trajectory, planned):
    for person in (trajectory.sponsor.person, make_person("Iris de Boer"), make_person("Bram Smit", coach=True)):
        ask = as_(person).post if name in {"session_cancel", "session_missed"} else as_(person).get
        assert ask(address(name, planned)).status_code == 404
    for name in ("session_new", "action_add"):
        assert as_(trajectory.sponsor.person).get(address(name, trajectory)).status_code == 404


@pytest.mark.parametrize("name", ["share", "unshare", "log_throw_away"])
def test_verbs_are_posted(name, planned, coach):
    assert as_(coach).get(address(name, planned)).status_code == 405


def test_the_clients_list(trajectory, planned, client, coach):
    session = make_session(trajectory)
    make_log(session, takeaway="Dat ik mag stoppen")
    page = as_(client).get(reverse("sessions:my_sessions")).content.decode()
    assert "Dat ik mag stoppen" not in page and address("session_move", planned) in page
    session.log.share(by=coach, at=now() - timedelta(minutes=1))
    assert "Dat ik mag stoppen" in as_(client).get(reverse("sessions:my_sessions")).content.decode()
    assert as_(make_person("Iris de Boer")).get(reverse("sessions:my_sessions")).status_code == 200


def test_hours_are_minutes_of_held_sessions(trajectory, coach, client):
    session = make_session(trajectory)
    make_log(session, when=(session.starts_at, 90, ""))
    make_session(trajectory)
    page = as_(coach).get(reverse("sessions:hours")).content.decode()
    assert "1,5 vlieguren" in page
    trajectory.coach.leave(at=now())
    assert "1,5 vlieguren" in as_(coach).get(reverse("sessions:hours")).content.decode()
    assert as_(client).get(reverse("sessions:hours")).status_code == 404
    assert as_(make_person("Pia Bos", coach=True)).get(reverse("sessions:hours")).status_code == 200
