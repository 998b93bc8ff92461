"""What falters? Signals to the coach, answered with questions and not with alarms; computed from days, never stored (R8, R20a)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from coaching.clock import day_of
from sessions.process_models import said
from trajectories.models import State

SOURCE = Path(__file__).with_name("silence.yaml")
THREE_WEEKS = 21  # days without those on hold
ANSWER_WITHIN = 7  # days without those on hold
UNTOUCHED = 3  # held sessions in a row
BEFORE_CLOSING = {State.INTAKE, State.AGREED, State.RUNNING}


@dataclass(frozen=True)
class Falter:
    """One signal about one trajectory; `goals` are the numbers of the goals that it is about."""

    key: str
    trajectory: object = None
    goals: tuple = ()

    @property
    def sentence(self):
        return said(_words()[self.key]["signal"])

    @property
    def questions(self):
        """Three questions to the coach."""
        return [said(words) for words in _words()[self.key]["questions"]]


@dataclass(frozen=True)
class Met:
    """A session and what became of it: held, off (cancelled or missed) or planned; `at` is when that was, or will be.

    `tells`: whether its coach may know which goals it worked on; a log of before the next coach came does not tell them.
    """

    at: datetime
    became: str
    tells: bool = True


@dataclass(frozen=True)
class Stand:
    """A level (−2…+2) of the client, against one version of the goal's sentences."""

    on: date
    level: int
    version: object


@dataclass(frozen=True)
class GoalSeen:
    """An agreed goal that stands: since when, when a held session last worked on it, and its levels in order of time."""

    number: int
    agreed_at: datetime
    touched_at: datetime | None = None
    stands: tuple = ()


@dataclass(frozen=True)
class Facts:
    """All that silence is read from. `holds`: (from, until or None) in days; `due_on`: the earliest day of an action that is not done."""

    state: State
    since_at: datetime
    holds: tuple = ()
    sessions: tuple = ()
    goals: tuple = ()
    asked_on: date | None = None
    due_on: date | None = None
    stalled_at: datetime | None = None

    def days(self, since, until):
        """How many days lie between two days, those on hold not counted (R18)."""
        resting = (max(0, (min(until, end or until) - max(since, begin)).days) for begin, end in self.holds)
        return (until - since).days - sum(resting)


def falters(facts, *, today, trajectory=None):
    """Every signal that these facts give on day `today`, as a list of Falter. While on hold all stands still."""
    found = []
    for key, (listens, states) in SIGNALS.items():
        if facts.state in states and (what := listens(facts, today)):
            found.append(Falter(key, trajectory, what if isinstance(what, tuple) else ()))
    return found


def nothing_planned(facts, today):
    """Since the last that happened, or was called off, three weeks without a next one."""
    moments = [session.at for session in facts.sessions]
    last = day_of(max([facts.since_at, *moments]))
    return facts.days(last, today) >= THREE_WEEKS  # what lies ahead makes this negative


def two_cancellations(facts, today):
    past = sorted((session for session in facts.sessions if session.became != "planned"), key=lambda session: session.at)
    return len(past) > 1 and {session.became for session in past[-2:]} == {"off"}


def flat_levels(facts, today):
    """The numbers of goals whose last levels lie three weeks apart or more without movement, against the same sentences, below the goal."""
    return tuple(goal.number for goal in facts.goals if goal.stands and _is_flat(facts, goal.stands))


def _is_flat(facts, stands):
    last = first = stands[-1]
    for stand in reversed(stands):
        if (stand.level, stand.version) != (last.level, last.version):
            break
        first = stand
    return last.level < 0 and facts.days(first.on, last.on) >= THREE_WEEKS


def unanswered_check_in(facts, today):
    return facts.asked_on is not None and facts.days(facts.asked_on, today) >= ANSWER_WITHIN


def goal_untouched(facts, today):
    """The numbers of goals that three held sessions in a row have not worked on (R8)."""
    held = [session.at for session in facts.sessions if session.became == "held" and session.tells]
    return tuple(goal.number for goal in facts.goals if sum(at > (goal.touched_at or goal.agreed_at) for at in held) >= UNTOUCHED)


def action_overdue(facts, today):
    return facts.due_on is not None and facts.due_on < today and facts.days(facts.due_on, today) > 0


def own_mark(facts, today):
    """The coach's own mark, until a next conversation has been held (R14)."""
    return facts.stalled_at is not None and not any(one.became == "held" and one.at > facts.stalled_at for one in facts.sessions)


SIGNALS = {  # in this order; with the states in which each is looked at
    "own_mark": (own_mark, BEFORE_CLOSING),
    "nothing_planned": (nothing_planned, BEFORE_CLOSING),
    "two_cancellations": (two_cancellations, BEFORE_CLOSING),
    "unanswered_check_in": (unanswered_check_in, {State.RUNNING}),
    "flat_levels": (flat_levels, {State.RUNNING}),
    "goal_untouched": (goal_untouched, {State.RUNNING}),
    "action_overdue": (action_overdue, BEFORE_CLOSING | {State.CLOSING}),
}


@cache
def _words():
    """The words of silence.yaml, by key."""
    return {signal["key"]: signal for signal in yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["signals"]}
