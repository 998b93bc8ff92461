"""How does a test sit down at a log? Somebody to coach, a session that was yesterday, and hands that count what they do."""

import json
import time

from django.urls import reverse

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Topic
from tests.makers import PASSWORD, make_goal, make_person, make_session, make_trajectory

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
# Seconds: Card, Moran and Newell's keystroke-level model, with a key at 40 words a minute (200 characters).
KEY, CHORD, POINT, THINK = 0.30, 0.60, 1.30, 1.35


def a_session(*, prepared=True):
    """Held yesterday and not logged, in a trajectory with two goals; the client wrote beforehand."""
    trajectory = make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"))
    make_goal(trajectory, "Laten liggen wat van een ander is")
    make_goal(trajectory, "Een lastig gesprek voeren")
    session = make_session(trajectory)
    if prepared:
        facts = {"seat": trajectory.client, "worded_at": now(), "words": "Het gesprek met Rob staat gepland."}
        Topic.objects.create(session=session, trajectory=trajectory, **facts)
    return session


def log_in(page, live_server, person):
    page.goto(live_server.url + reverse("coaching:login"))
    page.fill("[name=email]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "inloggen" not in url)


def log_of(live_server, session):
    return live_server.url + reverse("sessions:log", args=[session.pk])


def kept_words(person, name="note", draft=None):
    """What the newest unposted draft holds in one field; "" while there is none."""
    drafts = [draft] if draft else list(Draft.objects.filter(author=person, posted_at=None).latest_first()[:1])
    words = json.loads(look(drafts, by=person, at=now())[0].words) if drafts else {}
    return words.get(name, [""])[0]


def leave(page):
    """What a page sends on leaving arrives before the test is over."""
    if not page.is_closed():
        page.unroute_all(behavior="ignoreErrors")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("about:blank")
        page.wait_for_timeout(200)


class Hands:
    """What a person does on a page. A click, a tap or a key that does something is an interaction; Tab and typing are none."""

    def __init__(self, page):
        self.page, self.interactions, self.seconds, self.lowest = page, 0, 0.0, 0

    def tab_to(self, selector, most=60):
        for _press in range(most):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self._look()
            self.page.keyboard.press("Tab")
            self.seconds += KEY
        raise AssertionError(f"Tab never reached {selector}")

    def type(self, words):
        self.seconds += THINK + KEY * len(words)
        self.page.keyboard.type(words, delay=5)
        self._look()

    def press(self, key):
        self._count(CHORD if "+" in key else KEY)
        self.page.keyboard.press(key)

    def tap(self, target, *, leaves=False):
        self._count(POINT)
        target.tap()
        if not leaves:
            self._look()

    def _count(self, seconds):
        self.interactions += 1
        self.seconds += THINK + seconds

    def _look(self):
        """The eye only goes down the page."""
        at = self.page.evaluate("window.scrollY")
        assert at >= self.lowest, f"back up from {self.lowest} to {at}"
        self.lowest = at

    def waits(self, act):
        """What the machine takes is time too."""
        start = time.perf_counter()
        act()
        self.seconds += time.perf_counter() - start
