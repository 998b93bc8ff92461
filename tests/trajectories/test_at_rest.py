"""What does the sponsor learn while it rests of what comes meanwhile, and what afterwards? (domain.md, "On hold: since when")"""

from datetime import timedelta

import pytest

from coaching.clock import day_of
from coaching.models import Letter
from tests.trajectories.test_sponsor_sees import page, walked
from tests.trajectories.walking import World
from trajectories.models import Trajectory
from trajectories.thread import AHEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def rests(world, *, at=None):
    trajectory = Trajectory.objects.get()
    trajectory.hold(by=world.sam, at=at or world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    return Trajectory.objects.get()


def goes_on(world):
    Trajectory.objects.get().resume(by=world.sam, at=world.tick())
    return Trajectory.objects.get()


def of_the_check(answer):
    """What the sponsor's page tells of the progress check: the day of the update, and its stitch on the thread."""
    [stitch] = [one for one in answer.context["page"].entries if one.step == 5]
    return answer.context["trajectory"].update_shared_at, stitch.state


def test_that_the_client_shared_of_a_check_meanwhile_is_told_once_it_goes_on(client, world):
    trajectory = walked(world, "answer_check_in")
    rests(world)
    world.act("release", Trajectory.objects.get(), world.sam, 0)
    for asked in ({}, {"shared": 1}):
        assert of_the_check(page(client, world, trajectory, **asked)) == (None, AHEAD)
    goes_on(world)
    shared_at, state = of_the_check(page(client, world, trajectory))
    assert shared_at and state != AHEAD


def test_what_was_shared_of_a_check_before_stays_told(client, world):
    trajectory = walked(world, "release")
    rests(world)
    shared_at, state = of_the_check(page(client, world, trajectory))
    assert shared_at and state != AHEAD


def letters(world):
    """The kinds of letters to the sponsor, in the order in which they were written."""
    return list(Letter.objects.filter(person=world.els, dropped_at=None).order_by("created_at", "kind").values_list("kind", flat=True))


def both_let_go(world):
    for who in (world.noor, world.sam):
        world.act("let_go", Trajectory.objects.get(), who, 0)


def test_of_a_goal_let_go_while_it_rests_they_hear_once_it_goes_on(world):
    walked(world, "release")
    rests(world)
    Letter.objects.all().delete()
    both_let_go(world)
    assert letters(world) == []
    goes_on(world)
    assert letters(world) == ["goal_let_go", "on_hold"]


def test_of_a_goal_let_go_before_it_rested_they_hear_once(world):
    walked(world, "release")
    Letter.objects.all().delete()
    both_let_go(world)
    assert letters(world) == ["goal_let_go"]
    rests(world)
    goes_on(world)
    assert letters(world) == ["goal_let_go", "on_hold", "on_hold"]
