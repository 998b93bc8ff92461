"""How does a test get a closing under way? Steps from running to signed, each by the verbs, with people of its own."""

from datetime import timedelta
from types import SimpleNamespace

from coaching.clock import now, today
from tests.makers import make_goal, make_person, make_trajectory
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Agreement, Lasting, Outcome, Preparation, Review, ReviewText, Signature, Trajectory
from trajectories.report.gather import gather

BEGAN = timedelta(days=60)
MINUTE = timedelta(minutes=1)


def make_story(*, sponsor=True, shared=True, goals=2):
    """A running trajectory with agreed goals and an agreement in force."""
    people = {COACH: make_person("Noor Visser", coach=True), CLIENT: make_person("Sam Bakker")}
    if sponsor:
        people[SPONSOR] = make_person("Els de Groot")
    trajectory = make_trajectory(people[COACH], people[CLIENT], people.get(SPONSOR))
    made = [make_goal(trajectory, f"Doel van Sam, nummer {n}", shared=shared and sponsor) for n in range(1, goals + 1)]
    at, first = now() - BEGAN, today() - BEGAN  # a moment of before the clock changed may be the day after that
    terms = {"sessions": 6, "minutes": 60, "starts_on": first, "ends_on": first + 2 * BEGAN, "place": "Kamer 2.14"}
    Agreement.objects.create(trajectory=trajectory, number=1, worded_at=at, in_force_at=at, frozen="{}", **terms)
    return SimpleNamespace(trajectory=fresh(trajectory), people=people, goals=made, review=None)


def fresh(trajectory):
    return Trajectory.objects.get(pk=trajectory.pk)


def begin(story, *, at=None, two_because=""):
    story.review = fresh(story.trajectory).begin_closing(by=story.people[COACH], at=at or now() - MINUTE, two_because=two_because)
    return story


def review_of(story):
    return Review.objects.get(pk=story.review.pk)


def said(words, key="brought"):
    return {"key": key, "question": "Wat bracht het?", "kind": "text", "answer": words, "shown": words}


def hand_in(story, part, *, level=0, words="", at=None):
    levels = [(goal, level) for goal in story.goals]
    facts = {"answers": [said(words or f"Wat {part} zegt")], "levels": levels}
    return Preparation.hand_in(review_of(story), by=story.people[part], at=at or now(), **facts)


def all_in(story):
    for part in story.people:
        hand_in(story, part)
    return story


def settle(story, *, level=1, goals=None):
    for goal in goals or story.goals:
        Outcome.settle(review_of(story), goal, by=story.people[CLIENT], at=now(), base=0, level=level)
    Lasting.promise(review_of(story), CLIENT, by=story.people[CLIENT], at=now(), base=0, words="Elke maand vragen")
    return story


def put_forward(story):
    return ReviewText.put_forward(review_of(story), by=story.people[COACH], at=now(), gather=gather)


def sign(story, part, *, read=1, **said):
    return Signature.sign(review_of(story), by=story.people[part], at=now(), read=read, **said)


def make_signed(story, **said):
    """From running to signed by all; gives the report."""
    settle(all_in(begin(story, two_because="" if SPONSOR in story.people else "Er is geen opdrachtgever")))
    put_forward(story)
    for part in story.people:
        report = sign(story, part, **said)
    return report
