"""Do the drawings of the report say what the values say, in shapes and in words?"""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.trajectories.report_example import GOALS, MANY, MOMENTS
from trajectories.report import chart, stitches
from trajectories.report.canonical import plain

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def tree(drawn):
    return ET.fromstring(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def shapes(drawn, name):
    return list(tree(drawn).iter(SVG + name))


def test_the_chart_is_told_in_words():
    assert chart.told(MANY.goals[3:]) == (
        f"Goal 4, {MANY.goals[3].title}: began at −2, not scored. "
        "Goal 5, Ik voer het lastige gesprek op tijd.: began at −1, we see it differently. "
        "Goal 6, Ik weet ’s ochtends wat de dag van míj vraagt.: from −2 to −2."
    )
    assert tree(chart.attainment(GOALS)).find(f"{SVG}title").text == chart.told(GOALS)


def test_own_levels_are_drawn_and_told_only_when_asked():
    assert "sponsor −1" not in chart.attainment(GOALS)
    assert "sponsor −1" in chart.attainment(GOALS, own=True)
    assert len(shapes(chart.attainment(GOALS, own=True), "circle")) == len(shapes(chart.attainment(GOALS), "circle")) + 6


def test_who_cannot_see_it_has_no_mark():
    assert "sponsor" not in chart.told(MANY.goals[5:], own=True)


def test_a_goal_that_stayed_where_it_was_shows_ring_and_disc():
    (ring, disc) = shapes(chart.attainment([replace(GOALS[0], outcome=-2)]), "circle")
    assert ring.get("cx") == disc.get("cx")
    assert float(ring.get("r")) > float(disc.get("r"))


def test_drawings_carry_attributes_only():
    for drawn in (chart.attainment(MANY.goals, own=True), stitches.cover_thread(MOMENTS), stitches.ahead(MOMENTS[0].on, MOMENTS[1].on)):
        assert "style" not in drawn
        for words in shapes(drawn, "text"):
            assert {"font-family", "font-size", "fill"} <= words.attrib.keys()


@given(st.text(max_size=200))
def test_any_title_is_drawn_as_text(title):
    title = plain(title)
    drawn = chart.attainment([replace(GOALS[0], title=title, short="")])
    assert tree(drawn).find(f"{SVG}title").text == chart.told([replace(GOALS[0], title=title)])


LONG = "Ik zeg in het overleg wat ik ervan vind, twee keer per week, met een collega die meekijkt, vóór de kerst."


def written(drawn):
    """The lines of the titles, with how far down they stand."""
    found = [one for one in shapes(drawn, "text") if one.get("font-family").startswith("Newsreader")]
    return [(float(one.get("y")), one.text) for one in found]


def test_a_long_title_is_wrapped_and_not_cut():
    lines = written(chart.attainment([replace(GOALS[0], title=LONG, short="")]))
    assert " ".join(text for _y, text in lines) == LONG


def test_a_long_title_pushes_the_next_goal_down():
    short = chart.attainment(GOALS[:2])
    drawn = chart.attainment([replace(GOALS[0], title=f"{LONG} {LONG}", short=""), GOALS[1]])
    deeper = [float(tree(one).get("viewBox").split()[3]) for one in (short, drawn)]
    assert deeper[1] > deeper[0] + 10
    heights = [y for y, _text in written(drawn)]
    assert heights == sorted(heights) and heights[-1] < deeper[1]


def test_short_titles_are_as_large_as_they_were():
    assert {one.get("font-size") for one in shapes(chart.attainment(GOALS), "text") if "Newsreader" in one.get("font-family")} == {"4.4"}


@given(st.lists(st.text(max_size=400), min_size=1, max_size=9))
def test_whatever_the_titles_the_chart_fits_on_a_page(titles):
    goals = [replace(GOALS[0], title=plain(title), short="") for title in titles]
    drawn = chart.attainment(goals, own=True)
    high = float(tree(drawn).get("viewBox").split()[3])
    assert high <= 245
    assert all(0 < y < high for y, _text in written(drawn))
    circles = [float(one.get("cy")) for one in shapes(drawn, "circle")]
    assert all(y < high for y in circles)


@given(st.text(max_size=300), st.integers(1, 3))
def test_lines_keep_to_their_number_and_lose_nothing_silently(words, most):
    lines = chart.fold(words, 12, most)
    assert 1 <= len(lines) <= most
    whole = "".join(words.split())
    if "".join("".join(line.split()) for line in lines) != whole:
        assert lines[-1].endswith("…")


def test_lines_are_even():
    assert chart.fold("Werk overdragen en loslaten", 12, 2) == ["Werk overdragen", "en loslaten"]


@pytest.mark.parametrize("sessions", [0, 1, 6, 12, 20, 40])
def test_the_thread_stays_on_the_page(sessions):
    moments = (*MOMENTS[:2], *[MOMENTS[2]] * sessions, *MOMENTS[9:])
    places = stitches._places(moments)
    assert places == sorted(places)
    assert places[0] == stitches.LEFT
    assert places[-1] == pytest.approx(stitches.RIGHT)
    assert len(shapes(stitches.cover_thread(moments), "circle")) == sessions


def test_the_thread_is_told_without_days_of_sessions():
    assert stitches.told(MOMENTS) == (
        "The trajectory: Intake 3 September 2026, Opening talk 10 September 2026, 3 sessions, "
        "Mid-point 29 October 2026, 3 sessions, Closing talk 17 December 2026, Follow-up 18 March 2027."
    )


def test_a_thread_of_one_stitch():
    assert stitches._places(MOMENTS[:1]) == [stitches.LEFT]
    assert shapes(stitches.cover_thread(MOMENTS[:1]), "path")
