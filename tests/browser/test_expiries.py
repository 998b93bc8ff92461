"""How much typing does an expired session cost? Fifty times, at a random moment: ten seconds at the most (security.md, promise 7)."""

import random
import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from coaching.models import Draft
from tests.browser.test_nothing_lost import FAILED, SAVED, note, status
from tests.browser.writing import a_session, kept_words, leave, log_in, log_of

pytestmark = [pytest.mark.django_db(transaction=True)]
BUSY = "Bewaren…"
TIMES, MOST, KEY = 50, 10.0, 300  # expiries; seconds; milliseconds a key at 40 words a minute
# The page's time stands while an answer is under way or being read, so that a slow machine costs the typist no letters.
FLIGHT = """
  const sent = fetch; let flight;
  window.fetch = (...given) => (flight = sent(...given));
  window.landed = () => flight?.catch(() => {}).then(() => {});
"""
LETTERS = "de eerste twee zinnen had hij hardop gezegd en bij de derde ronde zat ik op mijn handen "


@pytest.fixture(autouse=True)
def leaves(page, live_server):
    yield
    leave(page)


@pytest.fixture
def session():
    return a_session(prepared=False)


class Typist:
    """Types in the page's own time, which the test moves on; knows when each letter was struck."""

    def __init__(self, page, chance):
        self.page, self.chance, self.struck, self.clock = page, chance, [], 0

    @property
    def text(self):
        return "".join(LETTERS[number % len(LETTERS)] for number in range(len(self.struck)))

    def strikes(self, times):
        for _time in range(times):
            self.page.keyboard.type(LETTERS[len(self.struck) % len(LETTERS)])
            self.struck.append(self.clock)
            self.passes(self.chance.choice((KEY // 2, KEY, KEY, KEY * 2)))
            if self.chance.random() < 0.04:
                self.passes(2_500)  # looks up, thinks

    def passes(self, milliseconds):
        self.clock += milliseconds
        self.page.clock.run_for(milliseconds)
        self.page.evaluate("landed()")
        expect(status(self.page)).not_to_have_text(BUSY)

    def lost(self, kept):
        """Seconds between the first letter that was not kept and now."""
        assert self.text.startswith(kept)
        return (self.clock - self.struck[len(kept)]) / 1000 if len(kept) < len(self.struck) else 0.0


def expire():
    Session.objects.all().delete()


def log_in_again(page, person, live_server):
    """As in another tab: the same browser has a session again."""
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}])


def test_fifty_expiries_while_typing(page, live_server, session, capsys):
    coach, chance = session.trajectory.coach.person, random.Random(5)
    log_in(page, live_server, coach)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    page.add_init_script(FLIGHT)
    page.goto(log_of(live_server, session))
    note(page).focus()
    typist, losses, start = Typist(page, chance), [], time.perf_counter()
    for _time in range(TIMES):
        typist.strikes(chance.randint(3, 40))
        expire()
        at_the_end = kept_words(coach)
        losses.append(typist.lost(at_the_end))  # who walks away now has this much less
        typist.strikes(4)
        typist.passes(6_000)
        expect(status(page)).to_have_class(FAILED)
        assert kept_words(coach).startswith(at_the_end) and not SAVED.search(status(page).inner_text())
        log_in_again(page, coach, live_server)
        while FAILED.search(status(page).get_attribute("class")):
            typist.passes(2_000)
            page.wait_for_timeout(20)
        expect(status(page)).to_have_text(SAVED)
        assert kept_words(coach) == typist.text == note(page).input_value()  # who logs in again has lost nothing
    with capsys.disabled():
        took = time.perf_counter() - start
        print(f"\n{TIMES} expiries over {len(typist.struck)} letters: at most {max(losses):.1f} s lost by leaving, ", end="")
        print(f"{sum(losses) / TIMES:.1f} s on average, nothing by logging in again; the test took {took:.0f} s", flush=True)
    assert max(losses) <= MOST and Draft.objects.filter(posted_at=None).count() == 1
