"""Does the coach hear what falters, in time, as questions, and nobody else? (R8, R20a)"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now, today
from sessions.listening import heard_by
from sessions.models import Action, CoachingSession, Stall
from sessions.silence import SIGNALS, Facts, Falter, GoalSeen, Met, Stand, falters
from tests.makers import DAY, make_goal, make_log, make_person, make_session, make_trajectory
from tests.trajectories.opening import drawn_up, fresh, goal_words, opened, said_yes
from trajectories.models import CheckIn, State, Trajectory
from trajectories.models.trajectory import Hold

START = datetime(2026, 9, 1, 10, tzinfo=UTC)


def on(days):
    """The moment so many days after the start."""
    return START + timedelta(days=days)


def day(days):
    return date(2026, 9, 1) + timedelta(days=days)


def heard(at_day, *, state=State.RUNNING, **facts):
    """The keys of what falters on the nth day."""
    return [one.key for one in falters(Facts(state=state, since_at=START, **facts), today=day(at_day))]


def goal(*stands, touched=None, agreed=0, number=1):
    levels = tuple(Stand(day(when), level, version) for when, level, version in stands)
    return GoalSeen(number, on(agreed), None if touched is None else on(touched), levels)


HELD = tuple(Met(on(n), "held") for n in (10, 11, 12))


def test_nothing_planned_for_three_weeks():
    assert heard(20) == []
    assert heard(21) == ["nothing_planned"]
    assert heard(30, sessions=(Met(on(9), "held"),)) == ["nothing_planned"]
    assert heard(29, sessions=(Met(on(9), "held"),)) == []
    assert heard(40, sessions=(Met(on(41), "planned"),)) == []
    assert heard(40, sessions=(Met(on(30), "off"),)) == []  # until it was called off something was planned


def test_days_on_hold_do_not_count():
    rested = ((day(5), day(15)),)
    assert heard(30, holds=rested) == []
    assert heard(31, holds=rested) == ["nothing_planned"]
    assert heard(16, asked_on=day(4), holds=rested) == []
    assert heard(21, asked_on=day(4), holds=rested) == ["unanswered_check_in"]
    assert heard(15, due_on=day(7), holds=rested) == []
    assert heard(16, due_on=day(7), holds=rested) == ["action_overdue"]
    flat = (goal((0, -2, "a"), (25, -2, "a")),)
    assert heard(15, goals=flat) == ["flat_levels"] and heard(15, goals=flat, holds=rested) == []


@pytest.mark.parametrize("state", [State.ON_HOLD, State.CLOSED, State.STOPPED, State.DECLINED, State.REQUESTED])
def test_while_on_hold_or_over_all_stands_still(state):
    everything = {"asked_on": day(1), "due_on": day(1), "stalled_at": on(50), "goals": (goal((0, -2, "a"), (40, -2, "a")),)}
    off = (Met(on(2), "off"), Met(on(3), "off"))
    assert heard(90, state=state, sessions=HELD + off, **everything) == []


def test_an_open_hold_reaches_until_today():
    facts = Facts(state=State.RUNNING, since_at=START, holds=((day(3), None),))
    assert facts.days(day(0), day(30)) == 3


def test_two_cancellations_in_a_row():
    one, two, kept = Met(on(3), "off"), Met(on(5), "off"), Met(on(4), "held")
    assert heard(6, sessions=(one, two)) == ["two_cancellations"]
    assert heard(6, sessions=(one, kept, two)) == [] and heard(6, sessions=(one,)) == []
    assert heard(6, sessions=(one, two, Met(on(9), "planned"))) == ["two_cancellations"]
    assert heard(10, sessions=(one, two, Met(on(9), "held"))) == []


def test_levels_that_do_not_move():
    assert heard(22, sessions=HELD[:1], goals=(goal((0, -2, "a"), (21, -2, "a")),)) == ["flat_levels"]
    assert heard(22, sessions=HELD[:1], goals=(goal((0, -2, "a"), (20, -2, "a")),)) == []
    assert heard(22, sessions=HELD[:1], goals=(goal((0, -2, "a"), (10, -1, "a"), (21, -1, "a")),)) == []
    assert heard(22, sessions=HELD[:1], goals=(goal((0, -2, "a"), (21, -2, "b")),)) == []  # other sentences: the line breaks
    assert heard(22, sessions=HELD[:1], goals=(goal((0, 0, "a"), (21, 0, "a")),)) == []  # what was agreed on has been reached


def test_an_unanswered_check_in():
    assert heard(6, asked_on=day(0)) == [] and heard(7, asked_on=day(0)) == ["unanswered_check_in"]


def test_a_goal_that_three_held_sessions_have_not_touched():
    assert heard(13, sessions=HELD, goals=(goal(),)) == ["goal_untouched"]
    assert heard(13, sessions=HELD, goals=(goal(touched=10),)) == []
    assert heard(13, sessions=HELD, goals=(goal(agreed=11),)) == []
    assert heard(13, sessions=HELD[1:], goals=(goal(),)) == []
    facts = Facts(state=State.RUNNING, since_at=START, sessions=HELD, goals=(goal(), goal(number=2, touched=11), goal(number=3)))
    assert falters(facts, today=day(13)) == [Falter("goal_untouched", None, (1, 3))]


def test_an_action_past_its_date():
    assert heard(5, due_on=day(5)) == [] and heard(6, due_on=day(5)) == ["action_overdue"]
    assert heard(6, due_on=day(5), state=State.CLOSING) == ["action_overdue"]


def test_the_coachs_own_mark_until_a_next_conversation():
    assert heard(13, sessions=HELD, stalled_at=on(12)) == ["own_mark"]
    assert heard(13, sessions=HELD, stalled_at=on(11)) == []


def test_every_signal_is_answered_with_three_questions():
    for key in SIGNALS:
        for language in ("nl", "en"):
            with override(language):
                said = Falter(key)
                assert said.sentence.endswith(".") and len(said.questions) == 3
                assert all(question.endswith("?") for question in said.questions)


# from rows


def keys(coach, trajectory, **more):
    return [one.key for one in heard_by(coach, [trajectory], at=now(), **more)[trajectory.pk]]


@pytest.fixture
def trajectory(db):
    return make_trajectory(began=now() - 60 * DAY)


def held(trajectory, days_ago, *goals):
    session = make_session(trajectory, starts_at=now() - days_ago * DAY)
    make_log(session, goals=list(goals), at=now() - days_ago * DAY + DAY / 24)
    return session


def test_heard_from_rows(trajectory):
    coach = trajectory.coach.person
    assert keys(coach, trajectory) == ["nothing_planned"]
    first, second = make_goal(trajectory), make_goal(trajectory)
    for ago in (40, 30, 2):
        session = held(trajectory, ago, first)
    assert keys(coach, trajectory) == ["goal_untouched"]
    assert heard_by(coach, [trajectory], at=now())[trajectory.pk][0].goals == (2,)
    second.measure(seat=trajectory.client, at=now(), level=-1, moment="session")
    CheckIn.begin(trajectory, by=coach, at=now() - 8 * DAY)
    Action.take_up(trajectory, by=coach, at=now() - 9 * DAY, words="Bellen", due_on=today() - DAY)
    Stall.mark(session, by=coach, at=now(), words="Het stokte")
    assert keys(coach, trajectory) == ["own_mark", "unanswered_check_in", "flat_levels", "goal_untouched", "action_overdue"]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "flat"), [({"title": "Anders"}, True), ({"zero": "anders"}, False)])
def test_agreeing_again_is_no_movement_and_other_sentences_are_another_line(words, flat):
    talk = opened(state="running")
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor, at=now() - 29 * DAY)
    goal.measure(seat=talk.seat("client"), at=now() - 28 * DAY, level=-1, moment="session")
    fresh(goal).reword_as(by=talk.noor, at=now() - 15 * DAY, base=fresh(goal).version, **goal_words(**words))
    said_yes(goal, talk.sam, talk.noor, at=now() - 14 * DAY)
    fresh(goal).measure(seat=talk.seat("client"), at=now() - DAY, level=-1, moment="session")
    assert ("flat_levels" in keys(talk.noor, talk.trajectory)) == flat


def test_a_start_of_other_sentences_is_no_level_of_the_client(trajectory):
    goal = make_goal(trajectory)
    for ago, level, moment in ((30, 0, "session"), (25, -1, "start"), (2, -1, "session")):
        goal.measure(seat=trajectory.client, at=now() - ago * DAY, level=level, moment=moment)
    found = heard_by(trajectory.coach.person, [trajectory], at=now())
    assert "flat_levels" not in [one.key for one in found[trajectory.pk]]


def test_two_called_off(trajectory):
    for ago in (3, 1):
        session = make_session(trajectory, starts_at=now() - ago * DAY + 5 * DAY)
        session.cancel(by=trajectory.client.person, at=now() - ago * DAY)
    assert keys(trajectory.coach.person, trajectory) == ["two_cancellations"]


def test_it_stands_still_on_hold(trajectory):
    coach = trajectory.coach.person
    Hold.objects.create(trajectory=trajectory, from_at=now() - 50 * DAY, until_at=now() - 5 * DAY)
    assert keys(coach, trajectory) == []
    Trajectory.objects.get(pk=trajectory.pk).hold(by=coach, at=now(), look_again_on=today() + 30 * DAY)
    assert keys(coach, trajectory) == []


def test_only_who_coaches_hears(trajectory):
    sponsor = make_person("Els")
    for person in (trajectory.client.person, sponsor, make_person("Wim", coordinates=True), make_person("Bram", coach=True)):
        assert heard_by(person, [trajectory], at=now()) == {}


def test_anothers_mark_is_not_heard(trajectory):
    Stall.mark(held(trajectory, 2), by=trajectory.coach.person, at=now(), words="Het stokte")
    trajectory.coach.leave(at=now())
    new = make_person("Bram", coach=True)
    trajectory.parts.create(person=new, part="coach", from_at=now(), confirmed_at=now(), reads_since=now())
    assert keys(new, Trajectory.objects.get(pk=trajectory.pk)) == []


def test_a_next_coach_hears_nothing_from_logs_of_before(trajectory):
    """Which goals a log worked on goes along only with the log (hand-over)."""
    make_goal(trajectory)
    for ago in (40, 30, 2):
        held(trajectory, ago).log.share(by=trajectory.coach.person, at=now() - DAY)
    assert keys(trajectory.coach.person, trajectory) == ["goal_untouched"]
    trajectory.coach.leave(at=now())
    new = make_person("Bram", coach=True)
    seat = trajectory.parts.create(
        person=new, part="coach", from_at=now(), confirmed_at=now(), reads_since=now(), reads_older_check_ins=now()
    )
    assert keys(new, Trajectory.objects.get(pk=trajectory.pk)) == []
    type(seat).objects.filter(pk=seat.pk).update(reads_older_sessions=now())
    assert keys(new, Trajectory.objects.get(pk=trajectory.pk)) == ["goal_untouched"]


def test_as_many_statements_for_many_as_for_one(trajectory):
    coach = trajectory.coach.person
    more = [make_trajectory(coach=coach) for _ in range(3)]
    for one in (trajectory, *more):
        held(one, 3, make_goal(one), make_goal(one))
    with CaptureQueriesContext(connection) as few:
        heard_by(coach, [trajectory], at=now())
    with CaptureQueriesContext(connection) as many:
        heard_by(coach, [trajectory, *more], at=now())
    assert len(few) == len(many) == 4
    assert CoachingSession.objects.count() == 4


def test_the_pages_are_the_coachs_alone(client, trajectory):
    coach, one = trajectory.coach.person, reverse("sessions:silence_of", args=[trajectory.pk])
    client.force_login(coach)
    for address in (reverse("sessions:silence"), one):
        page = client.get(address).content.decode()
        assert said_in(page) and "<html" in page
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert said_in(part) and "<html" not in part
    for person in (trajectory.client.person, make_person("Wim", coordinates=True), make_person("Bram", coach=True)):
        client.force_login(person)
        assert client.get(one).status_code == 404
        assert not said_in(client.get(reverse("sessions:silence")).content.decode())


def said_in(page):
    return any(sentence in page for sentence in ("Er staat al drie weken niets gepland.", "Nothing has been planned for three weeks."))
