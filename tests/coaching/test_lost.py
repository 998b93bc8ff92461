"""What does a page say that has nothing to show?"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.defaults import page_not_found, permission_denied, server_error

from coaching.models import Person
from tests.makers import make_person, make_trajectory


def asked(rf, user, path="/iets/"):
    request = rf.get(path)
    request.user = user
    return request


@pytest.mark.django_db
def test_forbidden_and_missing_are_the_same_bytes_for_everyone(rf, django_assert_num_queries):
    somebody = Person(name="Sam", email="sam@x.example")
    with django_assert_num_queries(0):
        pages = {
            page_not_found(asked(rf, somebody), Exception("geheim")).content,
            page_not_found(asked(rf, AnonymousUser(), "/elders/"), Exception()).content,
            permission_denied(asked(rf, somebody), Exception("geheim")).content,
        }
    assert len(pages) == 1
    page = pages.pop().decode()
    assert "geheim" not in page and "csrf" not in page and "Sam" not in page


@pytest.mark.parametrize("status", [400, 404, 405, 500])
def test_error_pages_stand_without_a_database(status):
    assert "<h1>" in render_to_string(f"{status}.html")


def test_a_fault_of_ours_shows_the_knot(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500 and b"motif" in response.content


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.django_db
def test_the_address_of_a_button_says_so_to_who_opens_it(client):
    """The same bytes whether the thing is there, is another's, or was never there; in the reader's own language."""
    own, others = make_trajectory(), make_trajectory(client=make_person("Iris"))
    keys = [own.pk, others.pk, "6ba7b810-9dad-11d1-80b4-00c04fd430c8"]
    addresses = [reverse("trajectories:begin_closing", args=[pk]) for pk in keys] + [reverse("coaching:logout")]
    client.force_login(own.client.person)
    answers = [client.get(address, headers=BROWSER) for address in addresses]
    assert {answer.status_code for answer in answers} == {405} and {answer["Allow"] for answer in answers} == {"POST"}
    assert len({answer.content for answer in answers}) == 1
    page = answers[0].content.decode()
    assert "<h1>" in page and 'href="/"' in page and "csrf" not in page and own.client.first_name not in page
    Person.objects.filter(pk=own.client.person_id).update(language="en")
    assert "only takes what a form sends" in client.get(addresses[0], headers=BROWSER).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}, BROWSER | {"HX-Request": "true"}, BROWSER | {"X-Keep": "1"}])
def test_who_asks_for_no_page_gets_none(client, headers):
    client.force_login(make_person("Sam"))
    answer = client.get(reverse("coaching:logout"), headers=headers)
    assert answer.status_code == 405 and answer.content == b""
