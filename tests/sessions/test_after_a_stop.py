"""What do pages offer once a trajectory has stopped, and what is a next coach asked to log? (R10, R17)"""

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now
from coaching.models import Person
from sessions.models import CoachingSession
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_
from trajectories.changed import changes
from trajectories.models import Part, Trajectory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture
def trajectory():
    made = make_trajectory()
    Person.objects.update(language="en")
    return made


def stopped(trajectory):
    Trajectory.objects.get(pk=trajectory.pk).stop(by=trajectory.client.person, at=now(), reason="no_time")


def test_what_was_planned_is_neither_shown_nor_offered(trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    coach, client = trajectory.coach.person, trajectory.client.person
    detail = address("detail", trajectory)
    pages = [(coach, detail), (client, detail), (client, reverse("sessions:my_sessions")), (client, reverse("sessions:now"))]
    offers = [address(name, session) for name in ("session_move", "preparation", "topic", "session")]
    assert all(any(one in as_(who).get(at).text for one in offers) for who, at in pages)
    stopped(trajectory)
    assert not [at for who, at in pages for one in offers if one in as_(who).get(at).text]


FORMS = ("session_move", "session_cancel", "session_missed", "topic", "preparation")


@pytest.mark.parametrize("name", FORMS)
def test_a_form_at_its_own_address_says_at_once_that_it_has_stopped(trajectory, name):
    session = make_session(trajectory, starts_at=now() + DAY)
    who = (trajectory.coach if name == "preparation" else trajectory.client).person
    assert as_(who).get(address(name, session)).status_code == 200
    stopped(trajectory)
    answer = as_(who).get(address(name, session), follow=True)
    assert answer.redirect_chain == [(session.get_absolute_url(), 302)]
    assert "This trajectory has stopped." in answer.text and not [one for one in FORMS if address(one, session) in answer.text]


def test_nor_does_the_form_to_plan_one_open(trajectory):
    stopped(trajectory)
    answer = as_(trajectory.coach.person).get(address("session_new", trajectory), follow=True)
    assert answer.redirect_chain[0] == (trajectory.get_absolute_url(), 302) and "This trajectory has stopped." in answer.text


def test_what_is_posted_from_a_page_that_stood_open_stands_there_again_with_the_sentence(trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    stopped(trajectory)
    client = as_(trajectory.client.person)
    answer = client.post(address("session_move", session), {"on": f"{now() + 9 * DAY:%Y-%m-%d}", "begins": "09:00", "place": "Kamer 9"})
    assert answer.status_code == 422 and "This trajectory has stopped." in answer.text and "Kamer 9" in answer.text
    answer = client.post(address("topic", session), {"topic-0": "Over Rob"})
    assert answer.status_code == 422 and "This trajectory has stopped." in answer.text and "Over Rob" in answer.text


def test_a_session_that_was_called_off_is_not_offered_to_be_moved(trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    session.cancel(by=trajectory.client.person, at=now())
    answer = as_(trajectory.coach.person).get(address("session_move", session), follow=True)
    assert answer.redirect_chain == [(session.get_absolute_url(), 302)] and "This session has been, or was called off." in answer.text


def test_without_a_question_or_goals_nothing_is_asked_for(trajectory):
    stopped(trajectory)
    page = as_(trajectory.client.person).get(address("detail", trajectory)).text
    assert "Look for the question together" not in page and "Write a goal" not in page


def test_a_stop_on_hold_did_not_go_on(trajectory):
    fresh = Trajectory.objects.get(pk=trajectory.pk)
    fresh.hold(by=trajectory.coach.person, at=now() - DAY, look_again_on=(now() + 9 * DAY).date())
    stopped(trajectory)
    fresh = Trajectory.objects.with_moments().get(pk=trajectory.pk)
    assert [one.label for one in changes(fresh, fresh.client)] == ["Paused"]


def test_a_next_coach_is_not_asked_to_log_what_another_held(trajectory):
    session = make_session(trajectory, starts_at=now() - 5 * DAY)
    session.hold_it(by=trajectory.coach.person, at=now() - 4 * DAY)
    trajectory.coach.leave(at=now() - DAY)
    new, since = make_person("Bram Smit", coach=True, language="en"), now() - DAY
    Part.objects.create(trajectory=trajectory, person=new, part="coach", from_at=since, confirmed_at=since, reads_since=since)
    assert "Log session 1 with" not in as_(new).get(reverse("sessions:today")).text
    assert f'class="button" href="{address("log", session)}"' not in as_(new).get(address("detail", trajectory)).text
    assert CoachingSession.objects.get().held_at
