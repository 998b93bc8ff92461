"""Does each person's own calendar follow what is planned, moved and called off? (R17)"""

from datetime import timedelta

import pytest
from django.core import mail

from coaching.calendars import choose_calendar
from coaching.clock import now, today
from coaching.models import Letter, Person
from coaching.outbox import deliver
from sessions.calendar import reconcile
from sessions.models import CoachingSession, Invitation
from tests.makers import DAY, HOUR, make_person, make_session, make_trajectory
from tests.sessions.reading import read
from trajectories.reasons import REASONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


@pytest.fixture
def planned(trajectory):
    return make_session(trajectory, starts_at=(now() + 3 * DAY).replace(second=0, microsecond=0))


@pytest.fixture
def mails():
    """Settle what is to be settled, send what is to be sent; the invitations that arrived since, as (to, Read)."""

    def arrived(at=None):
        mail.outbox.clear()
        reconcile(at or now())
        deliver(at or now())
        return [(one.to[0], read(one)) for one in mail.outbox if getattr(one, "alternatives", None)]

    return arrived


def fresh(session):
    return CoachingSession.objects.select_related("trajectory").get(pk=session.pk)


def test_each_of_the_two_is_invited_alone(planned, coach, client, mails):
    found = dict(mails())
    assert set(found) == {coach.email, client.email}
    for to, event in found.items():
        assert event.method == "REQUEST" and event.sequence == 0 and event.starts_at == planned.starts_at and event.minutes == 60
        assert event.attendees == [f"mailto:{to}"] and event.organiser == "mailto:no-reply@127.0.0.1"
        assert (event.title, event.klass, event.place) == ("Afspraak", "PRIVATE", "")
        assert not {"Noor", "Sam", "Visser", "Bakker", "coach"} & set(event.text.replace(":", " ").split())
    assert found[coach.email].uid != found[client.email].uid
    assert mails() == []


def test_an_invitation_is_written_in_the_readers_language(planned, client, mails):
    Person.objects.filter(pk=client.pk).update(language="en")
    assert dict(mails())[client.email].title == "Appointment"


def test_what_moves_moves_in_the_calendar(planned, coach, client, mails):
    before = dict(mails())
    moved = planned.starts_at + 2 * DAY
    fresh(planned).move(by=client, at=now(), starts_at=moved, minutes=45)
    after = dict(mails())
    for to in (coach.email, client.email):
        assert after[to].uid == before[to].uid and after[to].sequence == 1 and after[to].method == "REQUEST"
        assert after[to].starts_at == moved and after[to].minutes == 45
    assert not Letter.objects.filter(kind="appointment_changed").exists()


def test_what_is_called_off_is_taken_out(planned, coach, client, mails):
    before = dict(mails())
    fresh(planned).cancel(by=coach, at=now())
    after = dict(mails())
    assert {to: (one.uid, one.method, one.sequence, one.status) for to, one in after.items()} == {
        to: (one.uid, "CANCEL", 1, "CANCELLED") for to, one in before.items()
    }
    assert mails() == []


def test_what_has_not_left_yet_is_overtaken(planned, client, coach, mails):
    reconcile(now())
    fresh(planned).move(by=client, at=now(), starts_at=planned.starts_at + DAY, minutes=60)
    found = mails()
    assert [event.sequence for _to, event in found] == [1, 1]
    assert Letter.objects.filter(dropped_at__isnull=False).count() == 2


def test_a_place_stands_there_only_for_who_asks(planned, coach, client, mails):
    choose_calendar(way="invitations", with_place=True, by=client, at=now())
    found = dict(mails())
    assert found[client.email].place == "Kamer 2.14" and "Kamer 2.14" in mail_to(client).body
    assert found[coach.email].place == "" and "Kamer 2.14" not in mail_to(coach).body
    choose_calendar(way="invitations", with_place=False, by=client, at=now())
    after = dict(mails())
    assert list(after) == [client.email] and after[client.email].place == "" and after[client.email].sequence == 1


def mail_to(person):
    return next(one for one in mail.outbox if one.to == [person.email])


def test_a_place_lies_nowhere_in_the_clear(planned, client, mails):
    choose_calendar(way="invitations", with_place=True, by=client, at=now())
    mails()
    assert "Kamer" not in str(list(Letter.objects.values())) + str(list(Invitation.objects.values()))


@pytest.mark.parametrize("way", ["feed", "neither"])
def test_who_wants_none_gets_none_and_is_told_by_letter(way, planned, coach, client, mails):
    choose_calendar(way=way, with_place=False, by=client, at=now())
    assert set(dict(mails())) == {coach.email}
    fresh(planned).move(by=coach, at=now(), starts_at=planned.starts_at + DAY, minutes=60)
    assert [letter.kind for letter in Letter.objects.to(client)] == ["appointment_changed"]


def test_who_stops_wanting_them_has_them_taken_out_and_put_back(planned, client, mails):
    uid = dict(mails())[client.email].uid
    choose_calendar(way="neither", with_place=False, by=client, at=now())
    [(to, event)] = mails()
    assert (to, event.method, event.sequence, event.uid) == (client.email, "CANCEL", 1, uid)
    choose_calendar(way="invitations", with_place=False, by=client, at=now())
    [(to, event)] = mails()
    assert (to, event.method, event.sequence, event.uid) == (client.email, "REQUEST", 2, uid)


def test_on_hold_nothing_stands_and_resumed_it_stands_again(planned, trajectory, coach, mails):
    mails()
    trajectory.hold(by=coach, at=now(), look_again_on=today() + 30 * DAY)
    assert {event.method for _to, event in mails()} == {"CANCEL"}
    trajectory.resume(by=coach, at=now())
    assert {(event.method, event.sequence) for _to, event in mails()} == {("REQUEST", 2)}


def test_a_stop_takes_everything_out(planned, trajectory, client, coach, mails):
    mails()
    trajectory.stop(by=client, at=now(), reason=next(iter(REASONS)))
    assert {(to, event.method) for to, event in mails()} == {(client.email, "CANCEL"), (coach.email, "CANCEL")}


def test_a_hand_over_cancels_for_the_former_coach_and_invites_the_new_one(planned, trajectory, coach, client, mails):
    mails()
    new = make_person("Bram Smit", coach=True)
    trajectory._take_over(new, by=client, at=now(), older={})
    found = dict(mails())
    assert found[coach.email].method == "CANCEL" and found[new.email].method == "REQUEST" and client.email not in found
    choose_calendar(way="invitations", with_place=True, by=new, at=now())
    assert mails() == []  # the place was worded before they read along


def test_who_is_deactivated_hears_no_more_and_the_other_is_free(planned, coach, client, mails):
    mails()
    Person.objects.filter(pk=coach.pk).update(is_active=False)
    assert {(to, event.method) for to, event in mails()} == {(client.email, "CANCEL")}


def test_what_has_been_stays_in_the_calendar(planned, coach, mails):
    mails()
    later = planned.starts_at + 2 * HOUR
    assert mails(later) == []
    fresh(planned).hold_it(by=coach, at=later)
    assert mails(later) == []
    assert mails(later + 40 * DAY) == [] and Invitation.objects.exists()


def test_an_invitation_is_forgotten_a_month_after(planned, mails):
    from sessions.calendar import forget_invitations  # noqa: PLC0415

    mails()
    forget_invitations(planned.starts_at + 29 * DAY)
    assert Invitation.objects.count() == 2
    forget_invitations(planned.starts_at + 31 * DAY)
    assert not Invitation.objects.exists()


def test_a_change_is_settled_right_after_the_commit(trajectory, coach, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        session = make_session(trajectory, starts_at=now() + 3 * DAY)
        assert not Invitation.objects.exists()
    assert len(mail.outbox) == 2
    with django_capture_on_commit_callbacks(execute=True):
        trajectory.hold(by=coach, at=now(), look_again_on=today() + 30 * DAY)
    assert {read(one).method for one in mail.outbox[2:] if getattr(one, "alternatives", None)} == {"CANCEL"}
    assert session.is_planned


def test_the_wall_clock_is_kept_when_the_rules_change(trajectory, coach, settings, mails):
    from sessions.calendar import keep_the_wall  # noqa: PLC0415

    session = make_session(trajectory, starts_at=(now() + 3 * DAY).replace(minute=0, second=0, microsecond=0))
    CoachingSession.objects.update(starts_at=session.starts_at + HOUR)  # as if it had been planned under other rules
    keep_the_wall(now())
    assert fresh(session).starts_at == session.starts_at
    assert session.wall and timedelta(0) == fresh(session).starts_at - session.starts_at


def test_after_a_restore_calendars_are_told_anew_and_addresses_end(planned, client, coach, mails):
    from coaching.calendars import new_feed_address, whose_feed  # noqa: PLC0415
    from sessions.restoring import calendars  # noqa: PLC0415

    token = new_feed_address(by=client, at=now())
    before = dict(mails())[coach.email]
    calendars(now())
    assert whose_feed(token) is None
    again = dict(mails())[coach.email]
    assert again.sequence > before.sequence + 50 and (again.uid, again.starts_at, again.minutes) == (before.uid, before.starts_at, 60)
