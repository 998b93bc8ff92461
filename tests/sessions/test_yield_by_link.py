"""Is what a session yielded said in a minute, by link or after logging in, and does the answer keep its question? (R12, R18)"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from coaching.clock import day_of, end_of, now
from coaching.letters import KINDS
from coaching.outbox import choose_mail, deliver
from coaching.traces import look
from sessions.models import Steering, Takeaway
from tests.makers import make_person, make_session, make_trajectory
from tests.trajectories.link_story import DONE, SEND, step
from trajectories.models import LinkInvitation, OwnQuestion

pytestmark = pytest.mark.django_db
PROOF = re.compile(r'name="proof" value="([^"]+)"')
WORDS = {"label_nl": "Hoe was de plek?", "label_en": "How was the place?", "hint_nl": "", "hint_en": ""}


@pytest.fixture
def held():
    sam, noor = make_person("Sam Bakker"), make_person("Noor Visser", coach=True)
    session = make_session(make_trajectory(noor, sam), starts_at=now() - timedelta(days=1))
    session.hold_it(by=noor, at=now())
    return session


def mailed():
    for days in range(1, 6):  # whichever of them is a working day
        deliver(end_of(day_of(now()), after=days) - timedelta(hours=1))
    found = [re.search(r"(/invullen/open/\S+)", letter.body) for letter in mail.outbox]
    return [match[1] for match in found if match]


def typed(browser, address, page, said):
    return browser.post(address, said | {"proof": PROOF.search(page.text)[1]})


def test_one_page_one_minute(held):
    own = OwnQuestion.add("after_session", by=make_person("Ada", administers=True), at=now(), kind="text", **WORDS)
    [address] = mailed()
    browser = Client()
    first = browser.get(address)
    assert "Reken op een minuut" in first.text and "Sam" not in first.text and "Noor" not in first.text
    assert typed(browser, address, first, {}).url == step(1)
    said = {"takeaway": "Dat ik mag stoppen", "mattered": "4", "steered": "5", "next_time": "Buiten lopen", own.key: "Krap"}
    page = browser.get(step(1))
    assert "Hoe was de plek?" in page.text and typed(browser, step(1), page, said).url == step(2)
    assert typed(browser, SEND, browser.get(step(2)), {}).url == DONE
    row = look([Takeaway.objects.get()], by=held.trajectory.client, at=now())[0]
    assert (row.words, row.mattered, row.way, row.by_link) == ("Dat ik mag stoppen", 4, None, True)
    assert [(one["key"], one["shown"]) for one in row.said] == [
        ("mattered", "grotendeels"),
        ("next_time", "Buiten lopen"),
        (own.key, "Krap"),
    ]
    assert Steering.objects.get().steered == 5 and Client().get(address).status_code == 410


def test_saying_it_after_logging_in_ends_the_link(held, client):
    [address] = mailed()
    client.force_login(held.trajectory.client.person)
    here = reverse("sessions:takeaway", args=[held.pk])
    page = client.get(here)
    assert "Wat neem je mee naar je werk?" in page.text
    client.post(here, {"words": "Rust", "take_to_work": "Vragen wat wanneer"})
    row = look([Takeaway.objects.get()], by=held.trajectory.client, at=now())[0]
    assert not row.by_link and row.said[0]["question"] == "Wat neem je mee naar je werk?"
    assert Client().get(address).status_code == 410 and not LinkInvitation.objects.filter(ended_at=None).exists()
    assert "Vragen wat wanneer" in client.get(here).text  # to be changed
    assert "Vragen wat wanneer" in client.get(held.get_absolute_url()).text


def test_no_mail_once_it_is_said_and_none_for_who_wants_none(held):
    sam = held.trajectory.client.person
    choose_mail([], offered=[KINDS["morning_after_client"]], by=sam)
    assert mailed() == []


def test_answers_come_back_with_what_does_not_fit(held, client):
    client.force_login(held.trajectory.client.person)
    answer = client.post(reverse("sessions:takeaway", args=[held.pk]), {"take_to_work": "Toch bewaard", "mattered": "9"})
    assert answer.status_code == 422 and "Toch bewaard" in answer.text and not Takeaway.objects.exists()
