"""Can a client answer the progress check on a phone, stop half-way, and decide who reads what? (R18, R20b)"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.traces import look
from tests.trajectories.closing_story import make_story
from trajectories.doors import CLIENT
from trajectories.models import CheckIn, Release

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = "main button.button--wide >> nth=0"


@pytest.fixture
def story():
    story = make_story()
    story.check_in = CheckIn.begin(story.trajectory, by=story.people[CLIENT], at=now())
    return story


@pytest.fixture
def phone(page, live_server, story):
    """A page of 390 pixels in which Sam is logged in."""
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, live_server, story.people[CLIENT])
    return page


def log_in(page, live_server, person):
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def go_on(page):
    """To the next page, once what was typed is kept: here the server's threads share one connection, on which two cannot write at once."""
    quiet(page)
    page.click(NEXT)


def quiet(page):
    """Until nothing is being kept any more: an autosave goes 0.8 seconds after the last key."""
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(1_500)


def step(live_server, story, number):
    return live_server.url + reverse("trajectories:check_in_step", args=[story.check_in.pk, number])


def fits(page):
    """Nothing sticks out sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_the_first_question_to_the_sponsor(phone, live_server, story, axe, complaints):
    phone.goto(live_server.url + reverse("trajectories:check_in", args=[story.check_in.pk]))
    phone.click("main a.button--wide")
    assert fits(phone) and axe(phone) == []
    sentences = phone.locator(".answer__n").all_inner_texts()
    assert sentences == ["+2", "+1", "0", "−1", "−2"]
    phone.locator("label.answer").nth(2).click()
    phone.fill("textarea", "Het rooster")
    go_on(phone)
    phone.locator("label.answer").nth(3).click()
    go_on(phone)
    phone.fill("textarea", "Ik durf meer")
    go_on(phone)
    while phone.locator("[data-primary]").count() == 0:
        phone.click(NEXT)
    assert fits(phone) and axe(phone) == []
    preview = phone.locator("#preview")
    expect(preview).not_to_contain_text("Ik durf meer")
    phone.get_by_role("checkbox").nth(3).check()
    expect(preview).to_contain_text("Ik durf meer")
    quiet(phone)
    phone.click("[data-primary]")
    assert axe(phone) == []
    [release] = look(Release.objects.all(), by=story.people[CLIENT], at=now())
    assert "Ik durf meer" in release.words and "Het rooster" not in release.words
    assert complaints == []


def test_it_is_left_and_taken_up_again(phone, live_server, story):
    phone.goto(step(live_server, story, 3))
    phone.locator("textarea").press_sequentially("Tot hier")
    expect(phone.locator("[data-saved]")).to_have_text(re.compile(r"\d\d:\d\d"))
    quiet(phone)
    phone.goto(live_server.url + reverse("trajectories:check_in", args=[story.check_in.pk]))
    phone.click("main a.button--wide")
    phone.click(".survey__back")
    expect(phone.locator("textarea")).to_have_value("Tot hier")


def test_it_works_without_a_script(browser, live_server, story):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    log_in(page, live_server, story.people[CLIENT])
    page.goto(step(live_server, story, 1))
    page.locator("label.answer").nth(0).click()
    for _page in range(8):
        page.click(NEXT)
    page.fill("textarea", "In mijn woorden")
    page.locator("button.button--quiet").click()
    expect(page.locator("#preview")).to_contain_text("In mijn woorden")
    page.click("[data-primary]")
    assert Release.objects.count() == 1 and CheckIn.objects.handed_in().count() == 1
    page.context.close()
