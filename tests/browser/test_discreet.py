"""One key, and nothing private is on the screen: at once, on Back, in a new tab, in what comes by itself, and until one says so?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Note, Stall
from tests.browser.test_log import log_in
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory

pytestmark = [pytest.mark.django_db(transaction=True)]
SECRET = "Bij de tweede ronde nam ik het over"


@pytest.fixture
def trajectory():
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"))


@pytest.fixture
def places(trajectory, live_server):
    session, coach = make_session(trajectory), trajectory.coach.person
    make_log(session)
    Note.remember(trajectory, by=coach, at=now(), words=SECRET, session=session)
    Stall.mark(session, by=coach, at=now(), words=SECRET + ", weer")
    coming = make_session(trajectory, starts_at=now() + DAY)
    names = {"note": trajectory, "detail": trajectory, "session": session, "preparation": coming, "log": session}
    return {name: live_server.url + reverse(f"sessions:{name}", args=[row.pk]) for name, row in names.items()}


@pytest.fixture
def desk(page, live_server, trajectory):
    log_in(page, live_server, trajectory.coach.person)
    yield page
    page.goto("about:blank")
    page.wait_for_timeout(300)


def hide(page):
    """Press the key, and wait for the page that comes back."""
    page.keyboard.press("F9")
    expect(page.locator("html")).to_have_class(re.compile("discreet"))
    page.wait_for_load_state()


def test_one_key_back_a_new_tab_and_what_comes_by_itself(desk, places, complaints, axe):
    desk.goto(places["session"])
    expect(desk.get_by_text(SECRET).first).to_be_visible()  # it came by itself
    desk.goto(places["note"])
    expect(desk.get_by_text(SECRET).first).to_be_visible()
    desk.goto(places["detail"])
    hide(desk)
    assert SECRET not in desk.content()
    desk.go_back()
    expect(desk.locator("html")).to_have_class(re.compile("discreet"))
    assert SECRET not in desk.content() and desk.title().startswith("Rustige weergave")
    tab = desk.context.new_page()
    for name in ("session", "preparation", "detail"):
        tab.goto(places[name])
        tab.wait_for_load_state("networkidle")
        assert SECRET not in tab.content(), name
    assert complaints == [] and axe(tab) == []
    tab.get_by_role("button", name="Zet uit").click()
    expect(tab.locator("html")).not_to_have_class(re.compile("discreet"))
    tab.goto(places["note"])
    expect(tab.get_by_text(SECRET).first).to_be_visible()
    tab.close()


def test_the_first_paint_knows_of_it(desk, places):
    """Without the script: what the server sends is all there is."""
    desk.goto(places["note"])
    hide(desk)
    sent = desk.request.get(places["note"]).text()
    assert 'class="discreet"' in sent.split("<head>")[0] and SECRET not in sent and "notities" not in sent.split("</title>")[0]


def test_other_tabs_follow_at_once(desk, places):
    desk.goto(places["note"])
    other = desk.context.new_page()
    other.goto(places["detail"])
    hide(other)
    expect(desk.locator("html")).to_have_class(re.compile("discreet"))
    assert SECRET not in desk.content()
    other.close()


def test_before_the_server_has_answered_the_lining_is_gone(desk, places):
    desk.goto(places["note"])
    desk.route("**/rustig/", lambda route: None)  # the server stays silent
    desk.keyboard.press("F9")
    expect(desk.get_by_text(SECRET).first).to_be_hidden()
    assert desk.title() == "Rode Draad"
    desk.unroute("**/rustig/")


def test_what_is_being_typed_is_kept(desk, places, trajectory):
    desk.goto(places["log"])
    desk.locator("[name=note]").fill("Half getypt")
    hide(desk)
    expect(desk.locator("[name=note]")).to_have_count(0)
    assert "Half getypt" not in desk.content()
    kept = look(Draft.objects.filter(posted_at=None), by=trajectory.coach.person, at=now())
    assert any("Half getypt" in (draft.words or "") for draft in kept)
    desk.get_by_role("button", name="Zet uit").click()
    expect(desk.locator("[name=note]")).to_have_value("Half getypt")


def test_the_menu_does_it_too(desk, places):
    desk.goto(places["note"])
    desk.locator(".topbar__role summary").click()
    desk.get_by_role("button", name=re.compile("Verberg wat alleen voor jou is")).click()
    expect(desk.locator("html")).to_have_class(re.compile("discreet"))
    assert SECRET not in desk.content()


def test_without_a_script_the_menu_still_works(browser, live_server, trajectory, places):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    log_in(page, live_server, trajectory.coach.person)
    page.goto(places["note"])
    page.locator(".topbar__role summary").click()
    page.get_by_role("button", name=re.compile("Verberg wat alleen voor jou is")).click()
    assert page.url == places["note"] and SECRET not in page.content()
    page.get_by_role("button", name="Zet uit").click()
    assert SECRET in page.content()
    context.close()
