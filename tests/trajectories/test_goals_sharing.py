"""Does sharing a goal stay what it was: the words that were put to the sponsor, those alone, and for good once they agreed? (R5, R20b)"""

import re

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.models import Letter
from coaching.refusals import Refused
from tests.makers import make_person
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, opened, reads_english, said_yes
from tests.trajectories.sights import forbidden
from tests.trajectories.test_goals import newest, reads, reworded
from trajectories.models import Goal, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened(state="running")


def test_not_when_the_text_is_worded_anew_after_that_either(talk):
    """The sponsor's yes to an open version stays with its words; the new ones are a version of their own."""
    goal = drawn_up(talk)
    goal.share(by=talk.sam, at=now() - DAY)
    said_yes(goal, talk.els)
    reworded(goal, talk.noor, title="Anders")
    with pytest.raises(Refused, match="can no longer be undone"):
        fresh(goal).unshare(by=talk.sam, at=now())
    assert reads(talk, talk.els) == ["Ik zeg het op tijd."] and goal.versions.count() == 2
    said_yes(goal, talk.sam, talk.noor, at=now() - MINUTE)
    assert reads(talk, talk.els) == ["Anders", "Ik zeg het op tijd."] and newest(goal).agreed_at is None
    assert newest(said_yes(goal, talk.els)).agreed_at


def test_a_version_put_by_a_yes_is_not_written_about_once_unshared(talk):
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    goal.share(by=talk.sam, at=now() - DAY)
    reworded(goal, talk.noor, title="Scherper")
    said_yes(goal, talk.sam)
    waiting = Letter.objects.waiting().filter(kind="goal_to_agree", person=talk.els)
    before = waiting.count()
    fresh(goal).unshare(by=talk.sam, at=now())
    assert waiting.count() == before - 1


def test_a_level_against_an_earlier_private_version_stays_private(talk):
    goal = said_yes(drawn_up(talk, title="Eerst"), talk.sam, talk.noor)
    reworded(goal, talk.sam, start_level=-1, zero="anders")
    said_yes(goal, talk.sam, talk.noor)
    fresh(goal).share(by=talk.sam, at=now() - MINUTE)
    rows = goal.measurements.readable_by(talk.els).earliest_first()
    assert list(rows.values_list("level", flat=True)) == [-1] and not forbidden(talk.els)


def at(name, goal):
    return reverse(f"trajectories:{name}", args=[goal.pk])


def form(page, address):
    """What the form to `address` on this page would post: name -> values."""
    forms = re.findall(rf'<form[^>]*action="{address}".*?</form>', page, re.DOTALL)
    hidden = [pair for one in forms for pair in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', one)]
    return {name: [value for other, value in hidden if other == name] for name, _value in hidden if name != "csrfmiddlewaretoken"}


@pytest.fixture
def two_versions(talk, client):
    """Version 1 agreed, version 2 proposed by the coach; what Sam's page of that moment posts."""
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    reworded(goal, talk.noor, title="Woorden van de coach")
    client.force_login(reads_english(talk.sam))
    page = client.get(at("goal", goal)).text
    return fresh(goal), {name: form(page, at(name, goal)) for name in ("goal_agree", "goal_share")}


def test_a_yes_on_a_page_that_spoke_of_no_sponsor_shows_them_nothing(talk, client, two_versions):
    goal, old = two_versions
    client.post(at("goal_share", goal), old["goal_share"])
    said = client.post(at("goal_agree", goal), old["goal_agree"], follow=True).text
    assert "With your yes Els can read this version, and the page did not say so yet." in said
    assert newest(goal).put_at is None and not newest(goal).assents.exists()
    again = form(said, at("goal_agree", goal))
    assert again["read_by"] == [str(talk.seat("sponsor").pk)]
    client.post(at("goal_agree", goal), again)
    assert newest(goal).put_at and newest(goal).assents.count() == 1


def test_a_yes_that_spoke_of_another_sponsor_shows_nothing_either(talk, client, two_versions):
    goal, old = two_versions
    client.post(at("goal_share", goal), old["goal_share"])
    Goal.objects.update(shared_at=now() - MINUTE)
    goal.versions.filter(put_at__isnull=False).update(put_at=now() - MINUTE)
    posted = form(client.get(at("goal", goal)).text, at("goal_agree", goal))
    talk.trajectory.name_sponsor(make_person("Otto Kuiper"), by=talk.sam, at=now())
    assert "With your yes Otto can read this version" in client.post(at("goal_agree", goal), posted, follow=True).text
    assert newest(goal).put_at is None


def test_a_version_that_the_preview_did_not_show_is_not_shared(talk, client, two_versions):
    goal, old = two_versions
    assert old["goal_share"]["shown"] == ["1"]
    client.post(at("goal_agree", goal), old["goal_agree"])
    said = client.post(at("goal_share", goal), old["goal_share"], follow=True).text
    assert "Read it again before you share it." in said and fresh(goal).shared_at is None
    seen = form(said, at("goal_share", goal))
    assert seen["shown"] == ["2", "1"]
    client.post(at("goal_share", goal), seen)
    assert fresh(goal).shared_at and newest(goal).put_at


def test_what_was_shown_and_stands_no_longer_does_not_hold_up_the_rest(talk, client, two_versions):
    """The yes to version 2 is taken back after the preview showed both: version 1 goes, which was shown."""
    goal, old = two_versions
    client.post(at("goal_agree", goal), old["goal_agree"])
    seen = form(client.get(at("goal", goal)).text, at("goal_share", goal))
    client.post(at("goal_agree", goal), {"take_back": "1", "asked": str(newest(goal).pk)})
    client.post(at("goal_share", goal), seen)
    assert fresh(goal).shared_at and newest(goal).put_at is None


def test_it_is_shared_with_nobody_but_whom_the_page_named(talk, client, two_versions):
    goal, old = two_versions
    talk.trajectory.name_sponsor(make_person("Otto Kuiper"), by=talk.sam, at=now())
    said = client.post(at("goal_share", goal), old["goal_share"], follow=True).text
    assert "Meanwhile Otto is the sponsor. Look once more before you share this." in said and fresh(goal).shared_at is None
    client.post(at("goal_share", goal), form(said, at("goal_share", goal)))
    assert fresh(goal).shared_at


def test_of_a_goal_one_version_waits_for_a_new_sponsor(talk, client):
    """What replaced another waits; what was replaced does not, and the goal's own page asks for the same one."""
    goal = drawn_up(talk, title="Eerst")
    goal.share(by=talk.sam, at=now() - DAY)
    said_yes(goal, talk.sam, talk.noor, talk.els)
    reworded(goal, talk.noor, title="Daarna")
    said_yes(goal, talk.sam, talk.noor, at=now() - MINUTE)
    said_yes(goal, talk.els)
    otto = reads_english(make_person("Otto Smit"))
    talk.trajectory.name_sponsor(otto, by=talk.sam, at=now())
    client.force_login(otto)
    page = client.get(reverse("trajectories:sponsor", args=[talk.pk])).content.decode()
    assert page.count("A goal waits for your yes") == 1 and "A goal waits for your yes: " in page
    assert re.findall(r"A goal waits for your yes: <span[^>]*>([^<]*)<", page) == ["Daarna"]


def test_a_yes_on_an_old_page_is_to_the_version_of_that_page(talk, client):
    """Shared, taken back, worded anew and shared again: what their page asked for is not theirs to agree to any more."""
    goal = drawn_up(talk, title="Eerst")
    goal.share(by=talk.sam, at=now() - DAY)
    client.force_login(talk.els)
    old = form(client.get(at("goal", goal)).text, at("goal_agree", goal))
    fresh(goal).unshare(by=talk.sam, at=now() - MINUTE)
    said_yes(goal, talk.sam, talk.noor, at=now() - MINUTE)
    reworded(goal, talk.sam, title="Daarna")
    said_yes(goal, talk.sam, talk.noor, at=now() - MINUTE)
    fresh(goal).share(by=talk.sam, at=now() - MINUTE)
    client.post(at("goal_agree", goal), old)
    assert not goal.versions.filter(assents__seat__part="sponsor").exists()


def test_what_was_shared_a_moment_before_the_sponsor_changed_is_taken_back(talk):
    """It was for the one whom the page named, who had not read it; the next one was never named for it."""
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    goal.share(by=talk.sam, at=now())
    release = Release.give(talk.trajectory, by=talk.sam, at=now(), kind=Release.QUESTION, words="Hoe laat ik los?")
    talk.trajectory.name_sponsor(make_person("Otto Kuiper"), by=talk.sam, at=now())
    assert fresh(goal).shared_at is None and not Release.objects.filter(pk=release.pk).exists()
