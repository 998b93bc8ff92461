"""Can the progress check be answered on a phone by the link in the mail, with and without a script, left and taken up again? (R18)"""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.traces import look
from tests.browser.test_check_in import fits, log_in, quiet
from tests.trajectories.link_story import address, answered, asked, invite
from trajectories.doors import CLIENT
from trajectories.models import CheckIn, Release

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = "main button.button--wide >> nth=0"
PHONE = {"width": 390, "height": 844}
FIVE_MINUTES = 5 * 60


@pytest.fixture
def story():
    return asked()


def test_on_a_phone_from_the_mail_to_the_coach(page, live_server, story, axe, complaints):
    began = time.monotonic()
    page.set_viewport_size(PHONE)
    token = invite(story)
    page.goto(live_server.url + address(token))
    assert fits(page) and axe(page) == []
    page.click(NEXT)
    expect(page).to_have_url(live_server.url + reverse("trajectories:link_step", args=[1]))  # the secret is out of the address
    assert page.evaluate("document.referrer") == "" and fits(page) and axe(page) == []
    assert page.locator(".answer__n").all_inner_texts() == ["+2", "+1", "0", "−1", "−2"]
    page.locator("label.answer").nth(3).click()
    page.locator("textarea").press_sequentially("Tot hier")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"\d\d:\d\d"))
    quiet(page)
    page.goto("about:blank")  # left
    page.goto(live_server.url + address(token))  # and taken up again, in the same browser
    page.click(NEXT)
    page.click(".survey__back")
    expect(page.locator("textarea")).to_have_value("Tot hier")
    while page.locator("[data-primary]").count() == 0:
        page.click(NEXT)
    expect(page.locator("main")).to_contain_text("Tot hier")
    assert fits(page) and axe(page) == []
    page.click("[data-primary]")
    expect(page).to_have_url(live_server.url + reverse("trajectories:link_done"))
    assert axe(page) == [] and page.context.cookies() == []
    assert [one["answer"] for one in answered(story)] == ["-1", "Tot hier"] and not Release.objects.exists()
    assert complaints == [] and time.monotonic() - began < FIVE_MINUTES
    page.goto(live_server.url + address(token))
    expect(page.locator("h1")).to_contain_text(re.compile("does not work|werkt hier niet"))


def test_without_a_script(browser, live_server, story):
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(live_server.url + address(invite(story)))
    page.click(NEXT)
    page.locator("label.answer").nth(0).click()
    for _page in range(9):
        page.click(NEXT)
    page.click("[data-primary]")
    assert [one["answer"] for one in answered(story)] == ["2"] and CheckIn.objects.get().by_link
    page.context.close()


def test_afterwards_the_client_shares_what_they_looked_at(page, live_server, story, axe, complaints):
    sam, levels = story.people[CLIENT], [(story.goals[0], 1, None)]
    said = {
        "key": "goal_level",
        "question": "Waar staat het?",
        "kind": "level",
        "answer": 1,
        "shown": "meer",
        "goal": str(story.goals[0].pk),
    }
    story.check_in.hand_in(by=sam, at=now(), answers=[said], levels=levels, by_link=True)
    page.set_viewport_size(PHONE)
    log_in(page, live_server, sam)
    page.goto(live_server.url + story.check_in.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert fits(page) and axe(page) == []
    page.click("aside a.button")
    preview = page.locator("#preview")
    page.fill("textarea", "Het gaat de goede kant op.")
    page.get_by_role("checkbox").first.check()
    expect(preview).to_contain_text("Het gaat de goede kant op.")
    expect(preview).to_contain_text("meer")
    quiet(page)
    assert fits(page) and axe(page) == []
    page.click("[data-primary]")
    expect(page).to_have_url(live_server.url + story.check_in.get_absolute_url())
    [release] = look(Release.objects.all(), by=sam, at=now())
    assert release.words == "Het gaat de goede kant op.\n\nDoel van Sam, nummer 1\nmeer" and complaints == []
