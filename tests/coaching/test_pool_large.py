"""Can a coordinator find somebody in a pool of hundreds?"""

import pytest
from django.urls import reverse

from coaching.models import CoachProfile, Person
from tests.coaching.people import person

pytestmark = pytest.mark.django_db


def test_a_large_pool_is_searched_too(client, django_assert_max_num_queries):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(person("wim@example.org", name="Wim", coordinates=True, language="en"))
    people = Person.objects.bulk_create(Person(name=f"Mens {n:03}", email=f"m{n}@x.nl", password="!") for n in range(90))
    CoachProfile.objects.bulk_create(CoachProfile(person=one) for one in people[:60])
    with django_assert_max_num_queries(8):
        page = client.get(reverse("coaching:pool"), {"q": "mens"}).content.decode()
    assert "Page 1 of 3" in page and "There are more" in page
    page = client.get(reverse("coaching:pool"), {"in": "mens 057"}).content.decode()
    assert "Mens 057" in page and "Mens 056" not in page
    assert "answers to this" in client.get(reverse("coaching:pool"), {"in": "niemand\x00"}).content.decode()
