"""Are two parties too close after a move? It is told, it stops nothing, and the client decides (R1)."""

import pytest
from django.urls import reverse

from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.requests_story import fresh, person
from trajectories.models import State, TooClose
from trajectories.models.distance import distances

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(house):
    """Noor came to work in Sam's own part while she coaches him."""
    trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
    house.noor.unit = house.care
    house.noor.save()
    distances(house.tick())
    return trajectory


def test_a_move_is_told_once_to_client_and_coach_and_stops_nothing(house, moved):
    distances(house.tick())
    found = TooClose.objects.get()
    assert "Zorg" in found.sentences[0] and fresh(moved).state == State.INTAKE
    told = [letter.person for letter in Letter.objects.filter(url__contains="/afstand/")]
    assert sorted(told, key=lambda who: who.name) == [house.noor, house.sam]
    readers = [who for who in (house.sam, house.noor, house.wim, house.els, house.iris) if TooClose.objects.readable_by(who).exists()]
    assert readers == [house.sam, house.noor, house.wim]


def test_the_client_alone_chooses_to_go_on_and_that_is_kept(house, moved):
    found = TooClose.objects.get()
    for who in (house.noor, house.wim, house.els):
        with pytest.raises(Refused):
            found.go_on(by=who, at=house.tick())
    found.go_on(by=house.sam, at=house.tick())
    with pytest.raises(Refused):
        found.go_on(by=house.sam, at=house.tick())
    distances(house.tick())
    assert TooClose.objects.standing().get().gone_on_at


def test_right_again_or_otherwise_wrong_is_a_new_finding(house, moved):
    TooClose.objects.get().go_on(by=house.sam, at=house.tick())
    house.noor.unit, house.noor.manager = house.staff, house.sam
    house.noor.save()
    distances(house.tick())
    assert TooClose.objects.standing().get().gone_on_at is None
    house.noor.manager = None
    house.noor.save()
    distances(house.tick())
    assert not TooClose.objects.standing().exists()


def test_it_is_looked_at_for_all_open_ones_in_a_few_statements(house, django_assert_max_num_queries):
    for number in range(4):
        house.sam = person(f"Klant {number}", unit=house.works)
        house.intake()
    with django_assert_max_num_queries(6):
        distances(house.tick())
    assert not TooClose.objects.exists()


def test_the_page_of_distance(house, moved, client):
    address = reverse("trajectories:distance", args=[moved.pk])
    for who, expected in ((house.sam, 200), (house.noor, 200), (house.els, 404), (house.iris, 404), (house.wim, 404)):
        client.force_login(who)
        assert client.get(address).status_code == expected
    client.force_login(house.noor)
    assert "You and Sam have come too close" in client.get(address).content.decode()
    client.force_login(house.sam)
    page = client.get(address).content.decode()
    assert "You and Noor have come too close" in page and "You choose: to go on together" in page
    assert "You choose." in client.get(reverse("sessions:now")).content.decode()
    client.post(reverse("trajectories:distance_go_on", args=[moved.pk]))
    assert TooClose.objects.get().gone_on_at
    client.post(reverse("trajectories:another_coach", args=[moved.pk]))
    assert Letter.objects.filter(kind="desk_decides", person=house.wim).count() == 1
