"""Is a page looked at only when it has arrived?"""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

SLOW = 0.5  # seconds between the head of an answer and its words, and between the page and its styles
PAGES = {
    "/": ("text/html", b"<!doctype html><title>Here</title><a href=/there>On</a>"),
    "/there": ("text/html", b"<!doctype html><title>There</title><link rel=stylesheet href=/narrow.css><p>Wide</p>"),
    "/narrow.css": ("text/css", b"p { width: 40px }"),
}


class Slowly(BaseHTTPRequestHandler):
    def do_GET(self):
        kind, words = PAGES.get(self.path, ("text/plain", b""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        time.sleep(0 if self.path == "/" else SLOW)
        self.wfile.write(words)

    def log_message(self, *said):
        """Nothing to say."""


@pytest.fixture
def here(page):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slowly)
    Thread(target=server.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("act", ["click", "press", "of the page"])
def test_what_a_click_leads_to_stands_there_whole(here, act):
    link = here.locator("a")
    {"click": link.click, "press": lambda: link.press("Enter"), "of the page": lambda: here.click("a")}[act]()
    assert here.evaluate("document.querySelector('p').offsetWidth") == 40
