"""How does a test come in by the link in a mail, answer and send? As a browser of its own, with nothing but what the pages give it."""

import json
import re

from django.test import Client
from django.urls import reverse

from coaching.clock import now
from coaching.traces import look
from tests.makers import make_goal
from tests.trajectories.closing_story import fresh, make_story
from trajectories.doors import CLIENT, COACH
from trajectories.models import CheckIn, LinkInvitation

SEND, DONE = reverse("trajectories:link_send"), reverse("trajectories:link_done")
PROOF = re.compile(r'name="proof" value="([^"]+)"')


def asked():
    """Noor asked Sam for a progress check about three goals, one of them not the sponsor's."""
    story = make_story()
    type(story.people[CLIENT]).objects.filter(pk=story.people[CLIENT].pk).update(language="en")
    story.goals.append(make_goal(story.trajectory, "Alleen voor Noor en mij"))
    story.check_in = CheckIn.begin(story.trajectory, by=story.people[COACH], at=now())
    return story


def invite(story, at=None):
    return LinkInvitation.invite(fresh(story.trajectory).client, kind="check_in", thing=story.check_in.pk, at=at or now())


def address(token):
    return reverse("trajectories:link", args=[token])


def step(number):
    return reverse("trajectories:link_step", args=[number])


def opened(token):
    """A browser that pressed the button."""
    browser = Client()
    assert press(browser, token).status_code == 303
    return browser


def press(browser, token, **headers):
    proof = PROOF.search(browser.get(address(token)).text)
    return browser.post(address(token), {"proof": proof[1]} if proof else {}, headers=headers)


def say(browser, number, **said):
    names = {name.replace("__", "-"): answer for name, answer in said.items()}
    proof = PROOF.search(browser.get(step(number)).text)[1]
    return browser.post(step(number), {"proof": proof, **names})


def send(browser, **more):
    page = browser.get(step(10)).text
    return browser.post(SEND, {"proof": PROOF.search(page)[1], **more})


def answered(story):
    row = CheckIn.objects.get(pk=story.check_in.pk)
    return json.loads(look([row], by=story.people[CLIENT], at=now())[0].answers) if row.handed_in_at else None
