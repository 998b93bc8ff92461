"""Which knots does each seat see? Coach and client with day and link, the sponsor hollow and bare."""

import pytest

from coaching.clock import now
from sessions.process_models import built_in, kind_of, kinds, models
from sessions.thread import knots
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from trajectories.models import Part
from trajectories.thread import AHEAD, DONE


@pytest.mark.django_db
def test_knots():
    trajectory = make_trajectory(sponsor=make_person("Els Jansen"))
    held, planned = make_session(trajectory), make_session(trajectory, starts_at=now() + DAY)
    called_off = make_session(trajectory, starts_at=now() + 2 * DAY)
    called_off.cancel(by=trajectory.client.person, at=now())
    make_log(held)
    for seat in (trajectory.coach, trajectory.client):
        found = knots(trajectory, seat)
        assert [(one.url, one.state, one.on) for one in found] == [
            (held.get_absolute_url(), DONE, held.local_day),
            (planned.get_absolute_url(), AHEAD, planned.local_day),
        ]
    for seat in (trajectory.sponsor, Part(trajectory=trajectory, part="sponsor")):
        found = knots(trajectory, seat)
        assert [(one.url, one.state, one.on, one.hollow) for one in found] == [("", DONE, None, True), ("", AHEAD, None, True)]


def test_every_model_has_questions_in_both_languages():
    assert list(models())[0] == "grow" and list(models())[-1] == "free"
    for phase in built_in().phases.values():
        assert phase.letter and phase.questions and all({"nl", "en"} <= set(one.words) for one in phase.questions)
        first = phase.questions[0]
        assert phase.question("nonsense") == first and phase.after(phase.questions[-1].key) == first


def test_a_line_tells_its_kind():
    assert kind_of("Rollenspel, met Rob") == kind_of("role play with Rob") == "role_play"
    assert kind_of("Iets eigens") == "" and "other" in kinds()
