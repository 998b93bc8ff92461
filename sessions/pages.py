"""What stands on the page of a trajectory for coach and client? Fetched through doors, opened in one look, as plain values."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coaching.traces import look
from sessions.models import Action, CoachingSession, Log, Takeaway
from trajectories.doors import COACH
from trajectories.goals_page import agreed_at
from trajectories.missing import misses
from trajectories.models import GoalVersion, Measurement, Question
from trajectories.pages import GoalShown, per_goal, stitches
from trajectories.sources import worked_on

RECENT = 3  # sessions shown before the link to the older ones


@dataclass
class SessionShown:
    """A session in the list: what it yielded, and where its log is when this reader may open it."""

    session: CoachingSession
    log: Log | None = None
    takeaways: list = field(default_factory=list)

    @property
    def number(self):
        return self.session.number


@dataclass
class DetailPage:
    """Everything on the trajectory page of one seat."""

    trajectory: object
    seat: object
    question: object
    goals: list
    sessions: list
    older: int
    actions: list
    entries: list
    ending: str = ""  # the sentence about a stop
    next: object = None
    coming: list = field(default_factory=list)
    off: list = field(default_factory=list)  # called off, or missed
    to_log: object = None
    misses: object = None  # trajectories.missing.Misses

    @property
    def coaches(self):
        return self.seat.part == COACH


def detail(trajectory, seat, *, at, everything=False):
    """Gather the page; `everything` shows the older sessions too."""
    question = list(Question.objects.open_to(seat).latest_settled_first()[:1])
    versions = list(GoalVersion.objects.open_to(seat).standing().latest_first().with_last_level().with_assents())
    touched = worked_on(trajectory, agreed_at(versions))
    every = list(CoachingSession.objects.open_to(seat).numbered().latest_first())
    sessions = [row for row in every if not row.is_off]
    trajectory.standing = sessions[::-1]  # the thread needs them too
    logs = list(Log.objects.open_to(seat))
    actions = list(Action.objects.open_to(seat).with_owner().soonest_first()[:12])
    over = [row for row in sessions if row.starts_at <= at]
    shown = over if everything else over[:RECENT]
    takeaways = list(Takeaway.objects.open_to(seat).of_sessions([row.pk for row in shown]).select_related("seat"))
    endings = list(trajectory.endings.open_to(seat).latest_first()[:1]) if trajectory.ended_as else []
    coming = [row.as_read_by(seat) for row in reversed(sessions) if row.starts_at > at and row.is_planned]
    look([*question, *versions, *takeaways, *actions, *endings, *coming], by=seat, at=at)
    return DetailPage(
        trajectory=trajectory,
        seat=seat,
        question=question[0] if question else None,
        goals=[_goal(*one, touched) for one in per_goal(versions)],
        misses=misses(trajectory, seat, versions=versions),
        sessions=[_session(row, logs, takeaways) for row in shown],
        older=len(over) - len(shown),
        ending=endings[0].sentence if endings else "",
        actions=actions,
        entries=stitches(trajectory, seat, at),
        next=coming[0] if coming else None,
        coming=coming,
        off=[row for row in every if row.is_off],
        to_log=next((row for row in over if not any(log.session_id == row.pk for log in logs)), None) if seat.part == COACH else None,
    )


def _session(row, logs, takeaways):
    log = next((log for log in logs if log.session_id == row.pk), None)
    return SessionShown(row, log, [one for one in takeaways if one.session_id == row.pk])


def _goal(goal, agreed, waiting, touched):
    version = agreed or waiting
    note = ""
    if agreed and version.last_by:
        moment = dict(Measurement.MOMENTS)[version.last_moment]
        facts = {"name": version.last_by.split(" ")[0], "moment": moment}
        note = str(moment) if version.last_moment == "outcome" else _("%(name)s, %(moment)s") % facts
    facts = {"waiting": waiting if agreed else None, "level": version.last_level, "worked": touched.get(goal.pk)}
    return GoalShown(goal, version, note=capfirst(note), **facts)
