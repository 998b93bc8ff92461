"""How does a test get a look back under way? Signed by all three, asked three months later, answered."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from coaching.clock import now
from tests.trajectories.closing_story import fresh, make_signed, make_story
from trajectories import looking_back
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Addendum, FollowUp, Release

HALF_A_MINUTE = timedelta(seconds=31)


@pytest.fixture
def story(db):
    """Signed by all three; the PDF of the report is drawn only where a test reads it."""
    told = make_story()
    make_signed(told)
    told.trajectory = fresh(told.trajectory)
    return told


@pytest.fixture
def asked(story):
    """The round of three months, asked just now; `client` and `sponsor` are the rows."""
    rows = {row.part: row for row in FollowUp.ask(story.trajectory, months=3, at=now())}
    return SimpleNamespace(story=story, **rows, people=story.people)


def answer(asked, part, words="Het loopt nog", *, at=None, seen=True, still="mostly", levels=()):
    row = getattr(asked, part)
    key = "example"
    said = {"key": key, "question": "Waaraan merk je dat?", "kind": "text", "answer": words, "shown": words, "seen": seen}
    of_goal = {"key": "goal_level", "question": "Welke zin?", "kind": "level", "title": "Een doel", "shown": "De zin erbij", "seen": seen}
    given = [of_goal | {"answer": str(level), "goal": str(goal.pk)} for goal, level in levels]
    facts = {"answers": [*given, said], "still": still, "levels": [(goal, level, seen) for goal, level in levels]}
    FollowUp.objects.get(pk=row.pk).hand_in(by=asked.people[part], at=at or now(), words=words if seen and part == CLIENT else "", **facts)
    return FollowUp.objects.get(pk=row.pk)


@pytest.fixture
def added(asked, django_capture_on_commit_callbacks):
    """Both answered, and the page is made."""
    answer(asked, CLIENT, "Vrijdag liet ik het liggen")
    answer(asked, SPONSOR, "Ik zie het elke week")
    Release.objects.update(shared_at=now() - HALF_A_MINUTE)
    with django_capture_on_commit_callbacks(execute=True):
        looking_back.issue(now() + HALF_A_MINUTE)
    asked.addendum = Addendum.objects.get()
    return asked
