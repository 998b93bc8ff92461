"""Would the tables notice? The harness itself, against answers that are wrong."""

import logging
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from tests.access.notation import CAST, ENTER, HIDDEN, IN, LOGIN, MOVED, NOBODY, REFUSED, SEATS, Row, page, verb
from tests.access.test_canaries import Ear, crawl
from tests.access.visiting import found, outcome, text, words_of


def test_letters_are_people():
    row = page("x", "running", enter="CK", moved="S")[0]
    assert {key: row.expected(key) for key in ("noor", "sam", "els", "bram", "tess", "wim", "ada", "iris", "dirk", NOBODY)} == {
        "noor": ENTER,
        "sam": ENTER,
        "els": MOVED,
        **dict.fromkeys(["bram", "tess", "wim", "ada", "iris"], HIDDEN),
        **dict.fromkeys(["dirk", NOBODY], LOGIN),
    }


def test_a_coordinator_with_a_seat_is_no_coordinator_there():
    assert Row("x", at="closing", enter="O").people("O") == {"wim"}
    assert Row("x", at="closing", enter="K").expected("kim") == ENTER


def test_verbs_let_in_or_hide():
    assert verb("x", "running", may="C")[0].expected("noor") == IN
    assert verb("x", "running", may="C")[0].expected("sam") == HIDDEN


def test_every_seat_is_taken_by_someone_of_the_cast():
    assert {key for seats in SEATS.values() for key in seats.split()} - {"-"} <= set(CAST)


@pytest.mark.parametrize(
    ("response", "method", "fragment", "word"),
    [
        (HttpResponse("x"), "GET", False, ENTER),
        (HttpResponse(status=404), "GET", False, HIDDEN),
        (HttpResponse(status=403), "GET", False, 403),
        (HttpResponse(status=405), "GET", True, REFUSED),
        (HttpResponseRedirect("/inloggen/?next=/x"), "GET", False, LOGIN),
        (HttpResponseRedirect("/inloggen/"), "GET", True, "302 to the login page"),
        (HttpResponseRedirect("/x/"), "GET", False, MOVED),
        (HttpResponse(status=401), "GET", True, LOGIN),
        (HttpResponse("x", status=401), "GET", True, 401),
        (HttpResponse("held", status=401), "POST", False, LOGIN),
        (HttpResponseRedirect("/x/"), "POST", False, IN),
        (HttpResponse(status=500), "POST", False, 500),
    ],
)
def test_answers_are_told_apart(response, method, fragment, word):
    assert outcome(response, method, fragment=fragment) == word


@dataclass
class Story:
    secrets: list = field(default_factory=lambda: [{"word": "zilverreiger", "readers": ["sam"]}, {"word": "veldmuis", "readers": []}])


def test_foreign_words_are_found_wherever_they_stand():
    assert words_of(Story(), "sam") == ("veldmuis",)
    assert found(words_of(Story()), text(HttpResponse("a &quot;zilverreiger&quot;"))) == {"zilverreiger"}
    assert found(words_of(Story()), text(HttpResponse("", headers={"X-Title": "veldmuis"}))) == {"veldmuis"}
    assert found((), "veldmuis") == set()


class Leaky:
    """A visitor who is shown a word on the page that the first one links to."""

    def get(self, address, *, fragment=False):
        return HttpResponse("veldmuis" if address == "/account/" else '<a href="/account/">x</a>')


def test_the_crawl_follows_links():
    assert crawl(Leaky(), ["/"], ("veldmuis",)) == {"veldmuis": "/account/"}


def test_the_ear_hears():
    ear = Ear(("veldmuis",))

    logging.getLogger("coaching").addHandler(ear)
    logging.getLogger("coaching").warning("seen: %s", "veldmuis")
    logging.getLogger("coaching").removeHandler(ear)
    assert len(ear.heard) == 1
