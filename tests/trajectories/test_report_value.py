"""Does one text always give the same bytes, and does its code belong to exactly those?"""

import json
import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trajectories.report_example import ENGLISH, GOALS, MANY, THREE, TWO, marks
from trajectories.report.canonical import (
    LIMIT,
    code,
    from_json,
    grouped,
    number,
    plain,
    read_code,
    same_code,
    to_json,
)
from trajectories.report.value import shows_own_levels

KEY = b"a key of thirty-two bytes for us"


@pytest.mark.parametrize("text", [THREE, ENGLISH, TWO, MANY])
def test_a_text_comes_back_as_it_was(text):
    assert from_json(to_json(text)) == text


def test_the_same_text_gives_the_same_bytes():
    assert to_json(THREE) == to_json(from_json(to_json(THREE)))
    assert list(json.loads(to_json(THREE))) == sorted(json.loads(to_json(THREE)))


def test_how_a_keyboard_composes_letters_makes_no_difference():
    apart = replace(THREE, summary=unicodedata.normalize("NFD", THREE.summary) + "\r\n")
    assert apart.summary != THREE.summary
    assert to_json(apart) == to_json(THREE)


def test_what_cannot_be_seen_is_not_signed():
    assert plain("a\0b\x1bc\u202ed\u2066e\ufefff\ud800g\ufffeh\ti\r\nj\u2028k\n") == "abcdefgh i\nj\nk"


@pytest.mark.parametrize("value", [1.0, float("nan"), True, b"bytes", {"a": 1}, datetime(2026, 12, 17)])
def test_only_words_whole_numbers_and_days_can_be_signed(value):
    with pytest.raises(ValueError, match="holds no"):
        to_json(replace(THREE, sessions=value))


def test_a_text_has_a_limit():
    with pytest.raises(ValueError, match="at most"):
        to_json(replace(THREE, summary="a" * LIMIT))


@pytest.mark.parametrize(
    "change",
    [
        lambda words: words | {"extra": 1},
        lambda words: {name: value for name, value in words.items() if name != "number"},
        lambda words: words | {"sessions": "six"},
        lambda words: words | {"sessions": True},
        lambda words: words | {"goals": "none"},
        lambda words: words | {"goals": [{"number": 1}]},
        lambda words: words | {"met_on": "yesterday"},
        lambda words: words | {"number": None},
        lambda words: [words],
    ],
)
def test_what_does_not_fit_is_no_text(change):
    with pytest.raises(ValueError):
        from_json(json.dumps(change(json.loads(to_json(THREE)))))


def test_a_text_from_before_a_field_was_added_still_opens():
    words = json.loads(to_json(THREE))
    del words["commitments"]
    assert from_json(json.dumps(words)) == replace(THREE, commitments=())


@given(st.text(), st.text())
def test_any_words_give_bytes_that_stay_the_same(summary, title):
    text = replace(THREE, summary=summary, goals=(replace(GOALS[0], title=title),))
    words = to_json(text)
    assert to_json(from_json(words)) == words
    assert "\\u0000" not in words
    words.encode()


def test_a_code_belongs_to_one_text_and_one_key():
    first = code(to_json(THREE), KEY)
    assert first == code(to_json(THREE), KEY)
    assert len(first) == 20
    assert set(first) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert first != code(to_json(THREE), b"another key")
    assert first != code(to_json(replace(THREE, sessions=7)), KEY)


def test_a_code_never_changes_between_releases():
    assert code("{}", b"key") == "5EGD27PSWTSG269HAH0N"


def test_a_code_is_printed_in_four_groups_and_typed_as_people_type():
    printed = grouped("01ABC01ABC01ABC01ABC")
    assert printed == "01ABC 01ABC 01ABC 01ABC"
    assert same_code("oiabc-olabc o1abc.01abc", "01ABC01ABC01ABC01ABC")
    assert not same_code("01ABC01ABC01ABC01ABD", "01ABC01ABC01ABC01ABC")
    assert not same_code("", "01ABC01ABC01ABC01ABC")
    assert read_code("é u!") == ""


def test_a_number_has_its_year():
    assert number(2026, 7) == "RD-2026-0007"
    assert number(2026, 12345) == "RD-2026-12345"


def test_own_levels_need_everyones_consent():
    assert shows_own_levels(THREE, marks(THREE))
    assert not shows_own_levels(THREE, ())
    assert not shows_own_levels(THREE, marks(THREE)[:2])
    assert not shows_own_levels(THREE, marks(THREE, own_levels=True)[:2] + (replace(marks(THREE)[2], own_levels=False),))
    assert shows_own_levels(TWO, marks(TWO))


def test_signers_are_those_who_close():
    without = replace(THREE, closed_by=("client", "coach"))
    assert [party.part for party in without.signers] == ["client", "coach"]
    assert without.party("sponsor").first_name == "Annelies"
    assert TWO.party("sponsor") is None
