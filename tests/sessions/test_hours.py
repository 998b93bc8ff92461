"""Do a coach's hours follow their sessions, count what counts, and stay when the rest goes? (R27, R29)"""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override

from coaching.clock import day_of, now, today
from coaching.models import Letter
from coaching.refusals import Refused
from sessions.hours import fill, totals
from sessions.models import CoachingSession, Flight
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_
from trajectories.download.reader import Reader
from trajectories.download.rows import own as own_rows
from trajectories.download.telling import piece
from trajectories.models import Trajectory
from trajectories.sources import minutes_flown

pytestmark = pytest.mark.django_db
BLOCK = {"kind": "prior", "on": date(2019, 3, 1), "until_on": date(2022, 6, 30), "minutes": 2_400, "people": 9}


@pytest.fixture
def trajectory():
    return make_trajectory()


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


def own(person):
    return list(Flight.objects.readable_by(person))


def total(person):
    return totals(own(person)).minutes


def test_holding_a_session_writes_its_hours_once(trajectory, coach):
    session = make_session(trajectory)
    session.hold_it(by=coach, at=now())
    make_log(session)
    row = Flight.objects.get()
    assert (row.person, row.session, row.minutes, row.on) == (coach, session, 60, session.local_day)


def test_a_corrected_session_corrects_its_hours(trajectory, coach):
    session = make_session(trajectory)
    session.hold_it(by=coach, at=now())
    begins = now() - 3 * DAY
    make_log(CoachingSession.objects.get(), when=(begins, 45, ""))
    row = Flight.objects.get()
    assert (row.minutes, row.on) == (45, day_of(begins)) and minutes_flown([coach.pk]) == {coach.pk: 45}


def test_what_is_planned_called_off_or_missed_is_no_hour(trajectory, coach):
    make_session(trajectory, starts_at=now() + DAY)
    make_session(trajectory).miss(by=coach, at=now())
    make_session(trajectory, starts_at=now() + 2 * DAY).cancel(by=coach, at=now())
    assert not Flight.objects.exists() and fill() == 0


def test_held_by_mistake_is_taken_back_with_its_hours(trajectory, coach):
    session = make_session(trajectory)
    session.hold_it(by=coach, at=now())
    letter = Letter.objects.get(kind="morning_after_client")
    assert address("session_missed", session) in as_(coach).get(address("session", session)).content.decode()
    assert address("session_missed", session) not in as_(trajectory.client.person).get(address("session", session)).content.decode()
    as_(trajectory.client.person).post(address("session_missed", session), {"because": ""})
    assert CoachingSession.objects.get().held_at and total(coach) == 60
    assert as_(coach).post(address("session_missed", session), {"because": "Verkeerde dag"}).status_code == 302
    session.refresh_from_db()
    letter.refresh_from_db()
    assert session.missed_at and not session.held_at and letter.dropped_at and own(coach) == [] and fill() == 0


def test_what_somebody_wrote_about_stays_held(trajectory, coach):
    session = make_session(trajectory)
    make_log(session)
    assert address("session_missed", session) not in as_(coach).get(address("session", session)).content.decode()
    with pytest.raises(Refused):
        CoachingSession.objects.get().miss(by=coach, at=now())
    assert CoachingSession.objects.get().held_at and total(coach) == 60


def test_the_hours_are_whose_it_was_when_another_writes_it_down(trajectory, coach):
    session = make_session(trajectory, starts_at=now() - 5 * DAY)
    other = make_person("Bram Smit", coach=True)
    trajectory.parts.get(part="coach").leave(at=now() - 2 * DAY)
    trajectory.parts.create(person=other, part="coach", from_at=now() - 2 * DAY, confirmed_at=now() - 2 * DAY)
    make_log(CoachingSession.objects.get(pk=session.pk))
    assert (total(coach), total(other)) == (60, 0)


def test_sessions_that_no_verb_counted_are_filled_in_once(trajectory, coach):
    for days in (3, 9):
        make_session(trajectory, starts_at=now() - days * DAY).hold_it(by=coach, at=now())
    told = sorted(row.facts for row in own(coach))
    Flight.objects.all().delete()
    assert (fill(), fill()) == (2, 0) and sorted(row.facts for row in own(coach)) == told


def test_the_migration_fills_in_the_same(trajectory, coach):
    make_session(trajectory).hold_it(by=coach, at=now())
    told = [row.facts for row in own(coach)]
    Flight.objects.all().delete()
    import_module("sessions.migrations.0006_flight_hours").fill(apps, None)
    assert [row.facts for row in own(coach)] == told


def test_hours_stay_without_a_client_when_the_trajectory_goes(trajectory, coach):
    make_session(trajectory).hold_it(by=coach, at=now())
    CoachingSession.objects.all().delete()
    row = Flight.objects.get()
    assert row.session is None and total(coach) == 60
    Trajectory.objects.all().delete()
    assert total(coach) == 60 and "colleague" in page(coach)


def page(person, query=""):
    with override("en"):
        person.language = "en"
        person.save()
        return as_(person).get(f"/vlieguren/{query}").content.decode()


def test_only_coaching_counts(coach):
    apart = [{"kind": kind, "on": today(), "until_on": today(), "minutes": 90} for kind in ("supervision", "mentor", "peer")]
    other = {"kind": "other", "on": today(), "until_on": today(), "minutes": 30}
    Flight.enter([BLOCK, other, *apart], by=coach)
    told = totals(own(coach))
    assert told.minutes == 2_430 and told.apart == {"supervision": 90, "mentor": 90, "peer": 90} and told.since == 2019
    assert [(one.year, one.minutes) for one in told.years] == [(today().year, 30), (2022, 2_400)]
    assert minutes_flown([coach.pk]) == {coach.pk: 2_430}
    said = page(coach)
    assert "40.5 coaching hours" in said and "you are at 40.5" in said and "Kept apart" in said


def test_only_ones_own_hours(coach, trajectory):
    row = Flight.enter([BLOCK], by=coach)[0]
    other = make_person("Bram Smit", coach=True)
    assert own(other) == [] and as_(other).get(address("hours_change", row)).status_code == 404
    for act in (row.remove, row.correct):
        with pytest.raises(Refused):
            act(by=other)
    make_session(trajectory).hold_it(by=coach, at=now())
    follows = Flight.objects.of_sessions().get()
    assert as_(coach).get(address("hours_change", follows)).status_code == 404
    with pytest.raises(Refused):
        follows.remove(by=coach)
    with pytest.raises(Refused):
        Flight.enter([BLOCK | {"kind": "session"}], by=coach)


FORM = {"kind": "other", "on": "2024-05-03", "until_on": "", "hours": "1,5", "way": "group", "people": "6", "paid": "unpaid"}


def test_hours_are_typed_corrected_and_taken_away(coach):
    assert as_(coach).post("/vlieguren/toevoegen/", FORM).url == "/vlieguren/"
    row = Flight.objects.get()
    assert row.facts == ("other", date(2024, 5, 3), date(2024, 5, 3), 90, True, 6, False)
    shown = as_(coach).get(address("hours_change", row)).content.decode()
    assert 'value="1:30"' in shown and 'value="2024-05-03"' in shown
    as_(coach).post(address("hours_change", row), FORM | {"hours": "2:15", "way": "one", "people": "1"})
    assert Flight.objects.get().minutes == 135
    assert as_(coach).post(address("hours_remove", row)).url == "/vlieguren/" and not Flight.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "veel"},
        {"hours": "0"},
        {"hours": "-2"},
        {"hours": "1.250"},
        {"hours": "25"},
        {"on": "gisteren"},
        {"on": (today() + timedelta(days=2)).isoformat()},
        {"on": "1066-10-14"},
        {"until_on": "2024-05-01"},
        {"people": "0"},
        {"kind": "session"},
        {"way": "choir"},
    ],
)
def test_what_cannot_be_right_comes_back(coach, wrong):
    assert as_(coach).post("/vlieguren/toevoegen/", FORM | wrong).status_code == 422
    assert not Flight.objects.exists()


def test_a_year_that_is_asked_for(coach):
    Flight.enter([BLOCK, {"kind": "other", "on": today(), "until_on": today(), "minutes": 30}], by=coach)
    assert "In 2022" in page(coach, "?year=2022") and f"In {today().year}" in page(coach, "?year=1999")
    assert f"In {today().year}" in page(coach, "?year=MMXX")
    assert "No hours yet" in page(make_person("Pia Nieuw", coach=True))


def test_ones_hours_are_in_what_one_takes_along(coach, trajectory):
    Flight.enter([BLOCK], by=coach)
    make_session(trajectory).hold_it(by=coach, at=now())
    with override("en"):
        told = [piece(row, Reader()) for row in own_rows(coach) if isinstance(row, Flight)]
    beside = " ".join(line for one in told for line in one.beside)
    assert len(told) == 2 and "kind: earlier coaching" in beside and "minutes: 2400" in beside and "kind: session" in beside
    assert [row for row in own_rows(trajectory.client.person) if isinstance(row, Flight)] == []


def test_the_next_coach_takes_no_hours_away_and_changes_none(trajectory, coach):
    session = make_session(trajectory, starts_at=now() - 5 * DAY)
    session.hold_it(by=coach, at=now() - 4 * DAY)
    other = make_person("Bram Smit", coach=True)
    trajectory.parts.get(part="coach").leave(at=now() - 2 * DAY)
    trajectory.parts.create(person=other, part="coach", from_at=now() - 2 * DAY, confirmed_at=now() - 2 * DAY)
    fresh = CoachingSession.objects.get(pk=session.pk)
    with override("en"), pytest.raises(Refused, match="Their hours stay theirs"):
        fresh.miss(by=other, at=now())
    fresh = CoachingSession.objects.get(pk=session.pk)
    make_log(fresh, when=(fresh.starts_at, 30, ""))
    assert CoachingSession.objects.get().held_at and (total(coach), total(other)) == (60, 0)
