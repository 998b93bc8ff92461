"""Does anything tell that somebody wrote, to whom may not read it? No count, date, order, title or draft does (R11, R25)."""

import re
import uuid
from unittest import mock

import pytest
from django.utils import timezone

from coaching.clock import now
from coaching.models import Draft
from sessions.models import CoachingSession, Journal, Note, Stall
from tests.access.notation import CAST, ENTER, HIDDEN, IN, NOBODY, Row, routes
from tests.access.table import ROWS
from tests.access.test_access import CHANGING
from tests.access.visiting import Visitor, body, found, outcome, text, visitors, words_of
from tests.conftest import undone
from trajectories.models import Question, Trajectory

TITLE = re.compile(r"<title>(.*?)</title>", re.S)
PAGES = [row for row in ROWS if row.method == "GET" and row.route in routes()]
FORMS = [row for row in ROWS if row.method == "POST" and row.at and row.route in {page.route for page in PAGES} and row.route in routes()]
ELSEWHERE = {
    row.route for row in PAGES if row.route.split(":")[1].startswith(("password", "address", "staff", "account", "unit", "organis"))
}
TOKEN = re.compile(rb"x-csrftoken\": \"[^\"]*\"|" + CHANGING.pattern)
MANY = 3  # a count that shows says another number then


def private_words(cast, trajectory, at):
    """Noor's notes and Sam's journal: what only their writers know of."""
    session = CoachingSession.objects.get(pk=cast.things["running.session_planned"].pk)
    for _time in range(MANY):
        Note.remember(trajectory, by=cast.people["noor"], at=at, words="Voor mij alleen")
        Journal.write(trajectory, by=cast.people["sam"], at=at, words="Lief dagboek")
    Stall.mark(session, by=cast.people["noor"], at=at, words="Het stokte", differently="Rustiger")


def words_of_the_two(cast, trajectory, at):
    """A wording of the question and drafts: what coach and client have and nobody else."""
    for _time in range(MANY):
        Question.word(trajectory, by=cast.people["sam"], at=at, words="Hoe zeg ik nee?")
    place = trajectory.client.keeps("question", trajectory.pk)
    Draft.objects.create(key=uuid.uuid4(), author=cast.people["sam"], place=place, turn=1, words='{"words": ["Half"]}', saved_at=at)


ACTS = [(private_words, "noor sam", "els wim iris"), (words_of_the_two, "noor sam", "els wim iris")]


def pages_of(cast, visitor, key):
    """Every page of the table that this person reads, without what differs at each request."""
    near = [row for row in PAGES if row.trajectory in ("", "running") and row.route not in ELSEWHERE and row.expected(key) == ENTER]
    answers = {address: visitor.get(address) for address in dict.fromkeys(row.address(cast) for row in near)}
    return {address: TOKEN.sub(b"", body(answer)) for address, answer in answers.items() if "html" in answer.get("Content-Type", "")}


@pytest.fixture(scope="module", autouse=True)
def the_clock_stands():
    """An hour that strikes changes pages by itself."""
    moment = now()
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


@pytest.fixture(scope="module")
def before(the_clock_stands, cast_of_the_module):
    """person -> their pages as they stood. What a first look leaves behind (a trace) is there both times."""
    cast = cast_of_the_module
    visiting = {key: Visitor(key, cast.people[key]) for key in sorted({key for _act, *keys in ACTS for key in " ".join(keys).split()})}
    for key, visitor in visiting.items():
        pages_of(cast, visitor, key)
    return {key: (visitor, pages_of(cast, visitor, key)) for key, visitor in visiting.items()}


def told(cast, before, key):
    """The pages that say another thing to this person than they did."""
    visitor, stood = before[key]
    stands = pages_of(cast, visitor, key)
    return [address for address in stands if stands[address] != stood[address]]


@pytest.mark.parametrize(("act", "writers", "unknowing"), ACTS)
def test_who_may_not_read_it_cannot_tell_that_it_is_there(act, writers, unknowing, cast, before):
    act(cast, Trajectory.objects.get(pk=cast.things["running"].pk), now())
    assert all(told(cast, before, key) for key in writers.split()), "the writers see it: a check that cannot fail is no check"
    assert {key: pages for key in unknowing.split() if (pages := told(cast, before, key))} == {}


@pytest.mark.parametrize(("key", "writes"), [("noor", "sam"), ("sam", "noor")])
def test_neither_of_the_two_can_tell_what_the_other_keeps(key, writes, cast, before):
    """Coach and client read much of each other; of a note and a journal neither knows."""
    trajectory = Trajectory.objects.get(pk=cast.things["running"].pk)
    for _time in range(MANY):
        if writes == "noor":
            Note.remember(trajectory, by=cast.people["noor"], at=now(), words="Voor mij alleen")
        else:
            Journal.write(trajectory, by=cast.people["sam"], at=now(), words="Lief dagboek")
    assert told(cast, before, writes), "who writes sees it"
    assert told(cast, before, key) == []


def test_titles_and_names_of_files_hold_no_words_and_no_names(cast):
    """They stay in the history of a browser, on a shared screen, in a folder of downloads: neutral for those who may read, too."""
    people, names = visitors(cast), [part for person in cast.people.values() for part in person.name.split() if len(part) > 2]
    wrong, files = [], 0
    for row in PAGES:
        for key in [one for one in CAST if row.expected(one) == ENTER][:1]:
            answer = people[key].get(row.address(cast))
            title, file = TITLE.search(body(answer).decode(errors="replace")), answer.get("Content-Disposition", "")
            files += bool(file)
            wrong += [f"title of {row}"] if title and found(words_of(cast), title.group(1)) else []
            wrong += [f"file of {row}: {file}" for name in names if name.lower() in file.lower()]
            wrong += [f"file of {row}: {file}"] if found(words_of(cast), file) else []
    assert wrong == [] and files > 1


@pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in FORMS if row.expected("iris") == HIDDEN])
def test_an_autosave_passes_the_door_too(row, cast):
    """What a script sends by itself is kept for who may be there, and for nobody else."""
    sends = row.sends | {"key": str(uuid.uuid4()), "base": "0", "turn": "1", "words": "Nog iets"}
    for key in ("iris", "bram", "tess", "wim"):
        if row.expected(key) == HIDDEN:
            before = Draft.objects.count()
            answer = Visitor(key, cast.people[key]).send(row.address(cast), sends, headers={"X-Keep": "1"})
            assert (answer.status_code, Draft.objects.count()) == (404, before), key
    answer = Visitor(NOBODY).send(row.address(cast), sends, headers={"X-Keep": "1"})
    assert answer.status_code == 401


def test_some_autosaves_are_kept(cast):
    """A check that cannot fail is no check."""
    kept = 0
    for row in FORMS:
        for key in [one for one in CAST if row.expected(one) == IN][:1]:
            sends = row.sends | {"key": str(uuid.uuid4()), "base": "0", "turn": "1", "words": "Nog iets"}
            with undone():
                before = Draft.objects.count()
                Visitor(key, cast.people[key]).send(row.address(cast), sends, headers={"X-Keep": "1"})
                kept += Draft.objects.count() > before
    assert kept > 8


def test_a_key_of_another_is_not_written_in(cast):
    """The key of somebody's window, known to another who may be there as well: it stays theirs."""
    row = Row("trajectories:question", "POST", "running")
    key = str(uuid.uuid4())
    sends = {"key": key, "base": "0", "turn": "1", "words": "Van Sam"}
    assert Visitor("sam", cast.people["sam"]).send(row.address(cast), sends, headers={"X-Keep": "1"}).status_code == 200
    answer = Visitor("noor", cast.people["noor"]).send(
        row.address(cast), sends | {"turn": "2", "words": "Van Noor"}, headers={"X-Keep": "1"}
    )
    assert answer.status_code == 404 and outcome(answer, "POST", fragment=True) == HIDDEN
    assert Draft.objects.get(key=key).author == cast.people["sam"] and "Van Sam" not in text(answer)
