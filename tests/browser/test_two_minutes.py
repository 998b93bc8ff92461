"""Does a coach log the usual session in two minutes, on one screen, without going back, in twelve interactions at the most? (R10)"""

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from coaching.clock import now, today
from coaching.traces import look
from sessions.forms.due import in_short
from sessions.models import Action, Log, Takeaway
from sessions.near_days import read_day
from tests.browser.writing import SIZES, Hands, a_session, leave, log_in

pytestmark = [pytest.mark.django_db(transaction=True)]
MOST, TWO_MINUTES = 12, 120
YIELD = "Ik heb drie keer geoefend en de derde keer was ik na twee zinnen bij mijn punt. Het voelde kaal, maar wel eerlijk."
ACTIONS = [("Gesprek met Rob voeren", "di"), ("Vrijdag 9:00 tot 10:00 blokken, vier weken lang", "+11")]


@pytest.fixture(autouse=True)
def leaves(page, live_server):
    yield
    leave(page)


@pytest.fixture
def session():
    return a_session()


def what_was_kept(session, coach):
    """The usual case, as it came out: the goal, the yield, both actions with their days, and that it is shared."""
    log, yielded = Log.objects.get(), Takeaway.objects.get()
    actions = look([*Action.objects.all(), yielded], by=coach, at=now())[:-1]
    meant = {(words, read_day(day, today=today())) for words, day in ACTIONS}
    assert {(action.words, action.due_on) for action in actions} == meant
    assert yielded.words == YIELD and log.can_be_undone(now()) and session.goals.count() == 1


def told(hands, how, capsys):
    with capsys.disabled():
        print(f"\nthe usual session, {how}: {hands.interactions} interactions, {hands.seconds:.0f} s at 40 words a minute", flush=True)
    assert hands.interactions <= MOST and hands.seconds <= TWO_MINUTES


@pytest.mark.parametrize("size", SIZES)
def test_all_by_keyboard(page, live_server, session, size, complaints, capsys):
    coach = session.trajectory.coach.person
    page.set_viewport_size(SIZES[size])
    log_in(page, live_server, coach)
    hands = Hands(page)
    hands.tab_to("a.button[href*=verslag], main a[href*=verslag]")
    hands.waits(lambda: (hands.press("Enter"), page.wait_for_url("**/verslag/"), page.wait_for_load_state()))
    hands.lowest = 0
    hands.tab_to("[name=goals]")
    hands.press("Space")
    hands.tab_to("[name=takeaway]")
    hands.type(YIELD)
    for number, (words, day) in enumerate(ACTIONS):
        hands.tab_to(f"[name=action-{number}]")
        hands.type(words)
        hands.tab_to(f"[name=action_on-{number}]")
        hands.type(day)
        if number + 1 < len(ACTIONS):
            hands.press("Enter")
            expect(page.locator(f"[name=action-{number + 1}]")).to_be_focused()
    assert page.url.endswith("/verslag/"), "one screen"
    hands.waits(lambda: (hands.press("Control+Enter"), page.wait_for_url(lambda url: "verslag" not in url)))
    what_was_kept(session, coach)
    expect(page.get_by_role("main")).to_contain_text(YIELD)
    told(hands, f"by keyboard at {SIZES[size]['width']} px", capsys)
    assert complaints == []


def test_by_touch_on_a_phone(browser, live_server, session, capsys):
    coach = session.trajectory.coach.person
    context = browser.new_context(viewport=SIZES["narrow"], has_touch=True, locale="nl-NL", timezone_id="Europe/Amsterdam")
    page = context.new_page()
    log_in(page, live_server, coach)
    hands = Hands(page)
    hands.waits(lambda: (hands.tap(page.locator("main a[href*=verslag]").first, leaves=True), page.wait_for_url("**/verslag/")))
    hands.lowest = 0
    hands.tap(page.locator("label.chip").first)
    hands.tap(page.locator("[name=takeaway]"))
    hands.type(YIELD)
    for number, (words, day) in enumerate(ACTIONS):
        if number:
            hands.tap(page.locator("[data-rows]").first.locator("[data-add-row]"))
            expect(page.locator(f"[name=action-{number}]")).to_be_focused()
        else:
            hands.tap(page.locator(f"[name=action-{number}]"))
        hands.type(words)
        hands.tap(page.locator(f"[name=action_on-{number}]"))
        hands.type(day)
    assert page.url.endswith("/verslag/"), "one screen"
    hands.waits(lambda: (hands.tap(page.locator("button[name=share]"), leaves=True), page.wait_for_url(lambda url: "verslag" not in url)))
    what_was_kept(session, coach)
    told(hands, "by touch at 390 px", capsys)
    context.close()


def test_the_day_is_said_as_one_goes_on(page, live_server, session, complaints):
    log_in(page, live_server, session.trajectory.coach.person)
    page.goto(live_server.url + session.log_address)
    day = page.locator("[name=action_on-0]")
    page.locator("[name=action-0]").fill("Rob bellen")
    day.fill("+7")
    page.keyboard.press("Tab")
    due = read_day("+7", today=today())
    with override("nl"):
        expect(day).to_have_value(in_short(due))
    expect(page.locator(".due__said").first).to_contain_text(str(due.day))
    expect(page.locator("[data-rows]").first.locator("[data-add-row]")).to_be_focused()
    day.fill("ooit")
    page.keyboard.press("Tab")
    expect(page.locator(".due .field__error")).to_be_visible()
    expect(day).to_have_value("ooit")
    assert complaints == []
