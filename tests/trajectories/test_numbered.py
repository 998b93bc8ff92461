"""Does no number tell the sponsor how many goals and wordings there are that they do not read? (R5, R25)"""

import re

import pytest
from django.db.models import F
from django.urls import reverse

from coaching.clock import now
from coaching.traces import look
from tests.trajectories.closing_story import all_in, begin, make_story, put_forward, settle
from tests.trajectories.opening import DAY, drawn_up, fresh, goal_words, opened, reads_english, said_yes
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR
from trajectories.looks import looks
from trajectories.missing import before_start
from trajectories.models import Goal
from trajectories.report import canonical

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OLD = {"title": "Eerst", "zero": "iets anders"}
NUMBERS = re.compile(r'(?:[Gg]oal|[Vv]ersion|[Dd]oel) (\d+)|name="number" value="(\d+)"|(?:goal_level|goal_example|id="goal)-(\d+)[^\d\w-]')


@pytest.fixture
def talk():
    """Four private goals; a fifth was agreed to three times between two, and its third wording is shared and waits for Els."""
    talk = opened(state="running")
    for place in range(1, 5):
        drawn_up(talk, at=now() - 30 * DAY, title=f"Voor mij {place}")
    goal = drawn_up(talk, at=now() - 29 * DAY, **OLD)
    for place, words in enumerate([OLD, {}, {"title": "Nu"}]):
        if place:
            fresh(goal).reword_as(by=talk.sam, at=now() - 20 * DAY, base=place, **goal_words(**words))
        said_yes(goal, talk.sam, talk.noor, at=now() - (19 - place) * DAY)
    fresh(goal).share(by=talk.sam, at=now() - 10 * DAY)
    for person in talk.everyone:
        reads_english(person)
    return talk


@pytest.fixture
def closing():
    """Two shared goals that are numbers 5 and 6: all have prepared."""
    story = all_in(begin(make_story()))
    Goal.objects.update(number=F("number") + 4)
    story.goals = list(Goal.objects.order_by("number"))
    for person in story.people.values():
        reads_english(person)
    return story


def numbers(client, person, name, row):
    """All numbers of goals and versions on a page, what forms carry included."""
    client.force_login(person)
    answer = client.get(reverse(f"trajectories:{name}", args=[row.pk]))
    assert answer.status_code == 200
    return {next(filter(None, one)) for one in NUMBERS.findall(answer.content.decode())}


def test_the_sponsor_counts_from_what_they_read(client, talk):
    goal = talk.trajectory.goals.get(number=5)
    assert numbers(client, talk.els, "goal", goal) == {"1"}
    assert numbers(client, talk.els, "sponsor", talk.trajectory) == set()
    home = client.get(reverse("trajectories:sponsor", args=[talk.pk])).content.decode()
    assert "A goal waits for your yes" in home and "Started at −2" in home
    for person in (talk.sam, talk.noor):
        assert numbers(client, person, "goal", goal) >= {"5", "3", "2", "1"}


def test_their_yes_is_to_the_version_that_the_page_called_so(client, talk):
    """Their first is the third; then a fourth is put to them, their second."""
    goal = talk.trajectory.goals.get(number=5)
    client.force_login(talk.els)
    client.post(reverse("trajectories:goal_agree", args=[goal.pk]), {"asked": str(goal.versions.get(number=2).pk), "read": "1"})
    assert not goal.versions.filter(assents__seat__part=SPONSOR).exists()
    client.post(reverse("trajectories:goal_agree", args=[goal.pk]), {"asked": str(goal.versions.get(number=3).pk), "read": "1"})
    assert list(goal.versions.filter(assents__seat__part=SPONSOR).values_list("number", flat=True)) == [3]
    fresh(goal).reword_as(by=talk.sam, at=now() - 2 * DAY, base=3, **goal_words(title="Straks", zero="weer anders"))
    said_yes(goal, talk.sam, talk.noor, at=now() - DAY)
    assert numbers(client, talk.els, "goal", goal) == {"1", "2"}
    client.post(reverse("trajectories:goal_agree", args=[goal.pk]), {"asked": str(goal.versions.get(number=4).pk), "read": "1"})
    assert goal.versions.get(number=4).agreed_at
    assert numbers(client, talk.els, "goal", goal) == {"1", "2"}


def test_what_they_looked_at_is_told_to_them_without_numbers(talk):
    goal = talk.trajectory.goals.get(number=5)
    seat = talk.seat(SPONSOR)
    look(list(goal.versions.open_to(seat)), by=seat, at=now())
    told = {}
    for part, person in ((SPONSOR, talk.els), (CLIENT, talk.sam)):
        days = looks(talk.trajectory, person, seat=talk.seat(part), at=now()).days
        told[part] = [line.did for _on, day in days for line in day if line.part == SPONSOR]
    assert told == {SPONSOR: ["read a goal"], CLIENT: ["read goal 5"]}


def test_what_misses_before_the_start(talk):
    trajectory = talk.trajectory
    trajectory.agreed_at = trajectory.started_at = None
    said = {}
    for part in (SPONSOR, COACH):
        versions = list(trajectory.goalversions.open_to(talk.seat(part)).filter(goal__number=5, number=3).with_assents())
        for version in versions:
            version.agreed_at = None
        found = before_start(trajectory, talk.seat(part), agreements=[], versions=versions)
        said[part] = [one.sentence for one in found if "waits" in one.sentence]
    assert said == {SPONSOR: ["A goal waits for Els."], COACH: ["Goal 5 waits for Els."]}


@pytest.mark.parametrize("name", ["prepare", "meeting"])
def test_at_the_closing_talk(client, closing, name):
    seen = {part: numbers(client, closing.people[part], name, closing.trajectory) for part in PARTS}
    assert seen[SPONSOR] == set() and seen[CLIENT] == seen[COACH] == {"5", "6"}


def test_what_the_sponsor_still_prepares(client):
    story = begin(make_story())
    Goal.objects.update(number=F("number") + 4)
    words = {"1", "2"}  # of what the sentences of these goals say
    assert numbers(client, reads_english(story.people[SPONSOR]), "prepare", story.trajectory) == words
    assert numbers(client, reads_english(story.people[COACH]), "prepare", story.trajectory) == words | {"5", "6"}


def test_what_has_no_outcome_yet_is_called_by_its_title(client, closing):
    client.force_login(closing.people[SPONSOR])
    page = client.get(reverse("trajectories:meeting", args=[closing.trajectory.pk])).content.decode()
    assert "Goals ‘" in page and "’ have no outcome yet" in page


def test_the_report_counts_its_own_goals(closing):
    settle(closing)
    text = put_forward(closing)
    look([text], by=closing.people[CLIENT], at=now())
    assert [goal.number for goal in canonical.from_json(text.words).goals] == [1, 2]
