"""Does a coach log a session in a real browser: by keyboard, on a phone, logged out half-way, without a script?"""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Action, Log, Takeaway, Topic
from tests.makers import PASSWORD, make_goal, make_log, make_person, make_session, make_trajectory

pytestmark = [pytest.mark.django_db(transaction=True)]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture
def trajectory():
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"))


@pytest.fixture
def session(trajectory):
    make_goal(trajectory, "Laten liggen wat van een ander is")
    make_goal(trajectory, "Een lastig gesprek voeren")
    session = make_session(trajectory)
    Topic.objects.create(
        session=session, trajectory=trajectory, seat=trajectory.client, worded_at=now(), words="Het gesprek met Rob staat gepland."
    )
    return session


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


def log_in(page, live_server, person):
    page.goto(live_server.url + reverse("coaching:login"))
    page.fill("[name=email]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "inloggen" not in url)


@pytest.fixture
def log(page, live_server, session, coach):
    """The page of the log, at a size and in a scheme; what it sends on leaving arrives before the test is over."""

    def visit(size="wide", scheme="light"):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme)
        log_in(page, live_server, coach)
        page.goto(live_server.url + reverse("sessions:log", args=[session.pk]))
        return page

    yield visit
    if not page.is_closed():
        page.goto("about:blank")
        page.wait_for_timeout(300)


def tab_to(page, selector, most=60):
    """Press Tab until `selector` has the focus."""
    for _press in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


@pytest.mark.parametrize("size", SIZES)
def test_three_fields_by_keyboard(log, size, coach, session, complaints):
    page = log(size)
    tab_to(page, "[name=goals]")
    page.keyboard.press("Space")
    tab_to(page, "[name=takeaway]")
    page.keyboard.type("Ik mag het laten liggen.")
    tab_to(page, "[name=action-0]")
    page.keyboard.type("Rob bellen")
    page.keyboard.press("Enter")
    expect(page.locator("[name=action-1]")).to_be_focused()
    page.keyboard.type("Vrijdagochtend vrijhouden")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "verslag" not in url)
    written = Log.objects.get()
    actions = look(Action.objects.all(), by=coach, at=now())
    assert {action.words for action in actions} == {"Rob bellen", "Vrijdagochtend vrijhouden"}
    assert written.can_be_undone(now()) and session.goals.count() == 1 and Takeaway.objects.count() == 1
    expect(page.get_by_role("main")).to_contain_text("Ik mag het laten liggen.")
    assert complaints == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(log, axe, complaints, size, scheme):
    page = log(size, scheme)
    for details in page.locator("form details").all():
        details.evaluate("one => one.open = true")
    page.locator("[name=goals]").first.check(force=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert complaints == []


def test_the_session_and_the_conflict_pass_axe(log, live_server, page, axe, session):
    log()
    page.locator("[name=takeaway]").fill("Uit dit venster")
    make_log(session, "Uit het andere venster", takeaway="Ook dat")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text("Uit het andere venster")
    expect(page.get_by_role("main")).to_contain_text("Uit dit venster")
    assert axe(page) == []
    page.goto(live_server.url + reverse("sessions:session", args=[session.pk]))
    assert axe(page) == []


def test_another_question_swaps_only_the_sentence(log, page):
    log()
    step = page.locator("details.grow__step").first
    step.locator("summary").click()
    words = page.locator("[name=words-grow-goal]")
    words.fill("Al getypt")
    before = page.locator("#ask-grow-goal").inner_text()
    page.locator("button[name=other][value=grow-goal]").click()
    expect(page.locator("#ask-grow-goal")).not_to_have_text(before)
    expect(words).to_have_value("Al getypt")
    expect(page.locator("[name=asked-grow-goal]")).to_have_value("grow_g_satisfied")
    assert "verslag" in page.url


def test_levels_are_asked_of_goals_that_were_worked_on(log, page):
    log()
    levels = page.locator(".levels__one")
    expect(levels.nth(0)).to_be_hidden()
    page.locator("[name=goals]").nth(1).check(force=True)
    expect(levels.nth(1)).to_be_visible()
    expect(levels.nth(0)).to_be_hidden()


def test_typing_is_kept_and_put_back(log, page, coach):
    log()
    page.locator("[name=note]").press_sequentially("Stil zijn helpt")
    expect(page.locator("[data-saved] span")).to_have_text(re.compile(r"\d\d:\d\d"), timeout=4000)
    words = json.loads(look([Draft.objects.get()], by=coach, at=now())[0].words)
    assert words["note"] == ["Stil zijn helpt"]
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("Stil zijn helpt")
    page.locator("a[href='?fresh=1']").click()
    expect(page.locator("[name=note]")).to_have_value("")


def test_the_session_ends_while_typing(log, page, live_server, coach):
    log()
    note, status = page.locator("[name=note]"), page.locator("form[data-keeps] [data-saved]")
    Session.objects.all().delete()
    note.press_sequentially("Dit mag niet weg")
    expect(status).to_have_class(re.compile("saved--fail"), timeout=4000)
    expect(note).to_have_value("Dit mag niet weg")
    expect(status.get_by_role("link")).to_have_attribute("href", reverse("coaching:login"))
    assert not Draft.objects.exists()
    other = page.context.new_page()
    log_in(other, live_server, coach)
    other.close()
    page.bring_to_front()
    expect(status).not_to_have_class(re.compile("saved--fail"), timeout=15_000)
    words = json.loads(look([Draft.objects.get()], by=coach, at=now())[0].words)
    assert words["note"] == ["Dit mag niet weg"]
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "verslag" not in url)
    assert Log.objects.exists()


def test_without_a_script_everything_works(browser, live_server, session, coach):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, coach)
    page.goto(live_server.url + reverse("sessions:log", args=[session.pk]))
    page.locator("[name=takeaway]").fill("Zonder script")
    page.locator("[name=action-0]").fill("Rob bellen")
    page.locator("button[name=add]").first.click()
    page.locator("[name=action-1]").fill("Nog iets")
    page.locator("button[name=methods]").click()
    page.locator("button[name=use_model][value=oskar]").click()
    expect(page.locator("[name=takeaway]")).to_have_value("Zonder script")
    page.locator("button[name=later]").click()
    page.goto(live_server.url + reverse("sessions:log", args=[session.pk]))
    expect(page.locator("[name=action-1]")).to_have_value("Nog iets")
    page.locator("button[name=share]").click()
    page.wait_for_url(lambda url: "verslag" not in url)
    assert Log.objects.get().model == "oskar" and Action.objects.count() == 2
    page.locator(f"form[action='{reverse('sessions:unshare', args=[session.pk])}'] button").click()
    assert Log.objects.get().shared_at is None
    context.close()
