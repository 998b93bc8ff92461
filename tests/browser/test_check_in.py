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


def at_the_last_page(page, live_server, story):
    page.goto(step(live_server, story, 1))
    page.locator("label.answer").nth(2).click()
    go_on(page)
    while page.locator("[data-primary]").count() == 0:
        page.click(NEXT)


def test_typed_and_sent_at_once_is_read_back_first(phone, live_server, story, axe, complaints):
    at_the_last_page(phone, live_server, story)
    phone.locator("textarea").press_sequentially("Dit las ik nooit terug", delay=5)
    phone.click("[data-primary]")
    said = phone.locator("main [data-arrived]")
    expect(said).to_be_focused()
    expect(phone.locator("#preview")).to_contain_text("Dit las ik nooit terug")
    expect(phone.locator("textarea")).to_have_value("Dit las ik nooit terug")
    expect(phone.locator("#preview")).to_be_in_viewport()
    assert fits(phone) and axe(phone) == []
    assert not Release.objects.exists() and not CheckIn.objects.handed_in().exists()
    phone.click("[data-primary]")
    expect(said).to_have_count(0)
    assert Release.objects.count() == 1 and CheckIn.objects.handed_in().count() == 1
    assert [line for line in complaints if "422" not in line] == []


def test_who_saw_it_while_typing_sends_once(phone, live_server, story):
    """Two lines, and the field is still in focus."""
    at_the_last_page(phone, live_server, story)
    phone.locator("textarea").press_sequentially("Eén\nTwee", delay=5)
    expect(phone.locator("#preview")).to_contain_text("Twee")
    phone.wait_for_timeout(1_500)
    phone.click("[data-primary]")
    phone.wait_for_url(lambda url: url.endswith(reverse("trajectories:check_in", args=[story.check_in.pk])))
    [release] = look(Release.objects.all(), by=story.people[CLIENT], at=now())
    assert release.words == "Eén\nTwee"


def test_what_arrives_while_it_is_sent_is_not_taken_for_seen(phone, live_server, story):
    """The network keeps the autosave waiting, so that the preview comes while the form is on its way."""
    at_the_last_page(phone, live_server, story)

    def slowly(route):
        if "x-keep" in route.request.headers:
            phone.wait_for_timeout(1_200)
        route.continue_()

    phone.route("**/voortgang/**", slowly)
    phone.locator("textarea").press_sequentially("Dit las ik nooit terug", delay=5)
    phone.click("[data-primary]")
    expect(phone.locator("main [data-arrived]")).to_be_focused()
    assert not Release.objects.exists()


def test_a_tab_that_stood_open_says_that_it_was_sent(phone, live_server, story, complaints):
    """No page comes inside a page, nobody is told to log in, and the button does something."""
    at_the_last_page(phone, live_server, story)
    CheckIn.objects.get().hand_in(by=story.people[CLIENT], at=now(), answers=[{"key": "x"}], levels=[])
    there = reverse("trajectories:check_in", args=[story.check_in.pk])
    phone.locator("textarea").press_sequentially("Nog iets", delay=5)
    expect(phone.locator("#preview").get_by_role("link")).to_have_attribute("href", there)
    expect(phone.locator("[data-saved]").get_by_role("link")).to_have_attribute("href", there)
    assert phone.locator("main").count() == 1 and phone.locator("[data-saved] a[href*=inloggen]").count() == 0
    expect(phone.locator("textarea")).to_have_value("Nog iets")
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.click("[data-primary]")
    phone.wait_for_url(live_server.url + there)
    assert [line for line in complaints if "409" not in line] == []
