"""What still misses before the start and before the closing, and who reads that? (architecture 10)"""

import pytest

from coaching.clock import now
from tests.makers import make_person
from tests.trajectories.opening import DAY, agreed, drawn_up, opened, proposed, said_yes
from trajectories.missing import before_closing, before_start
from trajectories.models import Part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def start(talk, part="client"):
    """The keys of what misses, for who sits in `part`."""
    trajectory = talk.trajectory
    seat = trajectory.seat(part)
    agreements = list(trajectory.agreements.readable_by(seat.person).with_assents())
    versions = list(trajectory.goalversions.readable_by(seat.person).with_assents())
    return [one.key for one in before_start(trajectory, seat, agreements=agreements, versions=versions)]


def closing(talk, part="client"):
    trajectory = talk.trajectory
    seat = trajectory.seat(part)
    versions = list(trajectory.goalversions.readable_by(seat.person).with_assents())
    return [one.key for one in before_closing(trajectory, seat, versions=versions)]


def test_at_the_beginning_everything():
    assert start(opened()) == ["agreement", "goal"]


def test_it_says_whose_yes_misses():
    talk = opened()
    proposed(talk)
    said_yes(drawn_up(talk), talk.noor)
    assert start(talk) == ["agreement_client", "agreement_sponsor", "goal_client"]


def test_the_sponsor_hears_nothing_of_private_goals():
    talk = opened()
    agreed(talk)
    goal = drawn_up(talk)
    assert start(talk, "sponsor") == []
    goal.share(by=talk.sam, at=now() - DAY)
    assert start(talk, "sponsor") == ["goal_coach", "goal_client", "goal_sponsor"]


def test_a_sponsor_who_is_not_confirmed():
    talk = opened(sponsor=False)
    Part.objects.create(trajectory=talk.trajectory, person=make_person("Otto Prins"), part="sponsor", from_at=now())
    assert start(talk)[0] == "sponsor_unconfirmed"


def test_once_it_runs_nothing():
    assert start(opened(state="running")) == []


def test_before_the_closing():
    talk = opened(state="running")
    goal = said_yes(drawn_up(talk), talk.sam)
    assert closing(talk) == ["goal_1", "nothing_shared"]
    said_yes(goal, talk.noor)
    goal.share(by=talk.sam, at=now() - DAY)
    assert closing(talk) == [] == closing(talk, "sponsor")


def test_without_a_sponsor_before_the_closing():
    assert closing(opened(sponsor=False, state="running")) == ["sponsor"]
