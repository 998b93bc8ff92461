"""What does a coach have after a busy year? Rows as the verbs leave them, made at once: for looking around in and for measuring.

`make_year()` gives one coach with thirty trajectories and two hundred held sessions, each with what hangs on it. `manage.py demo --year`
adds it to the demo; tests compare a small year with a whole one.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from coaching.clock import day_of, now
from coaching.models import CoachProfile, Organisation, Person
from sessions.demo.year_craft import write_craft
from sessions.demo.year_sessions import write_sessions
from sessions.demo.year_words import words_in
from sessions.hours import fill
from sessions.models import LogConsent
from trajectories.agreement_text import freeze
from trajectories.models import Agreement, Goal, GoalVersion, Measurement, Part, Question, Trajectory

DAY = timedelta(days=1)
BATCH = 500
NO_LOGIN = "!"  # nobody has a password


@dataclass
class Year:
    """What was made. `seats`: trajectory key -> {"coach": seat, "client": seat}; `goals`: trajectory key -> its goals with `agreed`."""

    at: object
    coach: Person
    words: dict
    trajectories: list
    seats: dict
    goals: dict
    sessions: list


def make_year(*, at=None, trajectories=30, sessions=200, closed=10, language="nl", password=None):
    """One coach in the year that ends at moment `at`; `closed` of the trajectories are over, the others have a session to come."""
    at, words = at or now(), words_in(language)
    coach, clients = _people(words, trajectories, language=language, password=password or NO_LOGIN)
    rows, seats = _begun(coach, clients, at, closed)
    year = Year(at, coach, words, rows, seats, goals={}, sessions=[])
    _agree(year)
    year.sessions = write_sessions(year, sessions)
    write_craft(year)
    fill()
    pairs = list(zip(rows, clients, strict=True))[::3]
    facts = {"worded_at": at, "coach": coach, "given_at": at}
    LogConsent.objects.bulk_create(LogConsent(trajectory=row, client=client, **facts) for row, client in pairs)
    return year


def _people(words, number, **facts):
    coach = Person(name=words["coach"], email=f"{words['address']}@year.example", looks_as="coach", **facts)
    names = [f"{first} {last}" for last in words["last"] for first in words["first"]][:number]
    clients = [Person(name=name, email=f"client{one}@year.example", looks_as="client", **facts) for one, name in enumerate(names, 1)]
    Person.objects.bulk_create([coach, *clients])
    CoachProfile.objects.create(person=coach, room_for=number)
    return coach, clients


def _begun(coach, clients, at, closed):
    """One trajectory after another; the first ones are over."""
    rows, parts = [], []
    for number, client in enumerate(clients):
        began = at - 360 * DAY + number * 8 * DAY
        facts = dict.fromkeys(("asked_at", "accepted_at", "intake_at", "agreed_at", "started_at"), began)
        over = {"closing_at": began + 110 * DAY, "closed_at": began + 112 * DAY} if number < closed else {}
        rows.append(Trajectory(referral="client", asked_by=client, **facts, **over))
        seat = {"trajectory": rows[-1], "from_at": began, "confirmed_at": began}
        parts += [Part(person=coach, part="coach", **seat), Part(person=client, part="client", **seat)]
        rows[-1].seats = parts[-2:]
    Trajectory.objects.bulk_create(rows)
    Part.objects.bulk_create(parts)
    return rows, {row.pk: {seat.part: seat for seat in row.seats} for row in rows}


def _agree(year):
    """The question, the agreement and two goals of each; the goals are measured at the start."""
    organisation, made = Organisation.current(), {kind: [] for kind in (Question, Agreement, Goal, GoalVersion, Measurement)}
    for number, row in enumerate(year.trajectories):
        client, facts = year.seats[row.pk]["client"], {"trajectory": row, "worded_at": row.started_at}
        theme = year.words["themes"][number % len(year.words["themes"])]
        made[Question].append(Question(seat=client, words=theme["question"], settled_at=row.started_at, **facts))
        made[Agreement].append(_agreement(row, organisation, facts))
        for one, title in enumerate(theme["goals"], 1):
            goal = Goal(number=one, **facts)
            goal.agreed = _version(goal, title, client, facts, year.words)
            year.goals.setdefault(row.pk, []).append(goal)
            level = Measurement(goal=goal, version_of_goal=goal.agreed, seat=client, level=-1, moment="start", **facts)
            made[Goal].append(goal), made[GoalVersion].append(goal.agreed), made[Measurement].append(level)
    for kind, rows in made.items():
        kind.objects.bulk_create(rows, batch_size=BATCH)


def _agreement(row, organisation, facts):
    first = day_of(row.started_at)
    terms = {"sessions": 7, "minutes": 60, "starts_on": first, "ends_on": first + 180 * DAY, "place": "2.14", "own_words": None}
    frozen = json.dumps(freeze(row, terms, organisation))
    return Agreement(number=1, frozen=frozen, in_force_at=row.agreed_at, **terms, **facts)


def _version(goal, title, seat, facts, words):
    said = dict.fromkeys((*GoalVersion.WORDS, *GoalVersion.SENTENCES.values()), words["said"][0]) | {"title": title}
    due_on = day_of(goal.worded_at) + 180 * DAY
    return GoalVersion(goal=goal, number=1, seat=seat, due_on=due_on, start_level=-1, agreed_at=goal.worded_at, **said, **facts)
