"""Does the client see who looked at what and when, and everybody else only themselves? (R26)"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now, today
from coaching.models import Trace
from coaching.sealed import reseal
from coaching.traces import Eyes, look
from sessions.models import Action, Intervention, Log, Note
from tests.makers import DAY, HOUR, make_goal, make_log, make_person, make_session, make_trajectory
from trajectories.audiences import audiences, sitters
from trajectories.looks import headline, looks, said
from trajectories.models import Agreement, CheckIn, Commitment, Goal, GoalVersion, Question, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Vermeer"))


def read(trajectory, part="client", *, at=None, before=None):
    seat = trajectory.seat(part)
    return looks(trajectory, seat.person, seat=seat, at=at or now(), before=before)


def lines(found):
    return [(line.name, line.did) for _day, day in found.days for line in day]


def looked(found):
    """What was read; who worked on what, of making it, is told of further on."""
    return [line for line in lines(found) if "worked on" not in line[1] and "werkte aan" not in line[1]]


def address(trajectory, **query):
    return reverse("trajectories:who_looked", args=[trajectory.pk], query=query or None)


def logged(trajectory, *, ago, shared=True):
    at = now() - ago * DAY
    session = make_session(trajectory, starts_at=at - HOUR)
    return make_log(session, at=at, interventions=["Een boek"], share_at=at if shared else None)


def opened(rows, seat, *, at=None, act="opened"):
    look(rows, by=seat, at=at or now(), act=act)


def test_things_are_named_as_people_call_them(trajectory):
    make_goal(trajectory), make_goal(trajectory)
    log, _later = logged(trajectory, ago=9), logged(trajectory, ago=2)
    versions = list(GoalVersion.objects.earliest_first())
    opened([*versions, Log.objects.get(pk=log.pk)], trajectory.coach)
    assert looked(read(trajectory)) == [("Noor", "read goals 1 and 2 and the log of session 1")]
    with override("nl"):
        [(_name, did)] = looked(read(trajectory))
        assert "doel 1" in did and "het verslag van sessie 1" in did


def test_the_client_reads_all_and_the_others_their_own(trajectory):
    Question.word(trajectory, by=trajectory.client.person, at=now() - DAY, words="Hoe zeg ik nee?")
    for part in ("coach", "client", "sponsor"):
        opened(Question.objects.all(), trajectory.seat(part))
    assert {name for name, _did in lines(read(trajectory))} == {"Noor", "Sam", "Els"}
    assert {name for name, _did in lines(read(trajectory, "coach"))} == {"Noor"}
    assert {name for name, _did in lines(read(trajectory, "sponsor"))} == {"Els"}


def test_what_is_not_shared_is_not_told_of(trajectory):
    log = logged(trajectory, ago=2, shared=False)
    Note.remember(trajectory, by=trajectory.coach.person, at=now(), words="Voor mij")
    opened([*Log.objects.all(), *Intervention.objects.all(), *Note.objects.select_related("seat")], trajectory.coach)
    assert looked(read(trajectory)) == []
    assert looked(read(trajectory, "coach")) == [("Noor", "read the interventions of session 1")]
    Log.objects.get(pk=log.pk).share(by=trajectory.coach.person, at=now() - HOUR)
    assert looked(read(trajectory)) == [("Noor", "read the interventions of session 1")]


def test_one_line_per_person_hour_and_act(trajectory):
    facts = {"seat": trajectory.client, "words": "Hoe zeg ik nee?"}  # stood there already
    Question.objects.create(trajectory=trajectory, worded_at=now() - 40 * DAY, **facts)
    at = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
    for minutes in (0, 20, 70):
        opened(Question.objects.all(), trajectory.coach, at=at + timedelta(minutes=minutes))
    opened(Question.objects.all(), trajectory.coach, at=at, act="exported")
    [(day, found)] = read(trajectory).days
    assert day.isoformat() == "2026-11-20"
    assert sorted((line.hour, line.did) for line in found) == [
        (10, "read the coaching question"),
        (10, "took away a copy of the coaching question"),
        (11, "read the coaching question"),
    ]


def test_seven_days_on_a_page(trajectory):
    facts = {"seat": trajectory.client, "words": "Hoe zeg ik nee?"}  # stood there already
    Question.objects.create(trajectory=trajectory, worded_at=now() - 40 * DAY, **facts)
    for ago in range(10):
        opened(Question.objects.all(), trajectory.coach, at=now() - ago * DAY)
    first = read(trajectory)
    assert len(first.days) == 7 and first.older == today() - 6 * DAY
    rest = read(trajectory, before=first.older)
    assert [day for day, _lines in rest.days] == [today() - ago * DAY for ago in (7, 8, 9)] and rest.older is None


def test_a_thing_that_is_gone_and_a_kind_nobody_named():
    assert said("opened", [("coaching_sessions.log", None)]) == "read a log"
    assert said("changed", [("no.kind", 3)]) == "worked on something"
    numbers = [("coaching_sessions.log", 3), ("coaching_sessions.log", 1), ("trajectories.question", None)]
    assert said("opened", numbers) == "read the coaching question and the logs of sessions 1 and 3"


def test_who_looked_this_week_in_one_sentence(trajectory):
    Question.word(trajectory, by=trajectory.client.person, at=now() - 40 * DAY, words="Hoe zeg ik nee?")
    assert headline(read(trajectory).lately) == "Nobody looked this week"
    opened(Question.objects.all(), trajectory.sponsor, at=now() - 8 * DAY)
    opened(Question.objects.all(), trajectory.coach)
    assert headline(read(trajectory).lately) == "Only Noor looked this week"
    opened(Question.objects.all(), trajectory.client)
    assert headline(read(trajectory).lately) == "Only you and Noor looked this week"


def test_the_page_of_each(client, trajectory):
    Question.word(trajectory, by=trajectory.client.person, at=now() - DAY, words="Hoe zeg ik nee?")
    wim = make_person("Wim Postma", coordinates=True)
    for seat in (*trajectory.seats, Eyes(wim.pk, "coordinator")):
        opened(Question.objects.all(), seat)
    names = {"Noor", "Els", "Wim"}
    for person in (trajectory.client.person, trajectory.coach.person, trajectory.sponsor.person, wim):
        client.force_login(person)
        page = client.get(address(trajectory)).content.decode()
        shown = {name for name in names if f"<p><b>{name}</b>" in page}
        assert shown == (names if person == trajectory.client.person else set())
        assert ("Hoe zeg ik nee" not in page) and ("read the coaching question" in page or "las" in page)


def test_hidden_from_who_has_no_part(client, trajectory):
    for person in (make_person("Iris"), make_person("Ada", administers=True)):
        client.force_login(person)
        assert client.get(address(trajectory)).status_code == 404


def test_a_former_coach_finds_nothing(client, trajectory):
    bram = trajectory.coach.person
    trajectory.coach.leave(at=now())
    client.force_login(bram)
    assert client.get(address(trajectory)).status_code == 404
    client.force_login(trajectory.client.person)
    assert "Noor Visser" in client.get(address(trajectory)).content.decode()
    with override("en"):
        former = sitters(trajectory.parts.readable_by(trajectory.client.person).with_people().in_order())
    assert [one.name for one in former if "reads nothing any more" in one.reads] == ["Noor Visser"]


@pytest.mark.parametrize("before", ["0001-01-01", "nonsense", "2026-02-31", "9999-99-99", "\x00"])
def test_a_day_that_is_none(client, trajectory, before):
    client.force_login(trajectory.client.person)
    assert client.get(address(trajectory, before=before)).status_code == 302


def test_twelve_queries_whatever_was_looked_at(client, trajectory):
    make_person("Wim Postma", coordinates=True)
    for ago in (9, 5, 2):
        log = logged(trajectory, ago=ago)
        opened([*Log.objects.all(), *Intervention.objects.all(), *GoalVersion.objects.all()], trajectory.coach, at=log.worded_at)
    make_goal(trajectory)
    client.force_login(trajectory.client.person)
    with CaptureQueriesContext(connection) as queries:
        client.get(address(trajectory))
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)
    assert Trajectory.objects.count() == 1


def heard(trajectory):
    """Kind of words -> (who reads it, what keeps them from some of it), as the client reads it."""
    found = audiences(Trajectory.objects.get(pk=trajectory.pk))
    return lambda kind: next((one.text, one.partly) for one in found if kind in one.kinds.lower())


def test_a_new_coach_reads_from_their_coming_and_what_was_let_along(trajectory):
    assert heard(trajectory)("coaching question") == ("You and Noor", "")
    since = datetime(2026, 11, 20, 12, tzinfo=UTC)
    trajectory.parts.filter(part="coach").update(reads_since=since)
    said = heard(trajectory)
    assert said("coaching question") == ("You and Noor", "Noor: from 20 November 2026 on")
    assert said("agreement") == ("You, Noor and Els", "")
    assert "Noor: from 20 November 2026 on, and what all of you may read" in said("the goals")[1]
    trajectory.parts.filter(part="coach").update(reads_older_question=since)
    said = heard(trajectory)
    assert said("coaching question")[1] == "Noor: from 20 November 2026 on, and what you let along"
    assert said("the logs")[1].endswith("Noor: from 20 November 2026 on") and "let along" not in said("the logs")[1]


def test_of_a_stopped_trajectory_the_sponsor_reads_agreement_and_sentence_only(trajectory):
    assert "Els" in heard(trajectory)("commitments")[0]
    Trajectory.objects.get(pk=trajectory.pk).stop(by=trajectory.client.person, at=now(), reason="no_time")
    theirs = [one.kinds.lower() for one in audiences(Trajectory.objects.get(pk=trajectory.pk)) if "Els" in one.text]
    assert any("agreement" in kinds for kinds in theirs) and any("sentence about the end" in kinds for kinds in theirs)
    assert not [kinds for kinds in theirs for word in ("commitments", "goals", "levels", "request", "review") if word in kinds]


def test_before_the_clients_yes_who_asked_reads_what_they_wrote(house):
    asked = house.asked_by_els()
    said = heard(asked)
    assert said("the request") == ("You and Els", "Els: what they wrote themselves")
    assert not [one for one in audiences(asked) if "Els" in one.text and "request" not in one.kinds.lower()]
    [els] = [one for one in sitters(asked.parts.readable_by(house.sam).with_people().in_order()) if one.name == "Els Vermeer"]
    assert "reads what they wrote themselves" in els.reads
    asked.accept(by=house.sam, at=house.tick())
    assert "Els" not in heard(asked)("agreement")[0]
    type(asked).objects.filter(pk=asked.pk).update(intake_at=house.tick())
    met = type(asked).objects.get(pk=asked.pk)
    assert "Els" in heard(met)("agreement")[0] and "Els" not in heard(met)("what the client shared")[0]


def changes(trajectory, part="client", **more):
    return [line for line in lines(read(trajectory, part, **more)) if "worked on" in line[1]]


WORDS = dict.fromkeys((*GoalVersion.WORDS, *GoalVersion.SENTENCES.values()), "Woorden") | {"due_on": today() + 60 * DAY, "start_level": -1}


def test_a_goal_made_and_worded_anew_says_who_worked_on_it(trajectory):
    coach, at = trajectory.coach.person, datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
    goal = Goal.draw_up(trajectory, by=trajectory.client.person, at=at, **WORDS)
    goal.reword_as(by=coach, at=at, base=goal.version, **WORDS | {"title": "Anders"})
    goal.reword_as(by=coach, at=at + HOUR, base=goal.version, **WORDS | {"title": "Nog anders"})
    assert sorted(changes(trajectory)) == [("Noor", "worked on goal 1"), ("Noor", "worked on goal 1"), ("Sam", "worked on goal 1")]
    assert len(changes(trajectory, "coach")) == 2 and changes(trajectory, "sponsor") == []


def test_agreement_question_action_and_commitment_say_so_too(trajectory):
    coach, at = trajectory.coach.person, now() - HOUR
    terms = {"sessions": 6, "minutes": 60, "starts_on": today(), "ends_on": today() + 90 * DAY, "place": "Kamer 1"}
    Agreement.propose(trajectory, by=coach, at=at, frozen={}, **terms)
    question = Question.word(trajectory, by=coach, at=at, words="Waar zeg ik ja op?")
    Action.take_up(trajectory, by=coach, at=at, words="Bellen")
    Commitment.promise(trajectory, by=trajectory.sponsor.person, at=at, words="Een middag vrij")
    assert sorted(changes(trajectory)) == [
        ("Els", "worked on the commitments"),
        ("Noor", "worked on the coaching question, the agreement and the actions"),
    ]
    question.settle(by=trajectory.client.person, at=now())  # a yes changes no words
    assert len(changes(trajectory)) == 2


def test_a_log_says_so_from_when_it_is_shared_and_once_however_much_stands_in_it(trajectory):
    at = now() - 2 * DAY
    session = make_session(trajectory, starts_at=at - HOUR, place="")
    log = make_log(session, at=at, interventions=["Een boek", "Een rollenspel"], actions=[("Bellen", None)], takeaway="Rust")
    assert changes(trajectory) == []
    log.share(by=trajectory.coach.person, at=at)
    along = [("Noor", "worked on the interventions of session 1, what session 1 yielded and the actions")]
    assert changes(trajectory) == along
    assert Trace.objects.filter(act="changed", kind="coaching_sessions.intervention").count() == 1
    make_log(session, "Anders gezegd", at=now() - HOUR, base=1)
    assert changes(trajectory)[0][1].startswith("worked on the log of session 1")
    Note.remember(trajectory, by=trajectory.coach.person, at=now(), words="Voor mij")
    assert not Trace.objects.filter(kind="coaching_sessions.note").exists()


def test_what_nobody_in_the_trajectory_does_leaves_no_line(trajectory):
    CheckIn.begin(trajectory, by=None, at=now())
    reseal(Question.objects.get(pk=Question.word(trajectory, by=trajectory.client.person, at=now(), words="Hoe zeg ik nee?").pk))
    assert changes(trajectory) == [("Sam", "worked on the coaching question")]
