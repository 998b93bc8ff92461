"""Does a goal's line say who gave which level when, and is it broken where the sentences changed, and only there? (R19)"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coaching.clock import now
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, goal_words, opened, said_yes
from trajectories import goal_line
from trajectories.goal_line import Given
from trajectories.goal_page import goal_page
from trajectories.models import CheckIn, Release

BEGAN = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Version:
    """What a line needs of a version: its number, its sentences, and when it was agreed."""

    def __init__(self, number, said="as it was"):
        self.number, self.sentences, self.agreed_at = number, {0: said}, BEGAN + timedelta(days=number)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def given_on(day, level, version=1, **facts):
    return Given(BEGAN + timedelta(days=day), level, "Sam", "after a session", version, **{"mark": "client"} | facts)


FIRST, ANEW = Version(1), Version(2, "said otherwise")
levels = st.integers(-2, 2)
stories = st.lists(st.tuples(st.integers(0, 200), levels, st.booleans()), max_size=20)


def told_story(story):
    """Levels in order of time, the version going up only; loose marks between them."""
    days = sorted(day for day, _level, _sewn in story)
    made = zip(days, story, strict=True)
    return [given_on(day, level, 1 + 2 * place // max(len(story), 1), sewn=sewn) for place, (day, (_day, level, sewn)) in enumerate(made)]


@given(stories)
def test_between_other_sentences_there_is_no_thread(story):
    rows = goal_line.broken(told_story(story), [FIRST, ANEW])
    assert [row.version for row in rows] == sorted(row.version for row in rows)
    drawn = goal_line.line(rows, number=1, told="")
    if drawn is None:
        return
    sewn = [row for row in rows if row.sewn]
    changes = sum(before.version != after.version for before, after in pairwise(sewn))
    assert len(drawn.breaks) == changes
    assert len(drawn.stretches) == max(len(sewn) - 1, 0) - changes
    assert len(drawn.stops) == len(rows)


@given(stories)
def test_other_words_with_the_same_sentences_break_nothing(story):
    rows = goal_line.broken(told_story(story), [FIRST, Version(2)])
    assert not any(row.breaks for row in rows)


def test_a_version_that_one_may_not_read_counts_as_other():
    assert [row.breaks for row in goal_line.broken([given_on(0, -2, 1), given_on(9, -1, 2)], [ANEW])] == [False, True]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([(0, -2)], "At −2 on Tuesday 1 September; nobody has chosen a level since."),
        ([(0, -2), (30, -2)], "At −2 on Thursday 1 October, as on Tuesday 1 September."),
        ([(0, -2), (30, -1)], "From −2 on Tuesday 1 September to −1 on Thursday 1 October: on the way."),
        ([(0, -2), (9, 2), (30, 0)], "From −2 on Tuesday 1 September to 0 on Thursday 1 October: the goal has been reached."),
        ([(0, -1), (30, 2)], "From −1 on Tuesday 1 September to +2 on Thursday 1 October: more than was agreed."),
        ([(0, -1), (30, -2)], "From −1 on Tuesday 1 September back to −2 on Thursday 1 October."),
    ],
)
def test_the_line_in_one_sentence(rows, said):
    assert goal_line.told([given_on(*row) for row in rows]) == said


def test_the_sentence_is_about_the_sentences_of_now():
    rows = goal_line.broken([given_on(0, -2), given_on(9, 0), given_on(20, -2, 2), given_on(30, -1, 2)], [FIRST, ANEW])
    assert goal_line.told(rows) == (
        "From −2 on Monday 21 September to −1 on Thursday 1 October: on the way. "
        "On Monday 21 September the sentences changed, so the line begins anew there."
    )


def test_what_others_saw_lies_beside_the_thread():
    rows = [given_on(0, -2, mark="start"), given_on(9, 2, mark="sponsor", sewn=False), given_on(10, -1)]
    drawn = goal_line.line(rows, number=1, told="")
    assert len(drawn.stretches) == 1 and [stop.mark for stop in drawn.stops] == ["start", "sponsor", "client"]
    assert "to −1" in goal_line.told(rows)


def test_marks_are_named_where_there_are_several():
    alone = [given_on(0, -2, mark="start"), given_on(9, -1)]
    both = [*alone, Given(BEGAN, 1, "Els", "before the review", 1, "sponsor", sewn=False)]
    assert goal_line.voices(alone) == [] and goal_line.voices(both) == [("client", "Sam"), ("sponsor", "Els")]


def test_one_level_is_no_line():
    assert goal_line.line([given_on(0, -2)], number=1, told="") is None


@pytest.fixture
def talk():
    talk = opened(state="running")
    for person in talk.everyone:
        person.language = "en"
        person.save()
    return talk


@pytest.fixture
def goal(talk):
    """Agreed and shared, measured twice, worded anew with other sentences, agreed again and measured once more."""
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor, at=now() - 40 * DAY)
    goal.share(by=talk.sam, at=now() - 30 * DAY)
    goal.measure(seat=talk.seat("client"), at=now() - 20 * DAY, level=-1, moment="session", example="Een keer gelukt.")
    fresh(goal).reword_as(by=talk.noor, at=now() - 10 * DAY, base=1, **goal_words(minus_one="bijna"))
    said_yes(goal, talk.noor, talk.sam, at=now() - 9 * DAY)
    said_yes(goal, talk.els, at=now() - 8 * DAY)
    fresh(goal).measure(seat=talk.seat("client"), at=now() - DAY, level=0, moment="session")
    return fresh(goal)


def shown(goal, talk, person):
    return goal_page(goal, talk.trajectory, person, at=now())


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
class TestOnThePage:
    def test_coach_and_client_see_all_of_it(self, goal, talk):
        for person in (talk.noor, talk.sam):
            page = shown(goal, talk, person)
            assert [(row.level, row.version, row.breaks) for row in page.rows] == [
                (-2, 1, False),
                (-1, 1, False),
                (-2, 2, True),
                (0, 2, False),
            ]
            assert [why for _x, why in page.line.breaks] == ["version 2"]
            assert "the goal has been reached" in page.told

    def test_the_sponsor_sees_the_starts(self, goal, talk):
        page = shown(goal, talk, talk.els)
        assert [row.level for row in page.rows] == [-2, -2] and len(page.line.breaks) == 1
        assert not page.line.stretches

    def test_and_what_the_client_released(self, goal, talk):
        facts = {"kind": Release.CHECK_IN, "words": "Het gaat goed.", "levels": [(goal, -1)]}
        Release.give(talk.trajectory, by=talk.sam, at=now() - 2 * DAY, **facts)
        page = shown(goal, talk, talk.els)
        assert [(row.level, row.moment) for row in page.rows][-1] == (-1, "shared with you")
        assert page.rows[-1].version == 2 and len(page.line.stretches) == 1

    def test_a_level_lies_against_the_sentences_that_the_client_answered(self, goal, talk, client):
        """Chosen against version 1, shared when version 2 had been agreed: a row of version 1, and no place on the other sentences."""
        first = goal.versions.get(number=1)
        at = now() - 20 * DAY
        check = CheckIn.objects.create(trajectory=talk.trajectory, worded_at=at, handed_in_at=at)
        goal.measure(seat=talk.seat("client"), at=at, level=0, moment="check_in", version=first, thing=check.pk)
        facts = {"kind": Release.CHECK_IN, "words": "Het gaat goed.", "levels": [(goal, 0)], "check_in": check}
        Release.give(talk.trajectory, by=talk.sam, at=now() - 2 * DAY, **facts)
        page = shown(goal, talk, talk.els)
        assert (page.rows[-1].level, page.rows[-1].version) == (0, 1) and page.shown.level is None
        client.force_login(talk.els)
        sees = client.get(reverse("trajectories:sponsor", args=[talk.pk])).context["page"]
        assert [one.level for one in sees.goals] == [None]

    def test_a_level_on_the_same_sentences_has_its_place(self, goal, talk, client):
        Release.give(talk.trajectory, by=talk.sam, at=now() - 2 * DAY, kind=Release.CHECK_IN, words="Goed.", levels=[(goal, 0)])
        client.force_login(talk.els)
        sees = client.get(reverse("trajectories:sponsor", args=[talk.pk])).context["page"]
        assert [one.level for one in sees.goals] == [0] and shown(goal, talk, talk.els).shown.level == 0

    def test_not_yet_while_it_can_be_undone(self, goal, talk):
        facts = {"kind": Release.CHECK_IN, "words": "Het gaat goed.", "levels": [(goal, -1)]}
        Release.give(talk.trajectory, by=talk.sam, at=now(), **facts)
        assert len(shown(goal, talk, talk.els).rows) == 2

    def test_the_page_draws_it_with_a_table_under_it(self, goal, talk, client):
        client.force_login(talk.sam)
        page = client.get(goal.get_absolute_url()).content.decode()
        assert page.index("the goal has been reached") < page.index('<svg class="line"') < page.index("All levels of this goal")
        assert "From here on against the sentences of version 2" in page and "Een keer gelukt." in page

    def test_an_example_is_not_for_the_sponsor(self, goal, talk, client):
        client.force_login(talk.els)
        page = client.get(goal.get_absolute_url()).content.decode()
        assert '<svg class="line"' in page and "Een keer gelukt." not in page and "Last worked on" not in page

    def test_old_beside_new(self, goal, talk, client):
        client.force_login(talk.noor)
        page = client.get(goal.get_absolute_url()).content.decode()
        older = page[page.index("Earlier versions") :]
        assert "<del>nog niet</del>" in older and "<ins>bijna</ins>" in older and "Version 1 in full" in older

    def test_a_changed_weight_is_shown_to_those_two_alone(self, goal, talk, client):
        fresh(goal).reword_as(by=talk.noor, at=now() - MINUTE, base=fresh(goal).version, **goal_words(minus_one="bijna", weight=4))
        said_yes(goal, talk.sam, at=now() - MINUTE)
        changes = {person: [str(one.heading) for one in shown(fresh(goal), talk, person).changes] for person in (talk.sam, talk.els)}
        assert any("weigh" in one for one in changes[talk.sam]) and not any("weigh" in one for one in changes[talk.els])
