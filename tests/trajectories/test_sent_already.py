"""What does a tab that still stands open hear once the same form was sent in another one? (architecture 14, 17)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.models import Person
from tests.trajectories import closing_story
from tests.trajectories.closing_story import begin, make_story
from tests.trajectories.looked_back import answer
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import CheckIn, Preparation, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LAST = 9  # the page of a check of two goals on which is chosen who reads what


def at(name, row, *more):
    return reverse(f"trajectories:{name}", args=[row.pk, *more])


@pytest.fixture
def check(client):
    """Handed in by Sam, whose other tab stands open."""
    story = make_story()
    row = CheckIn.begin(story.trajectory, by=story.people[CLIENT], at=now())
    client.force_login(story.people[CLIENT])
    assert client.get(at("check_in_step", row, LAST)).context["form"].fields.keys() == {"summary"}
    row.hand_in(by=story.people[CLIENT], at=now(), answers=[{"key": "x"}], levels=[])
    return row


def hears(client, address, there, said):
    """An autosave and a fragment get a sentence and a link where they are; a page goes on to `there`."""
    Person.objects.update(language="en")
    kept = client.post(address, {"turn": "1"}, headers={"X-Keep": "1"})
    assert kept.status_code == 409 and {"url": there, "text": said}.items() <= kept.json().items() and kept.json()["link"]
    part = client.post(address, {}, headers={"HX-Request": "true"})
    assert part.status_code == 409 and said in part.text and f'href="{there}"' in part.text
    assert "<main" not in part.text and part["HX-Reswap"] == "innerHTML"
    page = client.post(address, {}, follow=True)
    assert page.redirect_chain == [(there, 302)] and said in page.text
    assert said not in client.get(address, follow=True).text


@pytest.mark.parametrize("number", [1, LAST])
def test_a_check_that_was_sent(client, check, number):
    hears(client, at("check_in_step", check, number), at("check_in", check), "You have sent this already.")


def test_what_was_shared_of_a_check(client, check):
    Release.give(check.trajectory, by=check.trajectory.client.person, at=now(), kind=Release.CHECK_IN, words="Goed", check_in=check)
    hears(client, at("check_in_share", check), at("check_in", check), "You have shared this already.")


@pytest.mark.parametrize(("name", "part"), [("follow_up", CLIENT), ("follow_up_who", CLIENT), ("follow_up", SPONSOR)])
def test_a_look_back(client, asked, name, part):
    client.force_login(asked.people[part])
    answer(asked, part)
    address, there = at(name, getattr(asked, part)), at("looking_back", asked.story.trajectory)
    hears(client, address, there, "You have sent this already.")


def test_a_look_back_in_which_an_answer_grew_too_long_meanwhile(client, asked):
    client.force_login(asked.people[CLIENT])
    client.post(at("follow_up", asked.client), {"turn": "1", "example": "x" * 401}, headers={"X-Keep": "1"})
    said = "Something in your answers needs another look first."
    hears(client, at("follow_up_who", asked.client), at("follow_up", asked.client), said)


def test_a_part_that_another_can_read_is_not_kept_any_more(client):
    story = begin(make_story())
    Person.objects.update(language="en")
    client.force_login(story.people[CLIENT])
    address = at("prepare", story.trajectory)
    closing_story.hand_in(story, CLIENT)
    assert client.post(address, {"turn": "1"}, headers={"X-Keep": "1"}).status_code == 200
    closing_story.hand_in(story, COACH)
    kept = client.post(address, {"turn": "2"}, headers={"X-Keep": "1"})
    assert kept.status_code == 409 and "stays as it is" in kept.json()["text"] and kept.json()["url"] == address
    assert Preparation.objects.count() == 2
