"""Is what one types behind a link kept for its own browser, and for one check only? (R18; security.md, Links in mail)"""

import time
from datetime import timedelta
from http.cookies import SimpleCookie
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from coaching import restoring
from coaching.clock import day_of, now
from coaching.models import Letter
from tests.trajectories.closing_story import fresh, make_story
from tests.trajectories.link_story import DONE, PROOF, SEND, address, answered, asked, invite, opened, press, say, send, step
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import CheckIn, LinkInvitation
from trajectories.restoring import links_in_mails
from trajectories.views.links import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def story():
    return asked()


@pytest.fixture
def token(story):
    return invite(story)


def test_another_browser_sees_that_there_is_an_answer_and_no_more(story, token):
    mine, other = opened(token), opened(token)
    say(mine, 4, yield_so_far="Ik durf meer")
    assert "Ik durf meer" in mine.get(step(4)).text and "Ik durf meer" in mine.get(step(10)).text
    page = other.get(step(4)).text
    assert "Ik durf meer" not in page and "answer here from another browser" in page
    assert "Ik durf meer" not in other.get(step(10)).text
    say(other, 4, yield_so_far="")  # leaves it as it is
    say(other, 9, confidence="3")
    assert send(other).status_code == 422 and answered(story) is None
    assert send(other, elsewhere="on").url == DONE
    assert [one["answer"] for one in answered(story)] == ["Ik durf meer", "3"]


def test_a_cookie_is_of_one_check_and_two_hours(story, token):
    another = make_story()
    another.check_in = CheckIn.begin(another.trajectory, by=another.people[COACH], at=now())
    first, second = opened(token), opened(invite(another))
    cookie = first.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 7200 and cookie["path"] == "/"
    proof = PROOF.search(first.get(step(1)).text)[1]
    assert second.post(step(1), {"proof": proof, "goal_level-1": "2"}).status_code == 410  # the proof of another visit
    assert first.get(reverse("trajectories:check_in", args=[story.check_in.pk])).status_code == 302  # it is no login
    assert first.get("/").status_code == 302
    with mock.patch("time.time", return_value=time.time() + 2 * 3600 + 5):
        assert first.get(step(1)).status_code == 410
    forged = Client()
    forged.cookies = SimpleCookie({COOKIE: cookie.value[:-2] + "xx"})
    assert forged.get(step(1)).status_code == 410


def test_left_and_taken_up_again_in_the_same_browser(story, token):
    browser = opened(token)
    say(browser, 1, goal_level__1="1")
    say(browser, 2, goal_level__2="0")
    assert press(browser, token).url == step(3)  # the same visit goes on where it was
    assert "checked" in browser.get(step(1)).text
    assert opened(token).get(step(1)).text.count("checked") == 0


def test_what_is_typed_keeps_itself_and_a_late_autosave_changes_nothing(story, token):
    browser = opened(token)
    proof = PROOF.search(browser.get(step(4)).text)[1]
    keep = {"proof": proof, "key": "w1"}
    for turn, words in ((2, "Later"), (1, "Eerder")):
        assert "saved" in browser.post(step(4), keep | {"turn": turn, "yield_so_far": words}, headers={"X-Keep": "1"}).json()
    assert "Later" in browser.get(step(4)).text
    browser.post(step(4), keep | {"turn": 3, "yield_so_far": "Verstuurd"})
    browser.post(step(4), keep | {"turn": 9, "yield_so_far": "Te laat"}, headers={"X-Keep": "1"})
    assert "Verstuurd" in browser.get(step(4)).text


def test_what_does_not_fit_comes_back_with_what_was_typed(story, token):
    browser = opened(token)
    answer = say(browser, 1, goal_level__1="7", goal_example__1="Toch bewaard")
    assert answer.status_code == 422 and "Toch bewaard" in answer.text
    assert browser.get(step(0)).status_code == 410 == browser.get(step(11)).status_code


def test_on_hold_it_waits_and_says_no_more(story, token):
    browser = opened(token)
    say(browser, 1, goal_level__1="1")
    fresh(story.trajectory).hold(by=story.people[COACH], at=now(), look_again_on=day_of(now()) + timedelta(days=20))
    assert browser.get(step(1)).status_code == 410


def test_twenty_wrong_ones_in_an_hour_and_then_it_waits(story, token):
    for _time in range(20):
        assert Client().get(address("A" * 43)).status_code == 410
    assert Client().get(address(token)).status_code == 429 == Client().get(address("A" * 43)).status_code


def test_from_another_site_the_button_does_nothing(story, token):
    assert press(Client(), token, **{"Sec-Fetch-Site": "cross-site"}).status_code == 410
    assert Client().post(address(token)).status_code == 410  # a form that we did not write


def test_who_logs_in_reads_nothing_of_what_a_link_typed(story, token):
    say(opened(token), 4, yield_so_far="Getypt door wie de mail had")
    for part in (CLIENT, COACH, SPONSOR):
        reader = Client()
        reader.force_login(story.people[part])
        page = reader.get(reverse("trajectories:check_in", args=[story.check_in.pk]))
        assert "Getypt door" not in page.text
    assert not LinkInvitation.objects.readable_by(story.people[CLIENT]).exists()


def test_only_the_mail_of_whoever_is_the_client_now_gets_a_secret(story):
    seat = fresh(story.trajectory).client
    letter = Letter.objects.get(kind="check_in_waiting")
    from coaching.links import path_of  # noqa: PLC0415

    assert "/invullen/open/" in path_of(letter)
    Letter.objects.filter(pk=letter.pk).update(person=story.people[SPONSOR])
    assert path_of(Letter.objects.get(pk=letter.pk)) == letter.url
    Letter.objects.filter(pk=letter.pk).update(person=seat.person)
    story.check_in.hand_in(by=seat.person, at=now(), answers=[{"key": "x"}], levels=[])
    assert path_of(Letter.objects.get(pk=letter.pk)) == letter.url and token_free(letter.url)


def token_free(url):
    return "/invullen/" not in url


def test_a_restored_backup_brings_no_link_back(story, token):
    browser = opened(token)
    links_in_mails(now())
    assert Client().get(address(token)).status_code == 410 == browser.get(step(1)).status_code
    assert links_in_mails in restoring.steps


def test_a_second_press_gets_the_answer_of_the_first(story, token):
    browser = opened(token)
    say(browser, 1, goal_level__1="1")
    proof = {"proof": PROOF.search(browser.get(step(10)).text)[1]}
    before = browser.cookies[COOKIE].value
    assert browser.post(SEND, proof).url == DONE
    browser.cookies[COOKIE] = before  # sent at the same moment
    assert browser.post(SEND, proof).url == DONE and browser.post(SEND, {"proof": "x"}).status_code == 410
    assert CheckIn.objects.handed_in().count() == 1
