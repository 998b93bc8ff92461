"""What does the next coach read of older goals, and what do the words that they write do to those that they cannot read? (R5, R11, R25)"""

import pytest
from django.urls import reverse

from coaching.refusals import Refused, Stale
from tests.trajectories.hand_over_story import take_over, written
from tests.trajectories.opening import fresh, goal_words, said_yes
from tests.trajectories.parties_story import handed_over
from trajectories.models import Goal, GoalVersion, HandOver, Trajectory
from trajectories.older import next_coach

pytestmark = pytest.mark.django_db
HIDDEN = "Alleen van ons twee"


@pytest.fixture
def row(house):
    return written(house)


@pytest.fixture
def shared(row):
    """Agreed by all who needed to, and shared with Els."""
    return Goal.objects.get(trajectory=row, shared_at__isnull=False)


def typed(**other):
    return {name: str(value) for name, value in goal_words(**other).items()}


def edit(goal):
    return reverse("trajectories:goal_edit", args=[goal.pk])


def reworded(house, goal, by, **words):
    goal = fresh(goal)
    return goal.reword_as(by=by, at=house.tick(), base=goal.version, **goal_words(**words))


def numbers(person, goal):
    """Which of its versions this person reads."""
    return list(GoalVersion.objects.readable_by(person).filter(goal=goal).order_by("number").values_list("number", flat=True))


def drawn_up(house, row, **words):
    return fresh(Goal.draw_up(fresh(row), by=house.sam, at=house.tick(), **goal_words(**words)))


def test_beside_other_words_stands_only_what_the_next_coach_reads(house, row, shared, client):
    reworded(house, shared, house.sam, title=HIDDEN, now=HIDDEN)
    handed_over(house, row)
    client.force_login(house.bram)
    answer = client.post(edit(shared), typed(title="Van Bram") | {"base": "0"})
    said = answer.content.decode()
    assert answer.status_code == 409 and HIDDEN not in said and "Een gedeeld doel" in said and "Van Bram" in said
    with pytest.raises(Stale) as stale:
        fresh(shared).reword_as(by=house.bram, at=house.tick(), base=0, **goal_words())
    assert stale.value.row.number == 1


def test_the_clients_waiting_version_is_not_replaced_by_who_cannot_read_it(house, row, shared, client):
    reworded(house, shared, house.sam, title=HIDDEN)
    handed_over(house, row)
    client.force_login(house.bram)
    base = client.get(edit(shared)).context["window"].base
    assert client.post(edit(shared), typed(title="Van Bram") | {"base": str(base)}).status_code == 302
    versions = GoalVersion.objects.filter(goal=shared).order_by("number")
    assert [(one.number, one.version, one.seat.person) for one in versions] == [(1, 1, house.sam), (2, 1, house.sam), (3, 1, house.bram)]
    said = client.get(shared.get_absolute_url()).content.decode()
    assert HIDDEN not in said and "Een gedeeld doel" in said
    client.force_login(house.sam)
    assert [one.version.title for one in client.get(shared.get_absolute_url()).context["page"].older] == [HIDDEN]


def test_a_version_that_the_next_coach_does_not_read_stands_in_the_way_of_no_yes(house, row, shared):
    reworded(house, shared, house.sam, title=HIDDEN)
    handed_over(house, row)
    assert numbers(house.bram, shared) == [1] and waits(house.bram)[0] is False and waits(house.sam)[0] is True
    first = GoalVersion.objects.get(goal=shared, number=1)
    first.agree(by=house.bram, at=house.tick(), read=first.version)
    with pytest.raises(Refused, match="newer version"):
        first.agree(by=house.sam, at=house.tick(), read=first.version)


def test_what_both_read_is_still_worded_in_its_place(house, row, shared):
    handed_over(house, row)
    reworded(house, shared, house.sam, title="Van Sam")
    reworded(house, shared, house.bram, title="Van Bram")
    assert list(GoalVersion.objects.filter(goal=shared).order_by("number").values_list("number", "version")) == [(1, 1), (2, 2)]


def test_of_a_goal_without_words_to_read_there_is_nothing_to_word_anew(house, row, client):
    goal = drawn_up(house, row, title="Derde")
    goal.share(by=house.sam, at=house.tick())
    house.tick()
    reworded(house, goal, house.noor, title=HIDDEN)
    handed_over(house, row)
    client.force_login(house.bram)
    for answer in (client.get(edit(goal)), client.post(edit(goal), typed() | {"base": "2"})):
        assert answer.status_code == 302 and answer.url == goal.get_absolute_url()
    said = client.get(goal.get_absolute_url()).content.decode()
    assert "This goal is being worded" in said and HIDDEN not in said
    with pytest.raises(Refused, match="is being worded"):
        reworded(house, goal, house.bram)
    assert GoalVersion.objects.get(goal=goal).seat.person == house.noor


def waits(person):
    row = Trajectory.objects.with_waiting(person).get()
    return row.waits_goals, row.waits_let_go


def test_no_goal_waits_for_who_cannot_read_it(house, row, client):
    drawn_up(house, row, title="Derde")
    assert waits(house.noor) == (True, False)
    handed_over(house, row)
    assert waits(house.bram) == (False, False) and waits(house.sam) == (True, False)
    client.force_login(house.bram)
    said = client.get(reverse("sessions:today")).content.decode()
    assert "A goal in the trajectory" not in said and "Read the agreement with Sam" in said
    new = drawn_up(house, row, title="Vierde")
    assert waits(house.bram) == (True, False)
    said_yes(new, house.bram, at=house.tick())
    assert waits(house.bram) == (False, False)


@pytest.mark.parametrize("is_shared", [True, False])
def test_only_a_goal_that_they_read_is_proposed_to_them_to_let_go(house, row, is_shared):
    goal = Goal.objects.get(trajectory=row, shared_at__isnull=not is_shared)
    goal.let_go(by=house.sam, at=house.tick())
    assert waits(house.noor) == (False, True)
    handed_over(house, row)
    assert waits(house.bram) == (False, is_shared) and waits(house.sam) == (False, False)


def test_what_the_client_let_along_waits_for_the_next_coach(house, row):
    drawn_up(house, row, title="Derde").let_go(by=house.sam, at=house.tick())
    proposed = HandOver.propose(fresh(row), house.bram, by=house.wim, at=house.tick())
    proposed.let_along("question", by=house.sam, at=house.tick(), goes=True)
    take_over(house, proposed)
    assert waits(house.bram) == (True, True)


def test_a_name_for_outside_stays_of_before_when_the_goal_is_worded_anew(house, row, client):
    goal = drawn_up(house, row, title="Derde")
    goal.name_outside(by=house.sam, at=house.tick(), words=HIDDEN)
    handed_over(house, row)
    reworded(house, goal, house.sam, title="Nieuw")
    client.force_login(house.bram)
    said = client.get(goal.get_absolute_url()).content.decode()
    assert "Nieuw" in said and HIDDEN not in said
    fresh(goal).name_outside(by=house.sam, at=house.tick(), words="Voortaan zo")
    assert "Voortaan zo" in client.get(goal.get_absolute_url()).content.decode()
    fresh(goal).name_outside(by=house.sam, at=house.tick(), words="")
    assert fresh(goal).outside_named_at is None


@pytest.mark.parametrize("agrees", [True, False])
def test_what_a_coach_said_yes_to_they_read_also_once_it_is_shared_no_longer(house, row, shared, agrees):
    handed_over(house, row)
    if agrees:
        said_yes(shared, house.bram, at=house.tick())
    reworded(house, shared, house.sam, title="Later bedacht")
    fresh(shared).unshare(by=house.sam, at=house.tick())
    assert (1 in numbers(house.bram, shared)) == agrees and 2 in numbers(house.bram, shared)
    assert numbers(house.els, shared) == numbers(house.noor, shared) == [] and numbers(house.sam, shared) == [1, 2]


def test_a_goal_of_two_stays_with_the_coach_who_agreed_to_it_and_goes_to_no_next_one(house, row, shared, client):
    handed_over(house, row)
    said_yes(shared, house.bram, at=house.tick())
    fresh(shared).unshare(by=house.sam, at=house.tick())
    client.force_login(house.bram)
    for place in (shared.get_absolute_url(), reverse("trajectories:goals", args=[row.pk]), edit(shared)):
        answer = client.get(place)
        assert answer.status_code == 200 and "Een gedeeld doel" in answer.content.decode()
    seat = fresh(row).coach
    for model in (Goal, GoalVersion):
        read = model.objects.readable_by(house.bram).values_list("pk", flat=True)
        assert read and set(read) == set(model.objects.open_to(seat).values_list("pk", flat=True))
        assert not model.objects.open_to(next_coach(row, at=house.at)).exists()
    handed_over(house, fresh(row), to=house.pia)
    assert numbers(house.pia, shared) == numbers(house.bram, shared) == []
