"""Is the progress check kept answer by answer, and does the sponsor get exactly what the client switched on? (R18, R20b)"""

import json
import re
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.day import run
from coaching.models import Letter
from coaching.refusals import Refused
from coaching.traces import look
from coaching.zone import zone
from tests.makers import make_goal, make_person, make_session
from tests.trajectories.closing_story import begin, fresh, make_story
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import CheckIn, Measurement, Release
from trajectories.reminders import is_halfway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEY = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"


@pytest.fixture
def story():
    story = make_story()
    story.goals.append(make_goal(story.trajectory, "Alleen voor Noor en mij"))
    story.check_in = CheckIn.begin(story.trajectory, by=story.people[COACH], at=now())
    return story


@pytest.fixture
def sam(client, story):
    client.force_login(story.people[CLIENT])
    return client


def step(story, number):
    return reverse("trajectories:check_in_step", args=[story.check_in.pk, number])


def hand_in_at(story):
    return reverse("trajectories:check_in_hand_in", args=[story.check_in.pk])


def mark(page):
    found = re.search(r'name="mark" value="(\w+)"', page)
    return {"mark": found[1]} if found else {}


def looked_at(sam, story, said):
    """The same form with what its preview showed, as a browser posts it."""
    return said | mark(sam.post(step(story, LAST), said, headers={"HX-Request": "true"}).text)


def answer_all(sam, story):
    for number, said in enumerate(ANSWERS, 1):
        assert sam.post(step(story, number), said).url == step(story, number + 1)


ANSWERS = [
    {"goal_level-1": "0", "goal_example-1": "Het rooster"},
    {"goal_level-2": "1"},
    {"goal_level-3": "-2", "goal_example-3": "Een geheim"},
    {"yield_so_far": "Ik durf meer"},
    {"environment_fits": "partly", "environment_works": "Oefenen"},
    {"environment_needs": "Een dagdeel"},
    {"different_from_coach": "Minder vragen"},
    {"steers": "4"},
    {"confidence": "3"},
]
LAST = len(ANSWERS) + 1


def released(story):
    rows = Release.objects.filter(check_in=story.check_in)
    return look(rows, by=story.people[CLIENT], at=now())


def test_answers_become_measurements_and_the_sponsor_gets_nothing(sam, story):
    answer_all(sam, story)
    assert sam.post(hand_in_at(story), {"key": KEY}).url == reverse("trajectories:check_in", args=[story.check_in.pk])
    row = look([CheckIn.objects.get()], by=story.people[CLIENT], at=now())[0]
    assert (row.steers, row.confidence) == (4, 3)
    assert {m.goal.number: m.level for m in Measurement.objects.filter(moment="check_in")} == {1: 0, 2: 1, 3: -2}
    kept = json.loads(row.answers)
    assert kept[0]["shown"] == "zero van doel 1" and all(one["question"] for one in kept)
    assert not Release.objects.exists()
    assert not CheckIn.objects.readable_by(story.people[SPONSOR]).exists()


def test_only_what_is_switched_on_goes_to_the_sponsor(sam, story):
    answer_all(sam, story)
    posted = {"key": KEY, "sees-goal_level-1": "on", "sees-environment_needs": "on", "summary": "Het gaat goed."}
    sam.post(hand_in_at(story), looked_at(sam, story, posted))
    [release] = released(story)
    assert "Het gaat goed." in release.words and "Een dagdeel" in release.words and "zero van doel 1" in release.words
    assert "Het rooster" not in release.words and "Ik durf meer" not in release.words
    assert {(one.goal.number, one.level) for one in release.levels.all()} == {(1, 0)}
    assert not Release.objects.readable_by(story.people[SPONSOR]).exists()  # for half a minute


@pytest.mark.parametrize("name", ["goal_level-3", "goal_example-3", "different_from_coach", "steers"])
def test_what_is_not_the_sponsors_cannot_be_switched_on_by_hand(sam, story, name):
    answer_all(sam, story)
    sam.post(hand_in_at(story), {"key": KEY, f"sees-{name}": "on"})
    assert released(story) == []


def test_the_preview_shows_exactly_what_goes(sam, story):
    answer_all(sam, story)
    said = {"key": KEY, "sees-yield_so_far": "on", "summary": "In mijn woorden"}
    fragment = sam.post(step(story, LAST), said, headers={"HX-Request": "true"})
    assert "Ik durf meer" in fragment.text and "In mijn woorden" in fragment.text and "Een dagdeel" not in fragment.text
    page = sam.get(step(story, LAST)).text
    assert page.count("In mijn woorden") == 2  # the field and the preview
    sam.post(hand_in_at(story), said | mark(page))
    assert released(story)[0].words in fragment.text.replace("<br>", "\n") or "Ik durf meer" in released(story)[0].words


def test_what_shows_nothing_is_no_answer(sam, story):
    sam.post(step(story, 4), {"yield_so_far": "\u200b"})
    said = sam.post(hand_in_at(story), looked_at(sam, story, {"key": KEY, "sees-yield_so_far": "on", "summary": " \u2060"}))
    assert said.status_code == 422 and not CheckIn.objects.handed_in().exists() and not Release.objects.exists()


def test_what_was_not_shown_is_not_sent(sam, story):
    """Typed and sent at once: the page comes back with exactly that, nothing is lost, and the second time it goes."""
    answer_all(sam, story)
    said = {"key": KEY, "sees-yield_so_far": "on", "summary": "Nooit teruggelezen"}
    stale = mark(sam.post(step(story, LAST), {"key": KEY, "summary": "Iets anders"}, headers={"HX-Request": "true"}).text)
    for shown in ({}, {"mark": ""}, {"mark": "0" * 32}, stale):
        page = sam.post(hand_in_at(story), said | shown)
        assert page.status_code == 422 and "Hieronder staat wat Els zal lezen" in page.text
        assert page.text.count("Nooit teruggelezen") == 2 and "Iets anders" not in page.text  # the field and the preview
        assert not Release.objects.exists() and not CheckIn.objects.handed_in().exists()
    assert sam.post(hand_in_at(story), said | mark(page.text)).status_code == 302
    assert released(story)[0].words.startswith("Nooit teruggelezen\n\n") and "Ik durf meer" in released(story)[0].words


def test_all_switched_on_by_hand_is_shown_first(sam, story):
    answer_all(sam, story)
    every = {f"sees-{name}": "on" for said in ANSWERS for name in said}
    assert sam.post(hand_in_at(story), {"key": KEY} | every).status_code == 422
    assert sam.post(hand_in_at(story), {}).status_code == 422  # kept meanwhile, and not shown by what is posted now
    assert not Release.objects.exists() and not CheckIn.objects.handed_in().exists()


def test_an_answer_that_changed_after_it_was_shown_is_shown_again(sam, story):
    answer_all(sam, story)
    said = looked_at(sam, story, {"key": KEY, "sees-yield_so_far": "on"})
    sam.post(step(story, 4), {"yield_so_far": "In een ander venster"})
    assert "In een ander venster" in sam.post(hand_in_at(story), said).text and not Release.objects.exists()


def test_what_was_shown_for_one_sponsor_does_not_go_to_the_next(sam, story):
    answer_all(sam, story)
    said = looked_at(sam, story, {"key": KEY, "summary": "Voor Els bedoeld"})
    fresh(story.trajectory).name_sponsor(make_person("Otto Kuiper"), by=story.people[CLIENT], at=now())
    page = sam.post(hand_in_at(story), said)
    assert page.status_code == 422 and "Hieronder staat wat Otto zal lezen" in page.text and not Release.objects.exists()
    assert sam.post(hand_in_at(story), said | mark(page.text)).status_code == 302 and len(released(story)) == 1


def test_lines_end_as_they_end(sam, story):
    """A script sends a line's end as one sign and a browser's own form as two: the words are the same."""
    answer_all(sam, story)
    said = looked_at(sam, story, {"key": KEY, "summary": "Eén\nTwee"}) | {"summary": "Eén\r\nTwee"}
    assert sam.post(hand_in_at(story), said).status_code == 302 and released(story)[0].words == "Eén\nTwee"


def test_what_is_switched_off_again_goes_at_once(sam, story):
    answer_all(sam, story)
    said = looked_at(sam, story, {"key": KEY, "summary": "Toch niet"}) | {"summary": ""}
    assert sam.post(hand_in_at(story), said).status_code == 302 and released(story) == []


def test_sharing_can_be_undone_for_half_a_minute(sam, story):
    answer_all(sam, story)
    sam.post(hand_in_at(story), looked_at(sam, story, {"key": KEY, "summary": "Het gaat goed."}))
    address = reverse("trajectories:check_in_take_back", args=[story.check_in.pk])
    Release.objects.update(shared_at=now() - timedelta(seconds=1))
    sam.post(address)
    assert Release.objects.exists()
    Release.objects.update(shared_at=now() + timedelta(seconds=20))
    sam.post(address)
    assert not Release.objects.exists()


def test_a_draft_is_kept_per_answer_and_taken_up_again(sam, story):
    def keep(number, turn, key=KEY, **said):
        return sam.post(step(story, number), {"key": key, "turn": turn} | said, headers={"X-Keep": "1"})

    assert keep(4, 1, yield_so_far="Half").json()["saved"]
    keep(4, 3, yield_so_far="Helemaal")
    keep(4, 2, yield_so_far="Te laat")
    assert "Helemaal" in sam.get(step(story, 4)).text
    sam.post(step(story, 4), {"key": KEY, "yield_so_far": "Verstuurd"})
    keep(4, 9, yield_so_far="Achteraf")
    keep(6, 1, key="6ba7b811-9dad-11d1-80b4-00c04fd430c8", environment_needs="Rust")
    assert "Verstuurd" in sam.get(step(story, 4)).text and "Rust" in sam.get(step(story, 6)).text
    assert step(story, 7) in sam.get(reverse("trajectories:check_in", args=[story.check_in.pk])).text


def test_the_coach_reads_it_only_when_it_is_handed_in(client, story):
    address = reverse("trajectories:check_in", args=[story.check_in.pk])
    client.force_login(story.people[COACH])
    assert client.get(address).status_code == 404 == client.get(step(story, 1)).status_code
    client.force_login(story.people[CLIENT])
    answer_all(client, story)
    client.post(hand_in_at(story), {"key": KEY})
    client.force_login(story.people[COACH])
    assert "Minder vragen" in client.get(address).text
    client.force_login(story.people[SPONSOR])
    assert client.get(address).status_code == 404


def test_a_double_press_and_an_empty_check(sam, story):
    assert sam.post(hand_in_at(story), {"key": KEY}).status_code == 422
    sam.post(step(story, 8), {"steers": "9"})
    assert sam.post(step(story, 8), {"steers": "9"}).status_code == 422
    answer_all(sam, story)
    for _press in range(2):
        assert sam.post(hand_in_at(story), {"key": KEY}).status_code == 302
    assert Measurement.objects.filter(moment="check_in").count() == 3


def test_pages_that_are_not_there(sam, story):
    assert sam.get(step(story, 0)).status_code == 404 == sam.get(step(story, LAST + 1)).status_code
    assert sam.get(hand_in_at(story)).status_code == 405


def test_without_a_sponsor_there_is_nothing_to_release(client):
    story = make_story(sponsor=False)
    story.check_in = CheckIn.begin(story.trajectory, by=story.people[CLIENT], at=now())
    client.force_login(story.people[CLIENT])
    client.post(step(story, 1), {"goal_level-1": "0"})
    assert "summary" not in client.get(step(story, 9)).text
    client.post(hand_in_at(story), {"key": KEY, "summary": "Toch"})
    assert CheckIn.objects.handed_in().exists() and not Release.objects.exists()


def test_beginning_gives_the_open_one_and_refuses_out_of_phase(story):
    again = CheckIn.begin(story.trajectory, by=story.people[CLIENT], at=now())
    assert again == story.check_in
    with pytest.raises(Refused):
        CheckIn.begin(story.trajectory, by=make_person("Iris"), at=now())
    other = begin(make_story())
    with pytest.raises(Refused):
        CheckIn.begin(fresh(other.trajectory), by=other.people[COACH], at=now())


def test_halfway_counts_no_days_on_hold():
    story = make_story()  # the period is 120 days, of which 60 have passed
    noon = datetime.combine(today(), time(12), zone())  # by the clock on the wall: an evening may be the next day once it has changed
    assert is_halfway(story.trajectory, noon)
    assert not is_halfway(story.trajectory, noon - timedelta(days=1))
    start = noon - timedelta(days=30)
    story.trajectory.holds.create(from_at=start, until_at=start + timedelta(days=10))
    assert not is_halfway(story.trajectory, noon + timedelta(days=9))
    assert is_halfway(story.trajectory, noon + timedelta(days=10))


def test_the_day_begins_one_check_and_reminds_twice():
    story = make_story()
    for days in (0, 1, 8, 15, 30):
        assert run(now() + timedelta(days=days)) == []
    assert CheckIn.objects.filter(trajectory=story.trajectory).count() == 1
    kinds = list(Letter.objects.filter(person=story.people[CLIENT]).values_list("kind", flat=True))
    assert kinds.count("check_in_waiting") == 1 and kinds.count("check_in_reminder") == 2


def test_half_of_the_sessions_comes_the_day_after():
    story = make_story()
    story.trajectory.agreements.update(ends_on=now().date() + timedelta(days=400))
    for days in (9, 6, 0):
        session = make_session(story.trajectory, starts_at=now() - timedelta(days=days, minutes=5))
        session.hold_it(by=story.people[COACH], at=now())
    assert run(now()) == [] and not CheckIn.objects.exists()
    assert run(now() + timedelta(days=1)) == [] and CheckIn.objects.count() == 1
