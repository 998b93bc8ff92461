"""Does a private feed tell one person their own appointments, and nobody anything else? (R17)"""

from datetime import UTC

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from coaching import attempts
from coaching.calendars import choose_calendar, new_feed_address, whose_feed
from coaching.clock import now, today
from coaching.models import CalendarChoice, Letter, Person, Trace
from sessions.calendar import reconcile
from sessions.models import CoachingSession
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


@pytest.fixture
def planned(trajectory):
    return make_session(trajectory, starts_at=(now() + 3 * DAY).replace(second=0, microsecond=0))


@pytest.fixture
def address(client):
    return reverse("sessions:feed", args=[new_feed_address(by=client, at=now())])


def events(answer):
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert "METHOD" not in calendar and not calendar.errors
    return calendar.walk("VEVENT")


def test_a_feed_tells_what_is_planned_and_no_more(planned, address, trajectory):
    make_log(make_session(trajectory))
    make_session(trajectory, starts_at=now() + 5 * DAY).cancel(by=trajectory.coach.person, at=now())
    answer = Client().get(address)
    was, coming = events(answer)
    assert coming["DTSTART"].dt.astimezone(UTC) == planned.starts_at and str(coming["CLASS"]) == "PRIVATE"
    text = answer.content.decode()
    assert not {"ATTENDEE", "ORGANIZER", "DESCRIPTION", "URL", "LOCATION"} & {
        line.split(":")[0].split(";")[0] for line in text.splitlines()
    }
    assert not any(word in text for word in ("Noor", "Sam", "Kamer", "coach", str(planned.pk)))
    assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_the_place_stands_there_for_who_asks_and_is_traced_once_a_day(planned, address, client):
    choose_calendar(way="feed", with_place=True, by=client, at=now())
    for _n in range(3):
        [event] = events(Client().get(address))
        assert event["LOCATION"] == "Kamer 2.14"
    assert Trace.objects.filter(person_id=client.pk, act="exported", thing=planned.pk).count() == 1


def test_the_uid_is_the_one_of_the_invitation(planned, client):
    reconcile(now())
    uid = planned.invitations.get(person=client).uid
    [event] = events(Client().get(reverse("sessions:feed", args=[new_feed_address(by=client, at=now())])))
    assert event["UID"] == uid


def test_a_secret_is_long_told_once_and_kept_as_a_hash(client):
    page = as_(client).post(reverse("coaching:feed_new"))
    [address] = [part.split("<")[0] for part in page.content.decode().split(">") if ".ics<" in part]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) == 43 and token not in str(CalendarChoice.objects.values()) and whose_feed(token).person == client
    assert page["Referrer-Policy"] == "no-referrer" and token not in as_(client).get(reverse("coaching:account")).content.decode()


@pytest.mark.parametrize("ends", ["revoked", "renewed", "chosen otherwise", "deactivated"])
def test_a_feed_that_ended_is_not_found(ends, planned, address, client):
    assert Client().get(address).status_code == 200
    if ends == "revoked":
        as_(client).post(reverse("coaching:feed_revoke"))
    elif ends == "renewed":
        new_feed_address(by=client, at=now())
    elif ends == "chosen otherwise":
        choose_calendar(way="neither", with_place=False, by=client, at=now())
    else:
        Person.objects.filter(pk=client.pk).update(is_active=False)
    gone, never = Client().get(address), Client().get(reverse("sessions:feed", args=["x" * 43]))
    assert (gone.status_code, never.status_code) == (404, 404) and gone.content == never.content


def test_a_feed_is_no_login(address):
    visitor = Client()
    visitor.get(address)
    assert visitor.get(reverse("coaching:account")).status_code == 302
    assert Client().post(address).status_code == 405


def test_who_left_the_room_reads_nothing_of_it(planned, trajectory):
    coach = trajectory.coach.person
    address = reverse("sessions:feed", args=[new_feed_address(by=coach, at=now())])
    assert len(events(Client().get(address))) == 1
    trajectory.coach.leave(at=now())
    assert events(Client().get(address)) == []


def test_on_hold_nothing_is_coming(planned, trajectory, address):
    trajectory.hold(by=trajectory.coach.person, at=now(), look_again_on=today() + 30 * DAY)
    assert events(Client().get(address)) == []


def test_a_feed_is_asked_for_sixty_times_an_hour_at_most(planned, address, monkeypatch):
    monkeypatch.setattr(attempts, "FEED_AN_HOUR", 3)
    assert [Client().get(address).status_code for _n in range(4)] == [200, 200, 200, 429]
    unknown = reverse("sessions:feed", args=["y" * 43])
    assert [Client().get(unknown).status_code for _n in range(4)] == [404, 404, 404, 429]


def test_many_sessions_cost_no_more_questions(address, trajectory, client, django_assert_max_num_queries):
    choose_calendar(way="feed", with_place=True, by=client, at=now())
    starts = [now() + n * DAY for n in range(1, 20)]
    CoachingSession.plan_series(trajectory, by=client, at=now(), starts=starts, minutes=60, place="Kamer 1")
    with django_assert_max_num_queries(12):
        assert len(events(Client().get(address))) == 19


def test_the_choice_stands_on_the_account_page(planned, client):
    page = as_(client).get(reverse("coaching:account")).content.decode()
    assert 'name="way"' in page and reverse("coaching:feed_new") not in page
    answer = as_(client).post(reverse("coaching:account"), {"language": "nl", "way": "feed", "with_place": "on"})
    assert answer.status_code == 302
    choice = CalendarChoice.of(client)
    assert (choice.way, choice.with_place, choice.token) == ("feed", True, None)
    assert reverse("coaching:feed_new") in as_(client).get(reverse("coaching:account")).content.decode()
    assert as_(client).post(reverse("coaching:account"), {"language": "nl", "way": "pigeon"}).status_code == 422


def test_who_meets_nobody_has_nothing_to_choose(trajectory):
    for person in (trajectory.sponsor.person, make_person("Ada Brink", administers=True)):
        assert 'name="way"' not in as_(person).get(reverse("coaching:account")).content.decode()


def test_choosing_the_feed_takes_the_invitations_out(planned, client, django_capture_on_commit_callbacks):
    reconcile(now())
    with django_capture_on_commit_callbacks(execute=True):
        as_(client).post(reverse("coaching:account"), {"language": "nl", "way": "feed"})
    [letter] = [letter for letter in mail.outbox if getattr(letter, "alternatives", None)]
    assert letter.to == [client.email] and planned.get_absolute_url() in letter.body
    assert (
        Letter.objects.filter(kind="invitation_out", person=client).exists() and not Letter.objects.filter(kind="invitation_off").exists()
    )
