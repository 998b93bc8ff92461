"""Do four parts become one sentence and five levels, in good language, and does nothing typed by hand get lost? (R5)"""

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from trajectories.quantity import varied
from trajectories.smart import Parts, fill, proposals, sentence

MEETING = Parts("zeg in het overleg wat ik ervan vind", "twee keer per week", "een collega die meekijkt", "vóór de kerst")
ALL = Parts("say what I think of it", "three times a month", "a colleague who looks along", "before Christmas")
FIVE = {"plus_two", "plus_one", "zero", "minus_one", "minus_two"}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
parts = st.builds(Parts, words, words, words, words)


ENGLISH, BOTH = (pytest.mark.parametrize("language", found, indirect=True) for found in (["en"], ["nl", "en"]))


@pytest.fixture(autouse=True)
def language(request):
    """Dutch, unless a test asks for another or for both."""
    with translation.override(getattr(request, "param", "nl")):
        yield


def test_one_sentence():
    assert sentence(MEETING) == "Ik zeg in het overleg wat ik ervan vind, twee keer per week, met een collega die meekijkt, vóór de kerst."


@ENGLISH
def test_one_sentence_in_english():
    assert sentence(ALL) == "I say what I think of it, three times a month, with a colleague who looks along, before Christmas."


def test_five_levels():
    made = proposals(MEETING)
    begins, alone = "Ik zeg in het overleg wat ik ervan vind", "ook zonder een collega die meekijkt, vóór de kerst."
    assert made["plus_two"] == f"{begins}, drie keer per week, {alone}"
    assert made["plus_one"] == f"{begins}, twee keer per week, {alone}"
    assert made["zero"] == made["title"] == sentence(MEETING)
    assert made["minus_one"] == f"{begins}, één keer per week, met een collega die meekijkt, vóór de kerst."
    assert made["minus_two"] == "Dit lukt me nog niet: ik zeg in het overleg wat ik ervan vind."
    assert made["support"] == "Met een collega die meekijkt."


@ENGLISH
def test_five_levels_in_english():
    made = proposals(ALL)
    assert made["minus_one"].startswith("I say what I think of it, two times a month, with")
    assert "also without a colleague who looks along" in made["plus_one"]


def test_only_what_somebody_does_is_enough():
    made = proposals(Parts("bel klanten terug"))
    assert made["minus_one"] == "Ik bel klanten terug, af en toe."
    assert made["plus_one"] == "Ik bel klanten terug, ook als het druk of spannend is."
    assert made["plus_two"] == "Ik bel klanten terug, zonder dat ik erover na hoef te denken."
    assert "support" not in made


def test_what_cannot_be_counted_is_said_otherwise():
    assert proposals(Parts("bel terug", "zodra ik het hoor"))["minus_one"] == "Ik bel terug, maar nog niet zodra ik het hoor."


@BOTH
def test_how_it_is_now_is_where_it_starts():
    now = "  Ik spaar het op.\n"
    assert proposals(MEETING, now=now)["minus_two"] == "Ik spaar het op."
    made = proposals(MEETING, now=now, start=-1)
    assert made["minus_one"] == "Ik spaar het op." and made["minus_two"] not in ("", made["minus_one"])


@pytest.mark.parametrize("typed", ["Ik zeg het", "ik zeg het.", "Zeg het", " zeg  het; "])
def test_who_begins_with_i_is_understood(typed):
    assert sentence(Parts(typed)) == "Ik zeg het."


def test_names_keep_their_capital():
    assert sentence(Parts("CC de OR", "Elke week", "Thijs als voorzitter", "Vóór kerst")) == (
        "Ik CC de OR, elke week, met Thijs als voorzitter, vóór kerst."
    )


@pytest.mark.parametrize("activity", ["IT-vragen stel ik meteen", "OR-stukken lees ik", "in het overleg zeg ik wat ik ervan vind"])
def test_what_cannot_follow_i_is_not_proposed(activity):
    assert sentence(Parts(activity, "elke week")) == "" and proposals(Parts(activity, "elke week"), now="Ik wacht af.") == {}


@ENGLISH
def test_what_cannot_follow_i_is_not_proposed_in_english():
    assert proposals(Parts("emails I answer at once")) == {} and proposals(Parts("say so when I disagree"))


@pytest.mark.parametrize("support", ["met Lotte", "samen met Lotte", "zonder hulp", "Met hulp"])
def test_a_preposition_is_not_said_twice(support):
    assert sentence(Parts("draag over", support=support)) == f"Ik draag over, {support.lower().replace('lotte', 'Lotte')}."


def test_what_must_not_happen_is_not_denied_twice():
    made = proposals(Parts("laat het op mijn bureau liggen", "niet te vaak"))
    assert made["minus_one"] == "Ik laat het op mijn bureau liggen, maar minder dan bij de start."
    less = proposals(Parts("schuif een overleg", "niet vaker dan 1 keer per maand"))
    assert less["minus_one"] == "Ik schuif een overleg, niet vaker dan 2 keer per maand." and "2 keer" not in less["plus_one"]


@BOTH
def test_without_an_activity_there_is_nothing_to_propose():
    assert sentence(Parts("", "twee keer", "Lotte", "morgen")) == "" and proposals(Parts("", "twee keer")) == {}


@pytest.mark.parametrize(
    ("quantity", "more", "less"),
    [
        ("twee keer per week", "drie keer per week", "één keer per week"),
        ("een keer per week", "twee keer per week", ""),
        ("4 dagen per week", "5 dagen per week", "3 dagen per week"),
        ("binnen drie dagen", "binnen twee dagen", "binnen vier dagen"),
        ("hooguit 3 avonden", "hooguit 2 avonden", "hooguit 4 avonden"),
        ("niet vaker dan 2 keer per maand", "niet vaker dan 1 keer per maand", "niet vaker dan 3 keer per maand"),
        ("niet langer dan drie uur", "niet langer dan twee uur", "niet langer dan vier uur"),
        ("binnen twee dagen", "", "binnen drie dagen"),  # "binnen één dagen" is no Dutch
        ("één dag", "", ""),
        ("twee van de drie keer", "drie van de drie keer", "één van de drie keer"),
        ("drie van de drie keer", "", "twee van de drie keer"),
        ("80%", "90%", "70%"),
        ("100%", "", "90%"),
        ("binnen 20 minuten", "binnen 15 minuten", "binnen 25 minuten"),
        ("om 9 uur", "", ""),
        ("9:30 uur", "", ""),
        ("1,5 uur", "", ""),
        ("altijd", "", ""),
        ("", "", ""),
    ],
)
def test_a_little_more_or_less(quantity, more, less):
    assert (varied(quantity, 1), varied(quantity, -1)) == (more, less)


@ENGLISH
def test_a_little_more_or_less_in_english():
    assert varied("within three days", 1) == "within two days"
    assert varied("four out of five days", 2) == "" and varied("four out of five days", 1) == "five out of five days"


@BOTH
@given(words, st.sampled_from([-2, -1, 1, 2]))
def test_what_varies_keeps_all_but_the_number(quantity, by):
    changed = varied(quantity, by)
    assert changed != quantity or not quantity
    assert not changed or changed.split()[1:] == quantity.split()[1:] or len(changed.split()) == len(quantity.split())


@BOTH
@given(parts, words, st.sampled_from([-2, -1]))
@example(Parts("0 I"), "", -2)  # an "I" of its own: nothing is proposed
def test_five_sentences_or_none(made_of, now, start):
    made = proposals(made_of, now=now, start=start)
    assert bool(made) == bool(made_of.activity and made_of.follows)
    if made:
        assert FIVE | {"title"} <= set(made) and all(text.strip() for text in made.values())
        assert all("\n" not in text and "\x00" not in text for text in made.values())
        assert made["title"] == made["zero"]


@BOTH
@given(parts)
def test_the_sentence_holds_what_was_typed(made_of):
    said = sentence(made_of)
    if made_of.activity and made_of.follows:
        assert all(part in said for part in (made_of.activity, made_of.quantity, made_of.support, made_of.time))


fields = st.sampled_from(sorted(FIVE | {"title"}))
texts = st.dictionaries(fields, st.sampled_from(["", " ", "van mij", "voorstel", "ander voorstel"]))


@given(texts, texts, texts)
def test_nothing_that_was_typed_is_lost(typed, proposed, before):
    filled, names = fill(typed, proposed, before)
    assert names <= set(proposed)
    for name, text in typed.items():
        if text.strip() and text.strip() != before.get(name, "").strip():
            assert filled[name] == text and name not in names
    assert all(filled[name] == proposed[name] for name in names)


@given(texts)
def test_pressing_twice_changes_nothing_more(proposed):
    once, names = fill({}, proposed, {})
    assert fill(once, proposed, {name: proposed[name] for name in names})[0] == once
