"""Does the report on paper say what was signed, and nothing that it should not?"""

from dataclasses import replace

from django.utils import translation

from tests.trajectories.report_example import ENGLISH, GOALS, LASTING, MANY, TWO, VOICES, marks
from tests.trajectories.report_paper import alternatives, draft, information, made, pages, reads, three
from trajectories.report import wording
from trajectories.report.render import as_pdf
from trajectories.text_page import spoken


@reads
def test_four_pages_with_one_job_each():
    cover, change, voices, lasting = pages(three())
    assert ENGLISH.question in cover and ENGLISH.summary in cover and "Six sessions of 60 minutes" in cover
    assert ENGLISH.headline in change
    for goal in GOALS:
        assert goal.title in change and goal.now in change and goal.then in change and goal.sentence in change
    for voice in VOICES:
        for answer in voice.answers:
            assert answer.question in voices and answer.words in voices
    assert ENGLISH.differences in voices and ENGLISH.quote in voices
    for one in LASTING:
        assert one.what in lasting
    assert "Done on 9 November 2026" in lasting and ENGLISH.effort in lasting
    assert "Agreed in Rode Draad on 17 December 2026, 14:48" in lasting
    assert "Number RD-2026-0007, check code 01ABC 01ABC 01ABC 01ABC" in lasting


@reads
def test_two_voices_and_a_neutral_sentence():
    told = pages(made("two", TWO))
    assert len(told) == 4
    assert "The trajectory of Youssef El Amrani" in told[0]
    assert "One goal, reached." in told[1] and "by both" in told[1]
    assert "Two voices" in told[2]
    assert "This trajectory had no sponsor." in told[3]
    assert "Annelies de Wit" not in " ".join(told)


@reads
def test_a_sponsor_who_was_not_there_is_named_neutrally_and_keeps_their_level():
    pdf = as_pdf(replace(ENGLISH, closed_by=("client", "coach"), voices=TWO.voices), marks(replace(ENGLISH, closed_by=("client", "coach"))))
    assert "The sponsor was not there." in pages(pdf)[-1]
    assert not any("sponsor −1" in alt for alt in alternatives(pdf))
    assert any("client +1" in alt for alt in alternatives(pdf))


@reads
def test_six_goals_scored_or_not():
    told = " ".join(pages(made("many", MANY)))
    assert "Six goals, three of them reached." in told
    assert "Not scored." in told
    assert "We see it differently. Youssef Het lukt me vaker dan niet." in told
    assert "Annelies Naar mij toe zie ik het nog niet." in told


@reads
def test_who_does_not_agree_says_so_on_paper():
    pdf = as_pdf(ENGLISH, marks(ENGLISH, agrees=False, remark="Bij doel 2 koos ik −1."))
    last = pages(pdf)[-1]
    assert "Read and signed" in last and "We recognise ourselves" not in last
    assert "Read, not agreed. In Rode Draad on 17 December 2026, 14:50" in last
    assert "Bij doel 2 koos ik −1." in last


@reads
def test_a_draft_says_so_on_every_page_and_has_no_code():
    told = pages(draft())
    assert len(told) == 4
    marked = [page.replace("- ", "") for page in told]
    assert all("not signed" in page or "niet ondertekend" in page for page in marked)
    assert "01ABC" not in " ".join(told)
    assert "/CreationDate" not in information(draft())


@reads
def test_the_report_itself_is_no_draft():
    assert "not signed" not in " ".join(pages(three())).lower()


@reads
def test_months_are_those_of_the_language_of_the_text():
    assert "3 september tot 17 december 2026" in pages(draft())[0] or "3 september to 17 december 2026" in pages(draft())[0]
    assert "3 September to 17 December 2026" in pages(three())[0]


@reads
def test_long_texts_flow_on_and_lose_nothing():
    words = [f"woord{place}" for place in range(420)]
    long = " ".join(words)
    answers = tuple(replace(answer, words=long) for answer in VOICES[0].answers)
    text = replace(
        ENGLISH,
        summary=long,
        goals=(replace(GOALS[0], now=long, sentence=long),),
        voices=(replace(VOICES[0], answers=answers), *VOICES[1:]),
        lasting=tuple(replace(one, what=long[:900]) for one in LASTING * 2),
    )
    told = pages(as_pdf(text, marks(text, agrees=False, remark=long)))
    assert len(told) > 6
    assert " ".join(told).count("woord419") >= 7
    assert "Coach. Read, not agreed" in " ".join(told)


@reads
def test_markup_is_printed_and_not_obeyed():
    words = "<script>alert(1)</script> {{ text.number }} {% now 'Y' %} & <b>niet vet</b> ]]>"
    text = replace(ENGLISH, question=words, headline=words, quote=words, differences=words, organisation=words)
    text = replace(text, goals=(replace(GOALS[0], title=words, short=words, sentence=words),))
    told = pages(as_pdf(text, marks(text, agrees=False, remark=words)))
    assert all(words in page for page in (told[0], told[1], told[2], told[-1]))


@reads
def test_letters_of_all_colleagues():
    name = "Gülşen Łukasz Żółć-Çağlar"
    text = replace(
        ENGLISH, parties=(replace(ENGLISH.parties[0], name=name, first_name="Gülşen"), *ENGLISH.parties[1:]), summary="bijna ‘één’ ½ … €"
    )
    told = pages(as_pdf(text, marks(text)))
    assert name in told[0] and "bijna ‘één’ ½ … €" in told[0] and "Gülşen" in told[2]


@reads
def test_a_report_without_optional_words_is_whole():
    text = replace(TWO, goals=(), voices=(), lasting=(), moments=(), follow_up_on=None, summary="", effort="", minutes=0, sessions=1)
    told = pages(as_pdf(text, (), draft=True))
    assert len(told) == 3
    assert "No goals were shared." in told[1]


def test_a_promise_that_was_not_ticked_is_open_and_no_verdict():
    with translation.override("en"):
        assert wording.kept(replace(ENGLISH.commitments[0], kept_on=None)) == "Still open"


def test_a_short_last_word_takes_another_along():
    assert wording.without_widow("Past leidinggeven bij mij, of wil ik verder in mijn vak?") == (
        "Past leidinggeven bij mij, of wil ik verder in ",
        "mijn vak?",
    )
    for words in ("Wat nu?", "Hoe leid ik een Verantwoordelijkheidsverdelingsoverleg?", "Wat\nwil ik\ngraag\nnu", "", "Drie korte woorden"):
        assert "".join(wording.without_widow(words)) == words


def test_levels_are_told_apart_as_people_write_them():
    text = replace(ENGLISH, goals=(replace(GOALS[0], outcome=0), replace(GOALS[1], outcome=-1)))
    said = " ".join(spoken(text))
    assert f"0: {GOALS[0].sentence}" in said and "+0" not in said and f"−1: {GOALS[1].sentence}" in said


def test_a_draft_without_a_number_ends_neatly():
    with translation.override("nl"):
        assert wording.kind_and_number(replace(ENGLISH, number="")) == "Eindverslag"
