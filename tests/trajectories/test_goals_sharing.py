"""Does sharing a goal stay what it was: the words that were put to the sponsor, those alone, and for good once they agreed? (R5, R20b)"""

import pytest

from coaching.clock import now
from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, opened, said_yes
from tests.trajectories.sights import forbidden
from tests.trajectories.test_goals import newest, reads, reworded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened(state="running")


def test_not_when_the_text_is_worded_anew_after_that_either(talk):
    """The sponsor's yes to an open version stays with its words; the new ones are a version of their own."""
    goal = drawn_up(talk)
    goal.share(by=talk.sam, at=now() - DAY)
    said_yes(goal, talk.els)
    reworded(goal, talk.noor, title="Anders")
    with pytest.raises(Refused, match="can no longer be undone"):
        fresh(goal).unshare(by=talk.sam, at=now())
    assert reads(talk, talk.els) == ["Ik zeg het op tijd."] and goal.versions.count() == 2
    said_yes(goal, talk.sam, talk.noor, at=now() - MINUTE)
    assert reads(talk, talk.els) == ["Anders", "Ik zeg het op tijd."] and newest(goal).agreed_at is None
    assert newest(said_yes(goal, talk.els)).agreed_at


def test_a_version_put_by_a_yes_is_not_written_about_once_unshared(talk):
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    goal.share(by=talk.sam, at=now() - DAY)
    reworded(goal, talk.noor, title="Scherper")
    said_yes(goal, talk.sam)
    waiting = Letter.objects.waiting().filter(kind="goal_to_agree", person=talk.els)
    before = waiting.count()
    fresh(goal).unshare(by=talk.sam, at=now())
    assert waiting.count() == before - 1


def test_a_level_against_an_earlier_private_version_stays_private(talk):
    goal = said_yes(drawn_up(talk, title="Eerst"), talk.sam, talk.noor)
    reworded(goal, talk.sam, start_level=-1, zero="anders")
    said_yes(goal, talk.sam, talk.noor)
    fresh(goal).share(by=talk.sam, at=now() - MINUTE)
    rows = goal.measurements.readable_by(talk.els).earliest_first()
    assert list(rows.values_list("level", flat=True)) == [-1] and not forbidden(talk.els)
