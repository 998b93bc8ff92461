"""What stands on the page of a trajectory for coach and client? Fetched through doors, opened in one look, as plain values."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coaching.traces import look
from sessions.finishing import is_writable
from sessions.models import Action, CoachingSession, Log, Takeaway
from sessions.touches import touched, with_touched
from trajectories.doors import COACH
from trajectories.goal_line import given_by, standing_levels
from trajectories.missing import misses
from trajectories.models import GoalVersion, Measurement, Question, Release
from trajectories.models.question import titles
from trajectories.pages import GoalShown, per_goal, stitches

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

    @property
    def is_closed(self):
        """There is a log that this reader may not open: of before a hand-over, or not shared."""
        return self.log is None and hasattr(self.session, "log")


@dataclass
class DetailPage:
    """Everything on the trajectory page of one seat."""

    trajectory: object
    seat: object
    question: object
    goals: list
    sessions: list  # as shown, of those that are `over`
    every: list
    over: list
    coming: list
    actions: list
    entries: list
    ending: str = ""  # the sentence about a stop
    misses: object = None  # trajectories.missing.Misses

    @property
    def coaches(self):
        return self.seat.part == COACH

    @property
    def older(self):
        """How many are not shown."""
        return len(self.over) - len(self.sessions)

    @property
    def next(self):
        return self.coming[0] if self.coming else None

    @property
    def off(self):
        """Called off, or missed."""
        return [row for row in self.every if row.is_off]

    @property
    def to_log(self):
        """The last one since this coach came that is not logged and still may be."""
        since = self.seat.reads_since
        mine = (row for row in self.over if row.writable and not hasattr(row, "log") and not (since and row.starts_at < since))
        return next(mine, None) if self.coaches else None


def detail(trajectory, seat, *, at, everything=False):
    """Gather the page; `everything` shows the older sessions too."""
    question = list(titles(Question.objects.open_to(seat), Release.objects.open_to(seat)).values())
    goals = GoalVersion.objects.open_to(seat).standing().latest_first().with_yeses(trajectory.seats)
    goals = goals.with_last_level(Measurement.objects.open_to(seat)).with_coach_reads(trajectory.coach)
    versions = list(with_touched(goals.select_related("goal"), Log.objects.open_to(seat)))
    every, over, coming = _sessions(trajectory, seat, at)
    actions = Action.objects.open_to(seat).with_owner().with_last_done(6)
    shown = over if everything else over[:RECENT]
    takeaways = list(Takeaway.objects.open_to(seat).of_sessions([row.pk for row in shown]).select_related("seat"))
    endings = list(trajectory.endings.open_to(seat).latest_first()[:1]) if trajectory.ended_as else []
    look([*question, *versions, *takeaways, *actions, *endings, *coming], by=seat, at=at)
    return DetailPage(
        trajectory=trajectory,
        seat=seat,
        question=question[0] if question else None,
        goals=_goals(standing_levels(versions), touched(versions, every, seat=seat)),
        misses=misses(trajectory, seat, versions=versions),
        sessions=[_session(row, takeaways) for row in shown],
        ending=endings[0].sentence if endings else "",
        actions=actions,
        entries=stitches(trajectory, seat, at),
        every=every,
        over=over,
        coming=coming,
    )


def _sessions(trajectory, seat, at):
    """All of them, the latest first; those that stand and are over; and what is coming, the next one first."""
    every = list(CoachingSession.objects.open_to(seat).with_readable(Log.objects.open_to(seat)).numbered().latest_first())
    standing = [row for row in every if not row.is_off]
    trajectory.standing = standing[::-1]  # the thread needs them too
    ahead = trajectory.standing if trajectory.is_open else []  # once it has ended nobody meets any more
    coming = [row.as_read_by(seat) for row in ahead if row.starts_at > at and row.is_planned]
    over = [row for row in standing if row.starts_at <= at]
    for row in over:
        row.trajectory = trajectory
        row.writable = is_writable(row, at=at)
    return every, over, coming


def _session(row, takeaways):
    return SessionShown(row, row.log if row.reads_log else None, [one for one in takeaways if one.session_id == row.pk])


def _goals(versions, worked):
    return [_goal(*one, worked.get(one[0].pk)) for one in per_goal(versions)]


def _goal(goal, agreed, waiting, worked):
    version = agreed or waiting
    note = ""
    if agreed and version.last_by:
        moment = dict(Measurement.MOMENTS)[version.last_moment]
        facts = {"name": given_by(version.last_by.split(" ")[0], version.last_recorded_by), "moment": moment}
        note = str(moment) if version.last_moment == "outcome" else _("%(name)s, %(moment)s") % facts
    facts = {"waiting": waiting if agreed else None, "level": version.last_level, "worked": worked}
    return GoalShown(goal, version, note=capfirst(note), **facts)
