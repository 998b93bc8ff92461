"""What of a closing does somebody read who was not there, or once it was broken off or ended without a report? (R21, R20b)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.sealed import open_boxes
from tests.trajectories.closing_story import all_in, begin, fresh, hand_in, make_story, put_forward, review_of, settle, sign
from tests.trajectories.opening import goal_words
from tests.trajectories.test_changed_in_closing import AT_TABLE, other_coach, other_sponsor
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.download.rows import chapters, words_of
from trajectories.models import Agreement, Goal, Lasting, Measurement, Outcome, Preparation, Remark, Review, Signature, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAYS = timedelta(days=40)
ALL_OF_IT = {model.__name__ for model in AT_TABLE}


@pytest.fixture
def story():
    """At the table: both goals have an outcome, one of them is seen differently; a text was put forward, and Els does not agree with it."""
    told = all_in(begin(make_story(), at=now() - DAYS))
    settle(told, goals=told.goals[:1])
    remarks = {part: f"Anders gezien door {part}" for part in told.people}
    Outcome.settle(review_of(told), told.goals[1], by=told.people[CLIENT], at=now(), base=0, remarks=remarks)
    return told


def reads(person, *reviews):
    """The names of the kinds of words that this person reads, of these closings or of all."""
    rows = {model: model.objects.readable_by(person) for model in AT_TABLE}
    return {model.__name__ for model, some in rows.items() for row in some if getattr(row, "review_id", None) in reviews or not reviews}


def go_on(story):
    """Coach and client go on coaching after all, and all of now agree again."""
    for part in (COACH, CLIENT):
        fresh(story.trajectory).go_on(by=story.people[part], at=now())
    assert fresh(story.trajectory).state == State.RUNNING
    return story.review.pk


def agree(story):
    last = Agreement.objects.filter(trajectory=story.trajectory).latest_first().first()
    for part in (COACH, CLIENT, SPONSOR):
        Agreement.objects.get(pk=last.pk).agree(by=story.people[part], at=now())


def close_once_more(story):
    """The closing that follows, signed by all of now."""
    agree(story)
    settle(all_in(begin(story)))
    number = put_forward(story).number
    for part in (COACH, CLIENT, SPONSOR):
        sign(story, part, read=number)
    assert fresh(story.trajectory).state == State.CLOSED


def only_now(story):
    """`people` without who left."""
    story.people.pop("former", None)
    return story


def taken(person):
    """All words that somebody takes along."""
    rows = [row for chapter in chapters(person) for row in chapter.rows]
    said = {words for row in rows for _name, words in words_of(open_boxes(row))}
    return {word for word in ("Wat sponsor zegt", "Wat client zegt", "Wat coach zegt", "Dit zie ik niet zo") if word in " ".join(said)}


def test_a_sponsor_keeps_of_a_broken_off_closing_what_they_wrote_themselves(story):
    put_forward(story)
    sign(story, SPONSOR, agrees=False, remark="Dit zie ik niet zo")
    els = story.people[SPONSOR]
    assert reads(els) == ALL_OF_IT
    go_on(story)
    assert reads(els) == {"Preparation", "Signature"}
    assert [row.part for row in Preparation.objects.readable_by(els)] == [SPONSOR]
    assert [row.seat.person for row in Signature.objects.readable_by(els)] == [els]
    assert {"Wat sponsor zegt", "Dit zie ik niet zo"} <= taken(els) and not {"Wat client zegt", "Wat coach zegt"} & taken(els)


def test_the_next_sponsor_never_reads_a_closing_of_before_their_time(story):
    put_forward(story)
    sign(story, SPONSOR, agrees=False, remark="Dit zie ik niet zo")
    first = go_on(story)
    otto = other_sponsor(story)
    assert reads(otto) == set()
    close_once_more(only_now(story))
    assert reads(otto, first) == set() and not Signature.objects.readable_by(otto).filter(text__review=first).exists()
    assert reads(otto, story.review.pk) == ALL_OF_IT - {"Remark", "Signature"} and Signature.objects.readable_by(otto).count() == 3


def test_the_next_coach_never_reads_a_closing_of_before_their_time(story):
    put_forward(story)
    first = go_on(story)
    noor, bram = story.people[COACH], other_coach(story)
    assert reads(bram) == reads(noor) == set() and not Review.objects.readable_by(bram).exists()
    close_once_more(only_now(story))
    assert reads(bram, first) == set() and not Review.objects.readable_by(bram).filter(pk=first).exists()
    assert reads(bram, story.review.pk) == ALL_OF_IT - {"Remark", "Signature"}


def test_client_and_coach_who_stayed_keep_what_they_read(story):
    put_forward(story)
    first = go_on(story)
    for part in (COACH, CLIENT):
        assert reads(story.people[part], first) == ALL_OF_IT - {"Signature"}
    close_once_more(story)
    for part in (COACH, CLIENT):
        assert reads(story.people[part], first) == ALL_OF_IT - {"Signature"}


@pytest.mark.parametrize(("part", "comes"), [(SPONSOR, other_sponsor), (COACH, other_coach)])
def test_closed_without_a_report_it_opens_to_nobody_who_wrote_no_part_of_their_own(story, part, comes):
    coming = comes(story)
    fresh(story.trajectory).close_without_report(by=story.people[CLIENT], at=now(), reason="no_time")
    assert reads(coming) == set()
    assert reads(story.people[CLIENT]) == {"Preparation", "Outcome", "Remark", "Lasting"}


def test_closed_without_a_report_who_was_there_keeps_it(story):
    fresh(story.trajectory).close_without_report(by=story.people[CLIENT], at=now(), reason="no_time")
    for part in (COACH, CLIENT, SPONSOR):
        assert reads(story.people[part]) == {"Preparation", "Outcome", "Remark", "Lasting"}


def test_once_signed_it_stays_readable_when_the_preparations_are_gone(story):
    put_forward(story)
    for part in story.people:
        sign(story, part)
    Preparation.objects.all().delete()
    for part in story.people:
        assert reads(story.people[part]) == ALL_OF_IT - {"Preparation"}


def test_who_takes_over_in_the_closing_is_as_blind_as_everyone_and_reads_as_much():
    told = begin(make_story())
    hand_in(told, CLIENT)
    bram = other_coach(told)
    assert reads(bram) == set()
    hand_in(told, COACH)
    assert {row.part for row in Preparation.objects.readable_by(bram)} == {COACH, CLIENT}
    assert not Lasting.objects.readable_by(bram).exists()


def outcomes(person):
    """The numbers of the goals of which this person reads what the meeting made of them, and what was said of it."""
    settled = Outcome.objects.readable_by(person).in_order()
    assert {row.outcome_id for row in Remark.objects.readable_by(person)} <= {row.pk for row in settled}
    return [row.goal.number for row in settled]


def blocks(client, story, part):
    """The numbers of the goals of which an open page hears that something was put down."""
    client.force_login(story.people[part])
    known = client.get(reverse("trajectories:meeting_state", args=[story.trajectory.pk])).json()["blocks"]
    return [goal.number for goal in story.goals if f"goal-{goal.pk}" in known]


def test_of_a_goal_that_is_shared_no_more_the_sponsor_reads_no_outcome(story, client):
    els = story.people[SPONSOR]
    assert outcomes(els) == [1, 2] and blocks(client, story, SPONSOR) == [1, 2] and Remark.objects.readable_by(els).count() == 3
    Goal.objects.get(pk=story.goals[1].pk).unshare(by=story.people[CLIENT], at=now())
    assert outcomes(els) == [1] and not Remark.objects.readable_by(els).exists()
    assert {part: blocks(client, story, part) for part in (COACH, CLIENT, SPONSOR)} == {COACH: [1], CLIENT: [1], SPONSOR: [1]}
    assert outcomes(story.people[CLIENT]) == outcomes(story.people[COACH]) == [1, 2]


def test_what_is_signed_is_measured_and_nothing_else(story):
    Outcome.settle(review_of(story), story.goals[1], by=story.people[CLIENT], at=now(), base=1, level=2)
    Goal.objects.get(pk=story.goals[1].pk).unshare(by=story.people[CLIENT], at=now())
    put_forward(story)
    for part in story.people:
        sign(story, part)
    assert [row.goal_id for row in Measurement.objects.filter(moment="outcome")] == [story.goals[0].pk]
    assert outcomes(story.people[SPONSOR]) == [1]


def test_the_next_coach_reads_the_outcome_of_the_goals_that_they_read():
    told = all_in(begin(make_story(sponsor=False), two_because="Er is geen opdrachtgever"))
    settle(told)
    assert outcomes(told.people[COACH]) == [1, 2]
    bram = other_coach(told)
    goal = Goal.objects.get(pk=told.goals[0].pk)
    goal.reword_as(by=told.people[CLIENT], at=now(), base=goal.version, **goal_words(title="Opnieuw verwoord"))
    hand_in(told, COACH)
    assert outcomes(bram) == [1] and outcomes(told.people[CLIENT]) == [1, 2]
