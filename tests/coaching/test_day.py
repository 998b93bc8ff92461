"""Is everything done that is due, once, whatever goes wrong on the way?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from coaching import day
from coaching.clock import now
from coaching.erasures import forget_journal, keep_journal
from coaching.management.commands.day import moment
from coaching.models import Erased, Person

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def steps(monkeypatch, db):
    monkeypatch.setattr(day, "steps", [])
    monkeypatch.setattr(day, "autodiscover_modules", lambda name: None)
    return day.steps


def test_every_step_runs_at_the_moment_given(steps):
    seen = []
    day.due(seen.append)
    call_command("day", at=AT)
    call_command("day")
    assert seen[0] == AT
    assert abs(seen[1] - now()) < timedelta(minutes=1)


def test_a_step_that_fails_stops_no_other_and_is_reported(steps, caplog):
    seen = []

    @day.due
    def breaks(at):
        raise ValueError("zwaluwstaart")

    day.due(seen.append)
    with pytest.raises(CommandError, match="breaks") as refused:
        call_command("day", at=AT)
    assert seen == [AT]
    assert "zwaluwstaart" not in str(refused.value)


def test_a_step_is_registered_once(steps):
    def step(at):
        pass

    assert day.due(day.due(step)) is step
    assert steps == [step]


def test_the_real_steps_are_found_and_run_twice_without_a_difference(db):
    call_command("day")
    call_command("day")
    assert {"deliver", "keep_journal", "forget_journal"} <= {step.__name__ for step in day.steps}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=ZoneInfo("Europe/Amsterdam"))),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))),
        ("2026-11-22T09:00:00Z", AT),
    ],
)
def test_a_moment_is_a_day_or_a_time_here(text, expected):
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11-22T25:00", ""])
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(CommandError, match="no day or moment"):
        moment(text)


def test_the_journal_is_kept_outside_the_database(db, settings, tmp_path):
    keep_journal(AT)  # no file named: nothing to do
    settings.ERASURES_FILE = tmp_path / "erased.jsonl"
    sam = Person.objects.create_user("sam@example.org", None, name="Sam")
    Erased.objects.record("coaching.person", [sam.pk], at=AT)
    keep_journal(AT)
    keep_journal(AT)
    assert settings.ERASURES_FILE.read_text().count(str(sam.pk)) == 1
    assert "Sam" not in settings.ERASURES_FILE.read_text()
    assert settings.ERASURES_FILE.stat().st_mode & 0o077 == 0


def test_the_journal_forgets_only_what_no_backup_can_hold(db):
    Erased.objects.record("coaching.person", ["a"], at=now() - timedelta(days=4 * 365))
    Erased.objects.record("coaching.person", ["b"], at=now())
    forget_journal(now() + timedelta(days=10 * 365))  # as if: the table still refuses what is not over
    assert [line.thing for line in Erased.objects.all()] == ["b"]
