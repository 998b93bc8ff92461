"""Can a sponsor prepare and sign on a phone, between two meetings, and at a desk? (R21, R23)"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_check_in import fits, go_on, log_in
from tests.makers import PASSWORD
from tests.trajectories.closing_story import begin, hand_in, make_story, put_forward, settle, sign
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Preparation, Report, Signature

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return begin(make_story())


@pytest.fixture(params=[(390, 844), (1440, 900)], ids=["phone", "desk"])
def screen(request, page, live_server, story):
    page.set_viewport_size(dict(zip(("width", "height"), request.param, strict=True)))
    log_in(page, live_server, story.people[SPONSOR])
    return page


def at(live_server, name, story):
    return live_server.url + reverse(f"trajectories:{name}", args=[story.trajectory.pk])


def test_the_sponsor_prepares_and_signs(screen, live_server, story, axe, complaints):
    screen.goto(at(live_server, "prepare", story))
    assert fits(screen) and axe(screen) == []
    screen.locator("fieldset").nth(0).locator("label.answer").nth(1).click()
    screen.locator("fieldset").nth(1).locator("label.answer").last.click()  # "I cannot see this from my place"
    screen.locator("fieldset").nth(2).locator("label.answer").nth(0).click()
    screen.locator("textarea").first.fill("Ik hoor dingen nu van het team")
    go_on(screen)
    expect(screen.locator("main")).to_contain_text("Ik hoor dingen nu van het team")
    assert axe(screen) == [] and Preparation.objects.get().part == SPONSOR

    hand_in(story, CLIENT), hand_in(story, COACH)
    settle(story)
    put_forward(story)
    sign(story, CLIENT), sign(story, COACH)
    screen.goto(at(live_server, "meeting", story))
    assert fits(screen) and axe(screen) == []
    screen.goto(at(live_server, "text", story))
    assert fits(screen) and axe(screen) == []
    screen.locator("#sign label.answer").first.click()
    screen.fill("[name=password]", "een verkeerd wachtwoord")
    screen.click("#sign button")
    expect(screen.locator(".error-summary")).to_be_focused()
    assert Signature.objects.count() == 2
    screen.fill("[name=password]", PASSWORD)
    screen.click("#sign button")
    download = screen.locator("#making a.button")
    expect(download).to_be_visible(timeout=15_000)
    with screen.expect_download() as got:
        download.click()
    report = Report.objects.get()
    assert got.value.suggested_filename.endswith(f"{report.number}.pdf") and report.sha256
    screen.reload()
    assert fits(screen) and axe(screen) == []
    assert [line for line in complaints if "422" not in line] == []
