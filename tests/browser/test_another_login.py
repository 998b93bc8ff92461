"""Somebody logs in as another in the next tab: does what was typed here stay here, on the screen and under nobody else's name?"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Journal
from tests.browser.test_log import log_in
from tests.makers import make_person, make_trajectory

pytestmark = [pytest.mark.django_db(transaction=True)]
WORDS = "Dit is alleen van mij"


@pytest.fixture
def trajectory():
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"))


@pytest.fixture
def journal(page, live_server, trajectory):
    """The journal of Sam, with a sentence in it that was kept."""
    log_in(page, live_server, trajectory.client.person)
    page.goto(live_server.url + reverse("sessions:journal", args=[trajectory.pk]))
    page.locator("form[data-keeps] textarea").first.fill(WORDS)
    expect(page.locator("form[data-keeps] [data-saved]")).to_contain_text(":", timeout=8000)
    return page


def log_in_elsewhere(page, live_server, person):
    """In another tab of the same browser: out, and in as `person`."""
    tab = page.context.new_page()
    tab.goto(live_server.url + reverse("coaching:account"))
    tab.locator("form[action='/uitloggen/'] button").last.click()
    tab.wait_for_url("**/inloggen/**")
    log_in(tab, live_server, person)
    tab.close()


def test_words_stay_on_the_screen_and_become_nobody_elses(journal, live_server, trajectory):
    noor, sam = trajectory.coach.person, trajectory.client.person
    log_in_elsewhere(journal, live_server, noor)
    box = journal.locator("form[data-keeps] textarea").first
    box.fill(f"{WORDS}, en dit ook")
    status = journal.locator("form[data-keeps] [data-saved]")
    expect(status).to_contain_text("niet onder die naam", timeout=10_000)
    journal.locator("form[data-keeps] button.button").last.click()
    expect(journal.locator("#house-status")).to_contain_text("niet onder die naam")
    expect(box).to_have_value(f"{WORDS}, en dit ook")
    assert not Draft.objects.filter(author=noor).exists() and not Journal.objects.exists()
    [draft] = look(Draft.objects.filter(author=sam), by=sam, at=now())
    assert WORDS in draft.words and "dit ook" not in draft.words


def test_the_same_person_again_goes_on_as_before(journal, live_server, trajectory):
    """A check that cannot fail is no check: after logging in again as oneself the words are kept."""
    sam = trajectory.client.person
    log_in_elsewhere(journal, live_server, sam)
    journal.locator("form[data-keeps] textarea").first.fill(f"{WORDS}, en dit ook")
    journal.wait_for_timeout(4000)
    [draft] = look(Draft.objects.filter(author=sam), by=sam, at=now())
    assert "dit ook" in draft.words
