"""Does who looks along as the sponsor read exactly what the sponsor reads, in every state? (R20b)"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of
from tests.trajectories.requests_story import queries_of
from tests.trajectories.test_sponsor_sees import _main, page, walked
from tests.trajectories.walking import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


STATES = {
    "met": ("take_seat", "names"),
    "to agree": ("agreement", "names"),
    "agreed": ("agree_goal", "everything"),
    "running": ("release", "everything"),
    "at rest": ("release", "rest"),
    "closing": ("begin_closing", "everything"),
    "closed": ("sign", "report"),
    "stopped": ("release", "ended"),
}
VERBS = re.compile(r"<form.*?</form>|<(?:button|script|template|noscript)\b.*?</(?:button|script|template|noscript)>", re.S)
ALONG = re.compile(r'<div class="along">.*?</div></div>', re.S)
OWN = re.compile(r'<section aria-labelledby="room".*?</section>|<div class="row">.*?</div>', re.S)  # boxes to tick, and ways to own pages


def sentences(answer):
    """All that stands on the page to be read, in order; without the bar above it and what only its owner can press."""
    words = re.sub(r"<[^>]*>", "\n", VERBS.sub("", OWN.sub("", ALONG.sub("", "<main" + _main(answer)))))
    return [line.strip() for line in words.split("\n") if line.strip()]


@pytest.mark.parametrize("state", STATES)
def test_who_looks_along_reads_what_the_sponsor_reads(client, world, state):
    verb, about = STATES[state]
    trajectory = walked(world, verb, after=2 if verb == "sign" else 1 if verb == "agree_goal" else 0)
    if state == "at rest":
        trajectory.hold(by=world.sam, at=world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    if state == "stopped":
        trajectory.stop(by=world.sam, at=world.tick(), reason="no_time", sentence="Er is te weinig ruimte.")
    for shared in ({}, {"shared": 1}):
        theirs = page(client, world, trajectory, **shared)
        client.force_login(world.sam)
        along = client.get(reverse("trajectories:look_along", args=[trajectory.pk]), shared)
        assert theirs.context["shows"] == along.context["shows"] and (shared or theirs.context["shows"] == about)
        assert sentences(along) == sentences(theirs)
    assert queries_of(client, world.sam, reverse("trajectories:look_along", args=[trajectory.pk])) <= 12
