"""Does a link to choose a password do that, for an hour and once, and tell nobody anything?"""

from datetime import timedelta

import pytest
from django.contrib.auth import tokens
from django.core import mail
from django.urls import reverse

from coaching.models import Letter, Person
from coaching.views.passwords import password_forgotten
from tests.coaching.people import FORGOTTEN, LOGIN, NEW, SENTENCE, known, log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return person()


def link_for(email, client):
    mail.outbox.clear()
    client.post(FORGOTTEN, {"email": email})
    return mail.outbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]


def test_the_same_answer_whether_the_address_exists(client, noor, django_assert_num_queries):
    person("dirk@example.org", is_active=False)
    answers = [client.post(FORGOTTEN, {"email": email}) for email in ("noor@example.org", "nobody@example.org", "dirk@example.org")]
    assert {(a.status_code, a["Location"], a.content) for a in answers} == {(302, FORGOTTEN + "?sent=1", b"")}
    assert [letter.to for letter in mail.outbox] == [["noor@example.org"]]
    assert b"If there is an account" in client.get(FORGOTTEN + "?sent=1", headers={"Accept-Language": "en"}).content


def test_the_work_before_the_answer_is_the_same(rf, noor, django_assert_num_queries):
    """What differs is done after the browser has its answer, so its time tells nothing."""
    for email in ("noor@example.org", "nobody@example.org"):
        with django_assert_num_queries(3):
            answer = password_forgotten(rf.post(FORGOTTEN, {"email": email}))
        assert Letter.objects.count() == 0 and mail.outbox == []
    assert answer.status_code == 302


def test_choosing_a_password_by_link(client, noor):
    other = client.__class__()
    other.force_login(noor)
    path = link_for(noor.email, client)
    first = client.get(path)
    assert first.status_code == 302 and first["Referrer-Policy"] == "no-referrer" and path.split("/")[-2] not in first["Location"]
    form = client.get(first["Location"])
    assert form.status_code == 200 and form["Referrer-Policy"] == "no-referrer" and not known(client)
    done = client.post(first["Location"], {"password": NEW, "password_again": NEW})
    assert done["Location"] == LOGIN and not known(client)  # the link is no login
    assert not known(other)  # and ends the sessions of before
    assert log_in(client, password=NEW).status_code == 302
    client.logout()
    assert client.get(path).status_code == 410  # once


def test_opening_a_link_uses_nothing_up(client, noor):
    path = link_for(noor.email, client)
    for _ in range(3):
        assert client.__class__().get(path).status_code == 302
    assert client.__class__().post(path).status_code == 302
    noor.refresh_from_db()
    assert noor.check_password(SENTENCE)


def test_a_link_works_an_hour(client, noor, monkeypatch):
    path = link_for(noor.email, client)
    real = tokens.default_token_generator._now()
    monkeypatch.setattr(tokens.default_token_generator, "_now", lambda: real + timedelta(minutes=61))
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("uid", ["x", "AAAA", "bm9wZQ", "😀", "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"])
def test_a_wrong_link_says_so(client, uid):
    assert client.get(reverse("coaching:password_link", args=[uid, "abc-def"])).status_code == 410
    assert client.get(reverse("coaching:password_link", args=[uid, "choose"])).status_code == 410


def test_a_link_of_who_left_does_not_work(client, noor):
    path = link_for(noor.email, client)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("fourteen chars", "fourteen chars", "at least 15 characters"),
        ("123456789987654321", "123456789987654321", "list that everyone knows"),
        (NEW, NEW + " ", "not the same"),
        ("", "", "Fill this in"),
        ("a\x00bcdefghijklmnopq", "a\x00bcdefghijklmnopq", "cannot keep"),
    ],
)
def test_a_poor_password_is_refused_with_a_sentence(client, noor, password, again, says):
    path = client.get(link_for(noor.email, client))["Location"]
    answer = client.post(path, {"password": password, "password_again": again}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422 and says in answer.content.decode()
    noor.refresh_from_db()
    assert noor.check_password(SENTENCE)


def test_changing_the_password(client, noor, django_capture_on_commit_callbacks):
    here, there = client, client.__class__()
    here.force_login(noor)
    there.force_login(noor)
    path = "/account/wachtwoord/"
    wrong = here.post(path, {"current_password": "wrong", "password": NEW, "password_again": NEW})
    assert wrong.status_code == 422 and NEW not in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert here.post(path, {"current_password": SENTENCE, "password": NEW, "password_again": NEW})["Location"] == "/account/"
    assert known(here) and not known(there)
    assert [letter.subject for letter in mail.outbox] == ["Your password has changed"]
