"""Do three people at one table, each on a screen of their own, see the same, and does nobody lose a word? (R21, R22)"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.test_whole_path import Visitor
from tests.browser.writing import leave
from tests.trajectories.closing_story import all_in, begin, make_story
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Goal, Lasting, Outcome

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 15_000  # milliseconds; the screens ask every three seconds


@pytest.fixture
def table(browser, live_server):
    """Each of the three at the meeting page; gives the story and {part: Visitor}."""
    story = all_in(begin(make_story()))
    contexts, visitors = [], {}
    for part, width in ((CLIENT, 390), (SPONSOR, 1024), (COACH, 1440)):
        contexts.append(browser.new_context(locale="nl-NL", viewport={"width": width, "height": 900}))
        contexts[-1].add_cookies([logged_in(live_server, story.people[part])])
        visitor = Visitor(contexts[-1].new_page(), live_server, story.people[part], javascript=True)
        visitor.open("trajectories:meeting", story.trajectory.pk)
        visitors[part] = visitor
    yield story, visitors
    for visitor in visitors.values():
        assert [said for said in visitor.complaints if "409" not in said and "422" not in said] == []
        leave(visitor.page)
    for context in contexts:
        context.close()


def logged_in(live_server, person):
    """The cookie of somebody who has logged in already: here it is about the table."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


def goal(visitor, number):
    return visitor.page.locator(f"#goal-{Goal.objects.get(number=number).pk}")


def put_down(visitor, number, level):
    block = goal(visitor, number)
    block.locator(f"label:has([name=level][value='{level}'])").click()
    block.get_by_role("button", name="Leg vast").click()
    expect(goal(visitor, number).locator(".saved")).to_be_visible()


def test_what_one_puts_down_appears_on_the_other_screens(table):
    story, at = table
    put_down(at[CLIENT], 1, 1)
    for part in (SPONSOR, COACH):
        expect(goal(at[part], 1).locator("[name=level][value='1']")).to_be_checked(timeout=SOON)
        expect(goal(at[part], 1).locator(".saved")).to_be_visible()
    assert Outcome.objects.get(goal=story.goals[0]).level == 1


def test_words_being_typed_stay_and_two_texts_are_shown(table):
    story, at = table
    mine = at[SPONSOR].page.locator("#lasting-client textarea")
    mine.fill("Els typt dit nog")
    theirs = at[CLIENT].page.locator("#lasting-client")
    theirs.locator("textarea").fill("Sam legt dit vast")
    theirs.get_by_role("button", name="Leg vast").click()
    expect(at[SPONSOR].page.locator("#lasting-client [data-changed]")).to_be_visible(timeout=SOON)
    expect(mine).to_have_value("Els typt dit nog")
    at[SPONSOR].page.locator("#lasting-client").get_by_role("button", name="Leg vast").click()
    at[SPONSOR].page.wait_for_load_state()
    expect(at[SPONSOR].page.get_by_text("Els typt dit nog").first).to_be_visible(timeout=SOON)
    expect(at[SPONSOR].page.get_by_text("Sam legt dit vast").first).to_be_visible()
    [row] = Lasting.objects.filter(trajectory=story.trajectory, part="client")
    assert row.version == 1, "nothing was overwritten"


def test_sending_one_block_keeps_what_is_typed_in_another(table):
    _story, at = table
    words = at[COACH].page.locator("#lasting-coach textarea")
    words.fill("Half geschreven")
    put_down(at[COACH], 1, 0)
    expect(words).to_have_value("Half geschreven")


def test_an_empty_block_comes_back_with_a_sentence(table):
    _story, at = table
    goal(at[COACH], 2).get_by_role("button", name="Leg vast").click()
    expect(goal(at[COACH], 2).locator(".error-summary")).to_be_visible()


def test_a_text_put_forward_moves_every_screen_on(table):
    _story, at = table
    put_down(at[CLIENT], 1, 0)
    put_down(at[CLIENT], 2, 1)
    expect(goal(at[COACH], 2).locator(".saved")).to_be_visible(timeout=SOON)
    at[SPONSOR].page.locator("#lasting-sponsor textarea").fill("Nog niet klaar")
    for part in (CLIENT, COACH):
        expect(at[part].page.get_by_role("button", name="Leg de tekst voor")).to_be_enabled(timeout=SOON)
    at[CLIENT].page.get_by_role("button", name="Leg de tekst voor").click()
    expect(at[COACH].page.locator("[name=level]").first).to_be_hidden(timeout=SOON)
    expect(at[SPONSOR].page.locator("[data-turned]")).to_be_visible(timeout=SOON)
    expect(at[SPONSOR].page.locator("#lasting-sponsor textarea")).to_have_value("Nog niet klaar")


def test_the_state_holds_no_word_and_is_asked_in_few_questions(table, client, django_assert_max_num_queries):
    story, at = table
    put_down(at[CLIENT], 1, 1)
    client.force_login(story.people[COACH])
    with django_assert_max_num_queries(10):
        answer = client.get(reverse("trajectories:meeting_state", args=[story.trajectory.pk]))
    assert answer.json() == {"stage": "table", "blocks": {f"goal-{story.goals[0].pk}": 1}}
