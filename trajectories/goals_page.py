"""What stands on the list of goals of one trajectory? Rows through doors, opened in one look, put together as plain values."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.traces import look
from trajectories.attainment import t_score
from trajectories.doors import COACH
from trajectories.goal_line import given_by, standing_levels
from trajectories.models import Measurement
from trajectories.pages import GoalShown, per_goal
from trajectories.sources import worked_on

MANY = 3  # more goals at a time than this draws a warning, not a stop (R5)
TOGETHER = 2  # from so many scored goals on they have a score together (R6)


@dataclass
class GoalsPage:
    """`goals` stand, `let_go` stood; all are GoalShown. `t` is the T-score of the `scored` ones, or None; `unscored` do not count in it."""

    goals: list
    let_go: list
    t: float | None = None
    scored: list = field(default_factory=list)
    unscored: list = field(default_factory=list)
    minds: bool = False  # the reader is the coach, who reads what went untouched (R8)

    @property
    def some_shared(self):
        """Whether the sponsor reads one of them along."""
        return any(one.goal.shared_at for one in [*self.goals, *self.let_go])

    @property
    def many(self):
        return len(self.goals) >= MANY

    @property
    def weighed(self):
        """Whether the goals weigh differently, so that the score has to say so."""
        return len({one.version.weight for one in self.scored}) > 1


def goals_page(trajectory, person, *, at):
    """All goals of one trajectory for coach or client, each with its last level and when it was last worked on."""
    seat = trajectory.seat_of(person)
    versions = trajectory.goalversions.readable_by(person).latest_first().with_assents()
    versions = list(versions.with_last_level(trajectory.measurements.readable_by(person)))
    look(versions, by=seat, at=at)
    every = [goal_shown(*one) for one in per_goal(standing_levels(versions))]
    touched = worked_on(trajectory, seat, agreed_at(versions))
    for one in every:
        one.worked = touched.get(one.goal.pk)
        one.letting_go = next((sits for sits in trajectory.seats if sits.pk == one.goal.let_go_by_id), None)
    standing = [one for one in every if one.goal.let_go_at is None]
    scored = [one for one in standing if one.level is not None]
    enough = len(scored) >= TOGETHER
    return GoalsPage(
        goals=standing,
        let_go=[one for one in every if one.goal.let_go_at],
        t=t_score((one.level, one.version.weight) for one in scored) if enough else None,
        scored=scored,
        unscored=[one for one in standing if one.level is None] if enough else [],
        minds=seat.part == COACH,
    )


def agreed_at(versions):
    """Goal key -> when its first version was agreed, of the goals that are agreed."""
    moments = sorted((one.agreed_at, one.goal_id) for one in versions if one.agreed_at)
    return {goal: moment for moment, goal in reversed(moments)}


def goal_shown(goal, agreed, waiting):
    """A goal as one seat sees it, with the level that counts and who gave it; the versions come with_last_level()."""
    version = agreed or waiting
    return GoalShown(goal, version, waiting=waiting if agreed else None, level=version.last_level, note=said(version))


def said(version):
    """Who gave the last level, and at which moment: "Sam, at the progress check"."""
    if version.last_level is None:
        return ""
    moment = str(dict(Measurement.MOMENTS)[version.last_moment])
    facts = {"name": given_by(version.last_by.split()[0], version.last_recorded_by), "moment": moment}
    return moment if version.last_moment == "outcome" else _("%(name)s, %(moment)s") % facts
