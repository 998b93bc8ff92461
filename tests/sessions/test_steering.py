"""Who steered: blind until both have marked it, or a week has passed (R16)."""

import pytest

from coaching.clock import now
from coaching.refusals import Refused
from sessions.models import CoachingSession, Steering, Takeaway
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    trajectory = make_trajectory(sponsor=make_person("Els Jansen"))
    session = make_session(trajectory)
    session.hold_it(by=trajectory.coach.person, at=now() - DAY / 2)
    return session


@pytest.fixture
def coach(session):
    return session.trajectory.coach.person


@pytest.fixture
def client(session):
    return session.trajectory.client.person


def test_nobody_reads_the_others_mark_before_both_have(session, coach, client):
    Steering.mark(session, by=coach, at=now(), steered=2)
    assert not Steering.objects.readable_by(client).exists() and Steering.objects.readable_by(coach).count() == 1
    assert "Noor says" not in as_(client).get(address("session", session)).content.decode()
    as_(client).post(address("takeaway", session), {"words": "", "steered": "4"})
    assert Steering.objects.readable_by(client).count() == Steering.objects.readable_by(coach).count() == 2
    assert not Steering.objects.readable_by(session.trajectory.sponsor.person).exists()


def test_after_a_week_the_other_reads_it_anyway(session, coach, client):
    CoachingSession.objects.update(held_at=now() - 8 * DAY)
    session.refresh_from_db()
    Steering.mark(session, by=coach, at=now(), steered=2)
    assert Steering.objects.readable_by(client).exists()


def test_a_mark_that_was_read_stays(session, coach, client):
    Steering.mark(session, by=coach, at=now(), steered=2)
    Steering.mark(session, by=coach, at=now(), steered=3)
    Steering.mark(session, by=client, at=now(), steered=5)
    with pytest.raises(Refused):
        Steering.mark(session, by=coach, at=now(), steered=5)
    assert Steering.mark(session, by=coach, at=now(), steered=3)
    assert 'name="steered"' not in as_(coach).get(address("log", session)).content.decode()
    assert as_(coach).post(address("log", session), posted(session, steered="1")).status_code == 302
    assert sorted(Steering.objects.values_list("steered", flat=True)) == [3, 5]


def test_it_is_taken_away_and_marked_with_the_log(session, coach):
    as_(coach).post(address("log", session), posted(session, steered="4"))
    assert Steering.objects.get().steered == 4
    as_(coach).post(address("log", session), posted(session, base="1", steered=""))
    assert not Steering.objects.exists()


def test_refusals(session, client):
    with pytest.raises(Refused):
        Steering.mark(session, by=session.trajectory.sponsor.person, at=now(), steered=3)
    ahead = make_session(session.trajectory, starts_at=now() + DAY)
    with pytest.raises(Refused):
        Steering.mark(ahead, by=client, at=now(), steered=3)
    type(session.trajectory).objects.update(stopped_at=now())
    session.trajectory.refresh_from_db()
    with pytest.raises(Refused):
        Steering.mark(session, by=client, at=now(), steered=3)


def test_a_mark_without_words_is_kept(session, client):
    as_(client).post(address("takeaway", session), {"words": "", "mattered": "2"})
    assert Takeaway.objects.get().mattered == 2


def test_who_coached_before_is_not_the_other_one(session, coach, client):
    Steering.mark(session, by=coach, at=now(), steered=2)
    trajectory, new = session.trajectory, make_person("Bram Smit", coach=True)
    trajectory.coach.leave(at=now())
    trajectory.parts.create(person=new, part="coach", from_at=now(), confirmed_at=now(), reads_since=now())
    fresh = CoachingSession.objects.get(pk=session.pk)
    Steering.mark(fresh, by=new, at=now(), steered=4)
    assert not Steering.objects.readable_by(client).exists()
    Steering.mark(fresh, by=client, at=now(), steered=3)
    assert Steering.objects.readable_by(client).count() == 3
