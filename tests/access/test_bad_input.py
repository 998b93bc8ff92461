"""Whatever is typed into whichever form: a page comes back, never a 500, and nothing typed is lost."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.notation import CAST, ENTER, IN, Row
from tests.access.table import ROWS
from tests.access.visiting import body, visitors
from tests.conftest import undone

FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>")
PATTERN = re.compile(r"<template>.*?</template>", re.S)  # a row that a script may copy; nobody types in it
NAME, KIND = re.compile(r'\bname="([^"]+)"'), re.compile(r'\btype="([^"]+)"')
OURS = {"csrfmiddlewaretoken", "key", "base", "turn", "continues", "continued_turn"}
FORMS = {row.route: row for row in reversed(ROWS) if row.method == "POST"}
ASKED = [row for row in ROWS if row.method == "GET" and row.route in FORMS and next(iter(row.people(FORMS[row.route].enter)), None)]
NASTY = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "😀" * 30,
    "\u202eomgekeerd",
    "<script>alert(1)</script>",
    "{{ 7 }}",
    "-1",
    "99999999999999999999",
    "31-02-2026",
]
WORDS = st.one_of(st.sampled_from([*NASTY, "x" * 25_000]), st.text(max_size=80))


@pytest.fixture(scope="module")
def people(cast_of_the_module):
    return visitors(cast_of_the_module)


def fields(page):
    """The names on a page that a person can fill, with whether they hold words."""
    found = {}
    for tag, facts in FIELD.findall(PATTERN.sub("", page)):
        name, kind = NAME.search(facts), KIND.search(facts)
        if name and name.group(1) not in OURS and (kind is None or kind.group(1) not in {"file", "submit", "password"}):
            found[name.group(1)] = tag == "textarea"
    return found


def plain(words):
    """As it can be compared: without NUL, which no page can show, and with one kind of white space."""
    return " ".join(words.replace("\x00", "").split())


def reader(row):
    """The first who may both read the form and post it."""
    both = (key for key in CAST if row.expected(key) == ENTER and FORMS[row.route].expected(key) == IN)
    return next(both, None)


@pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in ASKED if reader(row)])
def test_bad_input_comes_back(row, cast, people):
    visitor, address = people[reader(row)], row.address(cast)
    names = fields(body(visitor.get(address)).decode())

    def tried(typed):
        with undone():
            response = visitor.ask(Row(row.route, "POST", row.at, path=row.path, sends=typed), address, fragment=False)
        assert response.status_code < 500
        if response.status_code == 422:
            page = plain(html.unescape(body(response).decode()))
            lost = [name for name, is_words in names.items() if is_words and plain(typed[name])[:40] not in page]
            assert not lost, {name: typed[name][:40] for name in lost}

    for word in NASTY:  # everywhere at once
        tried(dict.fromkeys(names, word))
    bounds = settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    bounds(given(typed=st.fixed_dictionaries(dict.fromkeys(names, WORDS)))(tried))()
