"""Does an address change only when the new one is confirmed, and is the old one told?"""

import pytest
from django.core import mail

from coaching import links
from coaching.models import Letter
from tests.coaching.people import LOGIN, SENTENCE, known, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return person()


def ask_address(client, address, password=SENTENCE):
    return client.post("/account/adres/", {"email": address, "current_password": password})


def test_changing_the_address(client, noor, django_capture_on_commit_callbacks):
    client.force_login(noor)
    assert ask_address(client, "new@example.org", "wrong").status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_address(client, "New@Example.org")["Location"] == "/account/adres/?sent=1"
    [letter] = mail.outbox
    assert letter.to == ["new@example.org"]
    path = letter.body.split("http://127.0.0.1:8000")[1].split()[0]
    assert b"new@example.org" in client.get(path).content
    noor.refresh_from_db()
    assert noor.email == "noor@example.org"  # opening changes nothing
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path)["Location"] == "/account/"
    noor.refresh_from_db()
    assert noor.email == "new@example.org" and known(client)
    assert mail.outbox[-1].to == ["noor@example.org"] and mail.outbox[-1].subject == "Your address has changed"
    assert client.get(path).status_code == client.post(path).status_code == 410  # once


def test_an_address_link_is_for_who_asked(client, noor):
    path = links.address_path(noor, "new@example.org")
    assert client.get(path)["Location"].startswith(LOGIN)
    client.force_login(person("sam@example.org"))
    assert client.get(path).status_code == client.post(path).status_code == 410


def test_an_address_that_is_anothers(client, noor, django_capture_on_commit_callbacks):
    person("sam@example.org")
    client.force_login(noor)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_address(client, "SAM@example.org")["Location"] == "/account/adres/?sent=1"
    assert mail.outbox == []
    assert client.post(links.address_path(noor, "sam@example.org")).status_code == 410
    assert Letter.objects.count() == 0


def test_an_address_link_works_an_hour(client, noor, monkeypatch):
    path = links.address_path(noor, "new@example.org")
    client.force_login(noor)
    monkeypatch.setattr(links, "HOUR", -1)
    assert client.get(path).status_code == 410
