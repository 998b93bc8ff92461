"""Are answers read beside earlier ones, and is only what the client looked at shared afterwards? (R18, R19, R20b)"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.clock import now
from coaching.traces import look
from tests.makers import make_person
from tests.trajectories.closing_story import fresh, make_story
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import CheckIn, Goal, GoalVersion, Part, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = timedelta(days=1)


def kept(key, shown, question, kind="text", goal=None, answer=None):
    row = {"key": key, "question": question, "kind": kind, "answer": shown if answer is None else answer, "shown": shown}
    return row | ({"goal": str(goal.pk), "title": "Goal"} if goal else {})


@pytest.fixture
def story():
    story = make_story()
    for days, words, question, level in ((20, "Ik durf iets", "Wat leverde het op?", -1), (1, "Ik durf meer", "Wat bracht het je?", 1)):
        at = now() - days * DAY
        check = CheckIn.begin(fresh(story.trajectory), by=story.people[COACH], at=at)
        goal = story.goals[0]
        answers = [kept("goal_level", f"zin {level}", "Welke zin?", "level", goal, level), kept("yield_so_far", words, question)]
        answers.append(kept("different_from_coach", "Minder vragen", "Iets anders van je coach?"))
        check.hand_in(by=story.people[CLIENT], at=at, answers=answers, levels=[(goal, level, None)], steers=2, confidence=4)
    story.check = check
    return story


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def share_at(story):
    return reverse("trajectories:check_in_share", args=[story.check.pk])


@pytest.mark.parametrize("part", [COACH, CLIENT])
def test_an_answer_stands_beside_the_earlier_one_with_its_own_question(story, part):
    visitor = as_(story.people[part])
    with CaptureQueriesContext(connection) as queries:
        page = visitor.get(story.check.get_absolute_url()).text
    assert "Ik durf meer" in page and "Ik durf iets" in page
    assert "Wat bracht het je?" in page and "“Wat leverde het op?”" in page
    assert "From −1 on" in page or "Van −1 op" in page  # the goal's line, said
    assert reverse("sessions:steering", args=[story.trajectory.pk]) in page
    assert (
        len([one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]) <= 12 + 2
    )  # two of the login


def test_the_coach_cannot_share_and_the_client_can(story):
    assert (
        "Share a summary" not in (page := as_(story.people[COACH]).get(story.check.get_absolute_url()).text) and share_at(story) not in page
    )
    assert share_at(story) in as_(story.people[CLIENT]).get(story.check.get_absolute_url()).text
    assert as_(story.people[COACH]).get(share_at(story)).status_code == 404 == as_(story.people[SPONSOR]).get(share_at(story)).status_code


def mark(page):
    found = re.search(r'name="mark" value="(\w+)"', page)
    return found[1] if found else ""


def test_what_was_not_looked_at_is_not_shared(story):
    sam = as_(story.people[CLIENT])
    said = {"key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "summary": "Het gaat goed.", "sees-goal_level-1": "on"}
    assert "different_from_coach" not in sam.get(share_at(story)).text  # never a sponsor's
    assert sam.post(share_at(story), said | {"share": "1"}).status_code == 200 and not Release.objects.exists()
    shown = sam.post(share_at(story), said).text
    assert "Het gaat goed." in shown and "zin 1" in shown and mark(shown)
    changed = said | {"summary": "Iets heel anders.", "share": "1", "mark": mark(shown)}
    assert sam.post(share_at(story), changed).status_code == 200 and not Release.objects.exists()
    for _press in range(2):
        assert sam.post(share_at(story), said | {"share": "1", "mark": mark(shown)}).url == story.check.get_absolute_url()
    [release] = look(Release.objects.all(), by=story.people[CLIENT], at=now())
    assert release.words == "Het gaat goed.\n\nGoal\nzin 1" and [(one.goal.number, one.level) for one in release.levels.all()] == [(1, 1)]
    assert not Release.objects.readable_by(story.people[SPONSOR]).exists()  # for half a minute
    assert sam.get(share_at(story)).url == story.check.get_absolute_url()


def test_what_was_looked_at_for_one_sponsor_is_not_shared_with_the_next(story):
    sam = as_(story.people[CLIENT])
    said = {"key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "summary": "Voor Els bedoeld."}
    said |= {"share": "1", "mark": mark(sam.post(share_at(story), said).text)}
    fresh(story.trajectory).name_sponsor(make_person("Otto Kuiper"), by=story.people[CLIENT], at=now())
    shown = sam.post(share_at(story), said)
    assert shown.status_code == 200 and "Otto" in shown.text and not Release.objects.exists()
    assert sam.post(share_at(story), said | {"mark": mark(shown.text)}).status_code == 302 and Release.objects.count() == 1


def test_nothing_and_what_is_not_the_sponsors_are_not_shared(story):
    sam = as_(story.people[CLIENT])
    for said in ({}, {"sees-different_from_coach": "on"}, {"sees-goal_level-2": "on"}):
        assert sam.post(share_at(story), said | {"share": "1", "mark": ""}).status_code == 200
    assert not Release.objects.exists()


def test_while_answering_the_client_sees_what_they_said_last_time(story):
    again = CheckIn.begin(fresh(story.trajectory), by=story.people[COACH], at=now())
    sam = as_(story.people[CLIENT])
    goal = sam.get(reverse("trajectories:check_in_step", args=[again.pk, 1])).text
    assert "zin 1" in goal and "Ik durf meer" not in goal
    assert (
        "Ik durf meer" in (page := sam.get(reverse("trajectories:check_in_step", args=[again.pk, 3])).text) and "Ik durf iets" not in page
    )


def test_a_coach_who_came_later_reads_no_words_of_a_goal_that_is_not_theirs(story):
    trajectory, new, since = story.trajectory, make_person("Bram Smit", coach=True, language="en"), now() - 2 * DAY
    GoalVersion.objects.update(worded_at=now() - 40 * DAY, put_at=None)
    Goal.objects.update(shared_at=None)
    fresh(trajectory).coach.leave(at=since)
    Part.objects.create(trajectory=trajectory, person=new, part=COACH, from_at=since, confirmed_at=since, reads_since=since)
    page = as_(new).get(story.check.get_absolute_url()).text
    assert "Ik durf meer" in page and "<b>Goal 1</b>" in page and "<b>Goal</b>" not in page and "zin 1" not in page
