"""Which parts of a row may its reader take along, and by which number may they call its goal? (R6, R18, R25, R27)"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from trajectories.models import Goal
from trajectories.numbered import places, reads_all

SOURCE = Path(__file__).with_name("sponsor.yaml")


@cache
def of_a_sponsor():
    """Label -> {"told": names, "kept": names}."""
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Reader:
    """Who takes rows along. `whole`: everything of what they read; else, as sponsor or before a seat, what sponsor.yaml names.

    `writers`: first names by the key of their seat. `goals`: a goal's key -> its place among those that they read: its own number
    would count those that they do not.
    """

    writers: dict = field(default_factory=dict)
    whole: bool = True
    goals: dict = field(default_factory=dict)

    def tells(self, row, name):
        """Whether the part `name` of a row is told to them."""
        return self.whole or name in of_a_sponsor().get(row._meta.label_lower, {}).get("told", ())

    def number_of(self, goal):
        return goal.number if self.whole else self.goals.get(goal.pk)


def reader_of(chapter):
    """Who reads this trajectory along: from which seat, with which names and goals."""
    writers = {part.pk: part.first_name for part in chapter.parties}
    if reads_all(chapter.seat):
        return Reader(writers)
    return Reader(writers, whole=False, goals=places(row for row in chapter.rows if isinstance(row, Goal)))
