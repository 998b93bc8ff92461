"""Is what one types kept, and does the page say so when it is not? The answers of the server are played; the script is real."""

import json
import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.gallery_addresses")]


class Server:
    """Answers the autosaves of the gallery's form as told, and remembers what came."""

    def __init__(self, page):
        self.status, self.answer, self.kept, self.here = 200, {"saved": "Concept bewaard om 10:57"}, [], None
        page.route("**/onderdelen/", self.keep)
        page.route("**/still-here/", self.still_here)

    def keep(self, route):
        if route.request.method != "POST":
            return route.continue_()
        assert route.request.headers["x-keep"] == "1"
        self.kept.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        return route.abort() if self.status == 0 else route.fulfill(status=self.status, json=self.answer)

    def still_here(self, route):
        return route.fulfill(status=204, headers=self.here) if self.here else route.fulfill(status=401)


@pytest.fixture
def server(page, live_server):
    server = Server(page)
    page.goto(live_server.url + "/onderdelen/")
    return server


@pytest.fixture
def words(page, server):
    return page.get_by_role("textbox", name=re.compile("opleverde|leverde")).nth(1)


@pytest.fixture
def status(page):
    return page.locator("form[data-keeps] [data-saved]")


def test_typing_is_kept_and_said(page, server, words, status):
    words.press_sequentially("Hallo")
    expect(status).to_have_text("Concept bewaard om 10:57")
    assert server.kept[-1]["full-brought"][0].startswith("Hallo") and server.kept[-1]["turn"] == ["1"]
    words.press_sequentially(" daar")
    words.blur()
    page.wait_for_timeout(300)
    assert server.kept[-1]["turn"] == ["2"]


def test_without_a_connection_the_page_says_so_and_tries_again(page, server, words, status):
    server.status = 0
    words.fill("Wat ik schreef")
    words.blur()
    expect(status).to_have_class(re.compile("saved--fail"))
    server.status = 200
    expect(status).to_have_text("Concept bewaard om 10:57", timeout=8000)
    assert server.kept[-1]["full-brought"] == ["Wat ik schreef"]


def test_after_logging_in_elsewhere_the_text_is_kept_with_the_new_token(page, server, words, status):
    server.status = 401
    words.fill("Nog van mij")
    words.blur()
    expect(status.get_by_role("link")).to_have_attribute("href", "/inloggen/")
    server.status, server.here = 200, {"X-CSRF-Token": "nieuw"}
    expect(status).to_have_text("Concept bewaard om 10:57", timeout=8000)
    assert server.kept[-1]["csrfmiddlewaretoken"] == ["nieuw"] and server.kept[-1]["full-brought"] == ["Nog van mij"]
    assert json.loads(page.locator("body").get_attribute("hx-headers:inherited")) == {"x-csrftoken": "nieuw"}


def test_two_texts_are_shown_and_nothing_is_overwritten(page, server, words, status):
    server.status, server.answer = 409, {"url": "/beide/", "text": "Youssef schreef hier net ook."}
    words.fill("Mijn versie")
    words.blur()
    expect(status).to_contain_text("Youssef schreef hier net ook.")
    expect(status.get_by_role("link")).to_have_attribute("href", "/beide/")
    words.fill("Nog een versie")
    page.wait_for_timeout(1200)
    assert len(server.kept) == 1


def test_nothing_stays_in_the_browser(page, server, words, status):
    words.fill("Geheim")
    words.blur()
    expect(status).to_have_text("Concept bewaard om 10:57")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("history.state") is None
