"""Does the meeting settle what three saw, and does everything stand still while a text lies there? (R21–R23)"""

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.refusals import Refused, Stale
from tests.makers import make_person
from tests.trajectories.closing_story import all_in, begin, fresh, hand_in, make_story, put_forward, review_of, settle
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Commitment, Goal, GoalVersion, Lasting, Outcome, ReviewText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def story():
    return all_in(begin(make_story()))


def outcome(story, goal=0, *, base=0, part=CLIENT, **said):
    return Outcome.settle(review_of(story), story.goals[goal], by=story.people[part], at=now(), base=base, **said)


def test_seeing_it_differently_needs_a_sentence_of_each(story):
    with pytest.raises(Refused, match="a sentence for each"):
        outcome(story, remarks={COACH: "Ja", CLIENT: "Nee", SPONSOR: "  "})
    with pytest.raises(Refused, match="a sentence for each"):
        outcome(story)
    row = outcome(story, remarks={COACH: "Ja", CLIENT: "Nee", SPONSOR: "Soms"})
    assert row.level is None and row.remarks.count() == 3
    assert outcome(story, base=1, level=0).remarks.count() == 0


def test_two_screens_at_once(story):
    outcome(story, level=1)
    with pytest.raises(Stale):
        outcome(story, level=2, part=COACH)
    assert outcome(story, level=2, part=SPONSOR, base=1).level == 2
    Lasting.promise(review_of(story), COACH, by=story.people[CLIENT], at=now(), base=0, words="Bellen")
    with pytest.raises(Stale):
        Lasting.promise(review_of(story), COACH, by=story.people[COACH], at=now(), base=0, words="Schrijven")


def test_nothing_is_settled_before_all_are_in():
    story = begin(make_story())
    hand_in(story, CLIENT)
    with pytest.raises(Refused, match="Not everyone"):
        outcome(story, level=1)


def test_a_goal_that_is_not_shared_is_no_part_of_it(story):
    Goal.objects.filter(pk=story.goals[1].pk).update(shared_at=None)
    with pytest.raises(Refused, match="no part"):
        outcome(story, goal=1, level=1)


def test_every_goal_needs_an_outcome_before_the_text(story):
    settle(story, goals=story.goals[:1])
    with pytest.raises(Refused, match="no outcome yet"):
        put_forward(story)
    with pytest.raises(Refused):
        ReviewText.put_forward(review_of(story), by=story.people[SPONSOR], at=now(), gather=None)


def test_while_a_text_lies_there_nothing_changes(story):
    settle(story)
    put_forward(story)
    trajectory, goal, sam = fresh(story.trajectory), Goal.objects.get(pk=story.goals[0].pk), story.people[CLIENT]
    promise = {"by": story.people[SPONSOR], "at": now(), "words": "Ruimte"}
    words = dict.fromkeys((*GoalVersion.WORDS, *GoalVersion.SENTENCES.values()), "Anders")
    for refused in (
        lambda: outcome(story, level=2, base=1),
        lambda: Lasting.promise(review_of(story), COACH, by=sam, at=now(), base=0, words="Bellen"),
        lambda: Commitment.promise(trajectory, **promise),
        lambda: goal.let_go(by=sam, at=now()),
        lambda: goal.reword_as(by=sam, at=now(), base=1, due_on=today(), start_level=-1, **words),
        lambda: Goal.draw_up(trajectory, by=sam, at=now(), due_on=today(), start_level=-1, **words),
        lambda: put_forward(story),
    ):
        with pytest.raises(Refused, match="put forward"):
            refused()
    ReviewText.take_back(review_of(story), by=sam, at=now())
    assert outcome(story, level=2, base=1).level == 2
    with pytest.raises(Refused, match="No text"):
        ReviewText.take_back(review_of(story), by=sam, at=now())


# pages


def at(name, row):
    return reverse(f"trajectories:{name}", args=[row.pk])


def test_all_three_see_one_page(client, story):
    for part in (CLIENT, COACH, SPONSOR):
        client.force_login(story.people[part])
        page = client.get(at("meeting", story.trajectory)).text
        assert "Doel van Sam, nummer 2" in page and page.count('id="goal-') == 2


def test_before_all_are_in_there_is_no_page(client):
    story = begin(make_story())
    hand_in(story, CLIENT)
    client.force_login(story.people[CLIENT])
    assert client.get(at("meeting", story.trajectory)).url == at("prepare", story.trajectory)


def test_an_outcome_is_put_down(client, story):
    client.force_login(story.people[SPONSOR])
    goal = story.goals[0]
    assert client.post(at("outcome", goal), {"base": "0", "level": "1"}).url.endswith(f"#goal-{goal.pk}")
    assert client.post(at("outcome", goal), {"base": "1"}).status_code == 422
    answer = client.post(at("outcome", goal), {"base": "1", "differently": "on", "remark-client": "Meer dan dat"})
    assert answer.status_code == 422 and "Meer dan dat" in answer.text
    assert client.post(at("outcome", goal), {"base": "1", "level": "9"}).status_code == 422
    answer = client.post(at("outcome", goal), {"base": "0", "level": "2"})
    assert answer.status_code == 409 and "+1" in answer.text and "+2" in answer.text and 'name="base" value="1"' in answer.text
    assert client.post(at("outcome", goal), {"base": "1", "level": "2"}).status_code == 302
    assert Outcome.objects.get().level == 2


def test_a_promise_is_put_down_with_a_day(client, story):
    client.force_login(story.people[COACH])
    address = at("lasting", story.trajectory)
    first, second = f"{today().year + 1}-01-01", f"{today().year + 2}-02-02"
    said = {"base": "0", "part": "sponsor", "words": "Een dagdeel", "due_on": first}
    assert client.post(address, said | {"due_on": "9999-12-31"}).status_code == 422
    assert client.post(address, said).status_code == 302
    answer = client.post(address, said | {"words": "Twee dagdelen"})
    assert answer.status_code == 409 and "Een dagdeel" in answer.text and "Twee dagdelen" in answer.text
    answer = client.post(address, said | {"due_on": second})
    assert f"1 januari {first[:4]}" in answer.text and f"2 februari {second[:4]}" in answer.text, "two days are told apart too"
    assert client.post(address, said | {"base": "1", "words": ""}).status_code == 422
    assert client.post(address, said | {"part": "neighbour"}).status_code == 422
    assert "Een dagdeel" in client.get(at("meeting", story.trajectory)).text


def test_putting_forward_is_for_coach_and_client(client, story):
    settle(story)
    client.force_login(story.people[SPONSOR])
    assert client.post(at("put_forward", story.trajectory)).status_code == 404
    client.force_login(story.people[COACH])
    assert client.post(at("put_forward", story.trajectory)).url == at("text", story.trajectory)
    assert client.post(at("put_forward", story.trajectory)).url == at("meeting", story.trajectory)
    assert ReviewText.objects.count() == 1
    page = client.get(at("meeting", story.trajectory)).text
    assert 'name="level"' not in page


def test_a_stranger_finds_nothing(client, story):
    client.force_login(make_person("Iris"))
    assert client.get(at("meeting", story.trajectory)).status_code == 404
    for name, row in (("outcome", story.goals[0]), ("lasting", story.trajectory), ("put_forward", story.trajectory)):
        assert client.post(at(name, row)).status_code == 404 and client.get(at(name, row)).status_code == 405
