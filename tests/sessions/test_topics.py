"""Does what the client wants to talk about keep its order, come along when it was not reached, and lose no word?"""

import uuid

import pytest

from coaching.clock import now
from coaching.refusals import Refused
from coaching.traces import look
from sessions.models import CoachingSession, Topic
from tests.makers import DAY, make_person, make_session, make_trajectory
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
    return make_session(trajectory, starts_at=now() + DAY)


def words(client, **where):
    return [topic.words for topic in look(Topic.objects.filter(**where).in_order(), by=client, at=now())]


def lines(*said):
    return {f"topic-{number}": one for number, one in enumerate(said)}


def test_the_first_matters_most_and_the_coach_reads_them_in_that_order(planned, coach, client):
    answer = as_(client).post(address("topic", planned), lines("Over Rob", "Over het team"))
    assert answer.url == address("session", planned)
    assert words(client) == ["Over Rob", "Over het team"]
    for person, name in ((coach, "session"), (coach, "preparation"), (client, "session"), (client, "now")):
        page = as_(person).get(address(name, planned) if name != "now" else "/nu/").content.decode()
        assert page.index("Over Rob") < page.index("Over het team"), name


def test_another_order_keeps_the_topics_and_their_versions(planned, client):
    as_(client).post(address("topic", planned), lines("Over Rob", "Over het team"))
    rob, team = Topic.objects.in_order()
    typed = {"topic-0": "Over Rob", "which-0": str(rob.pk), "topic-1": "Over het hele team", "which-1": str(team.pk)}
    page = as_(client).post(address("topic", planned), typed | {"up": "1"}).content.decode()
    assert page.index("Over het hele team") < page.index("Over Rob") and words(client) == ["Over Rob", "Over het team"]
    as_(client).post(
        address("topic", planned),
        {"topic-0": "Over het hele team", "which-0": str(team.pk), "topic-1": "Over Rob", "which-1": str(rob.pk)},
    )
    assert words(client) == ["Over het hele team", "Over Rob"]
    assert list(Topic.objects.in_order().values_list("pk", "version")) == [(team.pk, 2), (rob.pk, 1)]


def test_an_empty_row_takes_a_topic_away_and_one_of_another_window_stays(planned, client):
    as_(client).post(address("topic", planned), lines("Over Rob", "Over het team"))
    rob, team = Topic.objects.in_order()
    as_(client).post(address("topic", planned), {"topic-0": "", "which-0": str(rob.pk), "topic-1": "Nieuw"})
    assert set(words(client)) == {"Over het team", "Nieuw"}


def test_another_row_without_a_script_is_kept_as_a_draft(planned, client):
    page = as_(client).post(address("topic", planned), lines("Half") | {"add": "1", "key": str(uuid.uuid4())}).content.decode()
    assert 'name="topic-1"' in page and "Half" in page and not Topic.objects.exists()
    assert "Half" in as_(client).get(address("topic", planned)).content.decode()


def test_what_was_not_reached_comes_along_and_what_was_does_not(trajectory, coach, client):
    held = make_session(trajectory, starts_at=now() - DAY)
    rob, _team = (_brought(held, client, one) for one in ("Over Rob", "Over het team"))
    held.hold_it(by=coach, at=now())
    answer = as_(coach).post(address("topic_reached", rob), {"done": "on", "session": str(held.pk)})
    assert answer.url == address("session", held)
    coming = make_session(trajectory, starts_at=now() + 7 * DAY)
    page = as_(client).get(address("topic", coming)).content.decode()
    assert "Over het team" in page and "Over Rob" not in page
    page = as_(coach).get(address("preparation", coming)).content.decode()
    assert "Over het team" in page and "Over Rob" not in page and "Meegekomen" in page
    assert "Over Rob" in as_(client).get(address("session", held)).content.decode()
    as_(client, hx_request="true").post(address("topic_reached", rob), {"session": str(held.pk)})
    assert "Over Rob" in as_(coach).get(address("preparation", coming)).content.decode()


def _brought(session, client, said):
    """Brought before a session that lies behind us."""
    return Topic.objects.create(
        session=session, trajectory=session.trajectory, seat=session.trajectory.client, words=said, worded_at=now() - 2 * DAY
    )


def test_what_was_brought_for_a_session_that_was_called_off_comes_along(trajectory, client):
    off = make_session(trajectory, starts_at=now() + 9 * DAY)
    Topic.bring(off, by=client, at=now(), words="Over Rob")
    off.cancel(by=client, at=now())
    coming = make_session(trajectory, starts_at=now() + 2 * DAY)
    assert list(Topic.objects.up_for(coming)) == list(Topic.objects.all())


def test_what_is_brought_for_a_later_session_waits_for_it(trajectory, client, planned):
    Topic.bring(make_session(trajectory, starts_at=now() + 9 * DAY), by=client, at=now(), words="Over volgende week")
    assert not Topic.objects.up_for(planned).exists()


def test_only_the_client_brings_and_nobody_else_reads(planned, coach, client, trajectory):
    with pytest.raises(Refused):
        Topic.bring(planned, by=coach, at=now(), words="Namens Sam")
    topic = Topic.bring(planned, by=client, at=now(), words="Over Rob")
    for person in (trajectory.sponsor.person, make_person("Iris de Boer")):
        assert not Topic.objects.readable_by(person).exists()
        assert as_(person).post(address("topic_reached", topic), {"done": "on"}).status_code == 404
        assert as_(person).get(address("topic", planned)).status_code == 404
    assert as_(coach).get(address("topic_reached", topic)).status_code == 405


def test_a_topic_is_not_reached_in_a_session_of_others(planned, client):
    topic = Topic.bring(planned, by=client, at=now(), words="Over Rob")
    other = make_session(make_trajectory(client=client), starts_at=now() + DAY)
    as_(client).post(address("topic_reached", topic), {"done": "on", "session": str(other.pk)})
    topic.refresh_from_db()
    assert topic.reached_in_id is None


def test_what_was_is_not_prepared_any_more(trajectory, client, coach):
    held = make_session(trajectory)
    held.hold_it(by=coach, at=now())
    answer = as_(client).post(address("topic", held), lines("Te laat"))
    assert answer.status_code == 422 and "Te laat" in answer.content.decode()


def test_too_long_comes_back(planned, client):
    answer = as_(client).post(address("topic", planned), lines("Kort", "x" * 20_001))
    assert answer.status_code == 422 and "Kort" in answer.content.decode() and not Topic.objects.exists()
    assert CoachingSession.objects.count() == 1
