"""Which words of before does the next coach read once the client let them go along? Those that stood there at that moment, none later."""

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.traces import look
from sessions.models import CoachingSession, Intervention, Log, LogVersion
from tests.makers import DAY, HOUR, make_log, make_person, make_session, make_trajectory
from trajectories.models import Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajectory():
    return make_trajectory()


def next_coach(trajectory, *, released_at, from_at):
    """Who takes over at `from_at`; the client let the logs go along at `released_at`, before that."""
    person = make_person("Bram Smit", coach=True)
    trajectory.coach.leave(at=from_at)
    facts = {"from_at": from_at, "confirmed_at": from_at, "reads_since": from_at, "reads_older_sessions": released_at}
    return Part.objects.create(trajectory=trajectory, person=person, part="coach", **facts)


@pytest.mark.parametrize(("hours", "told"), [(1, None), (3, "Ziek")])
def test_a_reason_said_after_the_client_let_words_go_along_stays_behind(trajectory, hours, told):
    session = make_session(trajectory, starts_at=now() + DAY)
    session.cancel(by=trajectory.coach.person, at=now() - hours * HOUR, because="Ziek")
    seat = next_coach(trajectory, released_at=now() - 2 * HOUR, from_at=now())
    row = look([CoachingSession.objects.get()], by=trajectory.client, at=now())[0].as_read_by(seat)
    assert (row.off_because, row.place) == (told, "Kamer 2.14")


def test_a_place_named_after_that_stays_behind_too(trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    session.move(by=trajectory.coach.person, at=now() - HOUR, starts_at=now() + DAY, minutes=60, place="Bij Sam thuis")
    seat = next_coach(trajectory, released_at=now() - 2 * HOUR, from_at=now())
    assert CoachingSession.objects.get().as_read_by(seat).place is None


def test_what_was_brought_in_goes_along_as_it_stood_then(trajectory):
    session, first, second = make_session(trajectory), now() - 5 * HOUR, now() - HOUR
    make_log(session, at=first, interventions=["Rollenspel, met Rob", "Een boek: Ja"], share_at=first)
    make_log(session, at=second, base=1, interventions=["Rollenspel, met Els", "Een boek: Ja"])
    assert dict(Intervention.objects.values_list("number", "worded_at")) == {1: second, 2: first}
    seat = next_coach(trajectory, released_at=now() - 2 * HOUR, from_at=now())
    assert not Log.objects.open_to(seat).exists()
    assert [row.number for row in Intervention.objects.open_to(seat)] == [2]


def test_a_kept_version_is_as_young_as_its_youngest_part(trajectory):
    session, first, later = make_session(trajectory), now() - 5 * HOUR, now() - HOUR
    make_log(session, at=first, interventions=["Rollenspel, met Rob"], share_at=first)
    Intervention.objects.get().learn(by=trajectory.coach.person, at=later, words="Dat stilte werkt")
    make_log(session, at=now(), base=1)
    assert LogVersion.objects.get().worded_at == later
    seat = next_coach(trajectory, released_at=now() - 2 * HOUR, from_at=now())
    assert not LogVersion.objects.open_to(seat).exists()


@pytest.mark.parametrize(
    ("typed", "both_read"), [("", {"client": "Bij Sam thuis"}), ("Kamer 3", {"client": "Kamer 3", "coach": "Kamer 3"})]
)
def test_a_place_that_the_next_coach_does_not_read_is_not_wiped_by_their_log(client, trajectory, typed, both_read):
    session = make_session(trajectory, starts_at=now() - DAY)
    session.move(by=trajectory.coach.person, at=now() - HOUR, starts_at=now() - DAY, minutes=60, place="Bij Sam thuis")
    seat = next_coach(trajectory, released_at=now() - 2 * HOUR, from_at=now())
    client.force_login(seat.person)
    page = client.get(reverse("sessions:log", args=[session.pk]))
    shown = {name: page.context["form"][name].value() for name in ("on", "begins", "minutes", "model")}
    sent = {name: str(value) for name, value in shown.items() if value is not None} | {"base": "0", "place": typed}
    assert "Bij Sam thuis" not in page.content.decode()
    assert client.post(reverse("sessions:log", args=[session.pk]), sent).status_code == 302
    reads = {"coach": seat, "client": trajectory.client}
    rows = {part: look([CoachingSession.objects.get().as_read_by(one)], by=one, at=now())[0] for part, one in reads.items()}
    assert {part: row.place for part, row in rows.items() if row.place} == both_read and rows["client"].held_at
