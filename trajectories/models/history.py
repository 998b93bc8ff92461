"""Who came and went, and when did it rest? One statement for the thread; names and moments, no words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, Value

from trajectories.doors import COACH, SPONSOR
from trajectories.models.hand_overs import HandOver
from trajectories.models.parts import Part
from trajectories.models.trajectory import Hold

HOLD, ASKED = "hold", "asked"


@dataclass(frozen=True)
class Past:
    """`what`: "coach", "sponsor" (a seat), "hold" or "asked" (a hand-over that did not happen, or not yet)."""

    what: str
    since: datetime
    until: datetime | None
    name: str


def past_of(trajectory):
    """Seats of coaches and sponsors, rests, and hand-overs that did not come about or still wait."""
    name, nobody = F("person__name"), Value("", output_field=CharField())
    parts = Part.objects.confirmed().filter(trajectory=trajectory, part__in=[COACH, SPONSOR])
    asked = HandOver.objects.filter(trajectory=trajectory, done_at=None)
    rows = parts.values_list("part", "confirmed_at", "until_at", name).union(
        Hold.objects.filter(trajectory=trajectory).values_list(_named(HOLD), "from_at", "until_at", nobody),
        asked.values_list(_named(ASKED), "proposed_at", "ended_at", name),
        all=True,
    )
    return [Past(*row) for row in rows]


def _named(word):
    return Value(word, output_field=CharField())
