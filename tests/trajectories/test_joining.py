"""Does the page on which the client says yes to a sponsor show all that this sponsor then reads? (R2, R20b)"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.clock import now
from coaching.models import Letter
from coaching.sealed import sealed_fields
from coaching.traces import look
from tests.access.test_access import counted
from tests.makers import make_person
from tests.trajectories.opening import DAY, drawn_up, said_yes
from tests.trajectories.parties_story import offered
from tests.trajectories.requests_story import fresh
from tests.trajectories.sights import seen_by
from tests.trajectories.test_goals import newest, reworded
from tests.trajectories.test_sponsor_sees import walked
from tests.trajectories.walking import World
from trajectories.models import Agreement, Goal, GoalVersion, Preparation, Release, Trajectory
from trajectories.models.preparations import read_answers

pytestmark = pytest.mark.django_db
WORDLESS = {"Goal": "the goals", "Measurement": "the levels", "Review": "the closing review"}


@pytest.fixture
def world():
    return World()


def page(client, who, trajectory):
    client.force_login(who)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("trajectories:sponsor_name", args=[trajectory.pk]))
    assert len(counted(queries)) <= 12
    return unescape(answer.content.decode())


def told(name, row):
    """What stands on the page of a row that a sponsor reads."""
    if name in WORDLESS:
        return [WORDLESS[name]]
    if name == "Agreement":
        return [f"Version {row.number}", *filter(None, [row.own_words])]
    return [getattr(row, field.attname) for field in sealed_fields(row)]


@pytest.mark.parametrize("proposed", [True, False])
@pytest.mark.parametrize("until", ["release", "begin_closing"])
def test_all_that_is_read_from_the_yes_on_stands_on_its_page(client, world, until, proposed):
    """What the former sponsor was let to read, the next one reads too: the client sees it before, whoever names the next one."""
    trajectory = walked(world, until)
    if proposed:
        trajectory.name_sponsor(world.otto, by=world.wim, at=world.tick())
    before = page(client, world.sam, trajectory)
    known = set(Agreement.objects.values_list("pk", flat=True))
    trajectory = Trajectory.objects.get()
    verb = trajectory.confirm_sponsor if proposed else trajectory.name_sponsor
    verb(*([] if proposed else [world.otto]), by=world.sam, at=world.tick())
    seen = [(name, row) for name, _key, row in seen_by(world.otto) if name != "Part" and (name != "Agreement" or row.pk in known)]
    look([row for _name, row in seen], by=fresh(trajectory).sponsor, at=world.at)
    assert {name for name, _row in seen} >= {"Agreement", "Goal", "GoalVersion", "Measurement", "Release", "Commitment"}
    for name, row in seen:
        assert not [words for words in told(name, row) if words not in before], name


def test_nothing_of_a_closing_that_the_client_is_still_blind_for(client, world):
    """Who joins prepares first too, and the client reads nobody before their own part is in (R21)."""
    trajectory = walked(world, "begin_closing")
    for person in (world.els, world.noor):
        world.act("prepare", Trajectory.objects.get(), person, 0)
    prepared = list(Preparation.objects.all())
    look(prepared, by=trajectory.client, at=world.at)
    words = {
        one["answer"] for row in prepared for one in read_answers(row.answers) if isinstance(one["answer"], str) and len(one["answer"]) > 3
    }
    said = page(client, world.sam, trajectory)
    assert len(prepared) == 2 and words and not [one for one in words if one in said] and "the closing review" in said


def test_the_own_words_of_every_version_of_the_agreement(client, house, intake):
    for words in ("Eerst zacht.", "Dan hard."):
        version = offered(house, fresh(intake))
        version.own_words = words
        version.save()
    said = page(client, house.sam, intake)
    assert "Eerst zacht." in said and "Dan hard." in said and "?version=1" in said


def test_what_can_still_be_taken_back_is_not_there_yet(client, world):
    trajectory = walked(world, "release")
    Release.objects.update(shared_at=timezone.now() + timedelta(seconds=20))
    said = page(client, world.sam, trajectory)
    assert "Het gaat" not in said and "What you share later" in said


def test_levels_go_along_with_what_was_shared(client, world):
    trajectory = walked(world, "release")
    release, version = Release.objects.first(), GoalVersion.objects.first()
    release.levels.create(goal=version.goal, version_of_goal=version, level=1)
    said, words = page(client, world.sam, trajectory), look([release], by=trajectory.client, at=world.at)[0].words
    assert re.search(rf">{re.escape(words)}</p>.*?>Goal {version.goal.number}<.*?>\+1<", said, re.DOTALL)


def test_with_nothing_to_read_it_says_so_and_what_comes_later(client, house, intake):
    said = page(client, house.sam, intake)
    assert "Nothing yet" in said and "What you share later" in said


def test_the_desk_that_proposes_reads_none_of_it(client, house, intake):
    offered(house, intake)
    assert "What is there already" in page(client, house.sam, intake)
    assert "What is there already" not in page(client, house.wim, intake)


def test_a_version_put_a_moment_before_the_sponsor_changed_is_taken_back(talk):
    """The goal stays shared; of its newer version the page named the former sponsor, so that it waits for another yes of the client."""
    goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
    goal.share(by=talk.sam, at=now() - DAY)
    reworded(goal, talk.noor, title="Daarna")
    said_yes(goal, talk.noor, talk.sam)
    assert newest(goal).put_at > now()
    otto = make_person("Otto Kuiper")
    talk.trajectory.name_sponsor(otto, by=talk.sam, at=now())
    assert newest(goal).put_at is None and [one.seat.part for one in newest(goal).assents.all()] == ["coach"]
    assert Goal.objects.get().shared_at and [one.number for one in GoalVersion.objects.readable_by(otto)] == [1]
    assert Letter.objects.get(person=talk.els, kind="goal_to_agree", due_at__gt=now()).dropped_at
    said_yes(goal, talk.sam)
    assert newest(goal).put_at > now()


def posted(page, **more):
    """What the form for a sponsor on this page sends along, with what is chosen in it."""
    return dict(re.findall(r'type="hidden" name="(read|mark)" value="([^"]*)"', page)) | more


@pytest.mark.parametrize("proposed", [True, False])
def test_what_no_page_showed_is_not_read_by_whoever_joins(client, world, proposed):
    """Meanwhile something was released to the sponsor of before: the page comes back with it, and what was chosen stays chosen."""
    trajectory = walked(world, "begin_closing")
    if proposed:
        trajectory.name_sponsor(world.otto, by=world.wim, at=world.tick())
    chosen = {} if proposed else {"sponsor": str(world.otto.pk), "sponsor_find": world.otto.name}
    address = reverse(f"trajectories:sponsor_{'confirm' if proposed else 'name'}", args=[trajectory.pk])
    old = posted(page(client, world.sam, trajectory), **chosen)
    Release.give(Trajectory.objects.get(), by=world.sam, at=world.tick(), kind=Release.QUESTION, words="Dit was voor Els")
    for sent in (old, chosen | {"read": old["read"]} if proposed else chosen):
        answer = client.post(address, sent)
        said = unescape(answer.text)
        assert answer.status_code == 422 and "Dit was voor Els" in said and fresh(trajectory).sponsor.person == world.els
        assert f"{world.otto.first_name} is not your sponsor yet" in said
        assert proposed or re.search(rf'value="{world.otto.pk}"[^>]*checked', said)
    assert client.post(address, posted(said, **chosen)).status_code == 302 and fresh(trajectory).sponsor.person == world.otto


def test_whoever_was_chosen_stays_chosen_also_when_another_is_proposed_meanwhile(client, world):
    trajectory = walked(world, "release")
    page(client, world.sam, trajectory)
    trajectory.name_sponsor(world.iris, by=world.wim, at=world.tick())
    chosen = {"sponsor": str(world.otto.pk), "sponsor_find": world.otto.name, "mark": ""}
    said = client.post(reverse("trajectories:sponsor_name", args=[trajectory.pk]), chosen).text
    assert re.search(rf'value="{world.otto.pk}"[^>]*checked', said) and f"not confirmed yet: {world.iris.name}" in unescape(said)
    assert fresh(trajectory).unconfirmed_sponsor.person == world.iris
