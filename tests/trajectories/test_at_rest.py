"""What does the sponsor learn while it rests of what comes meanwhile, and what afterwards? (domain.md, "On hold: since when")"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of
from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.opening import goal_words
from tests.trajectories.sights import seen_by
from tests.trajectories.test_sponsor_sees import page, walked
from tests.trajectories.walking import World
from trajectories.download.rows import chapters
from trajectories.models import Commitment, Goal, Release, Trajectory
from trajectories.report.agreement import printed
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


def test_a_goal_let_go_while_it_rests_stands_on_their_pages_until_it_goes_on(client, world):
    trajectory = walked(world, "release")
    goal = trajectory.goals.get()
    rests(world)
    both_let_go(world)
    agreement = reverse("trajectories:agreement", args=[trajectory.pk])
    shown = page(client, world, trajectory, shared=1).context["page"]
    assert [one.goal for one in shown.goals] == [goal] and shown.let_go == []
    assert client.get(goal.get_absolute_url()).context["goal"].let_go_at is None
    assert [one for one, _version in client.get(agreement).context["page"].goals] == [goal]
    assert [row.let_go_at for row in chapters(world.els)[0].rows if isinstance(row, Goal)] == [None]
    with pytest.raises(Refused, match="It rests now"):
        goal.versions.get().agree(by=world.els, at=world.tick(), read=1)
    with pytest.raises(Refused, match="has been let go"):
        goal.versions.get().agree(by=world.sam, at=world.tick(), read=1)
    client.force_login(world.sam)
    assert client.get(agreement).context["page"].goals == [] and client.get(goal.get_absolute_url()).context["goal"].let_go_at
    goes_on(world)
    assert [one.goal for one in page(client, world, trajectory, shared=1).context["page"].let_go] == [goal]


@pytest.mark.parametrize("kept", [False, True])
def test_what_another_ticked_while_it_rests_is_not_done_yet_to_them(client, world, kept):
    trajectory = walked(world, "release")
    promised = Commitment.promise(trajectory, by=world.els if kept else world.noor, at=world.tick(), words="Ruimte")
    rests(world)
    promised.tick(by=world.els if kept else world.noor, at=world.tick(), done=True)
    assert done(client, world, promised) == ([kept] * 4)
    goes_on(world)
    assert done(client, world, promised) == [True] * 4


def done(client, world, promised):
    """Whether a promise is done on the sponsor's page, on the agreement's, on its paper and in what they take along."""
    trajectory = promised.trajectory
    pages = [page(client, world, trajectory, shared=1), client.get(reverse("trajectories:agreement", args=[trajectory.pk]))]
    found = [answer.context["page"].commitments for answer in pages]
    found += [printed(Trajectory.objects.get(), world.els, at=world.at).commitments, chapters(world.els)[0].rows]
    return [bool(row.done_at) for rows in found for row in rows if row.pk == promised.pk]


def test_of_a_goal_let_go_before_it_rested_they_hear_once(world):
    walked(world, "release")
    Letter.objects.all().delete()
    both_let_go(world)
    assert letters(world) == ["goal_let_go"]
    rests(world)
    goes_on(world)
    assert letters(world) == ["goal_let_go", "on_hold", "on_hold"]


def asks(world):
    """What the sponsor's home asks: a yes to the agreement, a yes to a goal."""
    [row] = Trajectory.objects.seated(world.els, "sponsor").with_waiting(world.els)
    return row.waits_agreement, row.waits_goals


def test_a_yes_to_an_agreement_that_was_overtaken_while_it_rests_waits_until_it_goes_on(client, world):
    trajectory = walked(world, "release")
    world.act("agreement", trajectory, world.noor, 0)
    before = rests(world)
    client.force_login(world.els)
    form, address = '<input type="hidden" name="read"', reverse("trajectories:agreement", args=[trajectory.pk])
    assert form in client.get(address).text
    world.act("agreement", before, world.noor, 1)
    answer = client.get(address)
    assert asks(world) == (True, False) and form not in answer.text and "once it goes on." in answer.text
    with pytest.raises(Refused, match="It rests now"):
        trajectory.agreements.get(number=2).agree(by=world.els, at=world.tick())
    with pytest.raises(Refused, match="newer version"):
        trajectory.agreements.get(number=2).agree(by=world.sam, at=world.tick())
    goes_on(world)
    with pytest.raises(Refused, match="newer version"):
        trajectory.agreements.get(number=2).agree(by=world.els, at=world.tick())
    assert asks(world) == (True, False) and form in client.get(address).text


def test_a_goal_waits_for_their_yes_also_when_it_is_worded_anew_in_private(client, world):
    trajectory = walked(world, "release")
    for verb, who in (("goal", world.sam), ("agree_goal", world.sam), ("agree_goal", world.noor), ("share_goal", world.sam)):
        world.act(verb, trajectory, who, 1)
    assert asks(world) == (False, True)
    world.act("reword_goal", Trajectory.objects.get(), world.noor, 1)
    assert asks(world) == (False, True) and page(client, world, trajectory).context["page"].put_to_me
    trajectory.goals.get(number=2).versions.get(number=1).agree(by=world.els, at=world.tick(), read=1)
    assert asks(world) == (False, False)


def test_a_version_of_a_goal_that_came_while_it_rests_is_no_newer_one_to_them(client, world):
    trajectory = walked(world, "release")
    for verb, who in (("goal", world.sam), ("agree_goal", world.sam), ("agree_goal", world.noor), ("share_goal", world.sam)):
        world.act(verb, trajectory, who, 1)
    rests(world)
    for verb in ("reword_goal", "agree_goal"):
        world.act(verb, Trajectory.objects.get(), world.sam, 1)
    goal = trajectory.goals.get(number=2)
    assert asks(world) == (False, True) and goal.versions.get(number=2).put_at
    goal.versions.get(number=1).agree(by=world.els, at=world.tick(), read=1)
    assert asks(world) == (False, False)
    goes_on(world)
    assert asks(world) == (False, True)


@pytest.mark.parametrize("agreed", [True, False])
def test_what_lay_in_its_half_minute_when_it_came_to_rest_is_told_once_it_goes_on(world, agreed):
    trajectory = walked(world, "release")
    goal = Goal.draw_up(trajectory, by=world.sam, at=world.tick(), **goal_words())
    for who in (world.sam, world.noor) if agreed else ():
        goal.versions.get().agree(by=who, at=world.tick(), read=1)
    Letter.objects.all().delete()
    at = world.tick()
    goal.share(by=world.sam, at=at)
    Release.give(trajectory, by=world.sam, at=at, kind=Release.CHECK_IN, words="Het gaat")
    assert letters(world) == ["goal_to_agree", "something_shared"]
    rests(world, at=at + timedelta(seconds=10))
    assert letters(world) == ["on_hold"]
    goes_on(world)
    assert letters(world) == ["on_hold", "goal_to_agree", "on_hold", "something_shared"]


def test_what_was_visible_when_it_came_to_rest_is_told_once(world):
    trajectory = walked(world, "answer_check_in")
    Letter.objects.all().delete()
    at = world.tick()
    Release.give(trajectory, by=world.sam, at=at, kind=Release.CHECK_IN, words="Het gaat")
    rests(world, at=at + timedelta(seconds=30))
    goes_on(world)
    assert letters(world) == ["something_shared", "on_hold", "on_hold"]


@pytest.mark.parametrize("resting", [True, False])
def test_of_what_stopped_they_read_the_agreement_and_no_proposal(client, world, resting):
    trajectory = walked(world, "release")
    if resting:
        rests(world)
    world.act("agreement", Trajectory.objects.get(), world.noor, 1)
    Trajectory.objects.get().stop(by=world.sam, at=world.tick(), reason="no_time", sentence="")
    assert [row.number for name, _key, row in seen_by(world.els) if name == "Agreement"] == [1]
    client.force_login(world.els)
    assert client.get(reverse("trajectories:agreement", args=[trajectory.pk])).context["page"].shown.number == 1
    assert trajectory.agreements.readable_by(world.sam).count() == 2


def test_of_what_stopped_before_anything_was_agreed_there_is_no_agreement_to_read(client, world):
    trajectory = walked(world, "agreement")
    trajectory.stop(by=world.sam, at=world.tick(), reason="no_time", sentence="")
    assert {name for name, _key, _row in seen_by(world.els)} == {"Part"}
    answer = page(client, world, trajectory)
    assert reverse("trajectories:agreement", args=[trajectory.pk]) not in answer.text and answer.status_code == 200
