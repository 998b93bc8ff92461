"""Do takeaways, topics, actions, journals and notes reach who may read them, and nobody else? (R8, R11, R12)"""

import uuid

import pytest

from coaching.clock import now
from coaching.models import Trace
from coaching.refusals import Refused
from sessions.models import Action, CoachingSession, Journal, Note, Takeaway, Topic
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
def held(trajectory, coach):
    session = make_session(trajectory)
    session.hold_it(by=coach, at=now())
    return session


def page(person, name, row):
    return as_(person).get(address(name, row)).content.decode()


def test_the_client_says_what_it_yielded_and_the_coach_reads_it_at_once(held, coach, client):
    answer = as_(client).post(address("takeaway", held), {"words": "Rustig blijven", "mattered": "4", "way": "5"})
    assert answer.url == address("session", held)
    row = Takeaway.objects.get()
    assert (row.mattered, row.way, row.seat.part) == (4, 5, "client")
    assert "Rustig blijven" in page(coach, "session", held) and "Rustig blijven" in page(client, "takeaway", held)
    as_(client).post(address("takeaway", held), {"words": ""})
    assert not Takeaway.objects.exists()


def test_what_the_coach_recorded_is_marked_and_read_with_the_log(held, coach, client):
    log = make_log(held, takeaway="Zoals Sam het zei")
    assert "Zoals Sam het zei" not in page(client, "session", held)
    log.share(by=coach, at=now() - DAY)
    assert "Zoals Sam het zei" in page(client, "session", held)
    Takeaway.write(CoachingSession.objects.get(), by=client, at=now(), words="Van mijzelf")
    assert {row.seat.part for row in Takeaway.objects.all()} == {"coach", "client"}


@pytest.mark.parametrize("words", [{"mattered": "6"}, {"way": "veel"}, {"words": "x" * 20_001}, {"words": "a\x00b"}])
def test_nonsense_comes_back(held, client, words):
    assert as_(client).post(address("takeaway", held), {"words": "Dit blijft staan"} | words).status_code == 422
    assert not Takeaway.objects.exists()


def test_a_session_to_come_has_yielded_nothing_yet(trajectory, client):
    planned = make_session(trajectory, starts_at=now() + DAY)
    answer = as_(client).post(address("takeaway", planned), {"words": "Te vroeg"})
    assert answer.status_code == 422 and "Te vroeg" in answer.content.decode()


def test_a_coach_is_led_away_from_the_clients_pages(held, coach):
    for name in ("takeaway", "topic"):
        assert as_(coach).get(address(name, held)).url == address("session", held)
        assert as_(coach).post(address(name, held), {"words": "Namens Sam"}).url == address("session", held)
    assert not Takeaway.objects.exists() and not Topic.objects.exists()
    with pytest.raises(Refused):
        Takeaway.write(held, by=coach, at=now(), words="Namens Sam")


def test_an_action_between_sessions_is_read_by_both_at_once(trajectory, coach, client):
    for person in (coach, client):
        answer = as_(person).post(address("action_add", trajectory), {"words": "Rob bellen", "due_on": "2026-12-24"})
        assert answer.url == trajectory.get_absolute_url()
    assert Action.objects.readable_by(client).count() == Action.objects.readable_by(coach).count() == 2
    assert not Action.objects.readable_by(trajectory.sponsor.person).exists()
    assert as_(client).post(address("action_add", trajectory), {"words": "", "due_on": "ooit"}).status_code == 422


def test_ticking_off_and_not_after_all(trajectory, client, coach):
    action = Action.take_up(trajectory, by=client, at=now(), words="Rob bellen")
    assert as_(client).post(address("action_done", action), {"done": "on"}).status_code == 302
    action.refresh_from_db()
    assert action.done_at
    as_(coach).post(address("action_done", action))
    action.refresh_from_db()
    assert not action.done_at
    for person in (trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).post(address("action_done", action), {"done": "on"}).status_code == 404
    assert as_(client).get(address("action_done", action)).status_code == 405


def test_a_refused_tick_goes_back(trajectory, client):
    action = Action.take_up(trajectory, by=client, at=now(), words="Rob bellen")
    type(trajectory).objects.update(stopped_at=now())
    assert as_(client, hx_request="true").post(address("action_done", action), {"done": "on"}).status_code == 409


def test_a_journal_has_one_reader_and_leaves_no_trace(trajectory, coach, client):
    as_(client).post(address("journal", trajectory), {"words": "Voor mezelf"})
    assert "Voor mezelf" in page(client, "journal", trajectory)
    assert as_(coach).get(address("journal", trajectory)).status_code == 404
    assert not Trace.objects.filter(thing=Journal.objects.get().pk).exists()
    type(trajectory).objects.update(closing_at=now(), closed_at=now())
    assert as_(client).post(address("journal", trajectory), {"words": "Ook na het einde"}).status_code == 302


def test_a_note_has_one_reader(trajectory, coach, client):
    as_(coach).post(address("note", trajectory), {"words": "Buiten een sessie om"})
    assert "Buiten een sessie om" in page(coach, "note", trajectory)
    assert as_(client).get(address("note", trajectory)).status_code == 404
    trajectory.coach.leave(at=now())
    new = make_person("Bram Smit", coach=True)
    trajectory.parts.create(person=new, part="coach", from_at=now(), confirmed_at=now())
    assert "Buiten een sessie om" not in page(new, "note", trajectory)
    assert as_(coach).get(address("note", trajectory)).status_code == 404
    assert Note.objects.count() == 1


def test_a_closed_trajectory_takes_no_new_words(trajectory, held, coach, client):
    type(trajectory).objects.update(closing_at=now(), closed_at=now())
    for person, name, row in ((client, "takeaway", held), (coach, "note", trajectory), (client, "action_add", trajectory)):
        answer = as_(person).post(address(name, row), {"words": "Nog iets"})
        assert answer.status_code == 422 and "Nog iets" in answer.content.decode()


def test_autosave_of_a_takeaway_is_kept(held, client):
    kept = as_(client, x_keep="1").post(address("takeaway", held), {"key": str(uuid.uuid4()), "turn": "1", "words": "Half"})
    assert kept.status_code == 200 and "Half" in page(client, "takeaway", held)


def test_every_open_action_is_shown_and_of_what_was_done_the_last_few(trajectory, client):
    for number in range(14):
        row = Action.take_up(trajectory, by=client, at=now(), words=f"Open {number}.")
    for number in range(8):
        row = Action.take_up(trajectory, by=client, at=now(), words=f"Klaar {number}.")
        row.tick(by=client, at=now() - (8 - number) * DAY, done=True)
    home, whole = as_(client).get("/nu/").content.decode(), page(client, "detail", trajectory)
    for number in range(14):
        assert f"Open {number}." in home and f"Open {number}." in whole
    assert [n for n in range(8) if f"Klaar {n}." in home] == [5, 6, 7]
    assert [n for n in range(8) if f"Klaar {n}." in whole] == [2, 3, 4, 5, 6, 7]
