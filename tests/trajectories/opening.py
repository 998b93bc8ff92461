"""How does a test begin at the opening talk? Coach, client and sponsor seated, nothing agreed yet; and the words they would type."""

from dataclasses import dataclass
from datetime import timedelta

from coaching.clock import now, today
from coaching.models import Organisation, Person
from tests.makers import make_person
from trajectories.agreement_text import freeze
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Agreement, Goal, GoalVersion, Part, Trajectory

DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
SENTENCES = {"plus_two": "veel meer", "plus_one": "meer", "zero": "het doel", "minus_one": "nog niet", "minus_two": "verder weg"}


@dataclass
class Opening:
    """`trajectory` is always fetched anew, as a request would."""

    pk: object
    noor: Person
    sam: Person
    els: Person | None

    @property
    def trajectory(self):
        return Trajectory.objects.get(pk=self.pk)

    @property
    def everyone(self):
        return [one for one in (self.noor, self.sam, self.els) if one]

    def seat(self, part):
        return self.trajectory.seat(part)


def opened(*, sponsor=True, state="intake"):
    """At the opening talk; with `state="running"`, long past it."""
    noor, sam = make_person("Noor Visser", coach=True), make_person("Sam Bakker")
    els = make_person("Els de Boer") if sponsor else None
    began = now() - 30 * DAY
    facts = ["asked_at", "accepted_at", "intake_at", *(["agreed_at", "started_at"] if state == "running" else [])]
    trajectory = Trajectory.objects.create(referral="client", asked_by=sam, **dict.fromkeys(facts, began))
    for person, part in ((noor, COACH), (sam, CLIENT), (els, SPONSOR)):
        if person:
            Part.objects.create(trajectory=trajectory, person=person, part=part, from_at=began, confirmed_at=began)
    return Opening(trajectory.pk, noor, sam, els)


def terms(**other):
    return {
        "sessions": 5,
        "minutes": 60,
        "starts_on": today(),
        "ends_on": today() + 90 * DAY,
        "place": "Kamer 2.14",
        "own_words": None,
    } | other


def proposed(opening, *, by=None, at=None, **other):
    """A version that the coach put forward."""
    given = terms(**other)
    frozen = freeze(opening.trajectory, given, Organisation.current())
    made = Agreement.propose(opening.trajectory, by=by or opening.noor, at=at or now(), frozen=frozen, **given)
    return Agreement.objects.get(pk=made.pk)


def agreed(opening, **other):
    """A version with everybody's yes."""
    version = proposed(opening, **other)
    for person in opening.everyone:
        Agreement.objects.get(pk=version.pk).agree(by=person, at=now())
    return Agreement.objects.get(pk=version.pk)


def goal_words(**other):
    """The fields of a goal, as verbs take them."""
    words = {
        "title": "Ik zeg het op tijd.",
        "now": "Ik spaar het op.",
        "then": "Ik zeg het binnen een week.",
        "measure": "Een collega hoort het.",
    }
    words |= {"why": "Ik lig er wakker van.", "support": "Iemand die meekijkt."} | SENTENCES
    return words | {"due_on": today() + 60 * DAY, "start_level": -2, "weight": 1} | other


def drawn_up(opening, *, by=None, at=None, **other):
    """A new goal, not agreed by anyone."""
    return Goal.objects.get(pk=Goal.draw_up(opening.trajectory, by=by or opening.sam, at=at or now(), **goal_words(**other)).pk)


def said_yes(goal, *people, at=None):
    """Each says yes to the newest version, as it stands."""
    for person in people:
        newest = GoalVersion.objects.filter(goal=goal).order_by("-number").first()
        newest.agree(by=person, at=at or now(), read=newest.version)
    return Goal.objects.get(pk=goal.pk)


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def reads_english(person):
    """The same person, for whom the screens are in English from now on."""
    person.language = "en"
    person.save()
    return person
