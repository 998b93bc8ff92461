"""Can a coordinator find a coach in a pool of hundreds, by keyboard and without a script, with no more queries?"""

import pytest
from django.urls import reverse

from coaching.models import Person
from tests.trajectories.requests_story import person, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def go(client):
    def going(who, name, *args, send=None, query=""):
        client.force_login(who)
        address = reverse(f"trajectories:{name}", args=args) + query
        return client.get(address) if send is None else client.post(address, send)

    return going


def crowd(house, number=30):
    """So many more coaches who fit, and as many who are too close."""
    for n in range(number):
        person(f"Coach {n:02} Ver", unit=house.works, pool=3)
        person(f"Coach {n:02} Dichtbij", unit=house.care, pool=3)


def test_a_large_pool_is_searched_and_paged_and_ticks_stay(house, go):
    crowd(house)
    trajectory = house.asked()
    page = go(house.wim, "match", trajectory.pk).content.decode()
    assert page.count('name="coach"') == 9 and "Page 1 of 4" in page and "others. Search for a name" in page
    assert page.count("Dichtbij</b>") == 11  # and Carla
    noor, far = house.noor, Person.objects.get(name="Coach 17 Ver")
    sought = {"find": "1", "q": "coach 17", "coach": [str(noor.pk)]}
    page = go(house.wim, "propose", trajectory.pk, send=sought).content.decode()
    assert f'value="{noor.pk}" checked' in page and f'value="{far.pk}">' in page and page.count('name="coach"') == 2
    assert "1 coach who fits answers" in page and "Coach 17 Dichtbij" in page and "Coach 18" not in page
    second = go(house.wim, "propose", trajectory.pk, send={"find": "2", "q": ""}).content.decode()
    assert "Page 2 of 4" in second and second.count('name="coach"') == 9
    assert not trajectory.proposals.all()
    go(house.wim, "propose", trajectory.pk, send={"q": "coach 17", "coach": [str(noor.pk), str(far.pk)]})
    assert {one.person for one in trajectory.proposals.all()} == {noor, far}


@pytest.mark.parametrize("wrong", [{"find": "x", "q": "\x00"}, {"find": "-4", "coach": "zomaar"}, {"find": "", "q": "z" * 500}])
def test_a_search_of_nonsense_is_a_search(house, go, wrong):
    crowd(house, 12)
    trajectory = house.asked()
    assert go(house.wim, "propose", trajectory.pk, send=wrong).status_code == 200 and not trajectory.proposals.all()


def test_searching_costs_no_more_with_a_larger_pool(house, client):
    trajectory = house.asked()
    few = queries_of(client, house.wim, reverse("trajectories:match", args=[trajectory.pk]))
    crowd(house)
    assert queries_of(client, house.wim, reverse("trajectories:match", args=[trajectory.pk])) == few <= 12


def test_a_hand_over_is_proposed_from_a_large_pool(house, go, client):
    trajectory = house.intake()
    few = queries_of(client, house.wim, reverse("trajectories:hand_over", args=[trajectory.pk]))
    crowd(house)
    assert queries_of(client, house.wim, reverse("trajectories:hand_over", args=[trajectory.pk])) == few
    page = go(house.wim, "hand_over", trajectory.pk).content.decode()
    assert page.count('name="coach"') == 9 and "Page 1 of 4" in page and 'type="search"' in page
    page = go(house.wim, "hand_over", trajectory.pk, query="?q=coach+17").content.decode()
    assert "Coach 17 Ver" in page and "Coach 17 Dichtbij" in page and "Coach 18" not in page
    assert "Nobody who fits" in go(house.wim, "hand_over", trajectory.pk, query="?q=niemand&page=9").content.decode()


def test_a_small_pool_needs_no_search(house, go):
    assert 'type="search"' not in go(house.wim, "match", house.asked().pk).content.decode()
