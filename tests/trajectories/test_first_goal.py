"""Which goal puts a trajectory on its way, where another coach has come since it was agreed? (R5)"""

import pytest
from django.urls import reverse

from coaching.models import Organisation
from tests.trajectories.opening import goal_words, said_yes, terms
from tests.trajectories.parties_story import handed_over
from tests.trajectories.requests_story import fresh, queries_of
from trajectories.agreement_text import freeze
from trajectories.missing import before_start
from trajectories.models import Agreement, Goal, GoalVersion, State, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(house):
    """Sam and Noor, with Els, in the opening talk."""
    return house.intake(trajectory=house.asked(sponsor=house.els))


def goal_of(house, trajectory, *people):
    goal = Goal.draw_up(fresh(trajectory), by=house.sam, at=house.tick(), **goal_words())
    return said_yes(goal, *people, at=house.tick())


def shared(house, goal):
    """So that all read it, who came later too."""
    Goal.objects.get(pk=goal.pk).share(by=house.sam, at=house.tick())
    house.tick()


def came_after_no_match(house, trajectory):
    fresh(trajectory).no_match(by=house.sam, at=house.tick())
    return house.intake(coach=house.bram, trajectory=fresh(trajectory))


def came_by_hand_over(house, trajectory):
    return handed_over(house, trajectory)


def all_agreed(house, trajectory):
    given = terms()
    facts = {"by": house.sam, "at": house.tick(), "frozen": freeze(fresh(trajectory), given, Organisation.current())}
    version = Agreement.propose(fresh(trajectory), **facts, **given)
    for seat in version.waits_for():
        version.agree(by=seat.person, at=house.tick())
    return fresh(trajectory)


def missing(trajectory, part):
    """(key, sentence, address) of what misses, for who sits in `part`."""
    row = fresh(trajectory)
    seat = row.seat(part)
    agreements = list(row.agreements.readable_by(seat.person).with_assents())
    versions = list(row.goalversions.readable_by(seat.person).with_assents().with_coach_reads(row.coach).latest_first())
    return [(one.key, one.sentence, one.url) for one in before_start(row, seat, agreements=agreements, versions=versions)]


@pytest.mark.parametrize("came", [came_after_no_match, came_by_hand_over])
def test_a_goal_of_the_coach_before_puts_nothing_on_its_way(house, talk, came):
    goal = goal_of(house, talk, house.sam, house.noor)
    came(house, talk)
    assert all_agreed(house, talk).state == State.AGREED
    assert not GoalVersion.objects.readable_by(house.bram).exists()
    [(key, sentence, url)] = missing(talk, "client")
    assert key == "goal_coach" and url == reverse("trajectories:goal_edit", args=[goal.pk])
    assert sentence == "Goal 1 is from before Bram came. Word it anew, so that Bram can read it."
    assert [key for key, *_more in missing(talk, "coach")] == ["goal"] and missing(talk, "sponsor") == []


def test_worded_anew_the_two_of_now_agree_to_it_and_it_begins(house, talk):
    goal = goal_of(house, talk, house.sam, house.noor)
    came_after_no_match(house, talk)
    all_agreed(house, talk)
    Goal.objects.get(pk=goal.pk).reword_as(by=house.sam, at=house.tick(), base=1, **goal_words())
    said_yes(goal, house.sam, at=house.tick())
    waits = ("goal_coach", "Goal 1 waits for Bram.", goal.get_absolute_url())
    assert missing(talk, "client") == missing(talk, "coach") == [waits] and fresh(talk).state == State.AGREED
    said_yes(goal, house.bram, at=house.tick())
    assert fresh(talk).state == State.RUNNING


def test_what_all_read_waits_for_the_yes_of_the_coach_who_came(house, talk):
    goal = goal_of(house, talk, house.sam, house.noor)
    came_after_no_match(house, talk)
    assert all_agreed(house, talk).state == State.AGREED
    shared(house, goal)
    waits = ("goal_coach", "Goal 1 waits for Bram.", goal.get_absolute_url())
    assert missing(talk, "client") == missing(talk, "coach") == [waits]
    assert missing(talk, "sponsor") == [("goal_coach", "A goal waits for Bram.", waits[2])]
    assert (
        Trajectory.objects.with_waiting(house.bram).get().waits_goals and not Trajectory.objects.with_waiting(house.sam).get().waits_goals
    )
    said_yes(goal, house.bram, at=house.tick())
    assert fresh(talk).state == State.RUNNING and missing(talk, "client") == []
    assert not Trajectory.objects.with_waiting(house.bram).get().waits_goals


def test_a_coach_who_comes_back_is_asked_anew(house, talk):
    goal = goal_of(house, talk, house.sam, house.noor)
    fresh(talk).no_match(by=house.sam, at=house.tick())
    house.intake(coach=house.noor, trajectory=fresh(talk))
    assert all_agreed(house, talk).state == State.AGREED
    shared(house, goal)
    assert Trajectory.objects.with_waiting(house.noor).get().waits_goals
    said_yes(goal, house.noor, at=house.tick())
    assert fresh(talk).state == State.RUNNING and not Trajectory.objects.with_waiting(house.noor).get().waits_goals


def test_one_that_the_two_of_now_word_goes_before_what_was(house, talk):
    goal_of(house, talk, house.sam, house.noor)
    came_after_no_match(house, talk)
    all_agreed(house, talk)
    goal = goal_of(house, talk, house.bram)
    assert [sentence for _key, sentence, _url in missing(talk, "client")] == ["Goal 2 waits for Sam."]
    said_yes(goal, house.sam, at=house.tick())
    assert fresh(talk).state == State.RUNNING


def test_a_goal_that_was_let_go_is_no_first_goal(house, talk):
    goal = goal_of(house, talk, house.sam, house.noor)
    for person in (house.noor, house.sam):
        Goal.objects.get(pk=goal.pk).let_go(by=person, at=house.tick())
    assert all_agreed(house, talk).state == State.AGREED
    assert [key for key, *_more in missing(talk, "client")] == ["goal"]


def test_with_the_coach_who_agreed_to_it_the_agreement_is_all_that_missed(house, talk):
    goal_of(house, talk, house.sam, house.noor)
    assert all_agreed(house, talk).state == State.RUNNING


@pytest.mark.parametrize("name", ["sessions:detail", "trajectories:agreement"])
def test_the_pages_say_it_to_the_client(house, talk, client, name):
    goal_of(house, talk, house.sam, house.noor)
    came_after_no_match(house, talk)
    all_agreed(house, talk)
    address = reverse(name, args=[talk.pk])
    assert queries_of(client, house.sam, address) <= 12
    assert "Goal 1 is from before Bram came." in client.get(address).content.decode()
