"""Is distance seen in every tree, however odd, and said in a sentence that helps? (R1)"""

import uuid
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from coaching.independence import Org, Reason, Why, too_close

PEOPLE, UNITS = list(range(12)), list(range(100, 112))
up = st.integers(min_value=-1, max_value=11)


def somebody(key, unit=None):
    return SimpleNamespace(pk=key, unit_id=unit, name=f"Mens {key}")


@st.composite
def organisations(draw):
    """Any who-above-whom, circles included, any tree of units, circles included, and some units without distance."""
    managers = {p: (None if m < 0 else m) for p, m in zip(PEOPLE, draw(st.lists(up, min_size=12, max_size=12)), strict=True)}
    parents = {u: (None if m < 0 else 100 + m) for u, m in zip(UNITS, draw(st.lists(up, min_size=12, max_size=12)), strict=True)}
    free = set(draw(st.lists(st.sampled_from(UNITS), max_size=3)))
    return Org(manager_of=managers, parent_of=parents, free=free, unit_names={unit: f"Onderdeel {unit}" for unit in UNITS})


def reached(step, start):
    """Everything above, the slow and certain way."""
    seen, here = set(), step.get(start)
    for _number in range(200):
        if here is None:
            break
        seen.add(here)
        here = step.get(here)
    return seen - {start}


key, place = st.sampled_from(PEOPLE), st.sampled_from([None, *UNITS])


@given(organisations(), key, key)
def test_above_is_everyone_above_and_circles_end(org, one, other):
    assert set(org.above(one)) == reached(org.manager_of, one)


@given(organisations(), key, place, key, place)
def test_the_line_is_seen_at_any_depth_and_both_ways(org, coach, coach_unit, client, client_unit):
    found = {reason.why for reason in too_close(somebody(coach, coach_unit), somebody(client, client_unit), org=org)}
    if coach == client:
        assert found == {Why.IS_CLIENT}
        return
    assert (Why.LEADS in found) == (coach in reached(org.manager_of, client))
    assert (Why.IS_LED in found) == (client in reached(org.manager_of, coach))


@given(organisations(), key, place, key, place)
def test_units_that_contain_one_another_are_too_close_but_for_those_without_distance(org, coach, coach_unit, client, client_unit):
    if coach == client or coach_unit is None or client_unit is None:
        return
    found = {reason.why for reason in too_close(somebody(coach, coach_unit), somebody(client, client_unit), org=org)}
    same = coach_unit == client_unit and coach_unit not in org.free
    holds = (coach_unit in reached(org.parent_of, client_unit) and coach_unit not in org.free) or (
        client_unit in reached(org.parent_of, coach_unit) and client_unit not in org.free
    )
    assert bool(found & {Why.SAME_UNIT, Why.UNIT_CONTAINS}) == (same or (holds and coach_unit != client_unit))


@given(organisations(), key, place, key, place)
def test_distance_is_the_same_seen_from_either_side(org, one, one_unit, other, other_unit):
    """Who may not coach whom may not be coached by them either."""
    there = too_close(somebody(one, one_unit), somebody(other, other_unit), org=org)
    back = too_close(somebody(other, other_unit), somebody(one, one_unit), org=org)
    assert bool(there) == bool(back)


@given(organisations(), key, key, key)
def test_a_coach_is_never_the_sponsor(org, coach, client, sponsor):
    found = {reason.why for reason in too_close(somebody(coach), somebody(client), somebody(sponsor), org=org)}
    assert (Why.IS_SPONSOR in found) == (coach == sponsor and coach != client)


@given(organisations(), key, place, key, place, place)
def test_a_move_counts_at_once(org, coach, coach_unit, client, client_unit, moved_to):
    """What is looked at is how things are now: moved next to the client is too close, moved away is not, line or no line."""
    if coach == client:
        return
    org.manager_of = {}
    beside = too_close(somebody(coach, client_unit), somebody(client, client_unit), org=org)
    assert bool(beside) == (client_unit is not None and client_unit not in org.free)
    assert too_close(somebody(coach, None), somebody(client, client_unit), org=org) == []


@pytest.mark.parametrize("depth", [1, 2, 30, 300])
def test_thirty_deep_is_as_close_as_one(depth):
    line = {number: number + 1 for number in range(depth)}
    org = Org(manager_of=line, parent_of={number + 1000: number + 1001 for number in range(depth)})
    assert [r.why for r in too_close(somebody(depth), somebody(0), org=org)] == [Why.LEADS]
    assert [r.why for r in too_close(somebody(0), somebody(depth), org=org)] == [Why.IS_LED]
    assert [r.why for r in too_close(somebody(-1, 1000 + depth), somebody(-2, 1000), org=org)] == [Why.UNIT_CONTAINS]


def test_the_nearest_reason_comes_first_and_all_are_said():
    org = Org(manager_of={1: 2}, unit_names={100: "Zorg"})
    found = too_close(somebody(2, 100), somebody(1, 100), somebody(2, 100), org=org)
    assert [reason.why for reason in found] == [Why.IS_SPONSOR, Why.LEADS, Why.SAME_UNIT]


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_a_sentence(why):
    with override("en"):
        said = str(Reason(why, name="Noor Bakker", unit="Zorg"))
    assert said.endswith(".") and "%" not in said
    if why in (Why.LEADS, Why.IS_LED, Why.SAME_UNIT):
        assert "Noor Bakker" in said
    if why in (Why.SAME_UNIT, Why.UNIT_CONTAINS):
        assert "Zorg" in said


@pytest.mark.django_db
def test_what_r1_needs_takes_two_queries_at_any_depth_and_a_circle_ends(django_assert_num_queries):
    from coaching.models import OrgUnit, Person  # noqa: PLC0415  the rest of this file asks no database

    units = [OrgUnit.objects.create(name="top", no_distance=True)]
    for number in range(30):
        units.append(OrgUnit.objects.create(name=f"u{number}", parent=units[-1]))
    people = []
    for number in range(30):
        manager = people[-1] if people else None
        people.append(Person.objects.create(email=f"{uuid.uuid4()}@x.example", name=f"P{number}", unit=units[number], manager=manager))
    Person.objects.filter(pk=people[0].pk).update(manager=people[-1])  # a circle, as an import may bring
    with django_assert_num_queries(2):
        org = Org.around(people[5], people[29])
    assert set(org.above(people[29].pk)) == {person.pk for person in people} - {people[29].pk}
    assert units[0].pk in org.free and [r.why for r in too_close(people[5], people[29], org=org)][0] == Why.LEADS
