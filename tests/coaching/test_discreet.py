"""While somebody looks along: is nothing private sent, nothing lost, and is it off when one says so?"""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from coaching.clock import now
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Journal, Learning, Note, ReflectiveQuestion, Stall
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory

pytestmark = pytest.mark.django_db
SECRETS = ["geheime notitie", "het stokte geheim", "stiller geheim", "geheim dagboek", "geheim leren", "geheime vraag"]


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def session(trajectory):
    """Logged, with everything that its coach keeps to themselves."""
    session, coach = make_session(trajectory), trajectory.coach.person
    make_log(session)
    Note.remember(trajectory, by=coach, at=now(), words=SECRETS[0], session=session)
    Stall.mark(session, by=coach, at=now(), words=SECRETS[1], differently=SECRETS[2])
    Learning.write(by=coach, at=now(), words=SECRETS[4])
    ReflectiveQuestion.word(by=coach, at=now(), words=SECRETS[5], phase="goal")
    Journal.write(trajectory, by=trajectory.client.person, at=now(), words=SECRETS[3])
    return session


@pytest.fixture
def coming(trajectory):
    return make_session(trajectory, starts_at=now() + DAY)


def browser(person, *, discreet=True):
    client = Client()
    client.force_login(person)
    if discreet:
        client.post(reverse("coaching:discreet"), {"on": "1", "next": "/"})
    return client


def at(name, *rows):
    return reverse(f"sessions:{name}", args=[row.pk for row in rows])


def pages(trajectory, session, coming):
    of_the_trajectory = [at(name, trajectory) for name in ("detail", "note", "silence_of", "tried", "steering")]
    of_a_session = [at(name, row) for name in ("session", "log", "own", "asked") for row in (session, coming)]
    return [*of_the_trajectory, *of_a_session, at("preparation", coming), at("learning"), at("questions"), at("today"), at("silence")]


def test_nothing_private_is_in_any_page_or_fragment(trajectory, session, coming):
    coach = trajectory.coach.person
    found = {discreet: _walk(browser(coach, discreet=discreet), pages(trajectory, session, coming)) for discreet in (False, True)}
    assert found[False] == set(SECRETS) - {"geheim dagboek"}  # without it they are there, so the test can fail
    assert found[True] == set()


def test_nor_in_the_clients(trajectory, session):
    client, places = trajectory.client.person, [at("journal", trajectory), at("now"), at("detail", trajectory)]
    assert _walk(browser(client, discreet=False), places) == {"geheim dagboek"}
    assert _walk(browser(client), places) == set()


def _walk(client, places):
    """Which secrets stand in these pages, whole and as a part, searched ones included."""
    said = ""
    for place in places:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(place, headers=headers)
            assert answer.status_code in (200, 302), place
            said += answer.content.decode() + client.post(place, {"sought": "geheim"}, headers=headers).content.decode()
    return {secret for secret in SECRETS if secret in said}


def test_the_page_says_so_before_it_is_painted_and_titles_are_neutral(trajectory, session):
    client = browser(trajectory.coach.person)
    page = client.get(at("note", trajectory)).content.decode()
    assert 'class="discreet"' in page.split("<head>")[0] and "<title>Rustige weergave · " in page
    assert "Je eigen notities" not in page and "Zet uit" in page


def test_it_ends_where_one_says_so_and_stays_on_the_same_page(trajectory, session):
    client, place = browser(trajectory.coach.person), at("note", trajectory)
    answer = client.post(reverse("coaching:discreet"), {"next": place})
    assert answer.url == place and SECRETS[0] in client.get(place).content.decode()


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(trajectory, back):
    client = browser(trajectory.coach.person)
    assert client.post(reverse("coaching:discreet"), {"on": "1", "next": back}).url == "/"
    assert client.get(reverse("coaching:discreet")).status_code == 405


def test_it_belongs_to_one_session(trajectory, session):
    browser(trajectory.coach.person)
    assert SECRETS[0] in browser(trajectory.coach.person, discreet=False).get(at("note", trajectory)).content.decode()


def test_a_door_stays_a_door(trajectory, session):
    client = browser(make_person("Iris de Boer"))
    assert client.get(at("note", trajectory)).status_code == 404 and client.get(at("own", session)).status_code == 404


def test_changing_the_log_leaves_private_words_as_they_are(trajectory, session):
    client = browser(trajectory.coach.person)
    page = client.get(at("log", session)).content.decode()
    assert 'name="note"' not in page
    said = {"on": str(session.local_day), "key": str(uuid.uuid4()), "base": "1", "model": "grow", "words-grow-goal": "Gedeeld"}
    assert client.post(at("log", session), said).status_code == 302
    coach = trajectory.coach.person
    assert look(Note.objects.all(), by=coach, at=now())[0].words == SECRETS[0]
    stall = look(Stall.objects.all(), by=coach, at=now())[0]
    assert (stall.words, stall.differently) == (SECRETS[1], SECRETS[2])


def test_what_was_being_typed_for_oneself_survives_autosave_and_post(trajectory, session):
    coach, place = trajectory.coach.person, at("log", session)
    open_page, typed = browser(coach, discreet=False), {"on": str(session.local_day), "base": "1", "model": "grow"}
    first = str(uuid.uuid4())
    open_page.post(place, typed | {"key": first, "turn": "1", "note": "half geheim"}, headers={"X-Keep": "1"})
    calm = browser(coach)
    page = calm.get(place).content.decode()
    assert "half geheim" not in page and f'name="continues" value="{first}"' in page
    again = {"key": str(uuid.uuid4()), "turn": "1", "continues": first, "continued_turn": "1"}
    calm.post(place, typed | again | {"takeaway": "Gedeeld"}, headers={"X-Keep": "1"})
    kept = look(Draft.objects.filter(posted_at=None), by=coach, at=now())
    assert len(kept) == 1 and "half geheim" in kept[0].words and "Gedeeld" in kept[0].words
    assert calm.post(place, typed | again | {"turn": "2", "takeaway": "Gedeeld"}).status_code == 302
    assert look(Note.objects.all(), by=coach, at=now())[0].words == "half geheim"


def test_what_is_posted_from_another_tab_is_kept(trajectory):
    coach, place = trajectory.coach.person, at("note", trajectory)
    client = browser(coach)
    assert client.post(place, {"words": "toen nog open"}).status_code == 302 and Note.objects.count() == 1
    answer = client.post(place, {"words": "x" * 20_001, "key": str(uuid.uuid4())})
    assert answer.status_code == 200 and "xxxx" not in answer.content.decode()
    assert Draft.objects.filter(posted_at=None, place=trajectory.coach.keeps("note", trajectory.pk)).exists()
    assert client.post(place, {"words": "half", "key": str(uuid.uuid4()), "turn": "1"}, headers={"X-Keep": "1"}).json()["saved"]


def test_no_lining_is_drawn_without_knowing_of_it():
    """Whoever writes a hatched zone by hand asks whether somebody looks along; the zone tag does so itself."""
    from tests.guards import tree  # noqa: PLC0415

    told = {
        "components/zone.html",
        "silence/falters.html",
        "held.html",
        "request/words.html",
        "own_words.html",
        "agreement/sees.html",
        "sponsor/not.html",
    }
    byhand = [path for path in tree.templates() if "zone--private" in path.read_text() and "looked_along" not in path.read_text()]
    assert sorted(str(path) for path in byhand if not any(str(path).endswith(name) for name in told)) == []
