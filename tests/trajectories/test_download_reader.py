"""Does the sponsor take along no more of a row than pages tell, whatever is added to it? (R5, R6, R18, R25, R27)"""

import io
import json
import zipfile

import pytest
from django.apps import apps

from coaching.clock import now
from tests.trajectories.opening import DAY, drawn_up, fresh, goal_words, opened, said_yes
from trajectories.doors import SPONSOR
from trajectories.download.archive import take_along
from trajectories.download.reader import of_a_sponsor
from trajectories.who_reads import rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    """Three goals, of which the second and third are shared."""
    talk = opened(state="running")
    for title in ("Voor mij", "Met ons drie", "Ook met ons drie"):
        goal = drawn_up(talk, at=now() - 20 * DAY, title=title, weight=7)
        said_yes(goal, talk.sam, talk.noor, at=now() - 19 * DAY)
        if goal.number > 1:
            fresh(goal).share(by=talk.sam, at=now() - 10 * DAY)
            said_yes(goal, talk.els, at=now() - 9 * DAY)
    return talk


def taken(person):
    """(the rows for a machine by their kind, the page to read)."""
    with zipfile.ZipFile(io.BytesIO(take_along(by=person, at=now()))) as file:
        [trajectory] = json.loads(file.read("rode-draad.json"))["trajectories"]
        found = {}
        for row in trajectory["rows"]:
            found.setdefault(row["kind"].split(".")[1], []).append(row)
        return found, file.read("rode-draad.html").decode()


def test_every_part_of_a_row_that_a_sponsor_reads_was_looked_at():
    """A part that is added is not told before somebody has written it in one of the two lists."""
    theirs = {label for label, reads in rules().items() if reads and SPONSOR in reads}
    assert set(of_a_sponsor()) == theirs
    for label, named in of_a_sponsor().items():
        parts = sorted(one.name for one in apps.get_model(label)._meta.concrete_fields if not one.is_relation and one.name != "id")
        assert sorted([*named["told"], *named["kept"]]) == parts, label


def test_no_name_for_a_link_and_no_weight(talk):
    goal = talk.trajectory.goals.get(number=2)
    goal.name_outside(by=talk.sam, at=now(), words="Het gedoe")
    rows, page = taken(talk.els)
    assert "Het gedoe" not in json.dumps(rows) + page and "weight" not in json.dumps(rows) + page
    assert "Met ons drie" in page and rows["goalversion"][0]["words"]["title"] == "Met ons drie"
    rows, page = taken(talk.sam)
    assert "Het gedoe" in page and "weight: 7" in page and rows["goalversion"][0]["facts"]["weight"] == 7


def test_a_wording_that_is_still_private_changes_nothing(talk):
    rows, page = taken(talk.els)
    fresh(talk.trajectory.goals.get(number=2)).reword_as(by=talk.noor, at=now(), base=1, **goal_words(title="Nog van ons twee"))
    after, page_after = taken(talk.els)
    assert after == rows and page_after == page


def test_goals_are_counted_among_those_that_they_read(talk):
    rows, page = taken(talk.els)
    assert "goal 1" in page and "goal 2" in page and "goal 3" not in page
    assert not [row for kind in ("goal", "goalversion") for row in rows[kind] if {"number", "version"} & set(row["facts"])]
    assert "goal 3" in taken(talk.sam)[1]
