"""Can three people agree, hand over and stop by what stands on the pages alone, with JavaScript and without? (R4, R20b)"""

import subprocess

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coaching.clock import today
from sessions.models import CoachingSession, Log, Note
from tests.browser.test_check_in import fits, log_in
from tests.browser.test_whole_path import Visitor
from tests.trajectories.opening import DAY
from tests.trajectories.requests_story import House, fresh
from trajectories.models import Agreement, HandOver, Question, State, Trajectory

pytestmark = pytest.mark.django_db(transaction=True)
TERMS = {"sessions": "5", "minutes": "60", "place": "Kamer 2.14", "own_words": "Elke keer de vraag hardop."}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def visit(request, new_context, live_server):
    """visit(person) -> their own browser, logged in."""
    visitors = []

    def visitor(person):
        page = new_context(java_script_enabled=request.param).new_page()
        log_in(page, live_server, person)
        visitors.append(Visitor(page, live_server, person, javascript=request.param))
        return visitors[-1]

    yield visitor
    for one in visitors:
        assert [line for line in one.complaints if "404" not in line] == []


@pytest.fixture
def house():
    return House()


def at(name, trajectory, *more):
    return reverse(name if ":" in name else f"trajectories:{name}", args=[trajectory.pk, *more])


def follow(visitor, words):
    """Click the link of that name, wherever it stands on the page."""
    visitor.page.get_by_role("link", name=words).first.click()
    visitor.page.wait_for_load_state()
    visitor.look_around()


def press(visitor, words):
    """Press the button of that name, and arrive."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=words).first.click()
    visitor.look_around()


def main(visitor):
    return visitor.page.locator("main")


def printed(visitor, words, path):
    """The PDF behind a link, as (name of the file, its words)."""
    with visitor.page.expect_download() as got:
        visitor.page.get_by_role("link", name=words).first.click()
    got.value.save_as(path)
    read = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout  # noqa: S603, S607
    return got.value.suggested_filename, " ".join(read.split())


def agree(visitor, trajectory, number):
    """From one's home to the agreement that waits there, and yes to it."""
    visitor.open("coaching:home")
    follow(visitor, "Read the agreement")
    press(visitor, f"I agree to version {number}")
    assert Agreement.objects.get(trajectory=trajectory, number=number).assents.filter(seat__person=visitor.person).exists()


def test_an_agreement_between_three(house, visit, tmp_path, axe):
    trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
    noor, sam, els = visit(house.noor), visit(house.sam), visit(house.els)
    noor.open("trajectories:agreement", trajectory.pk)
    follow(noor, "Write the agreement")
    days = {"starts_on": today().isoformat(), "ends_on": (today() + 90 * DAY).isoformat()}
    noor.type(**days, **TERMS)
    noor.press("main button[data-primary]", to=at("agreement", trajectory))
    name, words = printed(noor, "Keep this draft as a PDF", tmp_path / "draft.pdf")
    assert name == "Agreement-draft-1.pdf" and "Draft, not agreed" in words
    for visitor in (sam, els):
        assert fresh(trajectory).state == State.INTAKE
        agree(visitor, trajectory, 1)
    assert fresh(trajectory).state == State.AGREED

    follow(sam, "Propose a change")
    sam.type(sessions="7", own_words="Elke keer de vraag hardop. En twee gesprekken meer.")
    sam.press("main button[data-primary]", to=at("agreement", trajectory))
    els.open("trajectories:agreement", trajectory.pk)
    expect(main(els).locator("del").first).to_have_text("Five")
    expect(main(els).locator("ins").first).to_have_text("Seven")
    expect(main(els)).to_contain_text("Until all have agreed, version 1 holds.")
    if els.javascript:
        assert fits(els.page) and axe(els.page) == []
    for visitor in (els, noor):
        assert trajectory.agreements.in_force().latest_first().first().number == 1
        agree(visitor, trajectory, 2)
    for visitor in (noor, sam, els):
        visitor.open("trajectories:agreement", trajectory.pk)
        name, words = printed(visitor, "Keep it as a PDF", tmp_path / f"{visitor.person.pk}.pdf")
        assert name == "Agreement-2.pdf" and "Seven conversations of an hour" in words and words.count("Agreed in Rode Draad on") == 3
        assert "This is what Els never gets" in words and "Noor has an obligation of effort" in words and "Draft" not in words


@pytest.fixture
def running(house):
    """Sam and Noor at work, for Els; a question, a shared log and a private note."""
    trajectory = house.in_state(State.RUNNING)
    trajectory.name_sponsor(house.els, by=house.sam, at=house.tick())
    Question.word(fresh(trajectory), by=house.sam, at=house.tick(), words="Hoe zeg ik nee?")
    starts_at = house.tick(days=1)
    CoachingSession.plan(fresh(trajectory), by=house.noor, at=house.at - DAY, starts_at=starts_at, minutes=60)
    section = {"key": "goal", "letter": "G", "title": "Doel", "question": "Wat wil je?", "words": "Wat Sam tegen Noor zei"}
    facts = {"model": "grow", "sections": [section], "goals": [], "interventions": [], "actions": [("Vragen van wie het is", None)]}
    log = Log.write(CoachingSession.objects.get(), by=house.noor, at=house.tick(hours=2), base=0, **facts)
    log.share(by=house.noor, at=house.tick())
    Note.remember(fresh(trajectory), by=house.noor, at=house.tick(), words="Voor Noor alleen")
    return fresh(trajectory)


def test_a_hand_over(house, running, visit, axe):
    noor, sam, bram, wim = (visit(who) for who in (house.noor, house.sam, house.bram, house.wim))
    session = CoachingSession.objects.get()
    for name, key in (("sessions:detail", running.pk), ("sessions:session", session.pk), ("trajectories:question", running.pk)):
        noor.open(name, key)
    wim.open("trajectories:hand_over", running.pk)
    press(wim, "Propose Bram")

    sam.open("coaching:home")
    follow(sam, "Read what it means")
    expect(main(sam)).to_contain_text("This stays closed to Bram")
    expect(main(sam)).not_to_contain_text("Wat Sam tegen Noor zei")
    main(sam).get_by_role("link", name="Logs, actions").click()
    expect(main(sam)).to_contain_text("Wat Sam tegen Noor zei")
    expect(main(sam)).not_to_contain_text("Voor Noor alleen")
    if sam.javascript:
        assert fits(sam.page) and axe(sam.page) == []
    while sam.page.get_by_role("link", name="Read on, then decide").count():
        follow(sam, "Read on, then decide")
    press(sam, "Bram may read this")
    main(sam).get_by_role("link", name="The question and").click()
    expect(main(sam)).to_contain_text("Hoe zeg ik nee?")
    press(sam, "Keep it closed")
    assert set(HandOver.objects.get().older) == {"sessions"}
    if sam.javascript:
        assert fits(sam.page) and axe(sam.page) == []
    press(sam, "Yes, Bram from now on")
    noor.open("sessions:detail", running.pk)  # one yes is not enough

    bram.open("sessions:detail", running.pk, status=404)
    bram.open("coaching:home")
    follow(bram, "Read what it means")
    press(bram, "Yes, I take over")
    assert fresh(running).coach.person == house.bram
    bram.open("sessions:session", session.pk)
    expect(main(bram)).to_contain_text("Wat Sam tegen Noor zei")
    bram.open("trajectories:question", running.pk)
    expect(main(bram)).not_to_contain_text("Hoe zeg ik nee?")

    assert noor.page.reload().status == 404
    for name, key in (("sessions:session", session.pk), ("trajectories:question", running.pk), ("trajectories:agreement", running.pk)):
        noor.open(name, key, status=404)
    noor.open("coaching:home")
    expect(main(noor)).not_to_contain_text("Sam")
    sam.open("sessions:detail", running.pk)
    expect(main(sam).locator(".thread")).to_contain_text("Bram took over")


def test_a_stop_with_the_neutral_sentence(house, running, visit, axe):
    noor, sam, els = visit(house.noor), visit(house.sam), visit(house.els)
    els.open("trajectories:sponsor", running.pk)
    sam.open("sessions:detail", running.pk)
    follow(sam, "End it early")
    sam.pick("reason", "no_fit")
    press(sam, "End the trajectory")
    assert Trajectory.objects.get().state == State.STOPPED
    els.open("trajectories:sponsor", running.pk)
    expect(main(els)).to_contain_text("Stopped on")
    expect(main(els)).not_to_contain_text("does not go on with these people")

    noor.open("coaching:home")
    follow(noor, "Read the sentence")
    expect(main(noor)).to_contain_text("The trajectory does not go on with these people.")
    if noor.javascript:
        assert fits(noor.page) and axe(noor.page) == []
    press(noor, "This may be read")
    els.page.reload()
    expect(main(els)).to_contain_text("The trajectory does not go on with these people.")
    expect(main(els)).not_to_contain_text("not a fit")
    if els.javascript:
        assert fits(els.page) and axe(els.page) == []
    for visitor in (sam, noor):
        visitor.open("sessions:detail", running.pk)
        expect(main(visitor)).to_contain_text("The trajectory does not go on with these people.")
