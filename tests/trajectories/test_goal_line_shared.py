"""What does the sponsor read of levels that were chosen before a goal was shared? Those against the same sentences, no others (R5, R19)."""

import pytest

from coaching.clock import now
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, goal_words, reads_english, said_yes
from trajectories.goal_page import goal_page
from trajectories.models import CheckIn, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AS_IT_WAS, AS_IT_IS, ANEW = {"zero": "iets anders"}, {"start_level": -1}, {"start_level": -1, "title": "Anders gezegd"}


def agreed_in_turn(talk, *wordings):
    """A goal between two that Sam and Noor agreed to in each of these wordings, one after the other."""
    goal, first = None, now() - 40 * DAY
    for place, words in enumerate(wordings):
        at = first + place * DAY
        if goal is None:
            goal = drawn_up(talk, at=at, **words)
        else:
            fresh(goal).reword_as(by=talk.sam, at=at, base=place, **goal_words(**words))
        said_yes(goal, talk.sam, talk.noor, at=at + MINUTE)
    return fresh(goal)


def rows(goal, talk, person):
    page = goal_page(fresh(goal), talk.trajectory, person, at=now())
    return [(row.level, row.version, row.moment) for row in page.rows]


def test_the_start_stands_by_the_same_sentences_that_they_read(talk, client):
    """Version 1 has other sentences, 2 is agreed between two, 3 is titled otherwise and shared, 4 is a draft: one start, of their first."""
    goal = agreed_in_turn(talk, AS_IT_WAS, AS_IT_IS, ANEW)
    fresh(goal).reword_as(by=talk.noor, at=now() - 3 * DAY, base=3, **goal_words(start_level=-2, zero="een schets"))
    goal.measure(seat=talk.seat("client"), at=now() - 3 * DAY, level=1, moment="session")
    fresh(goal).share(by=talk.sam, at=now() - 2 * DAY)
    assert rows(goal, talk, talk.els) == [(-1, 1, "at the start")]
    assert rows(goal, talk, talk.sam) == [(-2, 1, "at the start"), (-1, 2, "at the start"), (1, 3, "after a session")]
    client.force_login(reads_english(talk.els))
    said = client.get(goal.get_absolute_url()).content.decode()
    assert "at the start" in said and "No level yet" not in said
    assert not [words for words in ("iets anders", "een schets") if words in said]


def test_its_day_is_that_of_the_version_that_they_read(talk):
    goal = agreed_in_turn(talk, AS_IT_IS, ANEW)
    goal.share(by=talk.sam, at=now() - 2 * DAY)
    [row] = goal_page(fresh(goal), talk.trajectory, talk.els, at=now()).rows
    assert row.at == goal.versions.get(number=2).agreed_at and row.who == "Sam" and not row.breaks


def test_a_start_that_they_read_is_told_once(talk):
    goal = agreed_in_turn(talk, AS_IT_IS)
    goal.share(by=talk.sam, at=now() - 5 * DAY)
    fresh(goal).reword_as(by=talk.sam, at=now() - 4 * DAY, base=1, **goal_words(**ANEW))
    said_yes(goal, talk.sam, talk.noor, at=now() - 3 * DAY)
    said_yes(goal, talk.els, at=now() - 2 * DAY)
    assert rows(goal, talk, talk.els) == [(-1, 1, "at the start")]


def test_what_not_all_have_agreed_to_has_no_start_yet(talk):
    goal = drawn_up(talk, at=now() - 3 * DAY)
    goal.share(by=talk.sam, at=now() - 2 * DAY)
    assert rows(goal, talk, talk.els) == []


@pytest.mark.parametrize(("before", "seen"), [(AS_IT_IS, [(0, 1, "shared with you")]), (AS_IT_WAS, [])])
def test_a_level_that_is_shared_lies_against_the_same_sentences_or_nowhere(talk, before, seen):
    goal = agreed_in_turn(talk, before, ANEW)
    at = now() - 20 * DAY
    check = CheckIn.objects.create(trajectory=talk.trajectory, worded_at=at, handed_in_at=at)
    goal.measure(seat=talk.seat("client"), at=at, level=0, moment="check_in", version=goal.versions.get(number=1), thing=check.pk)
    goal.share(by=talk.sam, at=now() - 3 * DAY)
    facts = {"kind": Release.CHECK_IN, "words": "Het gaat goed.", "levels": [(fresh(goal), 0)], "check_in": check}
    Release.give(talk.trajectory, by=talk.sam, at=now() - 2 * DAY, **facts)
    assert rows(goal, talk, talk.els) == [(-1, 1, "at the start"), *seen]
    assert goal_page(fresh(goal), talk.trajectory, talk.els, at=now()).shown.level == (0 if seen else None)
