"""Does a line over time stand where its stops say, run where it may, and break where it must?"""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from coaching.lines import BROKEN, DAYS_APART, LEFT, NEAREST, RIGHT, STEP, TOP, Line, Rung, Stop, places

FIVE = tuple(Rung(value, f"{value:+d}", goal=value == 0) for value in (2, 1, 0, -1, -2))
FIRST = date(2026, 9, 1)
days = st.lists(st.integers(0, 400), min_size=1, max_size=25).map(lambda found: [FIRST + timedelta(one) for one in sorted(found)])
why, threads = st.sampled_from(["", "", "version 2"]), st.sampled_from(["client", "coach", ""])
stops = days.flatmap(lambda found: st.tuples(*(st.builds(Stop, st.just(on), st.integers(-2, 2), line=threads, breaks=why) for on in found)))


def line(*made, told="From here to there."):
    return Line(FIVE, made, "The line", told)


def number(percent):
    return float(percent.rstrip("%"))


def drawn(shown):
    return render_to_string("components/line.html", {"line": shown, "id": "a"})


@given(days)
def test_time_goes_from_left_to_right(found):
    across = places(found)
    assert len(across) == len(found) and across[0] == LEFT
    assert all(before < after for before, after in pairwise(across))
    assert across[-1] == pytest.approx(RIGHT if len(found) > 1 else LEFT)


@given(days)
def test_longer_is_never_nearer(found):
    apart = sorted((after - before, x2 - x1) for (before, x1), (after, x2) in pairwise(zip(found, places(found), strict=True)))
    assert all(near <= far + 1e-6 for (_days, near), (_more, far) in pairwise(apart))


@given(days, st.data())
def test_a_break_has_room_to_be_seen(found, data):
    broken = data.draw(st.sets(st.integers(1, max(len(found) - 1, 1))))
    across = places(found, broken)
    least = BROKEN * NEAREST / (1 + len(found) * NEAREST + BROKEN * NEAREST * len(broken)) * (RIGHT - LEFT)
    assert all(across[place] - across[place - 1] >= least - 1e-6 for place in broken if place < len(across))


@given(stops)
def test_between_neighbours_of_one_thread_is_a_piece_or_a_break(made):
    shown = line(*made)
    sewn = sum(max(sum(stop.line == name for stop in made) - 1, 0) for name in ("client", "coach"))
    assert len(shown.stretches) + len(shown.breaks) == sewn
    assert len(shown.marks) == len(made)


@given(stops)
def test_a_broken_thread_touches_nothing_over_the_break(made):
    shown = line(*made)
    for across, _why in shown.breaks:
        for one in shown.stretches:
            touches = number(one.x1) < number(across) < number(one.x2)
            assert not touches or len({stop.line for stop in made if stop.line}) > 1


@given(stops)
def test_a_level_is_where_it_is_written(made):
    for stop, _across, down in line(*made).marks:
        assert down == TOP + STEP * (2 - stop.value)


@given(days)
def test_dates_do_not_run_into_one_another(found):
    written = [number(across) for across, _words in line(*(Stop(on, 0) for on in found)).days]
    assert written[0] == LEFT
    assert all(after - before >= DAYS_APART - 0.2 for before, after in pairwise(written))
    assert len(found) == 1 or written[-1] == pytest.approx(RIGHT)


def test_who_cannot_see_it_hears_it():
    shown = drawn(line(Stop(FIRST, -2, "start"), Stop(FIRST + timedelta(30), 0), told="From −2 to 0."))
    assert 'role="img"' in shown and "<title" in shown and "From −2 to 0.</desc>" in shown
    assert set(re.search(r'aria-labelledby="([^"]+)"', shown).group(1).split()) == set(re.findall(r'id="([^"]+)"', shown))


def test_words_are_words_and_nothing_is_styled_in_place():
    shown = drawn(line(Stop(FIRST, 1), Stop(FIRST, 0, breaks="<b>")))
    assert "&lt;b&gt;" in shown and "<b>" not in shown and "style" not in shown


def test_an_empty_line_draws_its_scale():
    assert drawn(line()).count("line__rung") == 6


def test_steering_has_two_threads():
    scale = tuple(Rung(value, str(value)) for value in (5, 4, 3, 2, 1))
    made = [(FIRST + timedelta(7 * place), value) for place, value in enumerate((1, 3, 5))]
    both = [Stop(on, value, part, line=part) for part in ("coach", "client") for on, value in made]
    shown = Line(scale, tuple(sorted(both, key=lambda stop: stop.on)), "Who steered", "From coach to client.")
    assert [one.line for one in shown.stretches] == ["coach", "coach", "client", "client"]
