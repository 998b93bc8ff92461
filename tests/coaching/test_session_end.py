"""Does what somebody sends after their session ended come back whole, and does nothing else? (security.md, Session end)"""

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.models import Draft, Person

pytestmark = pytest.mark.django_db
SAME = {"Sec-Fetch-Site": "same-origin"}
ACCOUNT = "/account/"


@pytest.fixture
def noor():
    return Person.objects.create_user("noor@example.org", "a long sentence", name="Noor Jansen", language="en")


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


class Fields(HTMLParser):
    """The hidden fields of the form that holds what was posted, and where it goes."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.actions = [], []
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.actions.append(facts.get("action"))
        if tag == "input" and facts.get("type") == "hidden":
            self.fields.append((facts["name"], facts.get("value") or ""))

    @property
    def typed(self):
        return [(name, value) for name, value in self.fields if name != "csrfmiddlewaretoken"]


def test_reading_without_a_session_goes_to_the_login_page_and_back(client):
    answer = client.get(ACCOUNT + "?a=b")
    assert answer.status_code == 302 and answer["Location"] == f"{reverse('coaching:login')}?next=/account/%3Fa%3Db"


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Keep": "1"}, {"HX-Request": "true", "HX-Boosted": "true"}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_gets_401_and_nothing_else(client, headers, method):
    answer = getattr(client, method)(ACCOUNT, headers=headers)
    assert (answer.status_code, answer.content, answer["X-Session"]) == (401, b"", "ended")
    assert "HX-Trigger" not in answer and "Location" not in answer and answer["Cache-Control"] == "no-store"


def test_a_post_without_a_session_is_held(client):
    before = Draft.objects.count()
    answer = client.post(
        ACCOUNT + "?x=1", {"words": "What I wrote", "picks": ["a", "b"], "password": "secret words", "old_password": "too"}
    )
    assert answer.status_code == 401 and answer["Cache-Control"] == "no-store"
    page = Fields(answer)
    assert page.typed == [("words", "What I wrote"), ("picks", "a"), ("picks", "b")]
    assert page.actions == [ACCOUNT + "?x=1"]
    assert "What I wrote" in answer.content.decode() and "secret words" not in answer.content.decode()
    assert Draft.objects.count() == before and "What I wrote" not in str(dict(client.session))


def test_files_are_not_held_and_it_says_so(client):
    answer = client.post(ACCOUNT, {"words": "x", "file": SimpleUploadedFile("a.txt", b"the words in a file")})
    assert b"the words in a file" not in answer.content
    assert answer.context["files"] is True
    assert client.post(ACCOUNT, {"words": "x"}).context["files"] is False


# What no browser can type: half a character. What no page can hold: NUL, which is left out.
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
awkward = st.sampled_from(
    ["a\x00b", "👩‍👩‍👧 😀", "שלום עולם", "مرحبا\u202e abc", "</textarea><script>x</script>", "\"'&amp;<>", "\n\nregel\r\n", "﷽" * 9]
)


@settings(max_examples=60)
@given(posted=st.lists(st.tuples(text.filter(lambda n: n.strip("\x00").strip()), text | awkward), min_size=1, max_size=6))
def test_every_word_comes_back(client, posted):
    names = {f"field-{number}-{name}": value for number, (name, value) in enumerate(posted) if "password" not in name.lower()}
    answer = client.post(ACCOUNT, names)
    assert answer.status_code == 401
    # Browsers leave NUL out of names too, so it is only the values that are compared, in order.
    assert [value for _name, value in Fields(answer).typed] == [value.replace("\x00", "") for value in names.values()]


def test_the_held_page_can_be_sent_once_somebody_logged_in(strict, noor):
    """The whole way without JavaScript: an old token, a held page, logging in elsewhere, a held page with a new token, kept."""
    held = strict.post(ACCOUNT, {"language": "nl", "csrfmiddlewaretoken": "x" * 64}, headers=SAME)
    assert held.status_code == 403 and Fields(held).typed == [("language", "nl")] and not held.context["again"]
    strict.force_login(noor)
    again = strict.post(ACCOUNT, dict(Fields(held).fields) | {"csrfmiddlewaretoken": "x" * 64}, headers=SAME)
    assert again.status_code == 403 and again.context["again"]
    assert strict.post(ACCOUNT, dict(Fields(again).fields), headers=SAME).status_code == 302
    noor.refresh_from_db()
    assert noor.language == "nl"


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}])
def test_what_comes_from_elsewhere_is_refused_unread(strict, noor, site):
    strict.force_login(noor)
    answer = strict.post(ACCOUNT, {"language": "nl", "words": "words of a stranger"}, headers=site)
    assert answer.status_code == 403 and b"words of a stranger" not in answer.content
    noor.refresh_from_db()
    assert noor.language == "en"


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Keep": "1"}])
def test_a_script_with_an_old_token(strict, noor, headers):
    ended = strict.post(ACCOUNT, headers=headers | SAME)
    assert (ended.status_code, ended.content, ended["X-Session"]) == (401, b"", "ended")
    strict.force_login(noor)
    old = strict.post(ACCOUNT, headers=headers | SAME)
    assert (old.status_code, old.content) == (403, b"") and "X-Session" not in old


def test_an_old_login_page_is_simply_opened_again(strict):
    path = reverse("coaching:login") + "?next=/account/"
    answer = strict.post(path, {"email": "noor@example.org", "password": "a long sentence"}, headers=SAME)
    assert answer.status_code == 302 and answer["Location"] == path


def test_still_here(client, noor):
    path = "/still-here/"
    assert (client.get(path).status_code, client.get(path).content) == (401, b"")
    client.force_login(noor)
    answer = client.get(path, headers=SAME)
    assert answer.status_code == 204 and len(answer["X-CSRF-Token"]) == 64 and answer["Cache-Control"] == "no-store"
    assert client.get(path).status_code == 204
    assert client.get(path, headers={"Referer": "http://testserver/account/"}).status_code == 204
    elsewhere = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/"},
    ]
    assert [client.get(path, headers=headers).status_code for headers in elsewhere] == [401] * 4
    assert client.post(path).status_code == 405


def test_the_token_of_still_here_works(strict, noor):
    strict.force_login(noor)
    token = strict.get("/still-here/", headers=SAME)["X-CSRF-Token"]
    answer = strict.post(ACCOUNT, {"language": "nl"}, headers={"X-CSRFToken": token})
    assert answer.status_code == 302


def test_a_page_of_another_keeps_nothing_here(client, noor):
    """Whoever logged in after, in the same browser, does not get the words of who was here before."""
    client.force_login(noor)
    told = client.get("/still-here/", headers=SAME)["X-Person"]
    assert told == noor.mark and str(noor.pk) not in told
    other = Person.objects.create_user("bram@example.org", None, name="Bram Schouten")
    keep = {"X-Keep": "1"} | SAME
    answer = client.post(ACCOUNT, {"language": "nl"}, headers=keep | {"X-Person": other.mark})
    assert (answer.status_code, answer.content) == (403, b"")
    assert client.post(ACCOUNT, {"language": "nl"}, headers=keep | {"X-Person": noor.mark}).status_code == 302
    assert client.post(ACCOUNT, {"language": "nl"}, headers=keep).status_code == 302


def test_what_is_held_says_under_whose_name_it_would_be_sent(strict, noor):
    strict.force_login(noor)
    held = strict.post(ACCOUNT, {"language": "nl", "csrfmiddlewaretoken": "x" * 64}, headers=SAME)
    assert noor.name in held.content.decode().split("<main")[1]
