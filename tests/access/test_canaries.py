"""Does any confidential word reach who may not have it, and does each reach everyone who may? (R25, architecture 24)"""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import Resolver404, resolve

from coaching.clock import now
from coaching.logs import Quiet
from coaching.outbox import deliver
from tests.access.notation import CAST, NOBODY, routes
from tests.access.table import ROWS
from tests.access.visiting import Visitor, body, found, text, words_of

LINK = re.compile(r"(?:href|hx-get|src)=\"(/[^\"#]*)")
ENOUGH = 600  # addresses per person; more than the cast's story has


class Ear(logging.Handler):
    """Keeps the log lines in which a secret word stands."""

    def __init__(self, words):
        super().__init__(logging.DEBUG)
        self.words, self.heard = words, []
        self.setFormatter(Quiet())

    def emit(self, record):
        if found(self.words, line := self.format(record)):
            self.heard.append(line)


def doors(cast):
    """Where everyone starts: home, each address of the table, each page of the story."""
    known = routes()
    table = [row.address(cast) for row in ROWS if row.method == "GET" and row.route in known]
    return ["/", *dict.fromkeys([*table, *cast.pages.values()])]


def crawl(visitor, starts, words):
    """Which words this person came across, and where first: every page as a whole and as a fragment, and wherever its links lead."""
    waiting, asked, seen = list(starts), set(), {}
    while waiting and len(asked) < ENOUGH:
        address = waiting.pop(0)
        if address in asked or not readable(address):
            continue
        asked.add(address)
        for fragment in (False, True):
            response = visitor.get(address, fragment=fragment)
            for word in found(words, text(response)):
                seen.setdefault(word, address)
            if response.get("Location", "").startswith("/"):
                waiting.append(response["Location"])
            if response.status_code == 200 and "html" in response.get("Content-Type", ""):
                waiting += [link.replace("&amp;", "&") for link in LINK.findall(body(response).decode())]
    return seen


def readable(address):
    """Whether it is an address of ours, and not a file."""
    try:
        return bool(resolve(address.split("?")[0]).view_name)
    except Resolver404:
        return False


class Walk:
    """What each person sees, where, and what the log hears of it: each walks once, when somebody asks."""

    def __init__(self, cast):
        self.cast, self.walked = cast, {}

    def of(self, key):
        """({word: where it was seen first}, [log lines with a word in them])."""
        if key not in self.walked:
            ear, root = Ear(words_of(self.cast)), logging.getLogger()
            root.addHandler(ear)
            try:
                seen = crawl(Visitor(key, self.cast.people.get(key)), doors(self.cast), words_of(self.cast))
            finally:
                root.removeHandler(ear)
            self.walked[key] = seen, ear.heard
        return self.walked[key]


@pytest.fixture(scope="module")
def walk(cast_of_the_module):
    return Walk(cast_of_the_module)


def test_the_story_has_words_to_watch(cast):
    words = [secret["word"] for secret in cast.secrets]
    assert len(words) == len(set(words)) > 25
    assert len({secret["trajectory"] for secret in cast.secrets}) > 1
    assert {key for secret in cast.secrets for key in secret["readers"]} <= set(CAST)


@pytest.mark.parametrize("key", [*CAST, NOBODY])
def test_no_word_reaches_who_may_not_have_it(key, cast, walk):
    seen, _heard = walk.of(key)
    foreign = set(words_of(cast, key))
    told = {secret["word"]: secret["what"] for secret in cast.secrets}
    assert {f"{told[word]} {word}": where for word, where in seen.items() if word in foreign} == {}


@pytest.mark.parametrize("key", CAST)
def test_every_word_is_seen_by_each_who_may(key, cast, walk):
    """A check that cannot fail is no check: what may be read must be found somewhere."""
    seen, _heard = walk.of(key)
    assert sorted(f"{s['what']} {s['word']}" for s in cast.secrets if key in s["readers"] and s["word"] not in seen) == []


@pytest.mark.parametrize("key", [*CAST, NOBODY])
def test_no_word_is_logged(key, cast, walk):
    _seen, heard = walk.of(key)
    assert heard == []


def test_no_word_is_mailed(cast):
    deliver(now() + timedelta(days=14))
    letters = [*cast.mails, *mail.outbox]
    assert letters, "the story sends mails"
    said = [f"{letter.to} {letter.subject}\n{letter.body}\n{letter.extra_headers}\n{letter.attachments}" for letter in letters]
    assert [line for line in said if found(words_of(cast), line)] == []


def test_no_word_lies_open_in_the_database(cast):
    """The words in a stolen file are unreadable without the key (security.md, promise 5)."""
    words, lying = words_of(cast), set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for values in cursor.fetchall():
                said = " ".join(bytes(v).decode(errors="replace") if isinstance(v, bytes | memoryview) else str(v) for v in values)
                lying |= {f"{table}: {word}" for word in found(words, said)}
    assert sorted(lying) == []
