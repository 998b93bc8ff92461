"""Does a signature belong to the text that was read, whatever happens meanwhile? (R23)"""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from coaching.clock import now
from coaching.models import Letter
from coaching.refusals import Refused
from coaching.traces import look
from tests.makers import PASSWORD, make_person
from tests.trajectories.closing_story import (
    all_in,
    begin,
    fresh,
    make_signed,
    make_story,
    put_forward,
    review_of,
    settle,
    sign,
)
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR
from trajectories.models import Measurement, Outcome, Report, ReviewText, Signature

pytestmark = pytest.mark.usefixtures("in_english")


def lying(story=None):
    story = settle(all_in(begin(story or make_story())))
    put_forward(story)
    return story


def change(story):
    """Take the text back, change an outcome, put a new one forward."""
    ReviewText.take_back(review_of(story), by=story.people[CLIENT], at=now())
    row = Outcome.objects.filter(review=story.review).first()
    Outcome.settle(review_of(story), row.goal, by=story.people[CLIENT], at=now(), base=row.version, level=0)
    return put_forward(story)


@pytest.mark.django_db
def test_the_last_signature_closes_the_trajectory():
    story = lying()
    assert sign(story, COACH) is None and sign(story, SPONSOR) is None
    report = sign(story, CLIENT)
    trajectory = fresh(story.trajectory)
    assert trajectory.state == "closed" and report.signed_by == 3
    assert Measurement.objects.filter(moment="outcome").count() == 2
    assert Letter.objects.filter(kind="report_ready").count() == 3
    for verb in (lambda: sign(story, CLIENT), lambda: Signature.take_back(review_of(story), by=story.people[CLIENT], at=now())):
        with pytest.raises(Refused):
            verb()


@pytest.mark.django_db
def test_one_signs_the_text_that_one_read():
    story = lying()
    sign(story, COACH)
    change(story)
    with pytest.raises(Refused, match="changed while you were reading"):
        sign(story, SPONSOR, read=1)
    told = Letter.objects.filter(kind="signature_withdrawn").values_list("person", flat=True)
    assert list(told) == [story.people[COACH].pk]
    assert not Signature.objects.filter(text__number=2).exists()
    for part in PARTS:
        report = sign(story, part, read=2)
    assert report is not None and report.text.number == 2


@pytest.mark.django_db
def test_nothing_is_signed_between_two_texts():
    story = lying()
    ReviewText.take_back(review_of(story), by=story.people[COACH], at=now())
    with pytest.raises(Refused, match="No text"):
        sign(story, CLIENT)


@pytest.mark.django_db
def test_reading_without_agreeing_takes_a_remark_and_counts():
    story = lying()
    with pytest.raises(Refused, match="in a sentence why"):
        sign(story, SPONSOR, agrees=False, remark=" ")
    sign(story, SPONSOR, agrees=False, remark="Naar mij toe zie ik het niet")
    sign(story, COACH)
    assert sign(story, CLIENT) is not None


@pytest.mark.django_db
def test_ones_own_signature_can_be_taken_back_until_the_last():
    story = lying()
    with pytest.raises(Refused, match="not signed"):
        Signature.take_back(review_of(story), by=story.people[COACH], at=now())
    sign(story, COACH)
    with pytest.raises(Refused, match="signed this text already"):
        sign(story, COACH)
    Signature.take_back(review_of(story), by=story.people[COACH], at=now())
    sign(story, COACH)
    with pytest.raises(Refused):
        Signature.sign(review_of(story), by=make_person("Iris"), at=now(), read=1)


@pytest.mark.django_db
def test_on_hold_nothing_is_signed():
    story = lying()
    type(story.trajectory).objects.filter(pk=story.trajectory.pk).update(held_at=now())
    with pytest.raises(Refused, match="on hold"):
        sign(story, COACH)


@pytest.mark.django_db
def test_two_can_close_without_a_sponsor():
    report = make_signed(make_story(sponsor=False))
    assert report.signed_by == 2
    words = look([report.text], by=report.trajectory.coach, at=now())[0].words
    assert '"closed_by":["client","coach"]' in words and "Doel van Sam, nummer 1" in words


@pytest.mark.django_db(transaction=True)
def test_signing_and_changing_at_once():
    """Whoever comes first: no signature stands under a text that its signer did not read."""
    if connection.vendor == "sqlite":
        pytest.skip("A database in memory has one writer; on disk IMMEDIATE lets one in at a time.")
    for _round in range(3):
        story, barrier, said = lying(), Barrier(2), []

        def act(verb, barrier=barrier, said=said):
            barrier.wait()
            try:
                verb()
                said.append("done")
            except Refused:
                said.append("refused")
            finally:
                connection.close()

        verbs = (lambda story=story: sign(story, SPONSOR, read=1), lambda story=story: change(story))
        threads = [Thread(target=act, args=(verb,)) for verb in verbs]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert sorted(said) in (["done", "done"], ["done", "refused"])
        assert not Signature.objects.filter(text__review=story.review, text__number=2).exists()


# pages


def at(name, story):
    return reverse(f"trajectories:{name}", args=[story.trajectory.pk])


def filled(**more):
    return {"read": "1", "says": "agree", "password": PASSWORD} | more


@pytest.mark.django_db
def test_the_whole_text_is_read_and_signed(client):
    story = lying()
    client.force_login(story.people[SPONSOR])
    page = client.get(at("text", story)).text
    assert "Doel van Sam, nummer 2" in page and "Elke maand vragen" in page and "Wat coach zegt" in page
    assert client.post(at("sign", story), filled()).url == at("text", story)
    assert Signature.objects.get().seat.part == SPONSOR
    assert 'name="password"' not in client.get(at("text", story)).text
    client.post(at("take_back", story))
    assert not Signature.objects.exists()


@pytest.mark.django_db
def test_a_wrong_password_loses_nothing_and_is_slowed(client):
    story = lying()
    client.force_login(story.people[SPONSOR])
    wrong = filled(says="read", remark="Dit klopt niet helemaal", password="fout", own_levels="on")
    statuses = [client.post(at("sign", story), wrong).status_code for _try in range(6)]
    assert statuses == [422] * 5 + [429]
    answer = client.post(at("sign", story), wrong | {"password": PASSWORD})
    assert answer.status_code == 429 and "Dit klopt niet helemaal" in answer.text and PASSWORD not in answer.text
    assert not Signature.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{"says": ""}, {"says": "read"}, {"password": ""}, {"read": "x"}, {"says": "maybe"}])
def test_what_is_missing_is_asked_again(client, more):
    story = lying()
    client.force_login(story.people[CLIENT])
    assert client.post(at("sign", story), filled(**more)).status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.django_db
def test_a_changed_text_is_shown_with_what_changed(client):
    story = lying()
    change(story)
    client.force_login(story.people[COACH])
    answer = client.post(at("sign", story), filled(remark="Bewaar mij"))
    assert answer.status_code == 422 and 'name="read" value="2"' in answer.text
    assert "<del>" in answer.text and "<ins>" in answer.text
    assert client.post(at("sign", story), filled(read="2")).status_code == 302


@pytest.mark.django_db
def test_only_coach_and_client_take_the_text_back(client):
    story = lying()
    client.force_login(story.people[SPONSOR])
    client.post(at("take_back", story), {"what": "text"})
    assert review_of(story).put_forward_at
    client.force_login(story.people[CLIENT])
    assert client.post(at("take_back", story), {"what": "text"}).url == at("meeting", story)
    assert review_of(story).put_forward_at is None


@pytest.mark.django_db
def test_without_a_text_one_is_led_to_the_meeting(client):
    story = all_in(begin(make_story()))
    client.force_login(story.people[COACH])
    assert client.get(at("text", story)).url == at("meeting", story)
    assert client.post(at("sign", story), filled()).url == at("meeting", story)


@pytest.mark.django_db
def test_a_stranger_finds_nothing(client):
    story = lying()
    client.force_login(make_person("Iris"))
    assert client.get(at("text", story)).status_code == 404
    for name in ("sign", "take_back"):
        assert client.post(at(name, story)).status_code == 404 and client.get(at(name, story)).status_code == 405


@pytest.mark.django_db
def test_the_report_is_there_for_who_signed():
    story = make_story()
    report = make_signed(story)
    assert all(Report.objects.visible_to(story.people[part]).filter(pk=report.pk).exists() for part in PARTS)
