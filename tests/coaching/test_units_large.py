"""Can a site administrator find a unit among thousands, and point one out without a list of them all?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching import units
from coaching.models import OrgUnit, Person
from tests.coaching.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person("ada@example.org", name="Ada", administers=True))
    return client


@pytest.fixture
def forest():
    """A top, ten clusters, and twenty teams in each."""
    top = OrgUnit.objects.create(name="Het huis")
    clusters = OrgUnit.objects.bulk_create(OrgUnit(name=f"Cluster {n:02}", parent=top) for n in range(10))
    OrgUnit.objects.bulk_create(OrgUnit(name=f"Team {c:02} {n:02}", parent=one) for c, one in enumerate(clusters) for n in range(20))
    OrgUnit.objects.create(name="Café Überzorg", parent=clusters[3])
    return top


def pages(admin, query=""):
    with CaptureQueriesContext(connection) as queries:
        page = admin.get(reverse("coaching:units") + query).content.decode()
    return page, len(queries)


def shown(page):
    return page[page.index('class="tree"') : page.index("Page ")]


def test_fifty_at_a_time_each_under_its_own(admin, forest):
    page, few = pages(admin)
    assert shown(page).count("<li><a") == 50 and "Page 1 of 5" in page and page.count('<div class="tree"><ul>') == 1
    second, as_few = pages(admin, "?page=2")
    assert as_few == few <= 12 and "Page 2 of 5" in second
    tree = shown(second)
    assert "Het huis" in tree and "Cluster 02" in tree and tree.count("<li><a") == 52 and tree.count("<ul>") == tree.count("</ul>") == 5


@pytest.mark.parametrize("words", ["cafe uberzorg", "CAFÉ", "überzorg"])
def test_found_by_name_with_those_above(admin, forest, words):
    page, _few = pages(admin, f"?q={words}")
    assert "<b>Café Überzorg</b>" in page and "Cluster 03" in page and "Cluster 04" not in page and "1 unit answers" in page
    part = admin.get(reverse("coaching:units"), {"q": words}, headers={"HX-Request": "true"}).content.decode()
    assert "Café Überzorg" in part and "<html" not in part


def test_nothing_found(admin, forest):
    page, _few = pages(admin, "?q=niets%00&page=x")
    assert "No unit of that name" in page


def test_a_small_tree_is_whole_and_has_no_search(admin):
    OrgUnit.objects.create(name="Zorg")
    page, _few = pages(admin)
    assert "Zorg" in page and 'type="search"' not in page and "<select" in page


def test_a_unit_is_typed_by_name_where_there_are_many(admin, forest):
    team = OrgUnit.objects.get(name="Team 07 03")
    page, _few = pages(admin)
    assert "<select" not in page and "Type the name" in page
    assert admin.post(reverse("coaching:units"), {"name": "Nieuw", "parent": "team 07 03"}).status_code == 302
    assert OrgUnit.objects.get(name="Nieuw").parent == team
    here = reverse("coaching:unit", args=[OrgUnit.objects.get(name="Nieuw").pk])
    assert 'value="Team 07 03"' in admin.get(here).content.decode()
    assert admin.post(here, {"name": "Nieuw", "parent": ""}).status_code == 302
    assert OrgUnit.objects.get(name="Nieuw").parent is None


@pytest.mark.parametrize(("typed", "says"), [("Team 07", "Do you mean: Team 07 00, Team 07 01"), ("Bestaat niet", "no unit of this name")])
def test_a_name_that_is_not_there_is_helped(admin, forest, typed, says):
    response = admin.post(reverse("coaching:units"), {"name": "Nieuw", "parent": typed})
    page = response.content.decode()
    assert response.status_code == 422 and says in page and f'value="{typed}"' in page and not OrgUnit.objects.filter(name="Nieuw")


def test_an_account_gets_its_unit_by_name(admin, forest):
    sent = {"name": "Sam", "email": "sam@example.org", "language": "nl", "unit": "TEAM 01 02"}
    assert admin.post(reverse("coaching:account_new"), sent).status_code == 302
    sam = Person.objects.get(email="sam@example.org")
    assert sam.unit.name == "Team 01 02"
    assert 'value="Team 01 02"' in admin.get(reverse("coaching:account_of", args=[sam.pk])).content.decode()
    wrong = admin.post(reverse("coaching:account_new"), sent | {"email": "x@example.org", "unit": ""})
    assert wrong.status_code == 422 and "Fill this in" in wrong.content.decode()


def test_a_part_of_a_tree_is_a_tree(forest):
    tree = units.tree()
    some = units.around(tree, units.called(tree, "cafe"))
    assert [(one.unit.name, one.depth, one.down, one.up, one.meant) for one in some] == [
        ("Het huis", 0, True, "", False), ("Cluster 03", 1, True, "", False), ("Café Überzorg", 2, True, "--", True),
    ]  # fmt: skip
