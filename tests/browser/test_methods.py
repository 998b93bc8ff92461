"""Does a coach take another method in mid-log without losing a word, and make one of their own?"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.traces import look
from sessions.models import Log, Method
from tests.browser.test_nothing_lost import SAVED, status
from tests.browser.writing import SIZES, a_session, kept_words, leave, log_in, log_of

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def leaves(page, live_server):
    yield
    leave(page)


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def coach(session):
    return session.trajectory.coach.person


def take(page, key):
    page.locator("button[name=methods]").click()
    page.locator(f"button[name=use_model][value='{key}']").click()


def test_through_every_method_and_back(page, live_server, session, coach, complaints):
    log_in(page, live_server, coach)
    page.goto(log_of(live_server, session))
    page.locator("details.grow__step summary").first.click()
    page.locator("[name=words-grow-goal]").fill("Getypt bij GROW")
    page.locator("[name=takeaway]").fill("Blijft ook staan")
    for key, section in [("oskar", "outcome"), ("clear", None), ("stepppa", None), ("woop", "wish"), ("free", "opening")]:
        take(page, key)
        expect(page.locator("[name=model]")).to_have_value(key)
        if section:
            step = page.locator(f"details:has([name=words-{key}-{section}])")
            step.locator("summary").click()
            page.locator(f"[name=words-{key}-{section}]").fill(f"Getypt bij {key}")
    for key, section in [("grow", "goal"), ("oskar", "outcome"), ("woop", "wish"), ("free", "opening")]:
        expect(page.locator(f"[name=words-{key}-{section}]")).to_be_visible()
    expect(page.locator(".grow__elsewhere")).to_be_visible()
    expect(status(page)).to_have_text(SAVED)
    down = page.evaluate("window.scrollY")
    take(page, "grow")
    assert down > 0 and page.evaluate("window.scrollY") > 0  # the page stays about where one was
    expect(page.locator("[name=model]")).to_have_value("grow")
    page.wait_for_timeout(1200)
    assert kept_words(coach, "model") == "grow" and kept_words(coach, "words-woop-wish") == "Getypt bij woop"
    page.reload()
    expect(page.locator("[name=words-grow-goal]")).to_have_value("Getypt bij GROW")
    expect(page.locator("[name=takeaway]")).to_have_value("Blijft ook staan")
    page.keyboard.press("Tab")
    page.locator("[name=takeaway]").press("Control+Enter")
    page.wait_for_url(lambda url: "verslag" not in url)
    log = look([Log.objects.get()], by=coach, at=now())[0]
    assert {section["key"] for section in log.filled_sections} == {"grow-goal", "oskar-outcome", "woop-wish", "free-opening"}
    assert complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_a_method_of_ones_own(page, live_server, session, coach, axe, complaints, size):
    page.set_viewport_size(SIZES[size])
    log_in(page, live_server, coach)
    page.goto(live_server.url + reverse("sessions:methods"))
    assert axe(page) == []
    page.locator("a[href$='?from=grow']").click()
    page.locator("[name=name]").fill("Noors manier")
    page.locator("[name=title-1]").fill("Wat er speelt")
    page.locator("button[name=up][value='1']").click()
    expect(page.locator("[name=title-0]")).to_have_value("Wat er speelt")
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("Tab")
    page.locator("[name=name]").press("Control+Enter")
    page.wait_for_url(lambda url: url.endswith("/methoden/"))
    own = Method.objects.get()
    assert [phase["title"] for phase in own.phases][0] == "Wat er speelt" and own.owner == coach
    page.goto(log_of(live_server, session))
    take(page, own.key)
    expect(page.locator("#steps")).to_contain_text("Wat er speelt")
    assert complaints == []
