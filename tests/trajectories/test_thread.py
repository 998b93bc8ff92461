"""One list of stitches per seat: in order, the needle at the last one done, and nothing in it that the seat may not know."""

from datetime import timedelta

import pytest

from coaching.clock import now, today
from tests.makers import DAY, make_goal, make_log, make_person, make_session, make_trajectory
from trajectories.models import Part, Release, Trajectory
from trajectories.thread import AHEAD, DONE, NOW, Entry, folded, thread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def stitches(trajectory, part):
    row = Trajectory.objects.with_moments().with_seats().get(pk=trajectory.pk)
    seat = row.seat(part) or Part(trajectory=row, part=part)
    return thread(row, seat, today=today())


@pytest.fixture
def trajectory():
    row = make_trajectory(sponsor=make_person("Els"))
    make_goal(row)
    for days in (40, 20):
        make_log(make_session(row, starts_at=now() - days * DAY))
    make_session(row, starts_at=now() + 10 * DAY)
    return row


def test_what_was_lies_before_what_comes_with_the_needle_between(trajectory):
    entries = stitches(trajectory, "coach")
    states = [entry.state for entry in entries]
    assert states.count(NOW) == 1
    assert states == sorted(states, key=[DONE, NOW, AHEAD].index)
    assert [entry.label for entry in entries if entry.kind == "session"] == ["Session 1", "Session 2", "Session 3"]


@pytest.mark.parametrize("part", ["coach", "client"])
def test_coach_and_client_have_days_and_ways_to_sessions(trajectory, part):
    sessions = [entry for entry in stitches(trajectory, part) if entry.kind == "session"]
    assert all(entry.on and entry.url and not entry.hollow for entry in sessions)


@pytest.mark.parametrize("taken", [True, False])
def test_the_sponsor_counts_knots_and_no_more(trajectory, taken):
    if not taken:
        trajectory.sponsor.delete()
    sessions = [entry for entry in stitches(trajectory, "sponsor") if entry.kind == "session"]
    assert len(sessions) == 3
    assert not any(entry.on or entry.url for entry in sessions)
    assert all(entry.hollow for entry in sessions)


def test_the_sponsor_knows_the_day_of_the_check_once_something_was_shared(trajectory):
    trajectory.checkins.create(worded_at=now() - 5 * DAY, handed_in_at=now() - 5 * DAY)
    mid = lambda part: next(entry for entry in stitches(trajectory, part) if entry.label == "Mid-point")  # noqa: E731
    assert mid("client").state in (DONE, NOW)
    assert mid("sponsor").state == AHEAD
    facts = {"kind": Release.CHECK_IN, "words": "Het gaat", "shared_at": now() - 4 * DAY}
    trajectory.releases.create(worded_at=now() - 4 * DAY, **facts)
    assert mid("sponsor").state in (DONE, NOW)


def test_older_stitches_fold_away_and_what_is_ahead_stays():
    entries = [Entry("session", str(n), on=today() - timedelta(days=30 - n), state=DONE) for n in range(12)]
    entries += [Entry("mile", "later", on=today() + timedelta(days=9))]
    shown, hidden = folded(entries, keep=8)
    assert hidden == 4
    assert [entry.label for entry in shown] == ["4", "5", "6", "7", "8", "9", "10", "11", "later"]
