"""Does every letter leave once, at its time, and without a word too many? (R30)"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils.translation import override

from coaching import outbox
from coaching.clock import now
from coaching.letters import GATHERED, KINDS, OPTIONAL, written
from coaching.models import Letter, Organisation, Person
from coaching.outbox import choose_mail, deliver, post, wanted_kinds, withdraw

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)  # ten o'clock in Amsterdam
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def noor():
    return Person.objects.create_user("noor@example.org", "a long sentence", name="Noor Jansen", language="en")


@pytest.fixture
def sam():
    return Person.objects.create_user("sam@example.org", "a long sentence", name="Sam de Boer", language="nl")


@pytest.fixture
def broken_post(monkeypatch):
    def refuse(*args, **facts):
        raise ConnectionRefusedError("no server at mail.example for noor@example.org")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_an_act_leaves_right_after_the_commit(noor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post("please_sign", to=noor, url="/x/", at=TUESDAY)
        assert mail.outbox == []
    [letter] = mail.outbox
    assert letter.to == ["noor@example.org"] and letter.subject == "A text is ready to sign"
    assert "http://127.0.0.1:8000/x/" in letter.body and "/account/#mail" in letter.body
    assert deliver(TUESDAY + DAY) == 0 and len(mail.outbox) == 1


def test_a_verb_that_fails_writes_no_letter(noor):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post("please_sign", to=noor, at=TUESDAY)
        _ = 1 / 0
    assert deliver(TUESDAY + DAY) == 0


def test_a_release_waits_its_thirty_seconds(noor, django_capture_on_commit_callbacks):
    at = now()
    with django_capture_on_commit_callbacks(execute=True):
        post("something_shared", to=noor, at=at, not_before=at + timedelta(seconds=30))
    assert deliver(at + timedelta(seconds=29)) == 0
    assert deliver(at + timedelta(seconds=30)) == 1


def test_what_is_undone_is_not_told(noor):
    post("something_shared", to=noor, at=TUESDAY, not_before=TUESDAY + timedelta(seconds=30), once="release-1")
    withdraw("release-1", at=TUESDAY + timedelta(seconds=10))
    assert deliver(TUESDAY + DAY) == 0


def test_one_occasion_is_one_letter(noor):
    assert post("please_sign", to=noor, at=TUESDAY, once="sign-1-noor")
    assert post("please_sign", to=noor, at=TUESDAY, once="sign-1-noor") is None
    assert post("please_sign", to=noor, at=TUESDAY, once="sign-2-noor")
    assert deliver(TUESDAY) == 2


def test_nudges_of_a_day_are_one_mail_at_half_past_seven(noor, sam):
    early = TUESDAY.replace(hour=3)
    post("session_tomorrow", to=noor, url="/a/", at=early)
    post("check_in_waiting", to=noor, url="/b/", at=early)
    post("check_in_waiting", to=sam, url="/c/", at=early)
    assert deliver(TUESDAY.replace(hour=5, minute=29)) == 0
    assert deliver(TUESDAY.replace(hour=5, minute=30)) == 2
    to_noor = next(letter for letter in mail.outbox if letter.to == ["noor@example.org"])
    assert "/a/" in to_noor.body and "/b/" in to_noor.body and to_noor.subject == "A few things are waiting"
    to_sam = next(letter for letter in mail.outbox if letter.to == ["sam@example.org"])
    with override("nl"):
        assert to_sam.subject == str(KINDS["check_in_waiting"].subject)


def test_a_second_nudge_waits_for_the_next_day(noor):
    post("check_in_waiting", to=noor, at=TUESDAY)
    assert deliver(TUESDAY) == 1
    post("check_in_reminder", to=noor, at=TUESDAY + MINUTE)
    assert [deliver(TUESDAY + timedelta(hours=hours)) for hours in (1, 5, 13)] == [0, 0, 0]
    assert deliver(TUESDAY + DAY) == 1


def test_an_act_does_not_wait_for_the_nudges(noor):
    post("check_in_waiting", to=noor, at=TUESDAY)
    deliver(TUESDAY)
    post("please_sign", to=noor, at=TUESDAY + MINUTE)
    assert deliver(TUESDAY + MINUTE) == 1


@pytest.mark.parametrize("days", [4, 5, 6])
def test_no_nudges_on_days_off(noor, days):
    Organisation.objects.create(name="Zorggroep", days_off=["2026-09-14"])  # Saturday, Sunday, and this Monday
    post("check_in_waiting", to=noor, at=TUESDAY + 4 * DAY)
    assert deliver(TUESDAY + days * DAY) == 0
    assert deliver(TUESDAY + 7 * DAY) == 1


def test_two_deliveries_never_send_the_same(noor, monkeypatch):
    """While a letter is being handed to the mail server, another delivery may send the others, and not that one."""
    post("please_sign", to=noor, at=TUESDAY)
    post("check_in_waiting", to=noor, at=TUESDAY)
    meanwhile, send = [], EmailBackend.send_messages

    def slowly(backend, messages):
        meanwhile.append(deliver(TUESDAY))
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)
    assert deliver(TUESDAY) + sum(meanwhile) == 2
    assert len(mail.outbox) == 2 and len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 2


def test_a_nudge_posted_during_the_sending_is_no_second_mail(noor, monkeypatch):
    post("check_in_waiting", to=noor, at=TUESDAY)
    send = EmailBackend.send_messages

    def slowly(backend, messages):
        post("session_tomorrow", to=noor, at=TUESDAY)
        assert deliver(TUESDAY) == 0
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)
    assert deliver(TUESDAY) == 1


def test_a_failure_is_tried_again_later_each_time(noor, broken_post, monkeypatch, caplog):
    post("please_sign", to=noor, at=TUESDAY)
    assert deliver(TUESDAY) == 0
    letter = Letter.objects.get()
    assert (letter.tries, letter.last_error, letter.due_at) == (1, "ConnectionRefusedError", TUESDAY + MINUTE)
    assert "noor@example.org" not in caplog.text and "mail.example" not in caplog.text
    assert deliver(TUESDAY + MINUTE) == 0
    assert Letter.objects.get().due_at == TUESDAY + 6 * MINUTE
    monkeypatch.undo()
    assert deliver(TUESDAY + 5 * MINUTE) == 0
    assert deliver(TUESDAY + 6 * MINUTE) == 1


def test_who_died_while_sending_is_followed_up(noor, monkeypatch):
    post("please_sign", to=noor, at=TUESDAY)

    def die(backend, messages):
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailBackend, "send_messages", die)
    with pytest.raises(KeyboardInterrupt):
        deliver(TUESDAY)
    monkeypatch.undo()
    assert deliver(TUESDAY + MINUTE) == 0  # somebody may still be at it
    assert deliver(TUESDAY + 16 * MINUTE) == 1


def test_the_same_letter_has_the_same_id(noor, broken_post, monkeypatch):
    letter = post("please_sign", to=noor, at=TUESDAY)
    deliver(TUESDAY)
    monkeypatch.undo()
    deliver(TUESDAY + DAY)
    assert str(letter.pk) in mail.outbox[0].extra_headers["Message-ID"]


def test_what_is_switched_off_is_not_sent(noor):
    choose_mail([], offered=OPTIONAL, by=noor)
    post("check_in_waiting", to=noor, at=TUESDAY)
    post("please_sign", to=noor, at=TUESDAY)
    assert deliver(TUESDAY) == 1
    assert mail.outbox[0].subject == "A text is ready to sign"
    choose_mail([kind.key for kind in OPTIONAL], offered=OPTIONAL, by=noor)
    assert deliver(TUESDAY + DAY) == 0  # what was dropped stays dropped


def test_choices_that_were_not_offered_stay(noor):
    shown = [kind for kind in OPTIONAL if kind.key == "check_in_waiting"]
    choose_mail(["someone_looked"], offered=[KINDS["someone_looked"]], by=noor)
    choose_mail([], offered=shown, by=noor)
    assert "someone_looked" in wanted_kinds(noor) and "check_in_waiting" not in wanted_kinds(noor)


def test_the_weekly_letter_is_for_who_asks_for_it(noor):
    assert "someone_looked" not in wanted_kinds(noor)
    post("someone_looked", to=noor, at=TUESDAY)
    assert deliver(TUESDAY) == 0


def test_who_left_gets_nothing(noor):
    post("please_sign", to=noor, at=TUESDAY)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert deliver(TUESDAY) == 0 and mail.outbox == []


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_letter_says_a_word_too_many(key, language):
    subject, text = written([(key, "/somewhere/")], language=language)
    assert subject and "\n" not in subject and len(subject) <= 60
    with override(language):
        sentence = str(KINDS[key].sentence)
    assert not {"{", "}", "%", "@", "!"} & set(subject + sentence)
    assert text.count("/somewhere/") == 1
    assert len(sentence) <= 160


def test_a_letter_never_names_anybody(noor, sam, django_capture_on_commit_callbacks):
    for key in KINDS:
        post(key, to=sam, at=TUESDAY, address="sam@elsewhere.example" if key.startswith("address") else "")
    deliver(TUESDAY)
    for letter in mail.outbox:
        assert not {"Noor", "Sam", "Boer"} & set(letter.subject.split()) and "Sam" not in letter.body and "Noor" not in letter.body


def test_kinds_are_named_on_the_account_page_or_required():
    for kind in KINDS.values():
        assert kind.required != bool(kind.about) and kind.required != bool(kind.to), kind.key
    assert GATHERED.issubset(KINDS)


def test_the_day_sends_the_post():
    from coaching import day  # noqa: PLC0415  its list is what is asked here

    assert outbox.deliver in day.steps
