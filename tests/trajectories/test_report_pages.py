"""Does the report keep to its pages: four, one job each, and with more words more of them, but never a colophon by itself?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trajectories.paper_structure import untagged
from tests.trajectories.report_example import ENGLISH, LASTING, THREE, TWO, marks
from tests.trajectories.report_paper import CODE, made, opened, pages, reads
from trajectories.report.render import as_pdf
from trajectories.report.value import Commitment, Lasting

pytestmark = reads
SENTENCE = "Ik vraag aan het begin van elke week wie wat doet, en ik kom daar pas op vrijdag op terug. "


def printed(text, signatures=None, **options):
    return pages(as_pdf(text, marks(text) if signatures is None else signatures, code=CODE, **options))


@pytest.mark.parametrize(("name", "text"), [("dutch", THREE), ("english", ENGLISH), ("two", TWO)])
def test_four_pages_one_job_each(name, text):
    cover, changes, voices, lasting = pages(made(f"pages {name}", text, code=CODE))
    party = text.party("client")
    assert (text.question or party.name).split()[-1].strip("?") in cover and party.name in cover
    assert text.goals[0].sentence[:20] in changes and text.voices[0].answers[0].words[:20] in voices
    assert text.lasting[0].what[:20] in lasting and CODE[:5] in lasting and text.number in lasting


def test_a_full_last_page_closes_up_and_stays_one():
    more = [Lasting(who="Annelies", what=SENTENCE.strip(), when="Elke maand"), *LASTING]
    text = replace(ENGLISH, lasting=(*more,), commitments=ENGLISH.commitments * 3)
    assert len(printed(text)) == 4


@pytest.mark.parametrize("rows", [5, 6, 7])
def test_some_more_agreements_than_usual_need_no_page_of_their_own(rows):
    assert len(printed(replace(THREE, lasting=(LASTING * 2)[:rows]))) == 4


def test_a_colophon_never_stands_alone():
    """Whatever the length before it: who signed, and that the coach owes effort, is on the page of the code."""
    alone = []
    for rows in range(4, 26, 3):
        promises = tuple(Commitment(who="Annelies", what=SENTENCE.strip()) for _row in range(rows))
        said = printed(replace(ENGLISH, commitments=promises), marks(ENGLISH, agrees=False, remark=SENTENCE * 3))
        last = said[-1]
        alone += [rows] * (CODE[:5] not in last or "Marieke Hofstra Coach. Read, not agreed" not in last or "inspanning toe" not in last)
    assert alone == []


@settings(max_examples=8)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 14), st.integers(0, 30))
def test_with_any_length_the_end_stays_together_and_nothing_is_lost(voice, goal, rows, remark):
    answers = tuple(replace(one, words=(one.words + " " + SENTENCE * voice).strip()) for one in ENGLISH.voices[0].answers)
    text = replace(
        ENGLISH,
        voices=(replace(ENGLISH.voices[0], answers=answers), *ENGLISH.voices[1:]),
        goals=(replace(ENGLISH.goals[0], now=f"Toen. {SENTENCE * goal}Eindvantoen."), *ENGLISH.goals[1:]),
        lasting=LASTING * rows,
    )
    pdf = as_pdf(text, marks(text, agrees=False, remark=f"{SENTENCE * remark}Eindvanopmerking."), code=CODE)
    said = pages(pdf)
    assert CODE[:5] in said[-1] and "Marieke Hofstra" in said[-1] and "Youssef El Amrani Klant" in said[-1]
    everything = " ".join(said)
    assert (
        all(word in everything for word in ("Eindvantoen.", "Eindvanopmerking."))
        and everything.count("pas op vrijdag") == 3 * voice + goal + remark
    )
    assert all(len(page) > 120 for page in said)
    with opened(pdf) as document:
        assert untagged(document) == []
