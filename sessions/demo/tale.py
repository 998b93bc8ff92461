"""How does one trajectory of the demo go on? What it has to remember between its acts, and when each of them happens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sessions.models import CoachingSession
from trajectories.models import Goal, Review, Trajectory

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Event:
    """`act(tale, row, at=)` on an offset from today, so many minutes after midnight."""

    day: int
    minutes: int
    act: Callable
    row: dict = field(default_factory=dict)


class Tale:
    """One trajectory as the file tells it. Rows are fetched anew for every act, as a page would."""

    def __init__(self, row, people, days):
        self.row, self.people, self.days = row, people, days
        self.trajectory = self.review_key = None
        self.goals, self.sessions = {}, {}

    @property
    def client(self):
        return self.people[self.row["client"]]

    @property
    def coach(self):
        return self.people[self.row["coach"]]

    @property
    def sponsor(self):
        return self.people.get(self.row["sponsor"])

    def fresh(self):
        return Trajectory.objects.get(pk=self.trajectory)

    def goal(self, key):
        return Goal.objects.get(pk=self.goals[key])

    def session(self, number):
        return CoachingSession.objects.get(pk=self.sessions[number])

    def review(self):
        return Review.objects.get(pk=self.review_key)

    def part_of(self, key):
        """The part in which somebody plays here."""
        return next(part for part in ("coach", "client", "sponsor") if self.row[part] == key)

    def timed(self, events):
        """(moment, act, row) in the order of the file's days; where a weekend brings two together, the later one waits its turn."""
        last = None
        for event in sorted(events, key=lambda one: one.day * 24 * 60 + one.minutes):
            at = self.days.at(event.day, event.minutes)
            last = at if last is None else max(at, last + MINUTE)
            yield last, event.act, event.row
