"""Is no word lost, and is what the page says true: without a connection or a server, in two windows, twice, too late, after the post?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Action, Log, Note
from tests.browser.writing import a_session, kept_words, leave, log_in, log_of
from tests.makers import make_log

pytestmark = [pytest.mark.django_db(transaction=True)]
SAVED, FAILED = re.compile(r"\d\d:\d\d"), re.compile("saved--fail")
KEEP = """([url, body]) => fetch(url, {
  method: 'POST', body, headers: {'X-Keep': '1', 'Content-Type': 'application/x-www-form-urlencoded'},
}).then(answer => answer.json())"""
WORDS = "Bij de derde ronde zat ik op mijn handen."


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def coach(session):
    return session.trajectory.coach.person


@pytest.fixture
def log(page, live_server, session, coach):
    """The page of the log, ready to type in."""
    log_in(page, live_server, coach)
    page.goto(log_of(live_server, session))
    return page


@pytest.fixture(autouse=True)
def leaves(page, live_server):
    yield
    leave(page)


def status(page):
    return page.locator("form[data-keeps] [data-saved]")


def note(page):
    return page.locator("[name=note]")


def says_saved(page):
    return bool(SAVED.search(status(page).inner_text()))


def autosaves(page, answer):
    """`answer(route)` answers what the page keeps by itself; all else goes on as it was."""
    page.route("**/verslag/", lambda route: answer(route) if "x-keep" in route.request.headers else route.fallback())


def test_the_connection_is_gone(log, coach):
    log.context.set_offline(True)
    note(log).press_sequentially(WORDS)
    expect(status(log)).to_have_class(FAILED, timeout=4000)
    assert not says_saved(log) and not Draft.objects.exists()
    log.locator("[data-primary]").click()
    expect(log.locator("#house-status")).to_contain_text("Niet verstuurd")
    expect(note(log)).to_have_value(WORDS)
    assert not Log.objects.exists()
    log.context.set_offline(False)
    expect(status(log)).to_have_text(SAVED, timeout=10_000)
    assert kept_words(coach) == WORDS


@pytest.mark.parametrize("away", ["refuses", "is broken", "stays silent"])
def test_the_server_is_away_for_five_minutes(page, live_server, session, coach, away):
    tries = []

    def answer(route):
        tries.append(route)
        if away == "refuses":
            route.abort()
        elif away == "is broken":
            route.fulfill(status=502, body="Bad gateway")

    log_in(page, live_server, coach)
    page.clock.install()
    page.goto(log_of(live_server, session))
    autosaves(page, answer)
    note(page).fill(WORDS)
    for _second in range(60):  # five minutes, five seconds at a time
        page.clock.run_for(5_000)
        page.wait_for_timeout(5)
        assert not says_saved(page)
    note(page).press_sequentially(" En toen lukte het.")
    expect(status(page)).to_have_class(FAILED)
    assert 10 <= len(tries) <= 60, "it goes on trying, and does not hammer"
    page.unroute_all(behavior="ignoreErrors")
    for _second in range(10):
        page.clock.run_for(2_000)
        page.wait_for_timeout(60)
    expect(status(page)).to_have_text(SAVED)
    assert kept_words(coach) == WORDS + " En toen lukte het."


def test_saved_is_said_after_the_commit_and_not_before(log, coach):
    waiting = []
    autosaves(log, waiting.append)
    note(log).press_sequentially(WORDS)
    note(log).blur()
    expect(status(log)).to_have_text("Bewaren…")
    assert not Draft.objects.exists()
    waiting[0].continue_()
    expect(status(log)).to_have_text(SAVED)
    assert kept_words(coach) == WORDS


def test_two_windows_of_one_author(log, live_server, session, coach):
    other = log.context.new_page()
    other.goto(log_of(live_server, session))
    log.locator("[name=takeaway]").fill("Uit het eerste venster")
    other.locator("[name=takeaway]").fill("Uit het tweede venster")
    for page in (log, other):
        page.locator("[name=takeaway]").blur()
        expect(status(page)).to_have_text(SAVED)
    assert Draft.objects.filter(posted_at=None).count() == 2
    other.locator("[data-primary]").click()
    other.wait_for_url(lambda url: "verslag" not in url)
    log.locator("[data-primary]").click()
    main = log.get_by_role("main")
    expect(main).to_contain_text("Uit het eerste venster")
    expect(main).to_contain_text("Uit het tweede venster")
    log.locator("button[name=again]").click()
    expect(log.locator("[name=takeaway]")).to_have_value("Uit het eerste venster")
    log.locator("[data-primary]").click()
    log.wait_for_url(lambda url: "verslag" not in url)
    assert Log.objects.get().version == 2
    expect(log.get_by_role("main")).to_contain_text("Uit het eerste venster")
    other.close()


def test_a_double_click_shares_once(log, session):
    log.locator("[name=action-0]").fill("Rob bellen")
    log.locator("[name=note]").fill(WORDS)
    log.locator("[data-primary]").dblclick()
    log.wait_for_url(lambda url: "verslag" not in url)
    assert Log.objects.get().version == 1 and Action.objects.count() == 1 and Note.objects.count() == 1
    expect(log.get_by_role("main")).to_contain_text("Rob bellen")


def test_autosaves_that_overtake_each_other(log, coach):
    held = []
    autosaves(log, lambda route: held.append(route) if not held else route.fallback())
    note(log).press_sequentially("Eerst dit")
    note(log).blur()
    expect(status(log)).to_have_text("Bewaren…")
    note(log).press_sequentially(", toen dat")
    log.evaluate("window.dispatchEvent(new Event('pagehide'))")  # on leaving the second does not wait for the first
    expect(status(log)).to_have_text(SAVED)
    assert kept_words(coach) == "Eerst dit, toen dat"
    held[0].continue_()
    log.wait_for_timeout(300)
    assert kept_words(coach) == "Eerst dit, toen dat" and Draft.objects.get().turn == 2


def test_an_autosave_after_the_post_changes_nothing(log, live_server, session, coach):
    held = []
    autosaves(log, lambda route: route.abort() if held else held.append(route))  # another try of it does not get through either
    note(log).press_sequentially(WORDS)
    note(log).blur()
    expect(status(log)).to_have_text("Bewaren…")
    late = held[0].request.post_data
    held[0].abort()
    log.unroute_all(behavior="ignoreErrors")
    log.locator("[data-primary]").click()
    log.wait_for_url(lambda url: "verslag" not in url)
    answer = log.evaluate(KEEP, [log_of(live_server, session), re.sub(r"turn=\d+", "turn=9", late)])
    assert "saved" not in answer and answer["again"]
    draft = Draft.objects.get()
    assert draft.posted_at and draft.words is None and Log.objects.get().version == 1


def test_words_typed_after_the_post_go_on_under_another_key(log, session, coach):
    """A page that came back (or another tab with the same form) was posted already: its words are not dropped."""
    note(log).fill("Wat er al stond")
    note(log).blur()
    expect(status(log)).to_have_text(SAVED)
    Draft.objects.update(posted_at=now(), words=None, answer="/")
    make_log(session, "Uit dezelfde tekst")
    note(log).press_sequentially(", en meer")
    note(log).blur()
    expect(status(log)).to_have_text(SAVED)
    log.wait_for_timeout(1500)
    assert kept_words(coach) == "Wat er al stond, en meer"
    log.locator("[data-primary]").click()
    expect(log.get_by_role("main")).to_contain_text("Uit dezelfde tekst")  # both texts, since the log is there by now


def test_a_page_that_is_behind_catches_up(log, coach):
    note(log).fill("Eén")
    note(log).blur()
    expect(status(log)).to_have_text(SAVED)
    Draft.objects.update(turn=30)  # as after a page that came back from before it was left
    note(log).fill("Eén en twee")
    note(log).blur()
    log.wait_for_timeout(1500)
    expect(status(log)).to_have_text(SAVED)
    assert kept_words(coach) == "Eén en twee" and Draft.objects.get().turn > 30


def test_the_log_is_closed_to_them_while_they_type(log, session, coach):
    note(log).fill("Eerste zin.")
    note(log).blur()
    expect(status(log)).to_have_text(SAVED)
    type(session).objects.filter(pk=session.pk).update(missed_at=now())
    note(log).fill("Eerste zin. Tweede zin.")
    note(log).blur()
    expect(status(log)).to_contain_text("niet meer te wijzigen")
    expect(note(log)).to_have_value("Eerste zin. Tweede zin.")
    assert not says_saved(log)


def test_the_client_in_two_windows(page, live_server, session):
    make_log(session, share_at=None)
    client = session.trajectory.client.person
    log_in(page, live_server, client)
    address = live_server.url + reverse("sessions:takeaway", args=[session.pk])
    other = page.context.new_page()
    for window in (page, other):
        window.goto(address)
    for window, words in ((other, "Uit het tweede venster"), (page, "Uit het eerste venster")):
        window.locator("[name=words]").fill(words)
        window.locator("[name=words]").press("Control+Enter")
        if window == other:  # the other one is first
            window.wait_for_url(lambda url: "opbrengst" not in url)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Uit het eerste venster")
    expect(main).to_contain_text("Uit het tweede venster")
    page.get_by_role("button", name="Neem mijn tekst").click()
    page.wait_for_url(lambda url: "opbrengst" not in url)
    words = [row.words for row in look(session.takeaways.open_to(session.trajectory.client), by=client, at=now())]
    assert words == ["Uit het eerste venster"]
    other.close()


def test_half_a_minute_after_sharing_the_page_says_how_it_stands(page, live_server, session, coach, complaints):
    log = make_log(session, WORDS)
    log.share(by=coach, at=now())
    log_in(page, live_server, coach)
    page.clock.install()
    page.goto(live_server.url + reverse("sessions:session", args=[session.pk]))
    main, undo = page.get_by_role("main"), page.locator("form[action$='terugnemen/']")
    expect(undo).to_be_visible()
    expect(main).to_contain_text("Nog niet gedeeld: alleen jij")
    Log.objects.update(shared_at=now())
    page.clock.run_for(32_000)
    expect(undo).to_have_count(0)
    expect(main).not_to_contain_text("Nog niet gedeeld")
    expect(page.locator("main")).to_have_count(1)
    assert complaints == []
