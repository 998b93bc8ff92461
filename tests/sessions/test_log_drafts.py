"""Is what is typed in a log kept, once, for its author only? (architecture 17; security.md, drafts)"""

import json
import uuid
from importlib import import_module

import pytest
from django.apps import apps

from coaching.clock import now
from coaching.drafts import keep
from coaching.models import Draft
from coaching.traces import look
from sessions.models import Log
from sessions.record import log_place
from tests.makers import make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_, posted

pytestmark = pytest.mark.django_db
KEEP = {"x-keep": "1"}


@pytest.fixture
def session():
    return make_session(make_trajectory())


@pytest.fixture
def coach(session):
    return session.trajectory.coach.person


@pytest.fixture
def form(session):
    """What the page of the log sends: the hidden fields of one window, and some words."""
    return posted(session, key=str(uuid.uuid4()), turn="1", note="Half getypt", **{"words-grow-goal": "Nog niet af"})


def words_of(draft, person):
    return json.loads(look([draft], by=person, at=now())[0].words)


def test_an_autosave_keeps_the_shared_and_the_private_words_and_records_nothing(session, coach, form):
    answer = as_(coach, **KEEP).post(address("log", session), form)
    assert answer.status_code == 200 and answer.json()["saved"]
    words = words_of(Draft.objects.get(), coach)
    assert words["note"] == ["Half getypt"] and words["words-grow-goal"] == ["Nog niet af"]
    assert not Log.objects.exists()


def test_the_page_puts_back_what_was_typed_and_offers_to_start_empty(session, coach, form):
    as_(coach, **KEEP).post(address("log", session), form)
    page = as_(coach).get(address("log", session)).content.decode()
    assert "Half getypt" in page and "Nog niet af" in page and 'href="?fresh=1"' in page and form["key"] in page
    fresh = as_(coach).get(address("log", session), {"fresh": "1"}).content.decode()
    assert "Half getypt" not in fresh and form["key"] in fresh
    assert Draft.objects.get().posted_at is None


def test_a_log_that_can_no_longer_be_changed_says_so_to_who_types_on(session, coach, form):
    """It offers the page of the session: there is no second text to look at."""
    session.cancel(by=coach, at=now())
    answer = as_(coach, **KEEP).post(address("log", session), form)
    told = answer.json()
    assert answer.status_code == 409 and told["url"] == address("session", session)
    assert told["text"].startswith("Dit verslag is niet meer te wijzigen.") and told["link"] == "Bekijk de sessie"
    assert not Draft.objects.exists()


def test_starting_empty_lets_go_of_the_old_one_with_the_first_word(session, coach, form):
    as_(coach, **KEEP).post(address("log", session), form)
    fresh = form | {"key": str(uuid.uuid4()), "note": "Opnieuw", "continues": form["key"], "continued_turn": "1"}
    as_(coach, **KEEP).post(address("log", session), fresh)
    assert Draft.objects.get(pk=form["key"]).posted_at
    assert "Opnieuw" in as_(coach).get(address("log", session)).content.decode()


def test_a_late_autosave_is_ignored(session, coach, form):
    mine = as_(coach, **KEEP)
    mine.post(address("log", session), form | {"turn": "5", "note": "Nieuwer"})
    mine.post(address("log", session), form | {"turn": "3", "note": "Ouder"})
    assert words_of(Draft.objects.get(), coach)["note"] == ["Nieuwer"]


def test_an_autosave_after_the_post_is_ignored(session, coach, form):
    as_(coach).post(address("log", session), form)
    as_(coach, **KEEP).post(address("log", session), form | {"turn": "9"})
    draft = Draft.objects.get()
    assert draft.posted_at and draft.words is None
    assert "Half getypt" not in as_(coach).get(address("log", session), {"fresh": "1"}).content.decode().split("zone--private")[0]


def test_a_double_post_records_once_and_leads_to_the_same_page(session, coach, form):
    mine = as_(coach)
    first, second = (mine.post(address("log", session), form | {"action-0": "Rob bellen"}) for _ in range(2))
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert Log.objects.get().version == 1 and Log.objects.get().actions.count() == 1


def test_two_windows_get_409_with_both_texts_and_the_draft_stays(session, coach, form):
    as_(coach, **KEEP).post(address("log", session), form)
    make_log(session, "Uit het andere venster")
    answer = as_(coach).post(address("log", session), form)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Nog niet af" in page and "Uit het andere venster" in page
    assert words_of(Draft.objects.get(), coach)["note"] == ["Half getypt"]
    again = as_(coach).post(address("log", session), form | {"base": "1", "again": "1"})
    assert again.status_code == 200 and "Nog niet af" in again.content.decode()


def test_another_persons_key_is_not_found(session, coach, form):
    keep(uuid.UUID(form["key"]), {"note": ["Van Iris"]}, by=make_person("Iris de Boer"), place="log", base=0, turn=1, at=now())
    assert as_(coach, **KEEP).post(address("log", session), form).status_code == 404
    assert as_(coach).post(address("log", session), form).status_code == 404
    assert not Log.objects.exists()


def test_nobody_elses_autosave_passes_the_door(session, form):
    for person in (session.trajectory.client.person, make_person("Iris de Boer")):
        assert as_(person, **KEEP).post(address("log", session), form).status_code == 404
    assert not Draft.objects.exists()


def test_go_on_later_keeps_without_a_script(session, coach, form):
    answer = as_(coach).post(address("log", session), form | {"turn": "0", "later": "1"})
    assert answer.url == address("session", session)
    assert "Half getypt" in as_(coach).get(address("log", session)).content.decode()
    assert not Log.objects.exists()


def test_a_refused_post_keeps_its_draft(session, coach, form):
    as_(coach, **KEEP).post(address("log", session), form)
    answer = as_(coach).post(address("log", session), form | {"on": "2099-01-01"})
    assert answer.status_code == 422 and Draft.objects.get().posted_at is None


def test_a_draft_of_before_drafts_had_a_seat_goes_to_the_one_that_it_was_typed_in(session, coach, form):
    """Nothing typed is lost while a house is brought up to date; what is about no trajectory stays where it is."""
    move = import_module("sessions.migrations.0008_drafts_of_a_seat").to_their_seat
    facts = {"by": coach, "base": 0, "turn": 1, "at": now()}
    keep(uuid.UUID(form["key"]), {"note": ["Half getypt"]}, place=f"log:{session.pk}", **facts)
    keep(uuid.uuid4(), {"text": ["Een vraag"]}, place=f"question:{uuid.uuid4()}", **facts)
    others = set(Draft.objects.exclude(pk=form["key"]).values_list("place", flat=True))
    move(apps, None)
    move(apps, None)
    assert Draft.objects.get(pk=form["key"]).place == log_place(session.trajectory.coach.pk, session.pk)
    assert "Half getypt" in as_(coach).get(address("log", session)).content.decode()
    assert set(Draft.objects.exclude(pk=form["key"]).values_list("place", flat=True)) == others
