"""Does a coach find before a session what they need, and nothing that is not theirs? (R8, R13, R14)"""

import pytest

from coaching.clock import now, today
from sessions.models import Action, Note, Stall, Takeaway, Topic
from tests.makers import DAY, make_goal, make_log, make_person, make_session, make_trajectory
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
def held(trajectory):
    return make_session(trajectory, starts_at=now() - 9 * DAY)


@pytest.fixture
def coming(trajectory):
    return make_session(trajectory, starts_at=now() + DAY)


def page(person, name, row):
    return as_(person).get(address(name, row)).content.decode()


def test_all_on_one_page(trajectory, held, coming, coach, client):
    lately = make_goal(trajectory, "Op tijd zeggen")
    make_goal(trajectory, "Laten liggen")
    make_log(held, goals=[lately], actions=[("Rob bellen", today() - DAY)], interventions=["Stilte: een minuut"])
    Takeaway.write(held, by=client, at=now(), words="Kort beginnen helpt")
    Topic.bring(coming, by=client, at=now(), words="Over het team")
    said = page(coach, "preparation", coming)
    for words in ("Over het team", "Rob bellen", "Kort beginnen helpt", "Stilte: een minuut", "Was bedoeld voor"):
        assert words in said, words
    assert said.index("Laten liggen") < said.index("Op tijd zeggen")


def test_what_stalled_and_what_to_do_differently_come_back(trajectory, held, coming, coach, client):
    make_log(held)
    Stall.mark(held, by=coach, at=now(), words="Ik ging te snel", differently="Eerst vragen waar hij is")
    Note.remember(trajectory, by=coach, at=now(), words="Let op mijn handen", session=held)
    said = page(coach, "own", coming)
    assert "Ik ging te snel" in said and "Eerst vragen waar hij is" in said and "Let op mijn handen" in said
    assert address("own", coming) in page(coach, "preparation", coming)
    for person in (client, trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get(address("own", coming)).status_code == 404
        assert as_(person).get(address("preparation", coming)).status_code == 404


def test_the_next_coach_does_not_get_it(trajectory, held, coming, coach):
    Stall.mark(held, by=coach, at=now(), words="Ik ging te snel")
    trajectory.coach.leave(at=now())
    new = make_person("Bram Smit", coach=True)
    trajectory.parts.create(person=new, part="coach", from_at=now(), confirmed_at=now(), reads_since=now())
    assert "Ik ging te snel" not in page(new, "own", coming)


def test_what_was_is_not_prepared(held, coach):
    held.hold_it(by=coach, at=now())
    assert as_(coach).get(address("preparation", held)).url == address("session", held)


def test_home_leads_to_it(coming, coach):
    assert address("preparation", coming) in as_(coach).get("/vandaag/").content.decode()


def test_an_action_has_an_owner_and_can_be_changed(trajectory, coach, client):
    as_(client).post(address("action_add", trajectory), {"words": "Artikel opsturen", "owner": "coach"})
    action = Action.objects.get()
    assert action.seat == trajectory.coach and "Noor doet dit" in page(client, "detail", trajectory)
    said = {"words": "Boek opsturen", "owner": "client", "due_on": "2026-12-24", "base": "1"}
    assert as_(coach).post(address("action", action), said).url == trajectory.get_absolute_url()
    action.refresh_from_db()
    assert action.seat == trajectory.client and str(action.due_on) == "2026-12-24" and action.version == 2
    answer = as_(client).post(address("action", action), said | {"words": "Iets anders"})
    assert answer.status_code == 409 and "Iets anders" in answer.content.decode() and "Boek opsturen" in answer.content.decode()
    assert as_(client).post(address("action", action), {"words": "", "base": "2"}).status_code == 422
    assert as_(client).post(address("action", action), {"words": "x", "owner": "sponsor", "base": "2"}).status_code == 422
    for person in (trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get(address("action", action)).status_code == 404
        assert as_(person).post(address("action_move", action)).status_code == 404


def test_one_past_its_day_moves_to_the_next_session(trajectory, coming, client):
    action = Action.take_up(trajectory, by=client, at=now(), words="Rob bellen", due_on=today() - DAY)
    assert address("action_move", action) in page(client, "detail", trajectory)
    as_(client).post(address("action_move", action))
    action.refresh_from_db()
    assert action.due_on == coming.local_day and address("action_move", action) not in page(client, "detail", trajectory)


def test_without_a_next_session_it_does_not_move(trajectory, client):
    action = Action.take_up(trajectory, by=client, at=now(), words="Rob bellen", due_on=today() - DAY)
    assert "geen volgende sessie" in as_(client).post(address("action_move", action), follow=True).content.decode()
    action.tick(by=client, at=now(), done=True)
    assert "al gedaan" in as_(client).post(address("action_move", action), follow=True).content.decode()
    action.refresh_from_db()
    assert action.due_on == today() - DAY and as_(client).get(address("action_move", action)).status_code == 405
