"""What stands on the page of questions, for one coach? Rows through their doors, marks by key; opened in one look (R15)."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from coaching.traces import look
from sessions import question_bank
from sessions.models import AskedQuestion, CoachingSession, Favourite, ReflectiveQuestion
from trajectories.doors import COACH
from trajectories.models import Trajectory

SHOWN = 3  # of a phase, where all phases are shown


@dataclass
class Sought:
    """What one looks for: words, a phase, a theme; only favourites; `met`, whom it is for, and `fresh`, only what was not asked to them."""

    words: str = ""
    phase: str = ""
    theme: str = ""
    favourites: bool = False
    fresh: bool = False
    met: str = ""

    @classmethod
    def of(cls, asked):
        """From a QueryDict; what does not exist is passed over."""
        phase, theme = asked.get("phase", ""), asked.get("theme", "")
        phase = phase if phase in question_bank.phases() else ""
        theme = theme if theme in question_bank.themes() else ""
        words = asked.get("q", "").replace("\x00", "")[: question_bank.LONGEST]
        return cls(words, phase, theme, "favourites" in asked, "fresh" in asked, asked.get("met", ""))

    @property
    def is_broad(self):
        """Nothing was narrowed: each phase shows its first few."""
        return not (self.words or self.phase or self.theme or self.favourites)


@dataclass
class Shown:
    """A question in the list, with where it was asked before: [(trajectory, [session numbers])]."""

    question: question_bank.Question
    favourite: bool = False
    asked: list = field(default_factory=list)


@dataclass
class BankPage:
    """`groups`: (phase key, name, [Shown], how many more); `met`: the trajectory it is for; `session`: where a question can go along."""

    person: object
    sought: Sought
    total: int
    number: int
    groups: list
    people: list
    met: object = None
    session: object = None
    hidden: int = 0


def own_rows(person, *, at, shared_only=False):
    """One's own and the shared questions, opened; on a screen that others look at only the shared ones."""
    rows = ReflectiveQuestion.objects.readable_by(person).with_authors().earliest_first()
    return look(rows.shared() if shared_only else rows, by=person, at=at)


def found(person, key, *, at):
    """The question of the bank with this key, for who may read it, else None."""
    built_in = next((one for one in question_bank.built_in() if one.key == key), None)
    if built_in:
        return built_in
    try:
        rows = ReflectiveQuestion.objects.readable_by(person).with_key(uuid.UUID(key))
    except ValueError:
        return None
    return next(iter(question_bank.written(look(rows, by=person, at=at))), None)


def bank_page(person, sought, *, at, discreet=False):
    """Gather the page. `discreet`: without one's own unshared questions, and with the marks of nobody but whom it is for."""
    people = list(Trajectory.objects.seated(person, COACH).open().with_seats().latest_first())
    met = next((row for row in people if str(row.pk) == sought.met), None)
    questions = question_bank.bank(own_rows(person, at=at, shared_only=discreet))
    favourites = Favourite.objects.readable_by(person).keys()
    marks = _marks(person, people, only=met if discreet else None, discreet=discreet)
    fitting = question_bank.matching(questions, sought.words, sought.phase, sought.theme)
    shown = [Shown(one, one.key in favourites, marks.get(one.key, [])) for one in fitting if not sought.favourites or one.key in favourites]
    left = [one for one in shown if not (sought.fresh and met and any(row is met for row, _numbers in one.asked))]
    return BankPage(
        person=person,
        sought=sought,
        total=len(questions),
        number=len(left),
        groups=_groups(left, SHOWN if sought.is_broad else None),
        people=people,
        met=met,
        session=_goes_to(person, met, at) if met else None,
        hidden=len(shown) - len(left),
    )


def _marks(person, people, *, only, discreet):
    """Per key of a question: [(trajectory, [numbers of sessions])] where this coach asked it; no words are opened."""
    if discreet and only is None:
        return {}
    known = {row.pk: row for row in people if only is None or row is only}
    marks = defaultdict(lambda: defaultdict(list))
    rows = AskedQuestion.objects.coached_by(person).asked().numbered()
    for key, trajectory, number in rows.values_list("question", "trajectory", "nth"):
        if trajectory in known:
            marks[key][trajectory].append(number)
    return {key: [(known[pk], sorted(numbers)) for pk, numbers in per.items()] for key, per in marks.items()}


def _goes_to(person, trajectory, at):
    """The next session, where a question can go along."""
    return CoachingSession.objects.readable_by(person).of_trajectories([trajectory.pk]).numbered().coming(at).first()


def _groups(shown, most):
    groups = []
    for key, name in question_bank.phases().items():
        some = [one for one in shown if one.question.phase == key]
        if some:
            groups.append((key, name, some[:most], len(some) - len(some[:most])))
    return groups
