"""Does each write alone, and is one's part final once another could read it? (R21)"""

import re
from datetime import timedelta
from itertools import permutations

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.day import run
from coaching.models import Letter, Person
from coaching.refusals import Refused
from tests.makers import make_person
from tests.trajectories.closing_story import all_in, begin, fresh, hand_in, make_story, review_of
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR
from trajectories.models import Measurement, Preparation, Review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def reads(story, part):
    return set(Preparation.objects.readable_by(story.people[part]).values_list("part", flat=True))


@pytest.mark.parametrize("order", list(permutations(PARTS)), ids="-".join)
def test_nobody_reads_another_before_handing_in_their_own(order):
    story, done = begin(make_story()), set()
    for part in order:
        for one in PARTS:
            assert reads(story, one) == (done if one in done else set())
        hand_in(story, part)
        done.add(part)
    assert all(reads(story, part) == set(PARTS) for part in PARTS)


def test_levels_become_measurements_when_all_are_in():
    story = begin(make_story())
    hand_in(story, CLIENT)
    hand_in(story, COACH)
    assert not Measurement.objects.filter(moment="preparation").exists()
    hand_in(story, SPONSOR)
    assert Measurement.objects.filter(moment="preparation").count() == 6


def test_it_can_be_done_again_until_another_could_read_it():
    story = begin(make_story())
    hand_in(story, CLIENT)
    hand_in(story, CLIENT, level=1)
    assert {row.level for row in Preparation.objects.get().levels.all()} == {1}
    hand_in(story, COACH)
    with pytest.raises(Refused, match="stays as it is"):
        hand_in(story, CLIENT)


def test_only_who_closes_and_only_while_closing():
    story = make_story()
    begin(story)
    story.people["stranger"] = make_person("Iris")
    with pytest.raises(Refused):
        hand_in(story, "stranger")
    fresh(story.trajectory).hold(by=story.people[COACH], at=now(), look_again_on=today() + timedelta(days=9))
    with pytest.raises(Refused, match="on hold"):
        hand_in(story, CLIENT)


def test_without_a_sponsor_two_close_and_say_why():
    story = make_story(sponsor=False)
    with pytest.raises(Refused, match="no sponsor"):
        begin(story)
    begin(story, two_because="Er is er geen.")
    assert review_of(story).parts == (COACH, CLIENT)
    all_in(story)
    assert review_of(story).all_in()


def test_going_on_without_the_sponsor_takes_ten_working_days_and_both():
    story = begin(make_story(), at=now() - timedelta(days=8))
    hand_in(story, CLIENT), hand_in(story, COACH)
    with pytest.raises(Refused, match="ten working days"):
        review_of(story).go_without_sponsor(by=story.people[COACH], at=now())
    later = now() + timedelta(days=10)
    with pytest.raises(Refused):
        review_of(story).go_without_sponsor(by=story.people[SPONSOR], at=later)
    assert not review_of(story).go_without_sponsor(by=story.people[COACH], at=later)
    assert review_of(story).go_without_sponsor(by=story.people[CLIENT], at=later)
    assert Measurement.objects.filter(moment="preparation").count() == 4
    assert not Review.objects.readable_by(story.people[SPONSOR]).exists()
    assert reads(story, SPONSOR) == set()


def test_a_sponsor_who_handed_in_takes_part():
    story = begin(make_story(), at=now() - timedelta(days=30))
    hand_in(story, SPONSOR)
    with pytest.raises(Refused, match="takes part"):
        review_of(story).go_without_sponsor(by=story.people[COACH], at=now())


def test_going_on_after_all_takes_both():
    story = begin(make_story())
    assert fresh(story.trajectory).state == "closing"
    review = review_of(story)
    assert not review.wants_to_go_on(story.trajectory.coach, at=now())
    assert review.wants_to_go_on(story.trajectory.client, at=now())
    assert not Review.objects.current().exists()


def test_the_coaching_goes_on_with_an_agreement_to_agree_anew(client):
    story = begin(make_story())
    address = reverse("trajectories:go_on", args=[story.trajectory.pk])
    for part, state in ((COACH, "closing"), (CLIENT, "running")):
        client.force_login(story.people[part])
        assert client.post(address).status_code == 302
        assert fresh(story.trajectory).state == state
    assert story.trajectory.agreements.count() == 2 and Review.objects.get().abandoned_at
    assert begin(story).review.pk != Review.objects.exclude(abandoned_at=None).get().pk


def test_reminders_go_twice_at_most_and_only_to_who_is_late():
    story = begin(make_story(), at=now() - timedelta(days=40))
    hand_in(story, CLIENT)
    for days in (0, 1, 20, 40):
        assert run(now() + timedelta(days=days)) == []
    sent = Letter.objects.filter(kind="prepare_reminder").values_list("person", flat=True)
    assert set(sent) == {story.people[COACH].pk, story.people[SPONSOR].pk} and len(sent) <= 4


# pages


def prepare(story):
    return reverse("trajectories:prepare", args=[story.trajectory.pk])


def filled(story, first="0", **more):
    """`first`: the level of the first goal; the second cannot be seen."""
    levels = dict(zip((f"goal_level-{goal.pk}" for goal in story.goals), (first, "none"), strict=True))
    return levels | {"noticeable": "partly", "my_contribution": "Ruimte"} | more


def test_the_sponsor_writes_their_part(client):
    story = begin(make_story())
    client.force_login(story.people[SPONSOR])
    page = client.get(prepare(story))
    assert page.status_code == 200 and "zero van doel 1" in page.text
    assert client.post(prepare(story), filled(story)).status_code == 302
    mine = Preparation.objects.prefetch_related("levels").get()
    assert mine.part == SPONSOR and {row.level for row in mine.levels.all()} == {0, None}
    assert "Ruimte" in client.get(prepare(story)).text


def test_a_level_is_chosen_or_not_seen_and_the_rest_comes_back(client):
    story = begin(make_story())
    client.force_login(story.people[SPONSOR])
    answer = client.post(prepare(story), filled(story, ""))
    assert answer.status_code == 422 and "Ruimte" in answer.text
    assert client.post(prepare(story), filled(story, "7")).status_code == 422
    assert not Preparation.objects.exists()


def test_what_is_typed_is_kept_and_comes_back(client):
    story = begin(make_story())
    client.force_login(story.people[CLIENT])
    key = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    kept = client.post(prepare(story), {"key": key, "turn": "1", "base": "0", "brought": "Half af"}, headers={"X-Keep": "1"})
    assert kept.status_code == 200 and "saved" in kept.json()
    assert "Half af" in client.get(prepare(story)).text
    client.force_login(story.people[COACH])
    assert "Half af" not in client.get(prepare(story)).text


def test_a_stranger_finds_nothing(client):
    story = begin(make_story())
    client.force_login(make_person("Iris"))
    assert client.get(prepare(story)).status_code == 404
    assert client.post(prepare(story), filled(story)).status_code == 404
    for verb in ("begin_closing", "go_on", "go_without_sponsor", "meeting_day"):
        address = reverse(f"trajectories:{verb}", args=[story.trajectory.pk])
        assert client.post(address).status_code == 404 and client.get(address).status_code == 405


@pytest.mark.parametrize("part", [CLIENT, COACH])
def test_beginning_says_first_what_it_does(client, part):
    story = make_story()
    Person.objects.update(language="en")
    client.force_login(story.people[part])
    page = client.get(reverse("sessions:detail", args=[story.trajectory.pk])).text
    action = reverse("trajectories:begin_closing", args=[story.trajectory.pk])
    found = re.search(rf'<details><summary>[^<]+</summary>\s*<form[^>]* action="{re.escape(action)}">(.*?)</form></details>', page, re.S)
    assert found and page.count(f'action="{action}"') == 1
    assert "writes their own part" in found[1] and "a new version of the agreement" in found[1]


def test_beginning_asks_two_why(client):
    story = make_story(sponsor=False)
    client.force_login(story.people[COACH])
    address = reverse("trajectories:begin_closing", args=[story.trajectory.pk])
    assert client.post(address).status_code == 200
    assert client.post(address, {"two_because": " "}).status_code == 422
    assert client.post(address, {"two_because": "Er is er geen."}).url == prepare(story)
    assert fresh(story.trajectory).state == "closing"
    assert client.post(address, {"two_because": "Nog eens"}).status_code == 302


def test_coach_or_client_says_when_they_meet(client):
    story = begin(make_story())
    client.force_login(story.people[CLIENT])
    address = reverse("trajectories:meeting_day", args=[story.trajectory.pk])
    client.post(address, {"meets_on": "2030-05-01"})
    assert review_of(story).meets_on.isoformat() == "2030-05-01"
    client.post(address, {"meets_on": "morgen"})
    assert review_of(story).meets_on.isoformat() == "2030-05-01"
