"""What did each say beforehand, side by side? Opened preparations as plain values (R21)."""

from dataclasses import dataclass

from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models.preparations import read_answers

IN_ORDER = (CLIENT, SPONSOR, COACH)  # the client leads, then the work floor, then the coach
EXAMPLE = "goal_example"


@dataclass(frozen=True)
class OfGoal:
    """What one voice gives one goal. `level` None: "I cannot see this from my place"."""

    part: str
    name: str
    level: int | None
    example: str


class Voice:
    """One handed-in, opened preparation."""

    def __init__(self, preparation):
        rows = read_answers(preparation.answers)
        self.preparation, self.part, self.name = preparation, preparation.part, preparation.seat.first_name
        self.examples = {row.get("goal"): row["shown"] for row in rows if row["key"] == EXAMPLE}
        self.answers = [row for row in rows if row["key"] != EXAMPLE]
        self.levels = {row.goal_id: row.level for row in preparation.levels.all()}  # prefetched with its preparation

    def of_goal(self, version):
        goal = version.goal_id
        return OfGoal(self.part, self.name, self.levels.get(goal), self.examples.get(str(goal), ""))

    def said(self, key):
        """What was answered to one question, or ""."""
        return next((row["shown"] for row in self.answers if row["key"] == key), "")


def voices(preparations):
    """One Voice per preparation, the client's first."""
    return [Voice(row) for row in sorted(preparations, key=lambda row: IN_ORDER.index(row.part))]
