"""What does a page say that has nothing to show?"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.views.defaults import page_not_found, permission_denied, server_error

from coaching.models import Person


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


@pytest.mark.parametrize("status", [400, 404, 500])
def test_error_pages_stand_without_a_database(status):
    assert "<h1>" in render_to_string(f"{status}.html")


def test_a_fault_of_ours_shows_the_knot(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500 and b"motif" in response.content
