"""Another coach took over: whose hours, marks and words are whose? (R11, R16, R29, hand-over)"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now
from coaching.models import Person
from coaching.refusals import Refused
from sessions.models import Action, CoachingSession, Flight, Intervention, Log, LogVersion, Note, Steering, Takeaway
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from trajectories.models import CheckIn, Commitment, HandOver, Trajectory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def story():
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els de Groot"))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def bram_takes_over(trajectory, *, along=False):
    bram, wim = make_person("Bram Smit", coach=True), make_person("Wim Postma", coordinates=True)
    client = trajectory.client.person
    offer = HandOver.propose(fresh(trajectory), bram, by=wim, at=now())
    if along:
        offer.let_along("sessions", by=client, at=now(), goes=True)
    offer.say_yes(by=bram, at=now())
    HandOver.objects.get(pk=offer.pk).say_yes(by=client, at=now())
    return bram


def held(trajectory, *, days=3):
    session = make_session(trajectory, starts_at=now() - days * DAY)
    session.hold_it(by=trajectory.coach.person, at=now() - days * DAY + timedelta(hours=2))
    return session


def test_the_hours_of_who_coached_stay_theirs(story):
    session, noor = held(story), story.coach.person
    bram, minutes = bram_takes_over(story), session.minutes
    with pytest.raises(Refused, match="Their hours stay theirs"):
        fresh(session).miss(by=bram, at=now())
    flight = Flight.objects.get(session=session)
    assert (flight.person, flight.minutes) == (noor, minutes) and fresh(session).held_at
    make_log(fresh(session), when=(session.starts_at, 240, ""))
    assert Flight.objects.get(session=session).minutes == minutes and Log.objects.get(session=session).seat.person == bram


def test_the_marks_of_two_coaches_do_not_open_each_other(story):
    session = held(story, days=1)
    Steering.mark(fresh(session), by=story.coach.person, at=now(), steered=2)
    bram = bram_takes_over(story)
    Steering.mark(fresh(session), by=bram, at=now(), steered=4)
    assert not Steering.objects.readable_by(story.client.person).exists()
    Steering.mark(fresh(session), by=story.client.person, at=now(), steered=3)
    assert Steering.objects.readable_by(story.client.person).count() == 3


def test_a_reason_given_after_the_words_went_along_is_not_read(story):
    session = make_session(story, starts_at=now() + DAY, place="Kamer 2.14")
    bram, wim = make_person("Bram Smit", coach=True), make_person("Wim Postma", coordinates=True)
    offer = HandOver.propose(fresh(story), bram, by=wim, at=now())
    offer.let_along("sessions", by=story.client.person, at=now(), goes=True)
    fresh(session).cancel(by=story.client.person, at=now(), because="Alleen voor Noor")
    offer.say_yes(by=bram, at=now())
    HandOver.objects.get(pk=offer.pk).say_yes(by=story.client.person, at=now())
    seat = fresh(story).coach
    read = fresh(session).as_read_by(seat)
    assert read.off_because is None and read.place is not None


def test_an_intervention_worded_anew_is_of_that_moment(story):
    session, before = held(story), now() - timedelta(hours=5)
    log = make_log(session, at=before, interventions=["Een boek", "Een rollenspel"])
    make_log(fresh(session), at=now(), base=log.version, interventions=["Een boek", "Een heel ander rollenspel"])
    book, play = Intervention.objects.order_by("number")
    assert book.worded_at == before and play.worded_at > before


def test_an_earlier_log_is_of_the_moment_of_its_latest_words(story):
    session, before = held(story), now() - timedelta(hours=5)
    log = make_log(session, at=before, share_at=before + MINUTE, interventions=["Een boek"])
    later = now() - timedelta(hours=1)
    Intervention.objects.get().detail(by=story.coach.person, at=later, base=1, words="Het boek van Fer", intention="", learned="")
    make_log(fresh(session), at=now(), base=fresh(log).version)
    assert LogVersion.objects.get().worded_at == later


def test_nobody_is_asked_to_log_what_another_coach_held(story, client):
    button = f'class="button" href="{held(story).log_address}"'
    Person.objects.update(language="en")
    client.force_login(story.coach.person)
    places = (reverse("sessions:today"), reverse("sessions:detail", args=[story.pk]))
    first, second = (client.get(at).content.decode() for at in places)
    assert "Log session 1" in first and button in second
    bram = bram_takes_over(story)
    Person.objects.update(language="en")
    client.force_login(bram)
    first, second = (client.get(at).content.decode() for at in places)
    assert "Log session 1" not in first and button not in second


VERBS = {
    "promise": lambda t, s: Commitment.promise(t, by=t.client.person, at=now(), words="Tijd"),
    "hand in": lambda t, s: s["check"].hand_in(by=t.client.person, at=now(), answers=[{"key": "a", "answer": "Ja"}], levels=[]),
    "plan": lambda t, s: CoachingSession.plan(t, by=t.client.person, at=now(), starts_at=now() + DAY, minutes=60),
    "move": lambda t, s: s["planned"].move(by=t.client.person, at=now(), starts_at=now() + 3 * DAY, minutes=60),
    "yield": lambda t, s: Takeaway.write(s["session"], by=t.client.person, at=now(), words="Lucht"),
    "log": lambda t, s: make_log(s["session"], at=now() + 30 * DAY),
    "act": lambda t, s: Action.take_up(t, by=t.client.person, at=now(), words="Oefenen"),
    "share": lambda t, s: s["log"].share(by=t.coach.person, at=now() + 30 * DAY),
    "throw away": lambda t, s: s["log"].throw_away(by=t.coach.person, at=now() + 30 * DAY),
    "note": lambda t, s: Note.remember(t, by=t.coach.person, at=now(), words="Voor mij"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_fetched_before_it_stopped_changes_nothing_after_it(story, verb):
    """A row in hand is not the row as it is: each verb looks again, under lock."""
    made = {"session": held(story), "planned": make_session(story, starts_at=now() + DAY)}
    made |= {"check": CheckIn.begin(fresh(story), by=story.client.person, at=now()), "log": make_log(held(story, days=2))}
    stale = fresh(story)
    for row in made.values():
        row.trajectory = stale
        assert row.trajectory.is_open
    assert stale.seats
    Trajectory.objects.get(pk=story.pk).stop(by=story.client.person, at=now(), reason="no_time")
    with pytest.raises(Refused):
        VERBS[verb](stale, made)


def test_a_log_of_a_session_before_is_finished_within_a_fortnight_after_a_stop(story):
    session, log = held(story), make_log(held(story, days=2))
    Trajectory.objects.get(pk=story.pk).stop(by=story.client.person, at=now(), reason="no_time")
    assert make_log(fresh(session)) and fresh(log).share(by=story.coach.person, at=now()) is None
    assert fresh(log).shared_at


def test_a_sponsor_who_was_replaced_promises_nothing_from_an_old_page(story):
    stale, els = fresh(story), story.sponsor.person
    assert stale.seats
    fresh(story).name_sponsor(make_person("Otto Dam"), by=story.client.person, at=now())
    with pytest.raises(Refused):
        Commitment.promise(stale, by=els, at=now(), words="Tijd")
