"""How does a test get a request as far as it wants? By the verbs, one step at a time."""

from datetime import timedelta
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.clock import now
from coaching.models import CoachProfile, OrgUnit, Person
from trajectories.models import State, Trajectory
from trajectories.models.requests import ask, propose

PASSWORD, numbers = "een lange zin om mee te testen", count(1)


def unit(name, parent=None, **facts):
    return OrgUnit.objects.create(name=name, parent=parent, **facts)


def person(name, *, pool=None, **facts):
    """A colleague; in the pool with room for `pool` when that is given."""
    facts = {"language": "en"} | facts
    found = Person.objects.create_user(f"p{next(numbers)}@verzoek.example", PASSWORD, name=name, **facts)
    if pool is not None:
        CoachProfile.objects.create(person=found, room_for=pool, about="Ik vraag door.", themes=["Een nieuwe rol"], place="Gebouw Noord")
    return found


class House:
    """A small organisation: Sam and his manager Els in care, coaches elsewhere, Wim at the desk."""

    def __init__(self):
        self.house = unit("Het huis", no_distance=True)
        self.care, self.works, self.staff = unit("Zorg", self.house), unit("Techniek", self.house), unit("Staf", self.house)
        self.els = person("Els Vermeer", unit=self.care)
        self.sam = person("Sam Verhagen", unit=self.care, manager=self.els, function="Verpleegkundige")
        self.noor = person("Noor Bakker", unit=self.staff, pool=4)
        self.bram = person("Bram Schouten", unit=self.works, pool=4)
        self.pia = person("Pia de Ruiter", unit=self.works, pool=2)
        self.close = person("Carla Dicht", unit=self.care, pool=4)
        self.wim = person("Wim Postma", unit=self.staff, coordinates=True)
        self.kim = person("Kim Nguyen", unit=self.staff, coordinates=True)
        self.iris = person("Iris Molenaar", unit=self.works)
        self.at = now() - timedelta(days=40)

    def tick(self, **more):
        self.at += timedelta(**more) if more else timedelta(minutes=1)
        return self.at

    def asked(self, *, by=None, sponsor=None, **words):
        words = {"about": "Ik durf geen nee te zeggen.", "wishes": "Een nieuwe rol", "for_coordinator": "Bel me eerst."} | words
        return fresh(ask(client=self.sam, by=by or self.sam, sponsor=sponsor, at=self.tick(), **words))

    def asked_by_els(self):
        return self.asked(by=self.els, sponsor=self.els)

    def proposed(self, coach=None, trajectory=None):
        trajectory = trajectory or self.asked()
        return trajectory, propose(trajectory, coach or self.noor, by=self.wim, at=self.tick())

    def chosen(self, coach=None, trajectory=None):
        trajectory, proposal = self.proposed(coach, trajectory)
        proposal.choose(by=self.sam, at=self.tick())
        return fresh(trajectory)

    def intake(self, coach=None, trajectory=None):
        coach = coach or self.noor
        trajectory = self.chosen(coach, trajectory)
        trajectory.take_seat(by=coach, at=self.tick())
        return fresh(trajectory)

    def in_state(self, state):
        """A trajectory of Sam's and Noor's in this state, as the facts of that state have it."""
        if state == State.REQUESTED:
            return self.asked()
        if state == State.DECLINED:
            trajectory = self.asked()
            trajectory.withdraw(by=self.sam, at=self.tick())
            return fresh(trajectory)
        trajectory = self.intake()
        facts = ["agreed_at", "started_at", "closing_at", "closed_at"]
        until = {State.AGREED: 1, State.RUNNING: 2, State.ON_HOLD: 2, State.CLOSING: 3, State.CLOSED: 4, State.STOPPED: 2}.get(state, 0)
        Trajectory.objects.filter(pk=trajectory.pk).update(**{fact: self.tick() for fact in facts[:until]})
        trajectory = fresh(trajectory)
        if state == State.ON_HOLD:
            trajectory.hold(by=self.sam, at=self.tick(), look_again_on=(self.at + timedelta(days=20)).date())
        if state == State.STOPPED:
            trajectory.stop(by=self.sam, at=self.tick(), reason="no_time")
        return fresh(trajectory)


def queries_of(client, who, address):
    """How many statements a page takes for somebody who is logged in already, savepoints not counted."""
    client.force_login(who)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def fresh(trajectory):
    return Trajectory.objects.get(pk=trajectory.pk)
