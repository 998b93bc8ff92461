"""Can somebody ask on a phone, say no to what another asked, and be matched and meet, by what stands on the pages? (R1, R2, R25)"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import now
from coaching.models import OrgUnit
from tests.makers import PASSWORD, make_person
from trajectories.models import State, Trajectory, Wish
from trajectories.models.requests import ask

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
WORDS = "Ik coördineer het rooster van mensen die eerst mijn collega’s waren."


class House:
    """Sam and his manager Els in care, Noor and Bram who coach elsewhere, Carla too close, Wim at the desk."""

    def __init__(self):
        top = OrgUnit.objects.create(name="Het huis", no_distance=True)
        care, works, staff = (OrgUnit.objects.create(name=name, parent=top) for name in ("Zorg", "Techniek", "Staf"))
        self.els = make_person("Els Vermeer", unit=care, language="en")
        self.sam = make_person("Sam Verhagen", unit=care, manager=self.els, language="en")
        self.noor = make_person("Noor Bakker", coach=True, unit=staff, language="en")
        self.bram = make_person("Bram Schouten", coach=True, unit=works, language="en")
        self.carla = make_person("Carla Dicht", coach=True, unit=care, language="en")
        self.wim = make_person("Wim Postma", unit=staff, coordinates=True, language="en")
        for coach, themes in ((self.noor, ["Een nieuwe rol"]), (self.bram, ["Werkdruk"])):
            profile = coach.coach_profile
            profile.themes, profile.languages, profile.about = themes, ["English"], "Ik vraag door."
            profile.save()


@pytest.fixture
def house():
    return House()


@pytest.fixture
def visit(new_context, live_server):
    """A page on which somebody has logged in; what the browser complained of stands in `page.complaints`."""

    def visiting(person, **facts):
        page = new_context(**facts).new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/inloggen/")
        page.fill("[name=email]", person.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "inloggen" not in url)
        return page

    return visiting


def at(name, trajectory=None):
    return reverse(f"trajectories:{name}", args=[trajectory.pk] if trajectory else [])


def fits(page):
    """Nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_asking_on_a_phone(house, visit, live_server, axe):
    page = visit(house.sam, viewport=PHONE, has_touch=True)
    page.goto(live_server.url + at("ask"))
    assert fits(page) and axe(page) == []
    for reader in ("You, and later your coach", "You and the coordinator", "You, your coach, the coordinator, and whom you invite"):
        assert page.get_by_text(reader, exact=True).first.is_visible()
    assert not page.get_by_label("Who is your sponsor?").is_visible()  # asked for only by who wants one
    with page.expect_response(lambda response: "x-keep" in response.request.headers and response.ok):
        page.get_by_label("Your question, in your own words").fill(WORDS)
    page.get_by_text("Een nieuwe rol", exact=True).tap()
    page.get_by_text("Tuesday", exact=True).tap()
    page.get_by_text("In the afternoon", exact=True).tap()
    page.get_by_role("button", name="Send your request").tap()
    page.get_by_role("heading", name="We are looking for a coach who fits").wait_for()
    assert fits(page) and page.get_by_text(WORDS).is_visible()
    assert page.get_by_text("About: Een nieuwe rol").is_visible() and Wish.objects.count() == 1
    assert Trajectory.objects.get().state == State.REQUESTED and page.complaints == []


def test_what_a_sponsor_asked_for_is_declined(house, visit, live_server, axe):
    els = visit(house.els)
    els.goto(f"{live_server.url}{at('ask')}?for=other")
    els.get_by_label("For whom?").fill("verhagen")
    els.get_by_role("button", name="Search").click()
    els.get_by_label("Sam Verhagen").check()
    els.get_by_label("What do you hope for?").fill("Iemand om mee te sparren.")
    els.get_by_role("button", name="Ask them").click()
    els.get_by_text("Waits for the answer of Sam").wait_for()
    trajectory = Trajectory.objects.get()
    sam = visit(house.sam, viewport=PHONE)
    sam.goto(live_server.url + at("request", trajectory))
    assert sam.get_by_text("Iemand om mee te sparren.").is_visible() and fits(sam) and axe(sam) == []
    sam.get_by_role("button", name="Ask to talk first").click()
    sam.get_by_text("You asked for it on").wait_for()
    desk = visit(house.wim)
    desk.goto(live_server.url + at("requests"))
    assert desk.get_by_text("Sam wants to talk with you first").is_visible()
    assert "sparren" not in desk.content()
    els.reload()
    assert "talk" not in els.locator("main").inner_text().lower()
    sam.get_by_text("No, not now").click()
    sam.get_by_label("What they read").fill("Sam kiest nu iets anders.")
    sam.get_by_role("button", name="Say no").click()
    sam.get_by_role("heading", name="This did not go ahead").wait_for()
    els.reload()
    els.get_by_text("Sam kiest nu iets anders.").wait_for()
    els.get_by_role("button", name="Read").click()
    els.wait_for_url(lambda url: "aanvraag" not in url)
    assert els.goto(live_server.url + at("request", trajectory)).status == 404
    assert sam.complaints == desk.complaints == [] and [one for one in els.complaints if "404" not in one] == []


def test_a_match_and_a_first_meeting(house, visit, live_server, axe):
    trajectory = ask(client=house.sam, by=house.sam, at=now(), about=WORDS, wishes="Een nieuwe rol")
    wim = visit(house.wim)
    wim.goto(live_server.url + at("match", trajectory))
    assert wim.get_by_role("heading", name="Two coaches fit").is_visible() and axe(wim) == []
    first = wim.locator("article").first
    assert "Noor Bakker" in first.inner_text() and "Named as own theme: Een nieuwe rol" in first.inner_text()
    assert "Coaches in English" in first.inner_text() and WORDS not in wim.content()
    assert "Carla Dicht works in Zorg" in wim.content()
    for name in ("Noor", "Bram"):
        wim.get_by_text(f"Propose {name} to Sam").click()
    wim.get_by_role("button", name="Propose those you ticked").click()
    wim.get_by_text("Waits for the choice of Sam").wait_for()
    sam = visit(house.sam, viewport=PHONE)
    sam.goto(live_server.url + at("request", trajectory))
    assert fits(sam) and axe(sam) == []
    sam.get_by_role("button", name="Meet Noor").click()
    sam.get_by_role("heading", name="You chose Noor").wait_for()
    noor = visit(house.noor)
    noor.goto(live_server.url + at("request", trajectory))
    assert WORDS not in noor.content()
    noor.get_by_role("button", name="Yes, we meet").click()
    noor.wait_for_url(lambda url: "aanvraag" not in url)
    noor.goto(live_server.url + at("request", trajectory))
    assert noor.get_by_text(WORDS).is_visible()
    sam.goto(live_server.url + at("request", trajectory))
    sam.locator("summary", has_text="It is not a match").click()
    sam.get_by_role("button", name="It is not a match").click()  # no reason is asked
    sam.get_by_role("button", name="Meet Bram").click()
    expect(sam.get_by_role("heading", name="You chose Bram")).to_be_visible()
    assert noor.goto(live_server.url + at("request", trajectory)).status == 404
    assert Trajectory.objects.get().state == State.REQUESTED
    assert sam.complaints == wim.complaints == [] and [one for one in noor.complaints if "404" not in one] == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_coach_is_found_in_a_large_pool_by_keyboard(house, visit, live_server, axe, script):
    """What was ticked stays while one searches on, and nothing is proposed before one says so."""
    for n in range(15):
        make_person(f"Coach {n:02} Ver", coach=True, unit=house.noor.unit, language="en")
    trajectory = ask(client=house.sam, by=house.sam, at=now(), about=WORDS, wishes="Een nieuwe rol")
    page = visit(house.wim, java_script_enabled=script)
    page.goto(live_server.url + at("match", trajectory))
    assert not script or axe(page) == []
    page.get_by_label("Propose Noor to Sam").focus()
    page.keyboard.press("Space")
    page.get_by_label("Name, unit, theme, language or place").focus()
    page.keyboard.type("coach 07")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 coach who fits answers to")).to_be_visible()
    expect(page.get_by_label("Propose Noor to Sam")).to_be_checked()
    page.locator("[name=coach]:not(:checked)").focus()
    page.keyboard.press("Space")
    assert not trajectory.proposals.exists()
    page.get_by_role("button", name="Propose those you ticked").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + at("requests"))
    assert {one.person.name for one in trajectory.proposals.select_related("person")} == {"Noor Bakker", "Coach 07 Ver"}
    assert page.complaints == []
