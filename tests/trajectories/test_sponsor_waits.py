"""What does the sponsor not read yet: what is shared before all have agreed, and what comes while it rests? (domain.md, R20b)"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import day_of
from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.sights import seen_by
from tests.trajectories.test_sponsor_sees import AGREED, reads, told, walked
from tests.trajectories.walking import World
from trajectories.models import State, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def in_the_intake(world):
    """An agreement waits for the others' yes, and the client has shared question and goal."""
    trajectory = walked(world, "agreement")
    for verb in ("goal", "share_goal"):
        world.act(verb, trajectory, world.sam, 0)
    return Trajectory.objects.get()


def addresses(trajectory):
    """The page, what was shared again, the goal, the agreement on screen and paper."""
    own = [reverse(f"trajectories:{name}", args=[trajectory.pk]) for name in ("sponsor", "agreement", "agreement_pdf")]
    return [*own, f"{own[0]}?shared=1", trajectory.goals.get().get_absolute_url()]


def test_intake_the_agreement_that_waits_for_their_yes_and_nothing_that_was_shared(client, world):
    trajectory = in_the_intake(world)
    assert trajectory.state == State.INTAKE and trajectory.releases.exists() and reads(world) == {"Part", "Agreement"}
    client.force_login(world.els)
    *others, goal = addresses(trajectory)
    assert client.get(goal).status_code == 404
    assert [(one.status_code, told(one)) for one in map(client.get, others) if one["Content-Type"].startswith("text")] == [(200, [])] * 3
    Letter.objects.all().delete()
    for who in (world.sam, world.els):
        world.act("agree", trajectory, who, 0)
    assert reads(world) == AGREED and client.get(goal).status_code == 200
    assert sorted(Letter.objects.filter(person=world.els).values_list("kind", flat=True)) == ["goal_to_agree", "something_shared"]


def test_in_the_intake_the_sponsor_hears_nothing_of_it_and_says_no_yes(client, world):
    trajectory = in_the_intake(world)
    assert not Letter.objects.filter(person=world.els, kind__in=["goal_to_agree", "something_shared"]).exists()
    with override("en"), pytest.raises(Refused, match="not been put to you"):
        trajectory.goals.get().versions.get().agree(by=world.els, at=world.tick(), read=1)
    client.force_login(world.sam)
    for address in (trajectory.goals.get().get_absolute_url(), reverse("trajectories:question", args=[trajectory.pk])):
        assert "Els reads it once each of you has said yes to the agreement." in client.get(address).content.decode()


def test_requested_again_after_no_match_only_names_and_their_own_words(client, world):
    trajectory = in_the_intake(world)
    world.act("commit", trajectory, world.noor, 0)
    world.act("commit", trajectory, world.els, 0)
    world.act("no_match", trajectory, world.noor, 0)
    trajectory = Trajectory.objects.get()
    assert trajectory.state == State.REQUESTED and reads(world) == {"Part", "Commitment"} and page_of_agreement(client, world, trajectory)
    assert [row.seat.person for name, _key, row in seen_by(world.els) if name == "Commitment"] == [world.els]
    client.force_login(world.els)
    *_others, paper, _again, goal = addresses(trajectory)
    assert client.get(paper).status_code == 302 and client.get(goal).status_code == 404


def page_of_agreement(client, world, trajectory):
    client.force_login(world.els)
    found = client.get(reverse("trajectories:agreement", args=[trajectory.pk])).context["page"]
    return found.shown is None and not found.goals


def test_on_hold_nothing_that_comes_meanwhile_until_it_goes_on(client, world):
    trajectory = walked(world, "release")
    trajectory.hold(by=world.sam, at=world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    before, trajectory = {row.pk for _name, _key, row in seen_by(world.els)}, Trajectory.objects.get()
    Letter.objects.all().delete()
    for verb, who, n in (("goal", world.sam, 0), ("share_goal", world.sam, 1), ("release", world.sam, 0), ("reword_goal", world.sam, 0)):
        world.act(verb, Trajectory.objects.get(), who, n)
    for verb, who, n in (("agree_goal", world.sam, 1), ("agreement", world.noor, 0), ("commit", world.noor, 0)):
        world.act(verb, Trajectory.objects.get(), who, n)
    assert {row.pk for _name, _key, row in seen_by(world.els)} == before
    assert not Letter.objects.filter(person=world.els).exists()
    [row] = Trajectory.objects.seated(world.els, "sponsor").with_waiting(world.els)
    assert not (row.waits_agreement or row.waits_goals)
    client.force_login(world.els)
    assert client.get(trajectory.goals.get(number=2).get_absolute_url()).status_code == 404
    Trajectory.objects.get().resume(by=world.sam, at=world.tick())
    later = [name for name, _key, row in seen_by(world.els) if row.pk not in before]
    assert sorted(later) == ["Agreement", "Commitment", "Goal", "GoalVersion", "GoalVersion", "Release"]
    kinds = sorted(Letter.objects.filter(person=world.els).values_list("kind", flat=True))
    assert kinds == ["agreement_changed", "goal_to_agree", "goal_to_agree", "on_hold", "something_shared"]
    [row] = Trajectory.objects.seated(world.els, "sponsor").with_waiting(world.els)
    assert row.waits_agreement and row.waits_goals
