"""What stands on the pages of the goals? Rows through doors, opened in one look, put together as plain values."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.templatetags.house import day_long
from coaching.traces import look
from trajectories.accord import accord
from trajectories.agreement_text import Difference, compared
from trajectories.attainment import t_score
from trajectories.doors import CLIENT, SPONSOR
from trajectories.forms.goals import GoalForm
from trajectories.models import Goal, GoalVersion
from trajectories.models.sharing import put_by_sharing
from trajectories.pages import GoalShown, per_goal

MANY = 3  # more goals at a time than this draws a warning, not a stop (R5)


@dataclass
class GoalsPage:
    """`goals` stand, `let_go` stood; both are GoalShown. `t` is the T-score with what it counts, or None."""

    goals: list
    let_go: list
    t: float | None = None
    unscored: list = field(default_factory=list)

    @property
    def many(self):
        return len(self.goals) >= MANY


def goals_page(trajectory, person, *, at):
    """All goals of one trajectory for coach or client, each with its last level."""
    seat = trajectory.seat_of(person)
    versions = list(trajectory.goalversions.readable_by(person).latest_first().with_assents())
    levels = last_levels(trajectory.measurements.readable_by(person).earliest_first().with_people())
    look(versions, by=seat, at=at)
    shown = [_shown(*one, levels) for one in per_goal(versions)]
    standing = [one for one in shown if one.goal.let_go_at is None]
    scored = [(one.level, one.version.weight) for one in standing]
    enough = sum(level is not None for level, _weight in scored) > 1
    return GoalsPage(
        goals=standing,
        let_go=[one for one in shown if one.goal.let_go_at],
        t=t_score(scored) if enough else None,
        unscored=[one.goal.number for one in standing if one.level is None] if enough else [],
    )


def last_levels(measurements):
    """Goal key -> the measurement that counts (R6): the outcome of the review, before it the client's last. The start alone is no level."""
    found = {}
    for row in measurements:
        before = found.get(row.goal_id)
        settled = before is not None and before.moment == "outcome"
        if row.moment == "outcome" or (row.seat.part == CLIENT and row.moment != "start" and not settled):
            found[row.goal_id] = row
    return found


def _shown(goal, agreed, waiting, levels):
    last = levels.get(goal.pk)
    shown = GoalShown(goal, agreed or waiting, waiting=waiting if agreed else None, level=last.level if last else None)
    shown.note = said(last) if last else ""
    return shown


def said(measurement):
    """Who gave a level, and at which moment: "Sam, at the progress check"."""
    if measurement.moment == "outcome":
        return measurement.get_moment_display()
    return _("%(name)s, %(moment)s") % {"name": measurement.seat.first_name, "moment": measurement.get_moment_display()}


@dataclass
class Row:
    """One measurement as a row of the table; `breaks` when the sentences changed before it."""

    measurement: object
    breaks: bool


@dataclass
class GoalPage:
    """One goal for one reader. `version` is what everyone goes by; `waiting` a newer one with `changes`; `asked` the one to say yes to."""

    goal: Goal
    version: GoalVersion
    waiting: GoalVersion | None
    asked: GoalVersion | None
    changes: list
    accord: list
    older: list
    rows: list
    shown: GoalShown
    may_agree: bool = False
    may_take_back: bool = False
    shareable: bool = False
    unshareable: bool = False
    undo: bool = False
    preview: list = field(default_factory=list)
    letting_go: object = None


def goal_page(goal, trajectory, person, *, at):
    """Gather the page of one goal; None when this reader may read no version of it now."""
    seat = trajectory.seat_of(person)
    versions = list(goal.versions.readable_by(person).latest_first().with_assents().with_writer())
    if not versions:
        return None
    measurements = list(goal.measurements.readable_by(person).earliest_first().with_people())
    look([*versions, *measurements], by=seat, at=at)
    page = _page(goal, trajectory, seat, versions, measurements, at)
    if seat.part == SPONSOR and page.shown.level is None:
        _released(page.shown, trajectory.releases.readable_by(person).levels_of(goal).first(), trajectory.client)
    return page


def _released(shown, release, client):
    """Before there is an outcome, the sponsor goes by the level that the client shared last."""
    if release:
        shown.level = release.level_of_goal
        shown.note = _("%(name)s shared this on %(day)s") % {"name": client.first_name, "day": day_long(release.shared_at)}


def _page(goal, trajectory, seat, versions, measurements, at):
    agreed = next((one for one in versions if one.agreed_at), None)
    version, waiting = agreed or versions[0], versions[0] if agreed and versions[0] is not agreed else None
    asked = waiting or version
    people = [one for one in trajectory.seats if one.confirmed_at and (one.part != SPONSOR or goal.shared_at)]
    return GoalPage(
        goal=goal,
        version=version,
        waiting=waiting,
        asked=asked,
        changes=changes(agreed, waiting) if waiting else [],
        accord=accord(asked.assents.all(), people, me=seat),
        older=[one for one in versions if one not in (version, waiting)],
        rows=table(measurements),
        shown=_shown(goal, version, None, last_levels(measurements)),
        **(_may(goal, trajectory, seat, versions, asked, people, at) if trajectory.is_open and goal.let_go_at is None else {}),
    )


def _may(goal, trajectory, seat, versions, asked, people, at):
    """What this reader can do with it now; the verbs decide once more."""
    waits = seat in asked.waits_among(people)
    private = seat.part == CLIENT and bool(trajectory.sponsor) and not goal.shared_at
    sponsor_agreed = any(assent.seat.part == SPONSOR for one in versions for assent in one.assents.all())
    return {
        "may_agree": waits,
        "may_take_back": not asked.agreed_at and not waits,
        "shareable": private,
        "preview": put_by_sharing(versions, seat) if private else [],
        "unshareable": seat.part == CLIENT and bool(goal.shared_at) and not sponsor_agreed,
        "undo": bool(goal.shared_at and goal.shared_at > at),
        "letting_go": next((one for one in trajectory.seats if one.pk == goal.let_go_by_id), None),
    }


def table(measurements):
    """The measurements in order, each with whether the sentences were others before it (R19)."""
    before, rows = None, []
    for one in measurements:
        rows.append(Row(one, breaks=before is not None and one.version_of_goal_id != before))
        before = one.version_of_goal_id
    return rows


def changes(old, new):
    """What a newer version words differently, as a list of agreement_text.Difference."""
    names = [*GoalVersion.WORDS, *GoalVersion.SENTENCES.values()]
    found = [Difference(label_of(name), *compared(getattr(old, name), getattr(new, name))) for name in names]
    return [one for one in found if one.old != one.new]


def label_of(name):
    """What a form calls this part of a goal."""
    return GoalForm.base_fields[name].label
