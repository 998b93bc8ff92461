"""Does a large difference come back as a question for the next session, and a small one not? (R18)"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.clock import now
from sessions.models import AskedQuestion, Steering
from tests.makers import DAY, make_goal, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_
from trajectories.models import CheckIn, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajectory():
    return make_trajectory(make_person("Noor Visser", coach=True, language="en"), make_person("Sam Bakker"))


@pytest.fixture
def coming(trajectory):
    make_goal(trajectory, "Op tijd zeggen")
    return make_session(trajectory, starts_at=now() + DAY)


def checked(trajectory, *, days, level, steers, confidence):
    fresh = Trajectory.objects.get(pk=trajectory.pk)
    goal = fresh.goals.get(number=1)
    check = CheckIn.begin(fresh, by=fresh.coach.person, at=now() - days * DAY)
    facts = {"answers": [{"key": "x"}], "levels": [(goal, level, None)], "steers": steers, "confidence": confidence}
    check.hand_in(by=fresh.client.person, at=now() - days * DAY, **facts)
    return check


def apart(trajectory, coming):
    return as_(trajectory.coach.person).get(address("apart", coming)).text


def test_two_steps_are_asked_about_and_one_is_not(trajectory, coming):
    checked(trajectory, days=3, level=-1, steers=2, confidence=4)
    checked(trajectory, days=1, level=0, steers=3, confidence=3)
    assert "Nothing lies far apart" in apart(trajectory, coming)
    checked(trajectory, days=0, level=2, steers=5, confidence=1)
    said = apart(trajectory, coming)
    for words in ("goal 1 at +2, and before at 0", "from 3 to 5 of 5", "went from 3 to 1 of 5"):
        assert words in said, words
    assert address("apart", coming) in as_(trajectory.coach.person).get(address("preparation", coming)).text


def test_the_coachs_own_mark_is_asked_about(trajectory, coming):
    held = make_session(trajectory, starts_at=now() - 9 * DAY)
    held.hold_it(by=trajectory.coach.person, at=now() - 8 * DAY)
    Steering.mark(held, by=trajectory.coach.person, at=now() - 8 * DAY, steered=1)
    checked(trajectory, days=1, level=0, steers=4, confidence=3)
    assert "Sam says 4 of 5, you marked 1" in apart(trajectory, coming)


def test_after_the_next_session_it_is_not_asked_again(trajectory, coming):
    checked(trajectory, days=5, level=-1, steers=1, confidence=3)
    checked(trajectory, days=4, level=2, steers=5, confidence=3)
    assert "What happened in between?" in apart(trajectory, coming)
    make_session(trajectory, starts_at=now() - 2 * DAY).hold_it(by=trajectory.coach.person, at=now())
    assert "Nothing lies far apart" in apart(trajectory, coming)


def test_it_can_be_taken_along_once_and_only_what_was_found(trajectory, coming):
    checked(trajectory, days=5, level=-1, steers=3, confidence=3)
    check = checked(trajectory, days=4, level=2, steers=3, confidence=3)
    noor, key = as_(trajectory.coach.person), f"check_{check.pk.hex[:8]}_goal_1"
    assert noor.post(address("apart", coming), {"take": "check_made_up"}).status_code == 404
    for _press in range(2):
        assert noor.post(address("apart", coming), {"take": key}).url == address("preparation", coming)
    assert AskedQuestion.objects.get().question == key and "Goes along" in apart(trajectory, coming)
    for other in (trajectory.client.person, make_person("Iris")):
        assert as_(other).get(address("apart", coming)).status_code == 404 == as_(other).post(address("apart", coming)).status_code


def test_it_takes_as_many_queries_with_many_goals(trajectory, coming):
    checked(trajectory, days=4, level=2, steers=3, confidence=3)
    visitor = as_(trajectory.coach.person)
    with CaptureQueriesContext(connection) as few:
        visitor.get(address("apart", coming))
    for number in range(4):
        make_goal(trajectory, f"Nog een doel {number}")
    with CaptureQueriesContext(connection) as many:
        visitor.get(address("apart", coming))
    assert len(many) == len(few) <= 12
