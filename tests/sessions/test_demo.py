"""Is the demo organisation believable on any day, in both languages, and does it leave everybody's mailbox alone?"""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
import yaml
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models
from django.test import TestCase, override_settings

from coaching.clock import day_of, now, today
from coaching.day import run
from coaching.independence import Org, too_close
from coaching.models import Draft, Letter, Organisation, Person
from coaching.outbox import deliver
from coaching.sealed import open_boxes, sealed_fields
from sessions.demo import SOURCE, load
from sessions.demo.days import Days
from sessions.demo.people import PASSWORD, address
from sessions.models import Action, CoachingSession, Log, Steering
from tests.conftest import undone
from trajectories.models import Agreement, CheckIn, Goal, Question, Release, Report, State, Trajectory

pytestmark = pytest.mark.django_db
SATURDAY, LEAP_DAY, MONDAY = date(2026, 11, 21), date(2024, 2, 29), date(2026, 3, 2)


@pytest.fixture(scope="module")
def loaded_for_the_module(django_db_setup, django_db_blocker):
    """The demo of today in Dutch, with everything that follows its commit; told once, undone after the last test.

    Tests that need an empty database stand above those that use it.
    """
    with django_db_blocker.unblock(), undone():
        with TestCase.captureOnCommitCallbacks(execute=True):
            loaded = load(today=today())
        yield loaded


@pytest.fixture
def demo(loaded_for_the_module, db):
    mail.outbox.clear()
    return loaded_for_the_module


def kinds():
    for label in ("coaching", "trajectories", "coaching_sessions"):
        yield from (model for model in apps.get_app_config(label).get_models() if not model._meta.proxy)


def rows():
    """Every row of everything that the three apps keep."""
    for model in kinds():
        yield from model._base_manager.all()


@override_settings(DEBUG=False)
def test_not_outside_development():
    with pytest.raises(CommandError, match="--really"):
        call_command("demo")
    assert not Person.objects.exists()


@override_settings(DEBUG=True)
def test_the_command_says_how_to_log_in_and_loads_it_in_english():
    out = StringIO()
    call_command("demo", "--today", "2026-11-21", "--language", "en", stdout=out)
    assert "femke.jansma@merwestede.example" in out.getvalue() and PASSWORD in out.getvalue()
    says_every_state("en")
    version = open_boxes(Goal.objects.earliest_first().first().versions.get())
    assert " I " in f" {version.title} "
    sections = [section for log in Log.objects.all() for section in json.loads(open_boxes(log).sections)]
    assert "What exactly are you going to do now?" in {section["question"] for section in sections}


def says_every_state(language):
    """The organisation and its people speak it, and each of the trajectories is in the state that the tale gives it."""
    assert Organisation.current().language == language
    assert set(Person.objects.values_list("language", flat=True)) == {language}
    data = yaml.safe_load(SOURCE.read_text())
    people = {row["key"]: row["name"] for row in data["people"]}
    found = {trajectory.client.person.name: trajectory.state for trajectory in Trajectory.objects.with_seats()}
    assert found == {people[row["client"]]: row["state"] for row in data["trajectories"]}
    assert set(found.values()) == set(State.values)


def test_both_languages_say_everything():
    """What people typed is there twice, and never the same twice."""

    def pairs(data):
        if isinstance(data, dict) and {"nl", "en"} & set(data):
            assert set(data) == {"nl", "en"} and all(text.strip() for text in data.values())
            yield data["nl"], data["en"]
        elif isinstance(data, dict | list):
            for value in data.values() if isinstance(data, dict) else data:
                yield from pairs(value)
        else:
            assert not (isinstance(data, str) and len(data.split()) > 4), data

    found = list(pairs(yaml.safe_load(SOURCE.read_text())["trajectories"]))
    assert len(found) > 400
    assert not [nl for nl, en in found if nl == en and len(nl.split()) > 3]


@pytest.mark.parametrize("day", [SATURDAY, LEAP_DAY, MONDAY])
def test_the_days_move_along(day):
    load(today=day)
    agreement = Agreement.objects.get(trajectory__asked_by__email__startswith="annelies")
    assert agreement.starts_on == Days(day).on(-74) < day < agreement.ends_on == Days(day).on(24)
    planned = CoachingSession.objects.planned()
    assert planned.count() == 6 and all(day <= day_of(session.starts_at) for session in planned)
    assert not [session for session in CoachingSession.objects.all() if day_of(session.starts_at).weekday() > 4]
    late = [action for action in Action.objects.open() if action.is_overdue(day)]
    assert late and len(late) < 5
    assert moments_from(day) == []


def moments_from(day):
    """Facts of the past that would have been told on `day` or later."""
    wrong = []
    for row in rows():
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            moment = isinstance(field, models.DateTimeField) and value and not field.auto_now_add
            if moment and day_of(value) >= day and not _may_lie_ahead(row, field):
                wrong.append((row._meta.label, field.name, value))
    return wrong


def _may_lie_ahead(row, field):
    """A session that is planned, and the day on which a mark of who steered opens (R16)."""
    if isinstance(row, Steering):
        return field.name == "open_at"
    return isinstance(row, CoachingSession) and field.name == "starts_at" and not row.held_at


def test_days_never_change_their_order():
    for start in range(7):
        days = Days(SATURDAY + timedelta(days=start))
        found = [days.on(offset) for offset in range(-30, 30)]
        assert found == sorted(found)
        assert all(day.weekday() < 5 for day in found)
        assert all(day < days.today for day in found[:30]) and all(day >= days.today for day in found[30:])


def test_every_state_occurs(demo):
    assert set(demo.states) == set(State.values)
    says_every_state("nl")


def test_a_second_time_changes_nothing(demo):
    before = {model: model._base_manager.count() for model in kinds()}
    assert load(today=today()) is None
    out = StringIO()
    call_command("demo", "--really", stdout=out)
    assert "not loaded" in out.getvalue()
    assert before == {model: model._base_manager.count() for model in kinds()}


def test_no_letter_leaves(demo):
    """Of all those acts the letters are there to be seen, as sent; nothing goes out, not now and not when the day's work is done."""
    assert Letter.objects.count() > 100 and not Letter.objects.waiting().exists()
    assert deliver(now()) == deliver(now() + timedelta(days=1)) == 0
    assert mail.outbox == []


def test_the_work_of_the_day_writes_few(demo):
    """What falls due of itself is what would fall due in such an organisation: a handful of nudges, not a flood."""
    run(now() + timedelta(days=1))
    invitations = Letter.objects.filter(kind="invitation")  # of what is planned; they left when the demo was loaded, after the commit
    assert Letter.objects.exclude(pk__in=invitations).filter(created_at__gte=now() - timedelta(hours=1)).count() < 15
    assert Trajectory.objects.count() == 15


def test_reports_are_there(demo):
    reports = list(Report.objects.order_by("closed_on"))
    assert len({report.number for report in reports}) == len(reports) == 3
    assert all(bytes(open_boxes(report).pdf).startswith(b"%PDF") and report.code for report in reports)


def test_everybody_keeps_their_distance(demo):
    for trajectory in Trajectory.objects.with_seats():
        coach, sponsor = trajectory.coach, trajectory.sponsor
        if coach:
            org = Org.around(coach.person, trajectory.client.person)
            assert too_close(coach.person, trajectory.client.person, sponsor and sponsor.person, org=org) == []


def test_each_kind_of_thing_occurs(demo):
    """What a walk through the demo should come across."""
    assert Log.objects.exclude(model="grow").count() > 3
    assert CheckIn.objects.open().count() == 1 and CheckIn.objects.handed_in().count() == 4
    assert {release.kind for release in Release.objects.all()} == {"question", "check_in", "follow_up"}
    assert Question.objects.settled().count() > 10
    assert CoachingSession.objects.exclude(cancelled_at=None).count() == 2
    assert Draft.objects.filter(place__startswith="log:").count() == 1
    youssef = Person.objects.get(email="youssef.el.amrani@merwestede.example")
    assert {part.part for part in youssef.parts.all()} == {"client", "sponsor"}
    assert Person.objects.coordinators().get().name == "Femke Jansma"


def test_every_word_opens(demo):
    words = [getattr(open_boxes(row), field.attname) for row in rows() for field in sealed_fields(row) if field.seal != "report_pdf"]
    texts = [text for text in words if text is not None]
    assert len(texts) > 400 and all(text.strip() for text in texts)


def test_one_password_for_all(demo):
    people = list(Person.objects.all())
    assert people[0].check_password(PASSWORD) and len({person.password for person in people}) == 1
    assert all(person.email.endswith("@merwestede.example") and person.email.isascii() for person in people)
    assert address("Paweł Nowak", "x.nl") == "pawel.nowak@x.nl" and address("Fatma Yıldız", "x.nl") == "fatma.yildiz@x.nl"
