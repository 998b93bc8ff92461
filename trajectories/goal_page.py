"""What stands on the page of one goal? Rows through doors, opened in one look, put together as plain values."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from coaching.templatetags.house import day_full, day_long, level
from coaching.traces import look
from trajectories import goal_line
from trajectories.accord import accord
from trajectories.agreement_text import Difference, compared
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.forms.goals import GoalForm
from trajectories.goals_page import agreed_at, goal_shown
from trajectories.models import Goal, GoalVersion
from trajectories.models.sharing import put_by_sharing
from trajectories.numbered import placed, reads_all
from trajectories.pages import GoalShown
from trajectories.sources import worked_on


@dataclass
class Replaced:
    """An older version beside the one that came after it: what that one words differently, a list of agreement_text.Difference."""

    version: GoalVersion
    by: GoalVersion
    changes: list


@dataclass
class GoalPage:
    """One goal for one reader. `version` is what everyone goes by; `waiting` a newer one with `changes`; `asked` the one to say yes to."""

    goal: Goal
    version: GoalVersion
    waiting: GoalVersion | None
    asked: GoalVersion | None
    changes: list
    accord: list
    older: list  # Replaced, the newest first
    rows: list  # goal_line.Given, the earliest first
    told: str
    line: object  # coaching.lines.Line, or None
    voices: list  # (part, first name), where marks have to be told apart
    shown: GoalShown
    minds: bool = False  # the reader is the coach, who reads what went untouched (R8)
    may_agree: bool = False
    may_take_back: bool = False
    shareable: bool = False
    unshareable: bool = False
    undo: bool = False
    waits: str = ""  # Trajectory.sponsor_waits, as long as the sponsor does not read it or would not
    preview: list = field(default_factory=list)
    letting_go: object = None
    outside_name: str = ""


def goal_page(goal, trajectory, person, *, at):
    """Gather the page of one goal; None when this reader may read no version of it now."""
    seat = trajectory.seat_of(person)
    goal.as_read_by(seat)
    known = goal.measurements.readable_by(person)
    versions = list(goal.versions.readable_by(person).latest_first().with_assents().with_writer().with_last_level(known))
    if not versions:
        return None
    measurements = list(known.earliest_first().with_people())
    releases = list(trajectory.releases.readable_by(person).levels_of(goal)) if seat.part == SPONSOR else []
    named = list(Goal.objects.named_for(seat).filter(pk=goal.pk)) if goal.outside_name is not None else []
    look([*placed(versions, seat), *measurements, *named], by=seat, at=at)
    page = _page(goal, trajectory, seat, goal_line.standing_levels(versions), measurements, releases, at)
    page.shown.numbered = reads_all(seat)
    page.outside_name = named[0].outside_name if named else ""
    if page.shown.level is None and releases and goal_line.same_sentences(goal_line.chosen_against(releases[0], versions), page.version):
        _released(page.shown, releases[0], trajectory.client)
    if seat.part != SPONSOR:
        page.shown.worked = worked_on(trajectory, seat, agreed_at(versions)).get(goal.pk)
    return page


def _released(shown, release, client):
    """Before there is an outcome, the sponsor goes by the level that the client shared last."""
    shown.level = release.level_of_goal
    shown.note = _("%(name)s shared this on %(day)s") % {"name": client.first_name, "day": day_long(release.shared_at)}


def _page(goal, trajectory, seat, versions, measurements, releases, at):
    agreed = next((one for one in versions if one.agreed_at), None)
    version, waiting = agreed or versions[0], versions[0] if agreed and versions[0] is not agreed else None
    asked = waiting or version
    people = [one for one in trajectory.seats if one.confirmed_at and (one.part != SPONSOR or goal.shared_at)]
    return GoalPage(
        goal=goal,
        version=version,
        waiting=waiting,
        asked=asked,
        changes=changes(agreed, waiting, seat) if waiting else [],
        accord=accord(asked.assents.all(), people, me=seat),
        older=[Replaced(one, by, changes(one, by, seat)) for by, one in pairwise(versions) if one not in (version, waiting)],
        shown=goal_shown(goal, version, None),
        minds=seat.part == COACH,
        **_moved(goal, trajectory, seat, versions, measurements, releases),
        **(_may(goal, trajectory, seat, versions, asked, people, at) if trajectory.is_open and goal.let_go_at is None else {}),
    )


def _moved(goal, trajectory, seat, versions, measurements, releases):
    """The levels that this reader may know, as rows, as a sentence and as a line."""
    known = goal_line.measured(measurements)
    known += [*goal_line.starts(versions, known, trajectory.client), *goal_line.released(releases, versions, trajectory.client)]
    called = {version.number: version.place for version in versions}
    rows = [replace(row, version=called.get(row.version, row.version)) for row in goal_line.broken(known, versions)]
    told, number = goal_line.told(rows), goal.number if reads_all(seat) else None
    return {"rows": rows, "told": told, "voices": goal_line.voices(rows), "line": goal_line.line(rows, number=number, told=told)}


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
        "waits": "" if goal.shared_at and trajectory.shows_sponsor(goal.shared_at) else trajectory.sponsor_waits,
        "letting_go": next((one for one in trajectory.seats if one.pk == goal.let_go_by_id), None),
    }


def changes(old, new, seat):
    """What a newer version says differently, as a list of agreement_text.Difference. Weights are for coach and client."""
    labels = {name: label_of(name) for name in GoalVersion.WORDS}
    labels |= {name: f"{level(number)}: {label_of(name)}" for number, name in sorted(GoalVersion.SENTENCES.items(), reverse=True)}
    sides = [(label, getattr(old, name), getattr(new, name)) for name, label in labels.items()]
    sides += [(label_of("due_on"), day_full(old.due_on), day_full(new.due_on))]
    sides += [(label_of("start_level"), level(old.start_level), level(new.start_level))]
    if seat.part != SPONSOR:
        sides += [(label_of("weight"), str(old.weight), str(new.weight))]
    return [Difference(label, *compared(was, becomes)) for label, was, becomes in sides if was != becomes]


def label_of(name):
    """What a form calls this part of a goal."""
    return GoalForm.base_fields[name].label


def shown_as(name, value):
    """One part of a goal as pages show it: a day as a day, a level with its sign."""
    return {"due_on": day_full, "start_level": level}.get(name, str)(value)
