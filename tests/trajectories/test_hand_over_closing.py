"""A coach takes over before or in a closing: can the closing go on, and do all who close look back on the same goals? (R21–R23)"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.closing_story import begin, fresh, hand_in, make_story, put_forward, review_of, settle, sign
from tests.trajectories.test_changed_in_closing import other_coach
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Preparation, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAYS = timedelta(days=40)
PAGES = ("prepare", "meeting", "text", "close_without_report")


def closed_links(client, story, home):
    """The addresses inside this trajectory on somebody's home that are closed to them."""
    links = set(re.findall(r'href="(/[^"?#]*)', client.get(reverse(home)).content.decode()))
    inside = {link for link in links if str(story.trajectory.pk) in link}
    assert inside
    return [link for link in sorted(inside) if client.get(link).status_code == 404]


def with_two():
    """Sam and Noor close with two; Noor has handed in."""
    story = begin(make_story(sponsor=False), at=now() - DAYS, two_because="Er is geen opdrachtgever")
    hand_in(story, COACH)
    return story


def first_with_three():
    """Els let ten working days pass; then Sam and who coaches now go on with two."""
    story = begin(make_story(), at=now() - DAYS)
    hand_in(story, CLIENT)
    return story


@pytest.mark.parametrize("told", [with_two, first_with_three])
def test_with_two_the_next_coach_closes_as_the_one_before_would(client, told):
    story = told()
    bram = other_coach(story)
    client.force_login(bram)
    assert client.get(reverse("trajectories:prepare", args=[story.trajectory.pk])).status_code == 200
    assert closed_links(client, story, "sessions:today") == []
    if story.people.get(SPONSOR):
        for part in (COACH, CLIENT):
            review_of(story).go_without_sponsor(by=story.people[part], at=now())
    for part in (COACH, CLIENT):
        if part not in review_of(story).handed_in():
            assert not Preparation.objects.readable_by(story.people[part]).exists(), "blind until their own part is in"
            hand_in(story, part)
    assert {row.part for row in Preparation.objects.readable_by(bram)} == {COACH, CLIENT}
    settle(story, goals=list(review_of(story).goals(now())))
    put_forward(story)
    for name in PAGES:
        assert client.get(reverse(f"trajectories:{name}", args=[story.trajectory.pk])).status_code == 200, name
    assert closed_links(client, story, "sessions:today") == []
    assert not sign(story, CLIENT) and sign(story, COACH)
    assert fresh(story.trajectory).state == State.CLOSED
