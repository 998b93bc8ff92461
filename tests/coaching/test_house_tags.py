"""How are levels, days and threads said and drawn?"""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from coaching.templatetags import house


@pytest.mark.parametrize(("value", "said"), [(-2, "−2"), (0, "0"), (1, "+1"), ("-1", "−1"), (None, ""), ("", "")])
def test_a_level_has_a_real_sign(value, said):
    assert house.level(value) == said


def test_days_are_said_in_the_language_of_the_reader():
    on = datetime.date(2026, 9, 3)
    with override("nl"):
        assert (house.day(on), house.day_short(on), house.day_full(on)) == ("do 3 sep", "3 sep", "donderdag 3 september 2026")
    with override("en"):
        assert (house.day(on), house.day_long(on)) == ("Thu 3 Sep", "Thursday 3 September")
    assert house.day(None) == house.day_short(None) == house.clock(None) == ""


def test_a_moment_falls_on_the_local_day():
    late = datetime.datetime(2026, 9, 3, 22, 30, tzinfo=datetime.UTC)
    assert house.clock(late) == "00:30" and house.iso(late) == "2026-09-04"


def steps(*states):
    return [{"kind": "session", "label": state, "on": None, "url": "", "state": state, "hollow": False} for state in states]


def test_what_comes_after_now_is_chalk():
    drawn = house.stitched(steps("done", "now", "ahead"))
    assert [(one["kind"], one["line"]) for one in drawn] == [("sewn", "sewn"), ("sewn", "chalk"), ("chalk", "chalk")]


def test_the_needle_stands_after_now_and_only_there():
    html = render_to_string("components/thread.html", {"entries": steps("done", "now", "ahead")})
    assert html.count('class="needle"') == 2 and html.count("<li") == 3 and html.count('aria-current="step"') == 1
    assert "needle" not in render_to_string("components/thread.html", {"entries": steps("done")})


def test_a_thread_without_entries_is_still_a_list():
    assert "<ol" in render_to_string("components/thread.html", {"entries": []})


def test_marks_at_one_level_are_stacked():
    voices = [{"part": part, "level": 0} for part in ("coach", "client", "sponsor")]
    drawn = house.seam(-2, 0, "", voices)
    assert [(mark["part"], mark["shift"]) for mark in drawn["marks"]] == [("client", 0), ("sponsor", 1), ("coach", 2)]
    assert house.seam(0, 0, "", voices)["deep"] == 3
    assert house.seam(-2, 0, "", [{"part": "coach", "level": None}])["marks"] == []


def test_below_the_start_the_line_runs_back():
    assert house.seam(-1, -2, "")["ends"] == [-2, -1]
    assert house.seam(-1, None, "")["ends"] is None


@pytest.mark.parametrize("total", [0, 1, 2, 11])
def test_a_small_thread_of_any_length(total):
    drawn = house.mini_thread(min(1, total), total, "")
    assert len(drawn["knots"]) == total and len(drawn["stitches"]) == max(total - 1, 0)


def test_bars_without_a_number_have_no_stroke():
    assert [one["part"] for one in house.bars([("a", 5, "5"), ("b", None, "fewer than five")], 10, "")["strokes"]] == ["50.0%", ""]
