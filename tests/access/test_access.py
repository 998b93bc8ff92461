"""May this person enter here? Every address, every person, as a page and as a fragment (architecture 24)."""

import re

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from tests.access.notation import CAST, ENTER, LOGIN, NOBODY, OUTSIDE, REFUSED, Row, elsewhere, open_views, routes
from tests.access.table import OPEN, ROWS
from tests.access.visiting import body, found, outcome, text, visitors, words_of
from tests.conftest import undone

ROUTES = {row.route for row in ROWS}
BUILT = [pytest.param(row, id=str(row)) for row in ROWS]
READ = [pytest.param(row, id=str(row)) for row in ROWS if row.method == "GET"]
POST_ONLY = sorted(ROUTES - {row.route for row in ROWS if row.method == "GET"})
KEPT_APART = [pytest.param(row, id=str(row)) for row in ROWS if row.at]
CHANGES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b.*?\"(\w+)\"", re.S)
MAY_CHANGE = {"coaching_trace", "django_session", "coaching_attempt"}  # what reading leaves behind
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
CHANGING = re.compile(rb"name=\"(csrfmiddlewaretoken|key)\" value=\"[^\"]*\"|[0-9a-f]{16}\b")


@pytest.fixture(scope="module")
def people(cast_of_the_module):
    return visitors(cast_of_the_module)


def built(row):
    if row.route not in routes():
        pytest.skip(f"{row.route} is not built yet; test_every_row_has_its_address says so too")


def test_every_address_is_in_the_table():
    assert sorted(routes() - ROUTES) == []


def test_every_row_has_its_address():
    assert sorted(ROUTES - routes()) == []


def test_the_open_addresses_are_a_named_list():
    assert sorted(open_views()) == sorted(OPEN)


def test_everyone_of_the_story_is_asked(cast):
    assert sorted(cast.people) == sorted(CAST)


@pytest.mark.parametrize("row", BUILT)
def test_who_enters(row, cast, people):
    built(row)
    wrong = []
    for fragment in (False, True):
        for key, visitor in people.items():
            with undone(), CaptureQueriesContext(connection) as queries:  # so that each finds the story as it was told
                response = visitor.ask(row, row.address(cast), fragment=fragment)
            got, said = outcome(response, row.method, fragment=fragment, is_open=row.route in OPEN), text(response)
            leaked = found(words_of(cast, key), said)
            if got != row.expected(key) or leaked:
                wrong.append(f"{key}{' (fragment)' if fragment else ''}: {got}, not {row.expected(key)} {sorted(leaked) or ''}")
            if row.method == "GET" and (changed := changes(queries)):
                wrong.append(f"{key}: reading changed {sorted(changed)}")
    assert not wrong, "\n" + "\n".join(wrong)


def changes(queries):
    touched = (CHANGES.match(query["sql"]) for query in queries)
    return {match.group(2) for match in touched if match} - MAY_CHANGE


@pytest.mark.parametrize("route", POST_ONLY)
def test_verbs_answer_reading_with_405(route, cast, people):
    first = next(row for row in ROWS if row.route == route)
    built(first)
    row = Row(route, at=first.at, path=first.path)
    for fragment in (False, True):
        answers = {k: outcome(v.ask(row, row.address(cast), fragment=fragment), "GET", fragment=fragment) for k, v in people.items()}
        outside = {LOGIN, REFUSED} if route not in OPEN else {REFUSED}
        assert {key: got for key, got in answers.items() if got != REFUSED and not (key in OUTSIDE and got in outside)} == {}


@pytest.mark.parametrize("row", KEPT_APART)
def test_missing_and_hidden_answer_alike(row, cast, people):
    """The same bytes and as many queries (security.md, promise 2)."""
    built(row)
    if "iris" in row.people(row.enter + row.moved):
        pytest.skip("nobody is kept out here")
    for fragment in (False, True):
        hidden, missing = (asked(people["iris"], row, row.address(cast, pk), fragment) for pk in (None, elsewhere()))
        assert hidden == missing


def asked(visitor, row, address, fragment):
    """Status, headers, bytes and queries of an answer, without what differs at every request."""
    reset_queries()  # the log of queries is bounded, and one test asks a great many
    with CaptureQueriesContext(connection) as queries:
        response = visitor.ask(row, address, fragment=fragment)
    headers = {name: value for name, value in response.items() if name != "X-Request-ID"}
    content = CHANGING.sub(b"", body(response)).replace(address.encode(), b"")
    return response.status_code, headers, content, len(counted(queries))


def counted(queries):
    return [query["sql"] for query in queries if not query["sql"].startswith(BOOKKEEPING)]


@pytest.mark.parametrize("row", READ)
def test_a_page_takes_twelve_queries_at_most(row, cast, people):
    built(row)
    for key in sorted(set(CAST + [NOBODY]) & people.keys()):
        if row.expected(key) == ENTER:
            with CaptureQueriesContext(connection) as queries:
                people[key].ask(row, row.address(cast), fragment=False)
            assert len(counted(queries)) <= 12, f"{key}:\n" + "\n".join(counted(queries))
