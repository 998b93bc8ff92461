"""Is the line of who steered true for each of its readers? (R16)"""

import pytest

from coaching.clock import now
from sessions.models import Steering
from sessions.steering_line import Marked, line, told
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
NAMES = {"coach": "Noor", "client": "Sam"}


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


def page(person, trajectory):
    return as_(person).get(address("steering", trajectory)).content.decode()


def mark(trajectory, session, *, at=None, **marks):
    for part, steered in marks.items():
        Steering.mark(session, by=trajectory.seat(part).person, at=at or now(), steered=steered)


def held(trajectory, days):
    session = make_session(trajectory, starts_at=now() - days * DAY)
    session.hold_it(by=trajectory.coach.person, at=now() - (days - 1) * DAY)
    return session


def rows(*pairs):
    return [Marked(number, now() - (9 - number) * DAY, coach, client) for number, (coach, client) in enumerate(pairs, start=1)]


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        (
            [(None, 2), (None, 4)],
            "Volgens Sam schoof het naar de klant: van ‘meer de coach dan de klant’ naar ‘meer de klant dan de coach’.",
        ),
        ([(None, 5), (None, 1)], "Volgens Sam schoof het naar de coach"),
        ([(None, 3), (None, 3)], "Volgens Sam bleef het gelijk: samen."),
        ([(2, None)], "Noor gaf het bij één sessie aan: meer de coach dan de klant."),
    ],
)
def test_the_sentence_says_what_is_drawn(marks, sentence):
    assert sentence in told(rows(*marks), NAMES)


def test_the_line_has_a_thread_for_each(trajectory):
    drawn = line(rows((1, 2), (3, 2), (None, 5)), told="")
    assert [one.line for one in drawn.stretches] == ["coach", "client", "client"] and len(drawn.marks) == 5
    assert line(rows((1, 2)), told="") is None


def test_a_mark_that_is_not_open_is_neither_drawn_nor_told(trajectory):
    for days, marks in ((20, {"coach": 2, "client": 2}), (2, {"coach": 5})):
        mark(trajectory, held(trajectory, days), **marks)
    coach, client = (page(trajectory.seat(part).person, trajectory) for part in ("coach", "client"))
    assert "5, vooral de klant<" in coach and "5, vooral de klant<" not in client
    assert "nog niet open" in coach and "2, meer de coach dan de klant" in client


def test_both_read_the_same_once_both_have_marked(trajectory):
    for days, steered in ((20, 2), (9, 4)):
        mark(trajectory, held(trajectory, days), coach=steered, client=steered)
    for part in ("coach", "client"):
        said = page(trajectory.seat(part).person, trajectory)
        assert said.count("4, meer de klant dan de coach") == 2 and '<svg class="line"' in said and "<table" in said


def test_who_enters(trajectory):
    assert "Nog niemand gaf aan" in page(trajectory.client.person, trajectory)
    for person in (trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get(address("steering", trajectory)).status_code == 404
