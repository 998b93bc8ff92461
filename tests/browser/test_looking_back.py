"""Can a client on a phone and a sponsor at a desk look back in minutes, and is the page there the next morning? (R20)"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from tests.browser.test_check_in import fits, log_in, quiet
from tests.trajectories.closing_story import fresh, make_signed, make_story
from trajectories import looking_back
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Addendum, FollowUp

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def story():
    told = make_story()
    make_signed(told)
    FollowUp.ask(fresh(told.trajectory), months=3, at=now())
    return told


def hand_in(page):
    quiet(page)
    page.locator("[data-primary]").click()
    page.wait_for_url("**/traject/**")


def test_both_look_back_and_get_the_page(page, live_server, story, axe, complaints):
    page.set_viewport_size(PHONE)
    log_in(page, live_server, story.people[CLIENT])
    page.goto(live_server.url + reverse("sessions:now"))
    mine = FollowUp.objects.get(part=CLIENT)
    page.locator(f'a[href="{mine.get_absolute_url()}"]').click()
    assert fits(page) and axe(page) == []
    page.locator("fieldset").first.locator("label.answer").nth(1).click()
    page.locator("input[name=still_there][value=mostly] + *, label:has(input[name=still_there][value=mostly])").first.click()
    page.fill("[name=example]", "Vrijdag liet ik het liggen")
    page.fill("[name=what_slipped]", "De donderdag nog niet")
    quiet(page)
    page.locator("[data-primary]").click()
    expect(page.locator("#preview")).not_to_contain_text("Vrijdag liet ik het liggen")
    page.locator("[name=sees-example]").check(force=True)
    expect(page.locator("#preview")).to_contain_text("Vrijdag liet ik het liggen")
    expect(page.locator("#preview")).not_to_contain_text("De donderdag")
    assert fits(page) and axe(page) == []
    hand_in(page)
    expect(page.locator("main")).to_contain_text("De donderdag nog niet")
    assert fits(page) and axe(page) == [] and FollowUp.objects.get(pk=mine.pk).still == "mostly"

    page.context.clear_cookies()
    page.set_viewport_size(DESK)
    log_in(page, live_server, story.people[SPONSOR])
    theirs = FollowUp.objects.get(part=SPONSOR)
    page.goto(live_server.url + theirs.get_absolute_url())
    assert fits(page) and axe(page) == []
    page.fill("[name=example]", "Ik zie het elke week")
    hand_in(page)
    expect(page.locator("main")).to_contain_text("Ik zie het elke week")
    expect(page.locator("main")).not_to_contain_text("De donderdag")
    looking_back.issue(now() + timedelta(days=1))
    page.reload()
    download = page.locator("main a.button")
    with page.expect_download() as got:
        download.click()
    assert got.value.suggested_filename.endswith(f"{Addendum.objects.get().number}.pdf")
    assert fits(page) and axe(page) == [] and complaints == []
