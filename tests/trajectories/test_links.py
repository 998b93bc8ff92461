"""Do the questions of a link in a mail show nothing, start nothing by themselves, and reach the coach? (R18; security.md, Links in mail)"""

import logging
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client

from coaching.clock import day_of, end_of, now
from coaching.models import Trace
from coaching.outbox import deliver
from tests.trajectories.closing_story import fresh, make_story
from tests.trajectories.link_story import DONE, SEND, address, answered, asked, invite, opened, say, send, step
from trajectories.doors import CLIENT, COACH
from trajectories.models import CheckIn, LinkInvitation, LinkKey, Measurement, Release
from trajectories.models.links import forget_links, hashed
from trajectories.views.links import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def story():
    return asked()


@pytest.fixture
def token(story):
    return invite(story)


def all_delivered():
    """Whatever waits, on whichever of the coming days is a working day."""
    for days in range(5):
        deliver(end_of(day_of(now()), after=days) - timedelta(hours=1))


def everything():
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [str(bytes(value) if isinstance(value, memoryview) else value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_from_the_mail_to_the_coach(story):
    all_delivered()
    letters = [letter for letter in mail.outbox if letter.to == [story.people[CLIENT].email] and "/invullen/open/" in letter.body]
    assert len(letters) == 1
    token = re.search(r"/invullen/open/(\S+)", letters[0].body)[1].rstrip("/")
    browser = opened(token)
    assert say(browser, 1, goal_level__1="-1", goal_example__1="Het rooster").url == step(2)
    assert say(browser, 8, steers="4").status_code == 303
    assert send(browser).url == DONE
    row = CheckIn.objects.get()
    assert row.handed_in_at and row.by_link and row.steers == 4
    measured = Measurement.objects.get(moment="check_in")
    assert (measured.goal.number, measured.level, measured.seat.person) == (1, -1, story.people[CLIENT])
    kept = answered(story)
    assert kept[0]["shown"] == "on the way" and kept[0]["title"] == "Goal 1" and kept[0]["question"] == "Where does this goal stand now?"
    assert not Release.objects.exists()
    all_delivered()
    others = [letter for letter in mail.outbox if letter.to != [story.people[CLIENT].email]]
    assert [letter.to for letter in others] == [[story.people[COACH].email]]  # the one that tells that there is something to read
    assert not any(token in f"{letter.subject}{letter.body}{letter.extra_headers}" for letter in others) and token not in everything()


def test_the_secret_stands_nowhere_but_in_the_clients_mail(story, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    token = invite(story)
    browser = opened(token)
    browser.get(address(token))
    Client().get(address(token + "x"))
    say(browser, 1, goal_level__1="0")
    assert token not in everything() and hashed(token) in everything()
    assert token not in caplog.text and token not in "".join(capsys.readouterr())
    assert token not in browser.cookies[COOKIE].value
    pages = [browser.get(step(number)) for number in (1, 2, 10)] + [browser.get(address(token))]
    assert not any(token in page.text or token in str(page.headers) for page in pages)
    assert not any(token in letter.body for letter in mail.outbox if letter.to != [story.people[CLIENT].email])


def test_a_robot_that_opens_every_address_uses_nothing_up_and_begins_nothing(story, token):
    before = everything()
    robot = Client()
    for _time in range(3):
        assert robot.get(address(token)).status_code == 200 == robot.head(address(token)).status_code
    assert not robot.cookies and everything() == before


def test_a_robot_that_presses_everything_hands_nothing_in(story, token):
    mine = opened(token)
    say(mine, 1, goal_level__1="-1", goal_example__1="Halverwege")
    robot = opened(token)
    for number in range(1, 10):
        assert say(robot, number).status_code == 303  # empty
    assert send(robot).status_code == 422
    assert answered(story) is None and mine.get(step(1)).text.count("Halverwege") == 1
    alone = opened(invite(story))
    LinkInvitation.objects.update(words=None)
    assert send(alone).status_code == 422 and answered(story) is None


def test_used_old_and_invented_links_look_alike(story, token):
    wrong = Client().get(address("A" * 43))
    browser = opened(token)
    say(browser, 1, goal_level__1="0")
    send(browser)
    used = Client().get(address(token))
    old = make_story()
    old.check_in = CheckIn.begin(old.trajectory, by=old.people[COACH], at=now())
    late = Client().get(address(invite(old, at=now() - timedelta(days=15))))
    pages = [wrong, used, late, Client().get(step(1)), Client().get(step(99)), browser.get(step(1))]
    assert {page.status_code for page in pages} == {410} and len({page.content for page in pages}) == 1
    assert {page["Referrer-Policy"] for page in pages} == {"no-referrer"}
    assert Client().post(address("A" * 43)).content == wrong.content == Client().post(SEND).content


def test_it_lasts_to_the_end_of_the_fourteenth_day(story):
    at = now()
    token, last = invite(story, at=at), end_of(day_of(at), after=14)
    assert LinkInvitation.at(token, at=last - timedelta(seconds=1)) and LinkInvitation.at(token, at=last) is None
    forget_links(last)
    assert not LinkKey.objects.exists() and not LinkInvitation.objects.exists()


@pytest.mark.parametrize("ends", ["seat", "person", "stopped"])
def test_it_ends_with_the_seat_the_account_and_the_trajectory(story, token, ends):
    browser, seat = opened(token), fresh(story.trajectory).client
    if ends == "seat":
        seat.leave(at=now())
    elif ends == "person":
        type(seat.person).objects.filter(pk=seat.person_id).update(is_active=False)
    else:
        fresh(story.trajectory).stop(by=seat.person, at=now(), reason="client_chose")
    assert Client().get(address(token)).status_code == 410 == browser.get(step(1)).status_code


def test_answering_after_logging_in_ends_every_link(story, token):
    browser = opened(token)
    story.check_in.hand_in(by=story.people[CLIENT], at=now(), answers=[{"key": "x"}], levels=[])
    assert browser.get(step(1)).status_code == 410 == Client().get(address(token)).status_code


def test_the_pages_name_nobody_and_repeat_nothing(story, token):
    goal = story.goals[0]
    goal.name_outside(by=story.people[CLIENT], at=now(), words="Het gedoe met roosters")
    browser = opened(token)
    said = "".join(
        [Client().get(address(token)).text, *(browser.get(step(number)).text for number in range(1, 11)), Client().get(DONE).text]
    )
    assert "Het gedoe met roosters" in said and "Goal 3" in said
    names = [part for person in story.people.values() for part in (person.first_name, person.name, person.email)]
    hidden = [*names, "Doel van Sam", "zero van doel", "Alleen voor Noor en mij", str(story.trajectory.pk)]
    assert [word for word in hidden if word in said] == []
    for page in (browser.get(step(1)), Client().get(address(token)), Client().get(DONE)):
        assert page["Referrer-Policy"] == "no-referrer" and page["Cache-Control"] == "no-store"
        assert "Progress" not in re.search(r"<title>.*</title>", page.text)[0]


def test_an_outside_name_that_a_link_showed_leaves_a_trace_of_its_own(story, token):
    opened(token).get(step(2))
    assert not Trace.objects.filter(act="by_link").exists()
    story.goals[0].name_outside(by=story.people[CLIENT], at=now(), words="Roosters")
    opened(token).get(step(2))
    assert [trace.thing for trace in Trace.objects.filter(act="by_link")] == [story.goals[0].pk]
