"""Who gets in, who does not, and does the answer tell more than it should? (security.md, Accounts)"""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.models import CoachProfile, Person
from coaching.open_views import DEVELOPMENT, OPEN
from tests.coaching.people import FORGOTTEN, LOGIN, SENTENCE, known, log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return person()


def every_view(resolver=None, space=""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from every_view(one, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback


def test_the_open_views_are_the_named_ones():
    views = dict(every_view())
    found = {name for name, view in views.items() if not getattr(view, "login_required", True)}
    assert found == (OPEN | DEVELOPMENT) & set(views)
    assert OPEN - set(views) <= {"trajectories:verify"}


def test_every_other_page_asks_to_log_in(client):
    for path in ("/", "/account/", "/account/wachtwoord/", "/account/adres/", "/account/adres/x/"):
        assert client.get(path)["Location"].startswith(LOGIN)


def test_logging_in(client, noor):
    page = client.get(LOGIN)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store" and b"merwestede" not in page.content
    answer = log_in(client, "NOOR@example.org")
    assert answer.status_code == 302 and answer["Location"] == "/" and known(client)
    assert client.get(LOGIN)["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [("noor@example.org", "wrong"), ("nobody@example.org", SENTENCE), ("dirk@example.org", SENTENCE), ("new@example.org", "!")],
)
def test_who_does_not_get_in_hears_the_same(client, noor, email, password):
    person("dirk@example.org", is_active=False)
    Person.objects.create_user("new@example.org", name="New")
    answer = log_in(client, email, password)
    assert answer.status_code == 422 and not known(client) and (len(password) < 2 or password not in answer.content.decode())
    assert str(answer.context["form"].non_field_errors()[0]).startswith("Dit adres en wachtwoord horen niet bij elkaar")
    assert email in answer.content.decode()


def test_logging_out_is_a_post(client, noor):
    client.force_login(noor)
    assert client.get("/uitloggen/").status_code == 405 and known(client)
    assert client.post("/uitloggen/")["Location"] == LOGIN and not known(client)
    assert client.post("/uitloggen/")["Location"] == LOGIN


def test_who_is_deactivated_is_out_at_the_next_request(client, noor):
    client.force_login(noor)
    assert known(client)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert not known(client)
    assert client.get("/account/")["Location"].startswith(LOGIN)
    assert client.post("/account/", {"language": "nl"}).status_code == 401


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/account/?a=b", "/account/?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("http:///evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("\x00//evil.example", "/"),
    ],
)
def test_next_stays_in_the_house(client, noor, to, goes):
    answer = client.post(LOGIN, {"email": noor.email, "password": SENTENCE}, query_params={"next": to})
    assert answer["Location"] == goes
    client.logout()
    assert client.post(LOGIN, {"email": noor.email, "password": SENTENCE, "next": to})["Location"] == goes


anything = st.text(max_size=300) | st.sampled_from(["a\x00b@example.org", "😀@example.org", "שלום", "x" * 5000, "' OR 1=1 --"])


@settings(max_examples=40)
@given(email=anything, password=anything, new=anything)
def test_bad_input_comes_back_with_a_sentence(client, email, password, new):
    typed = {"email": email, "password": password, "password_again": new}
    assert log_in(client, email, password).status_code in (422, 429)
    assert client.post(FORGOTTEN, typed).status_code in (302, 422, 429)


def test_language_and_mails_are_kept(client):
    noor = person(language="nl")
    CoachProfile.objects.create(person=noor)
    client.force_login(noor)
    page = client.get("/account/", headers={"Accept-Language": "en"})
    assert 'lang="nl"' in page.content.decode()  # one's own language, whatever the browser asks
    assert client.post("/account/", {"language": "en", "mails": ["nothing_planned"]})["Location"] == "/account/"
    page = client.get("/account/", headers={"Accept-Language": "nl"})
    assert 'lang="en"' in page.content.decode() and page.context["form"].initial["mails"].count("nothing_planned") == 1
    assert "morning_after_coach" not in page.context["form"].initial["mails"]
    assert client.post("/account/", {"language": "fr"}).status_code == 422
    assert client.post("/account/", {"language": "en", "mails": ["please_sign"]}).status_code == 422  # required ones are no choice


def test_the_browsers_language_before_logging_in(client):
    for language in ("nl", "en"):
        assert f'lang="{language}"' in client.get(LOGIN, headers={"Accept-Language": language}).content.decode()
    assert 'lang="nl"' in client.get(LOGIN, headers={"Accept-Language": "fr"}).content.decode()


def test_looking_from_another_part(client):
    wim = person("wim@example.org", coordinates=True, administers=True)
    client.force_login(wim)
    assert client.get("/kijk-als/").status_code == 405
    assert client.post("/kijk-als/", {"part": "admin"})["Location"] == "/"
    wim.refresh_from_db()
    assert wim.looks_as == "admin"
    for part in ("coach", "sponsor", "", "nonsense\x00"):
        client.post("/kijk-als/", {"part": part})
        wim.refresh_from_db()
        assert wim.looks_as == "admin"
    assert client.get("/")["Location"] == "/beheer/accounts/"


def test_everyone_may_read_what_we_keep(client, noor):
    assert b"30" in client.get("/wat-we-bewaren/").content
    client.force_login(noor)
    assert client.get("/wat-we-bewaren/").status_code == 200
