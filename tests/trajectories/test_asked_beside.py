"""Somebody asks for a colleague who is coached already: do they get the answer that everyone gets, and does the client keep both apart?"""

import io
import json
import re
import zipfile

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.clock import now
from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.requests_story import fresh, person, queries_of
from trajectories.download.archive import take_along
from trajectories.models import State, Trajectory

pytestmark = pytest.mark.django_db
OPEN = [State.REQUESTED, State.INTAKE, State.AGREED, State.RUNNING, State.ON_HOLD, State.CLOSING]
DIFFERS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\"[A-Za-z0-9]{64}\"|\b[0-9a-f]{16}\b|\d\d:\d\d:\d\d(\.\d+)?")
WORDS = "Iemand om mee te sparren"


def another_asks(house):
    """Otto asked before, and Sam has not answered."""
    otto = person("Otto Dam", unit=house.works)
    house.asked(by=otto, sponsor=otto)


BEGUN = [State.REQUESTED, State.INTAKE, State.ON_HOLD]
BEFORE = [pytest.param(another_asks, id="asked by another")]
BEFORE += [pytest.param(lambda house, state=state: house.in_state(state), id=state) for state in BEGUN]


class Asker:
    """Els, and all that she gets to see: status, headers, bytes and the number of queries, without what differs at every request."""

    def __init__(self, client, house):
        self.client, self.els, self.seen = client, house.els, []
        client.force_login(house.els)
        client.get("/")

    def get(self, name, *args, query=""):
        self._note(lambda: self.client.get(reverse(name, args=args) + query))

    def post(self, name, *args, query="", **typed):
        self._note(lambda: self.client.post(reverse(name, args=args) + query, typed))

    def ask_for(self, someone):
        self.post("trajectories:ask", query="?for=other", client=str(someone.pk), client_find=someone.name, about=WORDS)

    def _note(self, act):
        with CaptureQueriesContext(connection) as queries:
            response = act()
        headers = {name: DIFFERS.sub("", value) for name, value in response.items() if name != "X-Request-ID"}
        kinds = [query["sql"].split(" ", 1)[0] for query in queries]
        self.seen.append((response.status_code, headers, DIFFERS.sub("", response.content.decode()), kinds))

    def look(self, trajectory):
        for name in ("trajectories:request", "trajectories:trajectory"):
            self.get(name, trajectory.pk)
        for name in ("trajectories:commissioned", "sessions:now", "coaching:account"):
            self.get(name)
        with zipfile.ZipFile(io.BytesIO(take_along(by=self.els, at=now()))) as packed:
            told = json.loads(packed.read("rode-draad.json"))
        for chapter in told["trajectories"]:
            chapter["looks"].sort(key=str)  # those of one hour come in any order
        self.seen.append((DIFFERS.sub("", json.dumps(told["trajectories"])), list(Letter.objects.filter(person=self.els).values("kind"))))


def course(client, house, before=None):
    """What Els sees when she asks for Sam, asks once more, and gets a no; undone afterwards."""
    with transaction.atomic():
        if before:
            before(house)
        asker = Asker(client, house)
        asker.ask_for(house.sam)
        asked = Trajectory.objects.get(asked_by=house.els)
        asker.look(asked)
        asker.ask_for(house.sam)
        asked.talk_first(by=house.sam, at=now())
        asker.look(asked)
        fresh(asked).decline(by=house.sam, at=now(), sentence="Nu niet.")
        asker.look(asked)
        asker.post("trajectories:read_decline", asked.pk)
        asker.look(asked)
        transaction.set_rollback(True)
    return asker.seen


@pytest.mark.parametrize("before", BEFORE)
def test_who_asks_sees_the_same_whether_or_not_there_is_a_trajectory(house, client, before):
    plain, beside = course(client, house), course(client, house, before)
    assert plain[0][0] == 302 and WORDS in plain[1][2]
    for one, other in zip(plain, beside, strict=True):
        assert one == other


def test_who_asked_already_hears_that_and_nothing_else(house, client):
    house.in_state(State.RUNNING)
    house.asked_by_els()
    with pytest.raises(Refused, match="You have asked this already") as told:
        house.asked_by_els()
    assert "trajectory" not in str(told.value) and Trajectory.objects.filter(asked_by=house.els).count() == 1


@pytest.mark.parametrize("who", ["sam", "noor", "wim"])
def test_who_knows_of_it_is_told(house, who):
    house.in_state(State.RUNNING)
    by = getattr(house, who)
    with pytest.raises(Refused, match="already"):
        house.asked(by=by, sponsor=house.noor if who == "noor" else None)


def test_the_sponsor_is_told_and_a_former_one_is_not(house):
    trajectory = house.in_state(State.RUNNING)
    trajectory.name_sponsor(house.els, by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="already"):
        house.asked_by_els()
    fresh(trajectory).name_sponsor(house.iris, by=house.sam, at=house.tick())
    assert house.asked_by_els().state == State.REQUESTED


@pytest.mark.parametrize("state", OPEN)
def test_the_client_says_yes_only_after_the_end(house, state):
    trajectory = house.in_state(state)
    asked = house.asked_by_els()
    with pytest.raises(Refused, match="once that has ended"):
        asked.accept(by=house.sam, at=house.tick())
    assert not fresh(asked).accepted_at and not fresh(asked).sponsor
    fresh(trajectory).stop(by=house.sam, at=house.tick(), reason="no_time")
    asked.accept(by=house.sam, at=house.tick())
    assert fresh(asked).accepted_at and fresh(asked).sponsor.person == house.els


def test_of_two_that_wait_the_client_takes_up_one(house):
    another_asks(house)
    asked, first = house.asked_by_els(), Trajectory.objects.earliest("asked_at")
    first.accept(by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="once that has ended"):
        asked.accept(by=house.sam, at=house.tick())
    asked.decline(by=house.sam, at=house.tick(), sentence="Nu niet.")
    assert fresh(asked).state == State.DECLINED and fresh(first).state == State.REQUESTED


@pytest.mark.parametrize("state", OPEN)
def test_the_client_keeps_their_own_pages_and_finds_what_waits(house, client, state):
    trajectory = house.in_state(state)
    asked = house.asked_by_els()
    client.force_login(house.sam)
    home, request = client.get(reverse("sessions:now")), reverse("trajectories:request", args=[asked.pk])
    assert home.context["trajectory"] == trajectory and request in home.content.decode()
    for name, leads_to in (("my_goals", "goals"), ("my_agreement", "agreement")):
        assert client.get(reverse(f"trajectories:{name}"))["Location"] == reverse(f"trajectories:{leads_to}", args=[trajectory.pk])
    assert client.get(reverse("sessions:my_sessions")).context["trajectory"] == trajectory
    said, accept = client.get(request).content.decode(), reverse("trajectories:accept", args=[asked.pk])
    assert "You can say yes to this once that has ended" in said and accept not in said
    assert "Say no" in said and "Ask to talk first" in said
    said = client.post(accept, follow=True).content.decode()
    assert "once that has ended" in said and not fresh(asked).accepted_at


def test_two_that_wait_are_both_at_the_clients_home(house, client):
    another_asks(house)
    asked = house.asked_by_els()
    client.force_login(house.sam)
    said = client.get(reverse("sessions:now")).content.decode()
    assert all(reverse("trajectories:request", args=[one.pk]) in said for one in Trajectory.objects.all())
    said = client.get(reverse("trajectories:request", args=[asked.pk])).content.decode()
    assert reverse("trajectories:accept", args=[asked.pk]) in said


def test_coach_and_desk_do_not_take_one_for_the_other(house, client):
    trajectory = house.in_state(State.RUNNING)
    asked = house.asked_by_els()
    client.force_login(house.noor)
    assert client.get(reverse("trajectories:request", args=[asked.pk])).status_code == 404
    assert "Els Vermeer" not in client.get(reverse("sessions:detail", args=[trajectory.pk])).content.decode()
    client.force_login(house.wim)
    desk = client.get(reverse("trajectories:requests")).content.decode()
    assert "Waits for the answer of Sam" in desk and reverse("trajectories:match", args=[asked.pk]) in desk
    assert "You can propose as soon as there is a yes" in client.get(reverse("trajectories:match", args=[asked.pk])).content.decode()
    running = client.get(reverse("trajectories:match", args=[trajectory.pk])).content.decode()
    assert "Noor Bakker" in running and "Els Vermeer" not in running


@pytest.mark.parametrize("name", ["now", "request"])
def test_these_pages_take_twelve_queries_at_most(house, client, name):
    house.in_state(State.RUNNING)
    asked = house.asked_by_els()
    another_asks(house)
    address = reverse("sessions:now") if name == "now" else reverse("trajectories:request", args=[asked.pk])
    assert queries_of(client, house.sam, address) <= 12
