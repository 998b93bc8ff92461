"""Is what a staff list would bring too close told before it is taken over, to who may know it, and is it what comes true? (R1)"""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from coaching.imports.beforehand import Standing, change_of
from coaching.imports.known import Known, Someone
from coaching.imports.plan import Plan
from coaching.independence import Org, too_close
from coaching.models import Import, Letter, Person
from tests.coaching.staff_list import as_csv
from tests.trajectories.requests_story import House, fresh
from trajectories.models import State, TooClose
from trajectories.models.distance import before_a_change

HEAD = ["naam", "e-mail", "onderdeel", "manager"]


@pytest.fixture
def house(db):
    with override("en"):
        house = House()
        Person.objects.update(language="en")
        house.trajectory = house.in_state(State.RUNNING)
        yield house


@pytest.fixture
def bring(client, django_capture_on_commit_callbacks):
    def bringing(who, *rows, **sends):
        client.force_login(who)
        with django_capture_on_commit_callbacks(execute=True):
            if rows:
                client.post("/medewerkers/", {"file": SimpleUploadedFile("lijst.csv", as_csv([HEAD, *rows]).encode())})
            else:
                client.post(f"/medewerkers/{Import.objects.get().pk}/overnemen/", sends)
        return client.get(f"/medewerkers/{Import.objects.get().pk}/").content.decode()

    return bringing


def moved(house):
    """Noor, who coaches Sam, comes into Sam's unit."""
    return ["Noor Bakker", house.noor.email, "Zorg", ""]


def test_it_is_said_before_anything_is_written(house, bring):
    page = bring(house.wim, moved(house))
    assert "Too close after this change" in page and "Noor Bakker and Sam Verhagen" in page and "Row 2." in page
    assert "Noor Bakker works in Zorg" in page and not TooClose.objects.exists()
    row, before = Import.objects.get(), Letter.objects.filter(kind="party_changed").count()
    assert row.counts["close"] == 1
    page = bring(house.wim, seen=row.digest, sure="1")
    assert "One trajectory has come too close" in page and "/coordinatie/#distance" in page
    assert TooClose.objects.standing().get().trajectory == house.trajectory
    assert Letter.objects.filter(kind="party_changed").count() == before + 2  # client and coach
    assert fresh(house.trajectory).state == State.RUNNING


def test_a_manager_of_the_client_is_seen_too(house, bring):
    page = bring(house.wim, ["Els Vermeer", house.els.email, "Zorg", house.noor.email])
    assert "Noor Bakker manages the client" in page


def test_nobody_else_learns_that_there_is_a_trajectory(house, bring):
    ada = Person.objects.create_user("ada@verzoek.example", "x", name="Ada", administers=True, language="en")
    assert "Too close after" not in bring(ada, moved(house)) and Import.objects.get().counts["close"] == 0


def test_who_administers_and_no_longer_coordinates_does_not_see_it_any_more(house, bring):
    Person.objects.filter(pk=house.wim.pk).update(administers=True)
    assert "Too close after" in bring(house.wim, moved(house))
    Person.objects.filter(pk=house.wim.pk).update(coordinates=False)
    assert "Too close after" not in bring(Person.objects.get(pk=house.wim.pk), seen="")


def test_a_coordinator_who_is_a_party_does_not_read_it(house, bring):
    Person.objects.filter(pk=house.sam.pk).update(coordinates=True)
    assert "Too close after" not in bring(Person.objects.get(pk=house.sam.pk), moved(house))


def test_nothing_is_taken_over_by_who_did_not_say_so(house, bring):
    bring(house.wim, moved(house))
    page = bring(house.wim, seen=Import.objects.get().digest)
    assert "Taking over cannot be taken back" in page and Person.objects.get(pk=house.noor.pk).unit == house.staff
    assert Import.objects.get().state == "ready"


# What is foretold is what comes true, in any organisation and after any moves.

PEOPLE = [UUID(int=number) for number in range(8)]
UNITS = [UUID(int=100 + number) for number in range(6)]


@st.composite
def places(draw):
    """Who works where under whom, circles included, and the tree of units."""
    units = {unit: draw(st.sampled_from([None, *UNITS])) for unit in UNITS}
    people = {key: (draw(st.sampled_from([None, *UNITS])), draw(st.sampled_from([None, *PEOPLE]))) for key in PEOPLE}
    return units, people


class Line:
    row = 7


class One:
    line = Line()

    def __init__(self, key):
        self.key = key


def _known(units, people):
    rows = [Someone(key, f"P{key.int}", f"p{key.int}@x", "", "", unit, manager, True, False) for key, (unit, manager) in people.items()]
    return Known(rows, [(key, f"U{key.int}", above) for key, above in units.items()])


@given(places(), places(), st.sets(st.sampled_from(UNITS)))
def test_what_is_foretold_comes_true(before, after, free):
    (units, people), (units_then, people_then) = before, after
    known = _known(units, people)
    plan = Plan(moved={key: above for key, above in units_then.items() if units[key] != above})
    for key, (unit, manager) in people_then.items():
        fields = {"unit": (people[key][0], unit), "manager": (people[key][1], manager)}
        plan.changed.append((One(key), {name: pair for name, pair in fields.items() if pair[0] != pair[1]}))
    change = change_of(plan, known, free=free)
    truth = Org({key: m for key, (_u, m) in people_then.items()}, units_then, free, {key: f"U{key.int}" for key in UNITS})
    for coach in PEOPLE[:4]:
        for client in PEOPLE[4:]:
            there = [Standing(key, f"P{key.int}", people_then[key][0]) for key in (coach, client)]
            foretold = too_close(change.then.people[coach], change.then.people[client], org=change.then.org)
            assert [str(one) for one in foretold] == [str(one) for one in too_close(*there, org=truth)]


def test_without_a_coordinator_nothing_is_asked(db, django_assert_num_queries):
    change = change_of(Plan(), _known({}, {}), free=set())
    with django_assert_num_queries(0):
        assert before_a_change(change, by=Person(name="Iris")) == []
