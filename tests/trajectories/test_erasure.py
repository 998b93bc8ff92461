"""When a term is over the words are gone, not a day before; what proves a report stays; a restored backup gets it told again (R27)."""

from datetime import timedelta

import pytest

from coaching.clock import day_of, end_of, months_after, now, today
from coaching.models import Draft, Erased, Letter
from sessions.models import Action, CoachingSession, Journal, Log, Note
from tests.makers import DAY, make_goal, make_log, make_session, make_trajectory
from trajectories import erasure
from trajectories.dossier import CONTENT, PRIVATE, RECORD, ended_by
from trajectories.models import Goal, GoalVersion, Part, Report, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    """Closed today, with a log, an action, a note, a journal, a goal and a report."""
    trajectory = make_trajectory()
    goal = make_goal(trajectory)
    session = make_session(trajectory)
    make_log(session, goals=[goal], actions=[("Bellen met Lotte", None)])
    Note.remember(trajectory, by=trajectory.coach.person, at=now(), words="Let op mijn haast", session=session)
    Journal.write(trajectory, by=trajectory.client.person, at=now(), words="Vandaag ging het")
    facts = {"number": "RD-2026-0001", "code": "A" * 20, "sha256": "0" * 64, "signed_by": 2, "closed_on": today(), "pdf": b"%PDF"}
    Report.objects.create(trajectory=trajectory, **facts)
    Trajectory.objects.filter(pk=trajectory.pk).update(closing_at=now(), closed_at=now())
    return Trajectory.objects.get(pk=trajectory.pk)


def last_day(trajectory, term):
    """The last day on which the words of a term are still there."""
    closed_on = day_of(trajectory.closed_at) if term else None
    return closed_on + timedelta(days=90) if term == PRIVATE else months_after(closed_on, 12 if term == CONTENT else 24)


@pytest.mark.parametrize(
    ("term", "models"),
    [(PRIVATE, [Note, Journal]), (CONTENT, [Log, Action]), (RECORD, [Goal, GoalVersion])],
    ids=["private", "content", "record"],
)
def test_each_term_ends_at_the_end_of_its_last_day(ended, term, models):
    over = end_of(last_day(ended, term))
    erasure.erase(over - timedelta(minutes=1))
    assert all(model.objects.count() == 1 for model in models)
    erasure.erase(over + timedelta(minutes=1))
    assert not any(model.objects.count() for model in models)
    assert Erased.objects.filter(kind=models[0]._meta.label_lower).count() == 1


def test_number_code_and_hash_of_a_report_stay(ended):
    erasure.erase(now() + timedelta(days=900))
    report = Report.objects.get()
    assert (report.number, report.code, report.sha256) == ("RD-2026-0001", "A" * 20, "0" * 64)
    assert report.pdf is None
    assert report.trajectory is None


def test_dates_and_minutes_stay_with_the_coach_and_nobody_knows_with_whom(ended):
    erasure.erase(now() + timedelta(days=900))
    assert CoachingSession.objects.held().get().minutes == 60
    assert [part.part for part in Part.objects.all()] == ["coach"]
    assert Trajectory.objects.get().asked_by is None


def test_an_open_trajectory_loses_nothing():
    trajectory = make_trajectory()
    make_goal(trajectory)
    erasure.erase(now() + timedelta(days=4000))
    assert Goal.objects.count() == 1


def test_doing_it_twice_changes_nothing(ended):
    for _again in range(2):
        erasure.erase(now() + timedelta(days=900))
    things = list(Erased.objects.values_list("kind", "thing"))
    assert len(things) == len(set(things))


def test_the_client_hears_of_it_thirty_days_before_and_once(ended):
    over = ended_by(CONTENT, ended.closed_at)
    assert over < ended.closed_at
    for days in (300, 340, 341, 350):
        erasure.announce(ended.closed_at + timedelta(days=days))
    assert [letter.person for letter in Letter.objects.filter(kind="erasure_soon")] == [ended.client.person]


def test_half_written_words_go_after_thirty_days():
    person = make_trajectory().coach.person
    for number, days in enumerate((5, 40)):
        Draft.objects.create(key=f"00000000-0000-4000-8000-00000000000{number}", author=person, place="x", saved_at=now() - days * DAY)
    erasure.forget_drafts(now())
    assert Draft.objects.count() == 1
