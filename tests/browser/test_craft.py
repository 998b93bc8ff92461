"""Questions, topics and notes in a real browser: found while one types, another in place, kept beside what is being written?"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from sessions.models import AskedQuestion, Favourite, Note, Topic
from tests.browser.test_log import log_in
from tests.makers import DAY, make_person, make_session, make_trajectory

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trajectory():
    return make_trajectory(make_person("Noor Visser", coach=True), make_person("Sam Bakker"), make_person("Els Jansen"))


@pytest.fixture
def desk(page, live_server, trajectory):
    log_in(page, live_server, trajectory.coach.person)
    yield page
    page.goto("about:blank")
    page.wait_for_timeout(300)


def address(live_server, name, *rows):
    return live_server.url + reverse(f"sessions:{name}", args=[row.pk for row in rows])


def test_questions_are_found_while_one_types(desk, live_server, complaints):
    desk.goto(address(live_server, "questions"))
    desk.get_by_role("searchbox").press_sequentially("kernzin")
    expect(desk.locator("#found .voice--goal")).to_have_count(1)
    expect(desk.locator("#found")).to_contain_text("in één kernzin")
    desk.get_by_role("searchbox").fill("")
    desk.get_by_role("radio", name="Als het stokt").check(force=True)
    expect(desk.locator("#found h2")).to_have_text(["Als het stokt"])
    favourite = desk.get_by_role("checkbox", name=re.compile("Ga ik te snel")).first
    with desk.expect_response("**/vragen/favoriet/"):
        favourite.check(force=True)
    assert Favourite.objects.get().question == "s_too_fast" and complaints == []


def test_a_question_goes_along_from_the_bank(desk, live_server, trajectory):
    make_session(trajectory, starts_at=now() + DAY)
    desk.goto(address(live_server, "questions") + f"?phase=stall&met={trajectory.pk}")
    desk.get_by_role("button", name=re.compile("Neem mee ?: Ga ik te snel")).click()
    expect(desk.locator("#found")).to_contain_text("Gaat mee naar sessie 1")
    assert AskedQuestion.objects.get().asked_at is None


def test_beside_the_log_questions_are_put_down_and_nothing_typed_is_lost(desk, live_server, trajectory, complaints):
    session = make_session(trajectory)
    topic = Topic.objects.create(session=session, trajectory=trajectory, seat=trajectory.client, worded_at=now(), words="Over Rob")
    desk.goto(address(live_server, "log", session))
    expect(desk.locator(".brought")).to_contain_text("Over Rob")
    desk.locator("[name=takeaway]").fill("Wat ik typte")
    desk.get_by_text("Wat kwam aan bod, en welke vragen stelde je?").click()
    proposal = desk.locator("#proposal .voice")
    first = proposal.inner_text()
    desk.locator("#proposal").get_by_role("button", name="Andere vraag").click()
    expect(proposal).not_to_have_text(first)
    second = proposal.inner_text()
    desk.locator("#proposal").get_by_role("button", name="Neem mee").click()
    expect(desk.locator("#beside .asked__row")).to_contain_text(second)
    desk.locator("#bank-words").press_sequentially("kernzin")
    expect(desk.locator("#hits")).to_contain_text("in één kernzin")
    desk.locator("#bank-words").press("Enter")  # searches, and does not send the log
    with desk.expect_response("**/onderwerp/*/"):
        desk.locator("#beside").get_by_role("checkbox", name="Over Rob").check()
    topic.refresh_from_db()
    assert topic.reached_in_id == session.pk and AskedQuestion.objects.get().asked_at
    assert desk.locator("[name=takeaway]").input_value() == "Wat ik typte" and "/verslag/" in desk.url
    assert complaints == []


def test_another_question_where_it_falters(desk, live_server, trajectory):
    make_session(trajectory, starts_at=now() - 40 * DAY).hold_it(by=trajectory.coach.person, at=now() - 39 * DAY)
    desk.goto(address(live_server, "today"))
    asked = desk.locator(".another .voice")
    first = asked.inner_text()
    desk.get_by_role("button", name="Andere vraag").click()
    expect(asked).not_to_have_text(first)


def test_notes_are_found_while_one_types_and_stand_in_no_address(desk, live_server, trajectory):
    for words in ("Rob lachte", "Iets anders"):
        Note.remember(trajectory, by=trajectory.coach.person, at=now(), words=words)
    desk.goto(address(live_server, "note", trajectory))
    seen = []
    desk.on("request", lambda request: seen.append(request.url))
    desk.get_by_role("searchbox").press_sequentially("lachte")
    expect(desk.locator("#found li")).to_have_count(1)
    expect(desk.locator("#found")).to_contain_text("Rob lachte")
    assert not any("lachte" in url for url in [*seen, desk.url])


def test_a_client_orders_topics_and_adds_one(page, live_server, trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    log_in(page, live_server, trajectory.client.person)
    page.goto(address(live_server, "topic", session))
    page.locator("[name=topic-0]").fill("Over het team")
    page.get_by_role("button", name="Nog een onderwerp").click()
    page.locator("[name=topic-1]").fill("Over Rob")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/sessie/*/")
    page.goto(address(live_server, "topic", session))
    page.get_by_role("button", name=re.compile("Omhoog")).click()
    expect(page.locator("[name=topic-0]")).to_have_value("Over Rob")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url("**/sessie/*/")
    expect(page.locator(".topics > li")).to_have_text([re.compile("Over Rob"), re.compile("Over het team")])
    page.goto("about:blank")
    page.wait_for_timeout(300)
