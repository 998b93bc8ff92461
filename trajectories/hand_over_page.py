"""What does the client read who decides about a next coach: what is read at once, what goes along, what stays closed?"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from coaching.traces import Eyes, look
from trajectories.doors import CLIENT
from trajectories.models import Commitment, GoalVersion, Release, Request
from trajectories.older import NAMES, next_coach
from trajectories.pages import per_goal

PATHS = {"question": "vraag", "sessions": "gesprekken", "check_ins": "checks"}


@dataclass(frozen=True)
class Kind:
    """One kind of older words: whether the client lets it go along, and as it stood when. `url` shows the texts."""

    name: str
    url: str
    until: datetime | None


@dataclass
class HandOverPage:
    """`goals`, `releases`, `commitments` and `asked` are read at once, as all parties read them."""

    said: bool
    kinds: list
    goals: list
    releases: list
    commitments: list
    asked: list

    @property
    def along(self):
        return [kind for kind in self.kinds if kind.until]

    @property
    def closed(self):
        return [kind for kind in self.kinds if not kind.until]


def hand_over_page(proposed, *, by, at):
    """Gather the page; the texts are fetched through the door of the seat that the next coach would get."""
    trajectory = proposed.trajectory
    seat, read_until = next_coach(trajectory, at=at), proposed.read_until
    versions = list(GoalVersion.objects.open_to(seat).standing().latest_first().select_related("goal"))
    releases = list(Release.objects.open_to(seat).latest_first())
    commitments = list(Commitment.objects.open_to(seat).earliest_first().with_people())
    asked = list(Request.objects.open_to(seat).earliest_first())
    look([*versions, *releases, *commitments, *asked], by=Eyes(by.pk, CLIENT), at=at)
    return HandOverPage(
        said=proposed.said_by(by),
        kinds=[_kind(trajectory, kind, name, read_until) for kind, name in NAMES.items()],
        goals=[agreed or waiting for _goal, agreed, waiting in per_goal(versions)],
        releases=releases,
        commitments=commitments,
        asked=asked,
    )


def went_along(proposed):
    """Kind by kind, of a hand-over that is settled: its name, and up to when its words went along (None: they stayed closed)."""
    until = proposed.read_until if proposed.done_at else {}
    return [(str(name), until.get(kind)) for kind, name in NAMES.items()]


def _kind(trajectory, kind, name, read_until):
    return Kind(str(name), reverse("trajectories:hand_over_older", args=[trajectory.pk, PATHS[kind]]), read_until.get(kind))
