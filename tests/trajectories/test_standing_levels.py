"""Does a level count only for the sentences that it was chosen against, on every list of goals and in the score? (R6, R19)"""

import re

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, goal_words, opened, reads_english, said_yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGES = ["trajectories:goals", "sessions:detail"]


@pytest.fixture
def talk():
    """Three goals, each agreed, and put at 0 by the client."""
    talk = opened(state="running")
    for person in talk.everyone:
        reads_english(person)
    for _goal in range(3):
        goal = said_yes(drawn_up(talk, at=now() - 20 * DAY), talk.sam, talk.noor, at=now() - 19 * DAY)
        goal.measure(seat=talk.seat("client"), at=now() - 10 * DAY, level=0, moment="session")
    return talk


def reworded(talk, number, **words):
    goal = talk.trajectory.goals.get(number=number)
    fresh(goal).reword_as(by=talk.noor, at=now() - 5 * DAY, base=1, **goal_words(**words))
    return goal


def stands(client, talk, person, name):
    """Goal number -> what its seam says."""
    client.force_login(person)
    said = client.get(reverse(name, args=[talk.pk])).content.decode()
    return {int(number): now for number, now in re.findall(r'aria-label="Goal (\d): started at −2(?:, now at ([^"]*))?"', said)}


@pytest.mark.parametrize("name", PAGES)
def test_a_level_stays_with_its_sentences(client, talk, name):
    """Goal 1 gets other sentences, goal 2 other words beside the same sentences."""
    for number, words in ((1, {"zero": "iets heel anders"}), (2, {"title": "Anders gezegd"})):
        goal = reworded(talk, number, **words)
        for person in (talk.sam, talk.noor):
            assert stands(client, talk, person, name)[number] == "0", "until all agree, what was agreed stands"
        said_yes(goal, talk.sam, talk.noor, at=now() - 4 * DAY)
    for person in (talk.sam, talk.noor):
        assert stands(client, talk, person, name) == {1: "", 2: "0", 3: "0"}
    goal = talk.trajectory.goals.get(number=1)
    assert "Sam, after a session" not in client.get(goal.get_absolute_url()).content.decode()
    goal.measure(seat=talk.seat("client"), at=now() - MINUTE, level=1, moment="session")
    assert stands(client, talk, talk.sam, name)[1] == "+1"


def test_one_that_is_not_scored_anew_does_not_count(client, talk):
    place = reverse("trajectories:goals", args=[talk.pk])
    client.force_login(talk.sam)
    assert "Goal 1 stands at 0" in client.get(place).content.decode()
    said_yes(reworded(talk, 1, zero="iets heel anders"), talk.sam, talk.noor, at=now() - 4 * DAY)
    said = client.get(place).content.decode()
    assert "Goal 1 is not scored and does not count." in said and "Goal 1 stands at" not in said and "T = 50.00" in said
    said_yes(reworded(talk, 2, zero="iets heel anders"), talk.sam, talk.noor, at=now() - 4 * DAY)
    assert "T = " not in client.get(place).content.decode()
