"""Does the form of the log take whatever people paste, without falling over and without losing it?"""

import uuid

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.forms.log import MOST, LogForm
from tests.makers import make_goal, make_session, make_trajectory
from trajectories.models import GoalVersion

pytestmark = pytest.mark.django_db
ODD = ["\x00", "a\x00b", "👩‍👩‍👧‍👦", "\u202eomgekeerd\u202c", "مرحبا", "x" * 20_001, "<script>alert(1)</script>", "\r\n\r\n", "﷽"]
text = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
NAMES = ["on", "begins", "minutes", "place", "goals", "model", "takeaway", "note", "stall", "differently", "words-grow-goal",
         "asked-grow-goal", "words-oskar-outcome", "level-1", "action-0", "action_on-0", "action-29", "action-99", "did-0", "did-x", "key",
         "words-unknown", "asked-unknown", "learned-1"]  # fmt: skip


@pytest.fixture
def facts():
    trajectory = make_trajectory()
    goal = make_goal(trajectory)
    version = GoalVersion.objects.get(goal=goal)
    version.title = "Loslaten"
    session = make_session(trajectory, place="")
    return {"session": session, "goals": [(goal, version)], "asker": trajectory.coach.person}


def as_post(words):
    return RequestFactory().post("/", words).POST


@settings(max_examples=40)
@given(words=st.dictionaries(st.sampled_from(NAMES), text, max_size=12))
def test_whatever_is_posted_is_answered_and_shown_again(facts, words):
    data = as_post(words)
    form = LogForm(data, **facts)
    if form.is_valid():
        assert set(form.words()) == {"model", "sections", "goals", "interventions", "actions", "takeaway", "levels", "when"}
    assert form.steps and form.action_rows and form.did_rows
    assert form["note"].value() == data.get("note")


@settings(max_examples=25)
@given(words=st.dictionaries(st.sampled_from(NAMES), text, max_size=12))
def test_a_draft_of_whatever_is_put_back(facts, words):
    lists = {name: [value] for name, value in words.items()}
    form = LogForm(**facts).recall(lists)
    for name in ("note", "takeaway", "words-oskar-outcome", "action-29"):
        if words.get(name, "").strip():  # an empty section of another method has nothing to put back
            assert form[name].value() == words[name]
    assert str(form["on"]) and form.steps


@pytest.mark.parametrize("words", ["\x00", "x" * 20_001])
@pytest.mark.parametrize("name", ["note", "takeaway", "words-grow-goal", "stall"])
def test_what_cannot_be_kept_is_said_at_its_field(facts, name, words):
    form = LogForm(as_post({"on": "2026-11-01", name: words}), **facts)
    assert not form.is_valid() and list(form.errors) == [name]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "31-31-2026", "gisteren"])
def test_days_out_of_reach_are_refused(facts, on):
    assert list(LogForm(as_post({"on": on}), **facts).errors) == ["on"]


def test_an_hour_that_the_clock_skips_is_no_error(facts):
    form = LogForm(as_post({"on": "2026-03-29", "begins": "02:30"}), **facts)
    assert form.is_valid() and form.when[0]


def test_rows_have_an_end(facts):
    assert len(LogForm(as_post({"action-99": "x", "did-98": "x"}), **facts).action_rows) == MOST


def test_an_unknown_goal_or_level_is_an_error_and_no_surprise(facts):
    assert "goals" in LogForm(as_post({"on": "2026-11-01", "goals": str(uuid.uuid4())}), **facts).errors
    assert "level-1" in LogForm(as_post({"on": "2026-11-01", "level-1": "7"}), **facts).errors
