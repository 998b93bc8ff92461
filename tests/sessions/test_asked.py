"""Who sees which questions go along and which were asked? They are part of the log (R15, who sees what)."""

import pytest

from coaching.clock import now
from coaching.models import Trace
from coaching.refusals import Refused
from sessions.models import AskedQuestion, Log
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
WORDS = "Wat deed je toen?"


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


def page(person, name, row):
    return as_(person).get(address(name, row)).content.decode()


def test_taken_along_it_is_the_coachs_and_asked_it_is_read_with_the_log(trajectory, coach, client):
    planned = make_session(trajectory, starts_at=now() + DAY)
    as_(coach).post(address("asked", planned), {"take": "src_then"})
    assert not AskedQuestion.objects.get().asked_at and WORDS in page(coach, "asked", planned)
    assert not AskedQuestion.objects.readable_by(client).exists()
    type(planned).objects.update(starts_at=now() - DAY)
    planned.refresh_from_db()
    as_(coach).post(address("asked", planned), {"asked": "src_then", "done": "on"})
    log = make_log(planned)
    assert not AskedQuestion.objects.readable_by(client).exists() and WORDS not in page(client, "session", planned)
    log.share(by=coach, at=now() - DAY)
    assert AskedQuestion.objects.readable_by(client).exists() and WORDS in page(client, "session", planned)
    assert not AskedQuestion.objects.readable_by(trajectory.sponsor.person).exists()


def test_put_down_after_the_session_it_was_asked(trajectory, coach, client):
    held = make_session(trajectory)
    as_(coach).post(address("asked", held), {"take": "src_then"})
    as_(coach).post(address("asked", held), {"take": "src_then"})
    assert AskedQuestion.objects.get().asked_at
    make_log(held, share_at=now() - DAY)
    as_(coach).post(address("asked", held), {"asked": "src_then"})  # not after all
    assert not AskedQuestion.objects.readable_by(client).exists()
    as_(coach).post(address("asked", held), {"leave": "src_then"})
    assert not AskedQuestion.objects.exists()


def test_while_only_the_coach_can_read_it_looking_leaves_no_trace(trajectory, coach, client):
    held = make_session(trajectory)
    as_(coach).post(address("asked", held), {"take": "src_then"})
    row, log = AskedQuestion.objects.get(), make_log(held)
    page(coach, "asked", held), page(coach, "session", held)
    assert not Trace.objects.filter(thing=row.pk).exists()
    log.share(by=coach, at=now() - DAY)
    page(client, "session", held)
    assert Trace.objects.get(thing=row.pk).person_id == client.pk


def test_asked_before_and_proposals(trajectory, coach):
    first = make_session(trajectory, starts_at=now() - 9 * DAY)
    as_(coach).post(address("asked", first), {"take": "src_then"})
    second = make_session(trajectory, starts_at=now() - 2 * DAY)
    said = page(coach, "asked", second)
    assert "Eerder gesteld" in said and WORDS in said
    hits = as_(coach, hx_request="true").get(address("asked", second), {"q": "toen"}).content.decode()
    assert WORDS not in hits  # asked before, so it is not offered again
    hits = as_(coach, hx_request="true").get(address("asked", second), {"q": "kernzin"}).content.decode()
    assert "in één kernzin" in hits and "<html" not in hits
    one, other = (as_(coach, hx_request="true").get(address("asked", second), {"after": key}).content for key in ("", "op_bring"))
    assert one != other


def test_what_goes_wrong(trajectory, coach, client):
    held = make_session(trajectory)
    assert as_(coach).post(address("asked", held), {"take": "bestaat-niet"}).status_code == 404
    assert as_(coach).post(address("asked", held), {"asked": "src_then"}).status_code == 404
    for person in (client, trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get(address("asked", held)).status_code == 404
        assert as_(person).post(address("asked", held), {"take": "src_then"}).status_code == 404
    with pytest.raises(Refused):
        AskedQuestion.take_along(held, by=client, at=now(), question="src_then", words=WORDS)
    type(trajectory).objects.update(closing_at=now(), closed_at=now())
    answer = as_(coach, hx_request="true").post(address("asked", held), {"take": "src_then"})
    assert answer.status_code == 409 and not AskedQuestion.objects.exists()


@pytest.mark.parametrize("verb", ["take", "asked", "leave"])
@pytest.mark.parametrize("key", ["", "\x00", "src_then\x00", "geen vraag"])
def test_a_question_that_is_not_there_is_not_found(trajectory, coach, verb, key):
    """PostgreSQL takes no NUL."""
    assert as_(coach).post(address("asked", make_session(trajectory)), {verb: key}).status_code == 404


def test_from_the_bank_one_stays_in_the_bank(trajectory, coach):
    planned = make_session(trajectory, starts_at=now() + DAY)
    answer = as_(coach).post(address("asked", planned), {"take": "src_then", "bank": "1"})
    assert answer.url == f"/vragen/?met={trajectory.pk}"
    answer = as_(coach, hx_request="true").post(address("asked", planned), {"take": "src_need", "bank": "1"})
    assert "Gaat mee naar sessie 1" in answer.content.decode() and AskedQuestion.objects.count() == 2


def test_a_log_that_is_thrown_away_takes_what_was_asked_along(trajectory, coach):
    held = make_session(trajectory)
    as_(coach).post(address("asked", held), {"take": "src_then"})
    make_log(held).throw_away(by=coach, at=now())
    assert not AskedQuestion.objects.exists() and not Log.objects.exists()
