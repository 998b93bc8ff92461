"""Does a sponsor who took no part in the review meet a neutral sentence, and no address that is closed to them? (R23)"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.closing_story import begin, hand_in, make_story, put_forward, review_of, settle, sign
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Report

pytestmark = pytest.mark.django_db
NEUTRAL = "kijken met z’n tweeën terug. Het eindverslag is van"


@pytest.fixture
def story():
    told = begin(make_story(), at=now() - timedelta(days=20))
    for part in (CLIENT, COACH):
        hand_in(told, part)
        review_of(told).go_without_sponsor(by=told.people[part], at=now())
    return told


def addresses_that_work(client, story):
    """The words of the sponsor's home and page; each link of these two inside the trajectory leads somewhere."""
    client.force_login(story.people[SPONSOR])
    said = [client.get(reverse(name, args=args)).text for name, args in (("trajectories:commissioned", ()), at_sponsor(story))]
    links = {link for page in said for link in re.findall(r'href="(/[^"?#]*)', page) if str(story.trajectory.pk) in link}
    assert links and [link for link in links if client.get(link).status_code == 404] == []
    return "".join(said)


def at_sponsor(story):
    return "trajectories:sponsor", (story.trajectory.pk,)


def test_while_the_two_look_back(client, story):
    assert NEUTRAL in addresses_that_work(client, story)


def test_once_they_signed_until_the_client_gives_it_and_half_a_minute_more(client, story):
    settle(story)
    put_forward(story)
    for part in (CLIENT, COACH):
        sign(story, part)
    said = addresses_that_work(client, story)
    assert NEUTRAL in said and "Open het verslag" not in said
    Report.objects.get().release(by=story.people[CLIENT], at=now())
    assert "Open het verslag" not in addresses_that_work(client, story)
    Report.objects.update(released_at=now() - timedelta(minutes=1))
    said = addresses_that_work(client, story)
    assert "Open het verslag" in said and NEUTRAL not in said
