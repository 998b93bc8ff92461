"""What do Sam and Noor have behind them when another coach is proposed, and how does Sam read what would go along?"""

from django.urls import reverse

from coaching.models import Organisation
from sessions.models import CoachingSession, Journal, Log, Note, Takeaway
from tests.trajectories.opening import DAY, goal_words, said_yes, terms
from tests.trajectories.requests_story import fresh
from trajectories.agreement_text import freeze
from trajectories.hand_over_page import PATHS
from trajectories.models import Agreement, CheckIn, Goal, HandOver, Question
from trajectories.models.hand_overs import KINDS
from trajectories.older import models_of, sheets_of


def written(house):
    """Sam and Noor, with Els, and something of every kind written between them."""
    row = house.intake(trajectory=house.asked(sponsor=house.els))
    given = terms()
    version = Agreement.propose(row, by=house.noor, at=house.tick(), frozen=freeze(row, given, Organisation.current()), **given)
    for seat in version.waits_for():
        version.agree(by=seat.person, at=house.tick())
    Question.word(fresh(row), by=house.sam, at=house.tick(), words="Hoe zeg ik nee?")
    _goals(house, row)
    _session(house, row, "Dat zei Noor tegen Sam", shared=True)
    _session(house, row, "Nog niet gedeeld", shared=False)
    Note.remember(fresh(row), by=house.noor, at=house.tick(), words="Voor Noor alleen")
    Journal.write(fresh(row), by=house.sam, at=house.tick(), words="Lief dagboek")
    check = CheckIn.begin(fresh(row), by=house.sam, at=house.tick())
    said = {"key": "yield_so_far", "question": "Hoe gaat het?", "kind": "text", "answer": "", "shown": "Het gaat de goede kant op"}
    check.hand_in(by=house.sam, at=house.tick(), answers=[said], levels=[])
    return fresh(row)


def _goals(house, row):
    for title, shared in (("Een doel voor mijzelf", False), ("Een gedeeld doel", True)):
        goal = Goal.draw_up(fresh(row), by=house.sam, at=house.tick(), **goal_words(title=title))
        said_yes(goal, house.noor, house.sam, at=house.tick())
        if shared:
            Goal.objects.get(pk=goal.pk).share(by=house.sam, at=house.tick())
            house.tick()


def _session(house, row, words, *, shared):
    starts_at = house.tick(days=1)
    session = CoachingSession.plan(fresh(row), by=house.noor, at=house.at - DAY, starts_at=starts_at, minutes=60, place="Kamer 2.14")
    section = {"key": "goal", "letter": "G", "title": "Doel", "question": "Wat wil je?", "words": words}
    facts = {"model": "grow", "sections": [section], "goals": [], "interventions": [], "actions": [("Vragen van wie het is", None)]}
    session = CoachingSession.objects.get(pk=session.pk)
    log = Log.write(session, by=house.noor, at=house.tick(hours=2), base=0, **(facts if shared else facts | {"actions": []}))
    if shared:
        log.share(by=house.noor, at=house.tick())
        Takeaway.write(CoachingSession.objects.get(pk=session.pk), by=house.sam, at=house.tick(), words="Lucht")


def take_over(house, proposed):
    for who in (house.sam, house.bram):
        HandOver.objects.get(pk=proposed.pk).say_yes(by=who, at=house.tick())


def reached(person):
    """(table, key) for all older words that a person's doors open."""
    tables = [model for kind in KINDS for model in models_of(kind)]
    return {(model, key) for model in tables for key in model.objects.readable_by(person).values_list("pk", flat=True)}


def address(proposed, kind, **asked):
    return reverse("trajectories:hand_over_older", args=[proposed.trajectory_id, PATHS[kind]], query=asked)


def read_through(client, proposed, kind):
    """Everything on the sheets of one kind, read from the first to the last; and the mark that says so."""
    said, read = "", ""
    for number in range(1, sheets_of(kind) + 1):
        page = client.get(address(proposed, kind, sheet=number, read=read))
        said, read = said + page.content.decode(), page.context["read"]
    return said, read
