"""Can two people word a goal on a phone, with help, share it, word it anew, and see the line broken there? (R5, R19, R20b)"""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now, today
from tests.browser.test_check_in import fits
from tests.trajectories.opening import DAY, drawn_up, opened, said_yes
from trajectories.models import Goal, GoalVersion

pytestmark = pytest.mark.django_db(transaction=True)
HALF_A_MINUTE = timedelta(seconds=31)
TITLE = "Ik zeg in het overleg wat ik ervan vind, twee keer per week, met Lotte als maatje, vóór de kerst."


@pytest.fixture
def talk():
    return opened(state="running")


@pytest.fixture
def visit(page, live_server):
    """`visit(person, address)` -> the page as this person sees it on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")

    def go(person, address, status=200):
        visitor = Client()
        visitor.force_login(person)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": visitor.cookies[settings.SESSION_COOKIE_NAME].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        assert page.goto(live_server.url + address).status == status
        return page

    return go


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def kept(page, name, words):
    """Type into a field and wait until it is kept: an autosave and a post would share one connection."""
    with page.expect_response(lambda response: response.request.headers.get("x-keep") == "1"):
        page.fill(f"main [name='{name}']", words)
        page.locator(f"main [name='{name}']").blur()


def half_a_minute_later():
    Goal.objects.exclude(shared_at=None).update(shared_at=F("shared_at") - HALF_A_MINUTE)
    GoalVersion.objects.exclude(put_at=None).update(put_at=F("put_at") - HALF_A_MINUTE)


def test_one_long_run_of_letters_stays_within_a_phone(talk, visit):
    goal = said_yes(drawn_up(talk, **dict.fromkeys(("title", "now", "then"), "onafgebroken" * 12)), talk.sam, talk.noor)
    for address in (goal.get_absolute_url(), reverse("trajectories:goals", args=[talk.pk]), reverse("sessions:detail", args=[talk.pk])):
        assert fits(visit(talk.sam, address)), address


def test_from_four_questions_to_a_broken_line(talk, visit, axe, complaints):
    page = visit(talk.sam, reverse("trajectories:goal_new", args=[talk.pk]))
    worded(page)
    assert fits(page) and complaints == [] and axe(page) == []
    kept(page, "now", "Ik denk het en zeg niets.")
    for name, words in {
        "then": "Ik zeg het meteen.",
        "measure": "Het team hoort mij.",
        "why": "Dan slaap ik.",
        "due_on": str(today() + 60 * DAY),
    }.items():
        page.fill(f"main [name='{name}']", words)
    page.locator("label:has([name='start_level'][value='-2'])").click()
    kept(page, "plus_two", "Anderen doen het ook.")
    press(page, "Leg dit doel vast")
    goal = Goal.objects.get()
    agreed(visit, talk, goal)
    shared(visit, talk, goal, axe)
    assert [one for one in complaints if "404" not in one] == [] and len(complaints) == 1  # the page that the sponsor did not find yet
    complaints.clear()
    worded_anew(visit, talk, goal)
    broken(visit(talk.sam, goal.get_absolute_url()))
    assert fits(page) and complaints == [] and axe(page) == []


def worded(page):
    """Four small questions; the sentence comes while one types, and proposals where nothing was typed."""
    page.fill("main [name='plus_one']", "Ik zeg het ook tegen de directie.")
    page.get_by_text("Hulp bij het verwoorden").click()
    page.get_by_label("Wat doe je dan?").fill("zeg in het overleg wat ik ervan vind")
    page.get_by_label("Hoe vaak, hoeveel of hoe snel?").fill("twee keer per week")
    page.get_by_label("Met welke hulp?").fill("Lotte als maatje")
    page.get_by_label("Wanneer is het zover?").fill("vóór de kerst")
    expect(page.locator("#smart-sentence")).to_have_text(TITLE)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Zet voorstellen klaar").click()
    expect(page.locator("#smart-done")).to_be_focused()
    expect(page.locator("[name='title']")).to_have_value(TITLE)
    expect(page.locator("[name='minus_one']")).to_have_value(TITLE.replace("twee keer", "één keer"))
    expect(page.locator("[name='plus_one']")).to_have_value("Ik zeg het ook tegen de directie.")


def agreed(visit, talk, goal):
    for person in (talk.sam, talk.noor):
        press(visit(person, goal.get_absolute_url()), "Akkoord met versie 1")
    assert GoalVersion.objects.get().agreed_at
    goal.measure(seat=talk.seat("client"), at=now(), level=-1, moment="session")


def shared(visit, talk, goal, axe):
    """What the sponsor will read stands there before; for half a minute it can be undone and is not there."""
    page = visit(talk.sam, goal.get_absolute_url())
    page.get_by_text("Laat Els meelezen").click()
    preview = page.get_by_role("complementary").get_by_text(TITLE).first
    expect(preview).to_be_visible()
    assert axe(page) == []
    press(page, "Deel met Els")
    expect(page.get_by_role("button", name="Maak ongedaan")).to_be_visible()
    visit(talk.els, goal.get_absolute_url(), status=404)
    half_a_minute_later()
    press(visit(talk.els, goal.get_absolute_url()), "Akkoord met versie 1")


def worded_anew(visit, talk, goal):
    page = visit(talk.noor, reverse("trajectories:goal_edit", args=[goal.pk]))
    kept(page, "minus_one", "Ik zeg het na het overleg.")
    press(page, "Stel deze woorden voor")
    expect(page.get_by_text("Ik zeg het na het overleg.").first).to_be_visible()
    for person in (talk.noor, talk.sam):
        press(visit(person, goal.get_absolute_url()), "Akkoord met versie 2")
    half_a_minute_later()
    press(visit(talk.els, goal.get_absolute_url()), "Akkoord met versie 2")
    assert GoalVersion.objects.agreed().count() == 2
    Goal.objects.get().measure(seat=talk.seat("client"), at=now(), level=0, moment="session")


def broken(page):
    """Two pieces of thread, and between them the break with its word."""
    drawing = page.get_by_role("img", name="Doel 1 door de tijd")
    expect(drawing).to_be_visible()
    expect(drawing.locator(".line__why")).to_have_text("versie 2")
    cut = drawing.locator(".line__break").bounding_box()
    threads = [one.bounding_box() for one in drawing.locator(".line__thread").all()]
    assert len(threads) == 2
    (left, right) = sorted(threads, key=lambda box: box["x"])
    assert left["x"] + left["width"] < cut["x"] < right["x"]
    levels = [one["x"] for one in (mark.bounding_box() for mark in drawing.locator("svg > g").all())]
    assert len(levels) == 4 and all(before < after for before, after in pairwise(levels))
    expect(page.get_by_text("Vanaf hier tegen de zinnen van versie 2")).to_be_visible()
