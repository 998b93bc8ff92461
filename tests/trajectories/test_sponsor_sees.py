"""What does the sponsor see in each state? One test per state, in the words of domain.md ("What the sponsor sees in each state")."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import day_of
from coaching.models import Person, Trace
from coaching.traces import look
from sessions.models import Note
from tests.trajectories.opening import goal_words
from tests.trajectories.sights import seen_by
from tests.trajectories.test_walk import STEPS_OF_THE_WAY
from tests.trajectories.walking import World
from trajectories.erasure import erase
from trajectories.models import Ending, Preparation, Release, State, Trajectory

pytestmark = pytest.mark.django_db
AGREED = {"Part", "Agreement", "Goal", "GoalVersion", "Release"}
RUNNING = AGREED | {"Measurement"}
SHARED = ["Het gaat", goal_words()["title"]]  # what the client released of a check, and the title of the shared goal
STITCHES = re.compile("thread__step")
HREF = re.compile('<a[^>]*href="([^"]*)"')


@pytest.fixture
def world():
    return World()


def walked(world, until, *, after=0):
    """Sam's trajectory with Els, along the straight way, until `verb` was done `after` + 1 times."""
    seen = 0
    for verb, role in STEPS_OF_THE_WAY:
        row = Trajectory.objects.first() or Trajectory()
        world.act(verb, row, world.sam if verb == "ask" else world.who(row, role, 0), 4 if verb == "ask" else 0)
        seen += verb == until
        if seen > after:
            return Trajectory.objects.get()
    raise AssertionError(until)


def reads(world):
    return {name for name, _key, _row in seen_by(world.els)}


def page(client, world, trajectory, **asked):
    client.force_login(world.els)
    return client.get(reverse("trajectories:sponsor", args=[trajectory.pk]), asked)


def told(answer):
    """Which of the shared words stand on the page."""
    return [words for words in SHARED if words in answer.content.decode()]


def test_requested_what_they_wrote_and_the_name(client, world):
    trajectory = world.asked_by_els()
    assert trajectory.state == State.REQUESTED and reads(world) == {"Request"}
    [mine] = [row for _name, _key, row in seen_by(world.els)]
    assert mine.by == world.els
    client.force_login(world.els)
    answer = client.get(reverse("trajectories:request", args=[trajectory.pk]))
    assert answer.status_code == 200 and b"Sam" in answer.content
    trajectory.accept(by=world.sam, at=world.tick())
    assert reads(world) == {"Part", "Request"}


def test_requested_by_the_client_nothing_but_names(world):
    walked(world, "choose")
    assert reads(world) == {"Part"}


def test_declined_the_sentence_once(client, world):
    trajectory = world.asked_by_els()
    trajectory.decline(by=world.sam, at=world.tick(), sentence="Sam begint nu niet.")
    assert reads(world) == {"Ending"}
    trajectory.read_decline(by=world.els, at=world.tick())
    assert reads(world) == set() and page(client, world, trajectory).status_code == 404


def test_declined_after_an_intake_nothing_of_what_was_agreed_on(world):
    """No match, and then it did not go ahead: of the agreement and commitments of the intake the sponsor reads nothing any more."""
    walked(world, "agree")
    world.act("commit", Trajectory.objects.get(), world.els, 0)
    assert {"Agreement", "Commitment"} <= reads(world)
    world.act("no_match", Trajectory.objects.get(), world.noor, 0)
    Trajectory.objects.get().nobody_found(by=world.wim, at=world.tick(), sentence="Er is nu niemand.")
    assert Trajectory.objects.get().state == State.DECLINED and reads(world) <= {"Part", "Ending"}


@pytest.mark.parametrize("route", ["trajectory", "sponsor"])
def test_accepted_and_without_a_coach_what_they_wrote_and_who_it_waits_for(client, world, route):
    trajectory = world.asked_by_els()
    trajectory.accept(by=world.sam, at=world.tick())
    answer = led(client, world, trajectory, route)
    said = answer.content.decode()
    assert answer.request["PATH_INFO"] == reverse("trajectories:request", args=[trajectory.pk])
    assert "Ik durf geen nee te zeggen." in said and "Waits for the coordinator" in said


@pytest.mark.parametrize("route", ["trajectory", "sponsor"])
@pytest.mark.parametrize("ends", ["withdrawn", "nobody found"])
def test_declined_after_accepting_the_sentence_and_then_it_is_gone(client, world, route, ends):
    trajectory = world.asked_by_els()
    trajectory.accept(by=world.sam, at=world.tick())
    if ends == "withdrawn":
        with override("en"):  # the sentence is written down in the language of who withdraws
            trajectory.withdraw(by=world.sam, at=world.tick())
    else:
        trajectory.nobody_found(by=world.wim, at=world.tick(), sentence="Er is nu niemand.")
    here = reverse("trajectories:request", args=[trajectory.pk])
    said = led(client, world, trajectory, route).content.decode()
    assert reverse("trajectories:read_decline", args=[trajectory.pk]) in said
    assert ("The request was withdrawn." if ends == "withdrawn" else "Er is nu niemand.") in said
    home = client.get(reverse("trajectories:commissioned")).content.decode()
    assert here in home and "There is a sentence for you" in home
    client.post(reverse("trajectories:read_decline", args=[trajectory.pk]))
    assert str(trajectory.pk) not in client.get(reverse("trajectories:commissioned")).content.decode()
    assert client.get(here).status_code == 404


def led(client, world, trajectory, route):
    """The page that an address leads the sponsor on to."""
    client.force_login(world.els)
    return client.get(reverse(f"trajectories:{route}", args=[trajectory.pk]), follow=True)


def test_intake_names(client, world):
    trajectory = walked(world, "question")
    assert trajectory.state == State.INTAKE and reads(world) == {"Part"}
    answer = page(client, world, trajectory)
    assert answer.status_code == 200 and b"Hoe zeg ik nee" not in answer.content


def test_agreed_agreement_commitments_and_goals_put_to_them(world):
    assert walked(world, "agree", after=1).state == State.AGREED
    assert reads(world) == {"Part", "Agreement", "Release"}
    world.act("goal", Trajectory.objects.get(), world.sam, 0)
    assert reads(world).isdisjoint({"Goal", "GoalVersion"})
    world.act("share_goal", Trajectory.objects.get(), world.sam, 0)
    assert reads(world) == AGREED


@pytest.mark.parametrize("released", [True, False])
def test_where_no_goal_is_shared_yet_the_question_is_not_denied(client, world, released):
    trajectory = walked(world, "agree", after=1)
    Person.objects.update(language="en")
    if not released:
        Release.objects.all().delete()
    said = page(client, world, trajectory).content.decode()
    assert ("Sam shared the question above." in said) == released and ("Nothing shared yet." in said) != released
    assert "You will hear the first update from Sam in person." in said
    world.act("goal", Trajectory.objects.get(), world.sam, 0)
    world.act("share_goal", Trajectory.objects.get(), world.sam, 0)
    said = page(client, world, trajectory).content.decode()
    assert "A goal waits for your yes" in said and "first update" not in said


def test_running_shared_goals_with_their_start_releases_and_commitments(client, world):
    trajectory = walked(world, "release")
    assert trajectory.state == State.RUNNING and reads(world) == RUNNING | {"Commitment"}
    assert {row.moment for name, _key, row in seen_by(world.els) if name == "Measurement"} == {"start"}
    answer = page(client, world, trajectory).content.decode()
    assert "Het gaat" in answer and "Besproken" not in answer and "Lucht" not in answer


def test_on_hold_since_when(client, world):
    """The page tells that it rests and opens nothing; what was shared before stays theirs to read, one step further."""
    trajectory = walked(world, "release")
    before, traces = reads(world), Trace.objects.count()
    trajectory.hold(by=world.sam, at=world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    assert Trajectory.objects.get().state == State.ON_HOLD and reads(world) == before
    answer = page(client, world, trajectory)
    assert answer.context["shows"] == "rest" and told(answer) == [] and Trace.objects.count() == traces
    assert told(page(client, world, trajectory, shared=1)) == SHARED
    assert len(STITCHES.findall(answer.content.decode())) > 0


def test_on_hold_before_anything_was_agreed_nothing_was_shared(client, world):
    trajectory = walked(world, "question")
    trajectory.hold(by=world.sam, at=world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    for asked in ({}, {"shared": 1}):
        answer = page(client, world, trajectory, **asked)
        assert answer.context["shows"] == "rest" and told(answer) == [] and not re.search('href="[^"]*shared=1', answer.content.decode())


def test_closing_own_preparation_then_the_meeting_and_the_text(client, world):
    trajectory = walked(world, "prepare")  # the client's
    assert trajectory.state == State.CLOSING and "Preparation" not in reads(world)
    assert ">Prepare<" in page(client, world, trajectory).text
    world.act("prepare", trajectory, world.els, 0)
    assert ">Prepare<" not in page(client, world, trajectory).text
    assert {row.part for name, _key, row in seen_by(world.els) if name == "Preparation"} == {"client", "sponsor"}
    assert Preparation.objects.count() == 2 and "ReviewText" not in reads(world)
    for verb, who in (("prepare", world.noor), ("outcome", world.sam), ("put_forward", world.noor)):
        world.act(verb, Trajectory.objects.get(), who, 0)
    assert reads(world) >= {"Review", "Outcome", "Lasting", "ReviewText"}


def test_closed_the_report(client, world):
    trajectory = walked(world, "sign", after=2)
    answer = page(client, world, trajectory)
    assert answer.context["shows"] == "report" and told(answer) == [] and "/eindverslag/" in answer.content.decode()
    assert told(page(client, world, trajectory, shared=1)) == SHARED
    assert trajectory.state == State.CLOSED and "Report" in {type(row).__name__ for row in trajectory.reports.visible_to(world.els)}
    assert reads(world).isdisjoint({"Question", "CheckIn", "Log", "Action", "Takeaway", "Note", "Journal"})
    assert Note.objects.exists() and {row.moment for name, _key, row in seen_by(world.els) if name == "Measurement"} == {"start", "outcome"}


def test_stopped_date_sentence_agreement(client, world):
    trajectory = walked(world, "release")
    trajectory.stop(by=world.sam, at=world.tick(), reason="no_time", sentence="Er is te weinig ruimte.")
    assert reads(world) == {"Part", "Agreement"}
    Ending.objects.get().confirm(by=world.noor, at=world.tick())
    assert reads(world) == {"Part", "Agreement", "Ending"}
    [sentence] = look(Ending.objects.readable_by(world.els), by=trajectory.seat("sponsor"), at=world.tick())
    assert sentence.sentence == "Er is te weinig ruimte."
    answer = page(client, world, trajectory).content.decode()
    assert "Er is te weinig ruimte." in answer and "Het gaat" not in answer and "/afspraken/" in answer
    assert STITCHES.findall(answer) == [] and told(page(client, world, trajectory, shared=1)) == []
    for who in (world.els, world.sam):
        client.force_login(who)
        assert client.get(reverse("trajectories:looking_back", args=[trajectory.pk])).status_code == 404


def test_erased_not_found(client, world):
    trajectory = walked(world, "sign", after=2)
    erase(trajectory.closed_at + timedelta(days=3 * 366))
    address = reverse("trajectories:sponsor", args=[trajectory.pk])
    client.force_login(world.els)
    assert client.get(address).status_code == 404 and reads(world) == set()


@pytest.mark.parametrize("until", ["agree", "release", "hold", "let go", "stop", "close"])
def test_who_looks_along_is_led_nowhere_but_back(client, world, until):
    """In every state: what the sponsor can open the client reads as words, so that the bar above it never goes while they look along."""
    trajectory = walked(world, "sign", after=2) if until == "close" else walked(world, "agree" if until == "agree" else "release")
    if until == "hold":
        trajectory.hold(by=world.sam, at=world.tick(), look_again_on=day_of(world.at) + timedelta(days=9))
    if until == "stop":
        trajectory.stop(by=world.sam, at=world.tick(), reason="no_time", sentence="Er is te weinig ruimte.")
    if until == "let go":
        trajectory.goals.filter(shared_at__isnull=False).update(let_go_at=world.tick())
    here, back = (reverse(f"trajectories:{name}", args=[trajectory.pk]) for name in ("look_along", "trajectory"))
    for shared in ({}, {"shared": 1}):
        client.force_login(world.sam)
        along = _main(client.get(here, shared))
        theirs = _main(page(client, world, trajectory, **shared))
        assert "/afspraken/" in theirs and set(HREF.findall(along)) - {f"{here}?shared=1"} == {back}
        assert "Read the agreement" in along


def _main(answer):
    return answer.content.decode().split("<main")[1].split("</main>")[0]
