"""Somebody else takes a seat in the middle of the closing: whose part counts, who reads what, and who must sign? (R21, R23)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of, now
from coaching.refusals import Refused
from tests.makers import make_person
from tests.trajectories.closing_story import all_in, begin, fresh, hand_in, make_story, put_forward, review_of, settle, sign
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import HandOver, Lasting, Measurement, Outcome, Preparation, Remark, ReviewText, Signature, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT_TABLE = (Preparation, Outcome, Remark, Lasting, ReviewText, Signature)


@pytest.fixture
def story():
    story = all_in(begin(make_story()))
    settle(story)
    return story


def other_coach(story):
    """Bram takes over from Noor."""
    bram, wim = make_person("Bram Smit", coach=True), make_person("Wim Postma", coordinates=True)
    offer = HandOver.propose(fresh(story.trajectory), bram, by=wim, at=now())
    offer.say_yes(by=bram, at=now())
    HandOver.objects.get(pk=offer.pk).say_yes(by=story.people[CLIENT], at=now())
    story.people |= {"former": story.people[COACH], COACH: bram}
    return bram


def other_sponsor(story):
    """Sam names Otto in the place of Els."""
    otto = make_person("Otto Dam")
    fresh(story.trajectory).name_sponsor(otto, by=story.people[CLIENT], at=now())
    story.people |= {"former": story.people[SPONSOR], SPONSOR: otto}
    return otto


COMES = {COACH: other_coach, SPONSOR: other_sponsor}


def reads(person):
    return {model.__name__ for model in AT_TABLE if model.objects.readable_by(person).exists()}


@pytest.mark.parametrize("part", [COACH, SPONSOR])
def test_who_sits_there_now_signs_and_nobody_else_did_it_for_them(story, part):
    put_forward(story)
    others = [one for one in (COACH, CLIENT, SPONSOR) if one != part]
    sign(story, part), sign(story, others[0])
    COMES[part](story)
    for one in (others[1], part):
        with pytest.raises(Refused, match="No text lies there"):
            sign(story, one)
    assert fresh(story.trajectory).state == State.CLOSING
    hand_in(story, part)
    number = put_forward(story).number
    assert number == 2 and not sign(story, others[0], read=number) and not sign(story, others[1], read=number)
    assert sign(story, part, read=number) and fresh(story.trajectory).state == State.CLOSED
    signed = set(Signature.objects.filter(text__number=number).values_list("seat__person__name", flat=True))
    assert signed == {story.people[one].name for one in (COACH, CLIENT, SPONSOR)}


@pytest.mark.parametrize("part", [COACH, SPONSOR])
def test_who_comes_reads_nothing_of_the_table_before_their_own_part_is_in(story, part, client):
    put_forward(story)
    sign(story, CLIENT)
    assert reads(story.people[part]) == {"Preparation", "Outcome", "Lasting", "ReviewText", "Signature"}
    coming = COMES[part](story)
    assert reads(coming) == set() and reads(story.people["former"]) == set()
    client.force_login(coming)
    for name in ("prepare", "meeting", "text", "draft_report"):
        page = client.get(reverse(f"trajectories:{name}", args=[story.trajectory.pk]))
        assert b"Wat client zegt" not in page.content and b"Elke maand vragen" not in page.content, name
    hand_in(story, part, words="Wat ik zie")
    assert reads(coming) == {"Preparation", "Outcome", "Lasting"}, "a text of before has the words of who left"


@pytest.mark.parametrize("part", [COACH, SPONSOR])
def test_a_text_that_was_put_to_who_left_is_not_read_by_who_came(story, part, client):
    put_forward(story)
    sign(story, part, agrees=False, remark="Dit zie ik anders")
    coming = COMES[part](story)
    hand_in(story, part, words="Wat ik zie")
    place = reverse("trajectories:text", args=[story.trajectory.pk])
    client.force_login(coming)
    assert client.get(place)["Location"] == reverse("trajectories:meeting", args=[story.trajectory.pk])
    assert put_forward(story).number == 2
    said = client.get(place).content.decode()
    assert "Wat ik zie" in said and f"Wat {part} zegt" not in said and "Dit zie ik anders" not in said
    assert [row.number for row in ReviewText.objects.readable_by(coming)] == [2] and not Signature.objects.readable_by(coming).exists()
    client.force_login(story.people[CLIENT])
    assert f"Wat {part} zegt" in client.get(place).content.decode(), "who read it then sees what changed"


def test_the_words_of_who_left_stay_theirs_and_are_no_voice_any_more(story):
    former = story.people[SPONSOR]
    other_sponsor(story)
    own = hand_in(story, SPONSOR, words="Nieuw gezien", level=1)
    assert own.seat.person == story.people[SPONSOR]
    kept = Preparation.objects.get(seat__person=former)
    assert {row.level for row in kept.levels.all()} == {0} and not Preparation.objects.readable_by(story.people[CLIENT]).filter(pk=kept.pk)
    assert review_of(story).all_in()


def test_levels_of_before_become_measurements_once(story):
    assert Measurement.objects.filter(moment="preparation").count() == 6
    other_coach(story)
    hand_in(story, COACH, level=1)
    assert Measurement.objects.filter(moment="preparation").count() == 8


def test_a_part_that_could_be_read_is_final_also_for_who_stayed(story):
    other_coach(story)
    with pytest.raises(Refused, match="stays as it is"):
        hand_in(story, CLIENT)


def test_nobody_goes_on_with_the_word_of_who_left(story):
    trajectory = fresh(story.trajectory)
    assert not trajectory.go_on(by=story.people[COACH], at=now())
    other_coach(story)
    assert not fresh(trajectory).go_on(by=story.people[CLIENT], at=now()) and fresh(trajectory).state == State.CLOSING
    assert fresh(trajectory).go_on(by=story.people[COACH], at=now())


def test_a_new_sponsor_has_ten_working_days_of_their_own():
    story = begin(make_story(), at=now() - timedelta(days=30))
    hand_in(story, CLIENT), hand_in(story, COACH)
    assert review_of(story).patience_is_over(day_of(now()))
    assert not review_of(story).go_without_sponsor(by=story.people[COACH], at=now())
    other_sponsor(story)
    with pytest.raises(Refused, match="ten working days"):
        review_of(story).go_without_sponsor(by=story.people[CLIENT], at=now())
    later = now() + timedelta(days=40)
    assert not review_of(story).go_without_sponsor(by=story.people[CLIENT], at=later), "the coach says it again, of this sponsor"
    assert review_of(story).go_without_sponsor(by=story.people[COACH], at=later)


def test_what_they_see_differently_needs_a_sentence_of_who_came(story):
    goal, remarks = story.goals[0], dict.fromkeys((COACH, CLIENT, SPONSOR), "Ik zie het anders")
    Outcome.settle(review_of(story), goal, by=story.people[CLIENT], at=now(), base=1, remarks=remarks)
    Lasting.promise(review_of(story), SPONSOR, by=story.people[SPONSOR], at=now(), base=0, words="Ruimte geven")
    other_sponsor(story)
    assert set(Remark.objects.values_list("part", flat=True)) == {COACH, CLIENT}
    assert not Lasting.objects.filter(part=SPONSOR).exists()
    hand_in(story, SPONSOR)
    with pytest.raises(Refused, match="no outcome yet"):
        put_forward(story)
    Outcome.settle(review_of(story), goal, by=story.people[SPONSOR], at=now(), base=2, remarks=remarks)
    assert put_forward(story)
