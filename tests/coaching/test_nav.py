"""Where can who go, as whom, and what does it cost?"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.template import engines
from django.test import RequestFactory

from coaching import nav
from coaching.models import CoachProfile, Person

pytestmark = pytest.mark.django_db
ALWAYS, NEVER = Exists(Person.objects.filter(pk=OuterRef("pk"))), Exists(Person.objects.none())


@pytest.fixture(autouse=True)
def no_other_sources(monkeypatch):
    monkeypatch.setattr(nav, "parts_of", [])


def person(name="Marieke Hofstra", **facts):
    return Person.objects.create(email=f"{name.split()[0].lower()}@x.example", name=name, **facts)


def looker(user):
    request = RequestFactory().get("/")
    request.user = user
    return nav.Looker(request)


def test_the_anonymous_go_nowhere_and_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        nobody = looker(AnonymousUser())
        assert (nobody.items, nobody.parts, nobody.looks_as, nobody.help, nobody.session_ends) == ([], [], None, None, "")
        assert nav.Looker(None).items == []


def test_one_query_answers_who_helps_and_whether_one_coaches(django_assert_num_queries):
    marieke, femke = person(), person("Femke Postma", coordinates=True)
    CoachProfile.objects.create(person=marieke)
    with django_assert_num_queries(1):
        found = looker(Person(pk=marieke.pk, name=marieke.name, email=marieke.email))
        assert found.parts == ["coach"] and found.help.email == femke.email and found.items is not None


def test_a_coach_is_known_where_nobody_coordinates():
    marieke = person()
    CoachProfile.objects.create(person=marieke)
    assert looker(marieke).parts == ["coach"]


def test_parts_come_from_the_person_and_from_the_apps_above():
    nav.parts_of.append(lambda: {"sponsor": ALWAYS, "client": ALWAYS, "coach": NEVER})
    femke = person("Femke Postma", coordinates=True, administers=True)
    assert looker(femke).parts == ["client", "sponsor", "coordinator", "admin"]


def test_one_looks_as_chosen_while_one_has_that_part():
    nav.parts_of.append(lambda: {"sponsor": ALWAYS})
    femke = person("Femke Postma", coordinates=True, looks_as="coordinator")
    assert looker(femke).looks_as.part == "coordinator"
    assert [one.part for one in looker(femke).others] == ["sponsor"]
    femke.looks_as = "coach"
    assert looker(femke).part == "sponsor"


def test_a_name_without_a_page_is_left_out(monkeypatch):
    monkeypatch.setitem(nav.PLACES, "admin", [("coaching:account", "Account", "people"), ("nowhere:at_all", "?", "list")])
    assert [item.name for item in looker(person(administers=True)).items] == ["coaching:account"]


def test_the_deactivated_have_no_menu():
    assert looker(person(is_active=False, coordinates=True)).items == []


def test_base_asks_for_itself_and_fragments_ask_nothing(rf, django_assert_max_num_queries):
    request = rf.get("/")
    request.user = person("Femke Postma", coordinates=True)
    with django_assert_max_num_queries(1):
        html = engines["django"].from_string('{% extends "base.html" %}').render({}, request)
    assert "Femke" in html and "data-session-ends" not in html
