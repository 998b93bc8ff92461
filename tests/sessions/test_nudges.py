"""Over a whole trajectory, day by day: who gets which mail, when, and never two nudges on a day or one on a day off? (R30)"""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from coaching.letters import GATHERED, KINDS, OPTIONAL
from coaching.models import Letter, Organisation
from coaching.outbox import choose_mail, deliver
from sessions import nudges
from sessions.models import CoachingSession, Takeaway
from tests.makers import make_log, make_person, make_trajectory

pytestmark = pytest.mark.django_db
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)  # a Monday; the spring night and Easter Monday are ahead
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OFF = ["2027-03-29"]
HALF_PAST = time(7, 30)


@pytest.fixture
def trajectory():
    Organisation.objects.create(name="Zorggroep", days_off=OFF)
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"), began=FIRST - DAY)


def local(at):
    return timezone.localtime(at, timezone.get_default_timezone())


def sent(kind=None, to=None):
    rows = Letter.objects.filter(sent_at__isnull=False).order_by("sent_at")
    rows = rows.filter(kind=kind) if kind else rows
    return list(rows.filter(person=to) if to else rows)


def run(at, until):
    """The day's work from moment `at` until another: before and after half past seven, at noon and in the evening."""
    while at < until:
        if local(at).hour in (7, 8, 12, 20):
            with TestCase.captureOnCommitCallbacks(execute=True):
                call_command("day", at=at)
        at += HOUR


def days_at(*days, hour=10):
    return [datetime(2027, *day, hour - (2 if day >= (3, 28) else 1), tzinfo=UTC) for day in days]


def plan(trajectory, *starts):
    facts = {"by": trajectory.coach.person, "at": FIRST, "minutes": 60}
    rows = CoachingSession.plan_series(trajectory, starts=list(starts), **facts)
    return list(CoachingSession.objects.select_related("trajectory").filter(pk__in=[row.pk for row in rows]).order_by("starts_at"))


def on(letters):
    return [f"{local(letter.sent_at):%m-%d %H:%M}" for letter in letters]


def test_the_day_before_a_working_day_at_half_past_seven(trajectory):
    plan(trajectory, *days_at((3, 4), (3, 8), (3, 30)))  # Thursday, Monday, Tuesday after Easter
    run(FIRST, FIRST + 32 * DAY)
    for person in (trajectory.coach.person, trajectory.client.person):
        assert [day[:5] for day in on(sent("session_tomorrow", person))] == ["03-03", "03-05", "03-26"]
    assert all(local(letter.sent_at).time() >= HALF_PAST for letter in sent("session_tomorrow"))


def test_the_morning_after_the_coach_is_asked_to_log_until_they_have(trajectory):
    first, second = plan(trajectory, *days_at((3, 4), (3, 11)))
    make_log(second, at=second.starts_at + 2 * HOUR)
    run(FIRST, FIRST + 14 * DAY)
    [asked] = sent("morning_after_coach", trajectory.coach.person)
    assert on([asked])[0][:5] == "03-05" and asked.url == first.log_address


def test_the_client_is_asked_the_morning_after_and_not_when_they_have_said_it(trajectory):
    first, second = plan(trajectory, *days_at((3, 4), (3, 11)))
    for row in (first, second):
        run(local(row.starts_at) - 2 * DAY, row.starts_at + 2 * HOUR)
        make_log(row, at=row.starts_at + 2 * HOUR)
    Takeaway.write(second, by=trajectory.client.person, at=second.starts_at + 3 * HOUR, words="Dat ik mag stoppen")
    run(second.starts_at + 3 * HOUR, second.starts_at + 5 * DAY)
    asked = sent("morning_after_client", trajectory.client.person)
    assert [day[:5] for day in on(asked)] == ["03-09"] or [day[:5] for day in on(asked)] == ["03-05"]


def test_what_no_longer_holds_is_not_asked(trajectory):
    [row] = plan(trajectory, *days_at((3, 4)))
    nudges.the_day_before(FIRST + 2 * DAY - 4 * HOUR)  # Wednesday, before half past seven
    assert Letter.objects.waiting().filter(kind="session_tomorrow").count() == 2
    row.cancel(by=trajectory.client.person, at=FIRST + 2 * DAY - 3 * HOUR)
    run(FIRST + 2 * DAY - 2 * HOUR, FIRST + 5 * DAY)
    assert sent("session_tomorrow") == [] and sent("morning_after_coach") == []


def test_what_is_moved_is_asked_again_the_day_before_that(trajectory):
    [row] = plan(trajectory, *days_at((3, 4)))
    run(FIRST, FIRST + 2 * DAY + HOUR)
    row.move(by=trajectory.client.person, at=FIRST + 2 * DAY + HOUR, starts_at=days_at((3, 10))[0], minutes=60)
    run(FIRST + 2 * DAY + HOUR, FIRST + 9 * DAY)
    assert [day[:5] for day in on(sent("session_tomorrow", trajectory.coach.person))] == ["03-03", "03-09"]


def test_on_hold_nobody_is_asked_anything(trajectory):
    plan(trajectory, *days_at((3, 4), (3, 11)))
    trajectory.hold(by=trajectory.coach.person, at=FIRST, look_again_on=FIRST.date() + 60 * DAY)
    run(FIRST, FIRST + 14 * DAY)
    assert not set(GATHERED) & {letter.kind for letter in sent()}


def test_when_nothing_is_planned_for_three_weeks_the_coach_looks_ahead_once(trajectory):
    [row] = plan(trajectory, *days_at((3, 4)))
    make_log(row, at=row.starts_at + 2 * HOUR)
    run(FIRST, FIRST + 50 * DAY)
    [asked] = sent("nothing_planned", trajectory.coach.person)
    assert on([asked])[0] == "03-26 08:00"  # three weeks are over at the end of the 25th
    run(FIRST + 50 * DAY, FIRST + 60 * DAY)
    assert len(sent("nothing_planned")) == 1


@pytest.mark.parametrize(
    "kind", [kind for kind in OPTIONAL if kind.key in ("session_tomorrow", "morning_after_coach", "morning_after_client")]
)
def test_each_kind_can_be_switched_off(kind, trajectory):
    [row] = plan(trajectory, *days_at((3, 4)))
    for person in (trajectory.coach.person, trajectory.client.person):
        choose_mail([one.key for one in OPTIONAL if one != kind], offered=OPTIONAL, by=person)
    run(FIRST, row.starts_at + 2 * DAY)
    make_log(row, at=row.starts_at + 2 * DAY)
    run(row.starts_at + 2 * DAY, row.starts_at + 6 * DAY)
    kinds = {letter.kind for letter in sent()}
    assert kind.key not in kinds and {"session_tomorrow", "morning_after_coach", "morning_after_client"} - {kind.key} <= kinds


def test_a_shared_log_is_an_act_of_its_own(trajectory):
    [row] = plan(trajectory, *days_at((3, 4)))
    at = row.starts_at + 2 * HOUR
    log = make_log(row, at=at, share_at=at)
    deliver(at + timedelta(seconds=29))
    assert sent("log_shared") == []
    deliver(at + timedelta(seconds=30))
    assert [letter.person for letter in sent("log_shared")] == [trajectory.client.person]
    assert not KINDS["log_shared"].required and KINDS["log_shared"].concerns({"client"}) and log.shared_at


def test_a_whole_trajectory(trajectory):
    """Ten weeks, a series with an Easter week in it: one nudge mail a day at most, none on days off, and nothing of it to the sponsor."""
    rows = plan(trajectory, *[one + n * 7 * DAY for n in range(8) for one in days_at((3, 4))])
    at = FIRST
    for row in rows:
        run(at, row.starts_at + 2 * HOUR)
        at = row.starts_at + 2 * HOUR
        make_log(row, at=at, share_at=at)
    run(at, at + 14 * DAY)
    gathered = [letter for letter in sent() if letter.gathered]
    mornings = Counter((letter.person_id, local(letter.sent_at).date()) for letter in gathered)
    moments = {(letter.person_id, letter.sent_at) for letter in gathered}
    assert len(moments) == len(mornings), "two nudge mails on one day"
    for _person, day in mornings:
        assert day.weekday() < 5 and day.isoformat() not in OFF
    for person, kind in ((trajectory.client.person, "morning_after_client"), (trajectory.coach.person, "session_tomorrow")):
        assert len(sent(kind, person)) == len(rows), kind
    assert sent("morning_after_coach") == [] and sent(to=trajectory.sponsor.person) == []
    assert {to for message in mail.outbox for to in message.to} == {trajectory.coach.person.email, trajectory.client.person.email}
