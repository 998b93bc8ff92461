"""What stands on a page that shows a trajectory? Rows fetched through doors, opened in one look, put together as plain values."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.clock import day_of, now
from coaching.traces import look
from trajectories.goal_line import same_sentences
from trajectories.models import Commitment, Goal, GoalVersion, Release
from trajectories.models.review import newest_per_goal
from trajectories.thread import thread


@dataclass
class GoalShown:
    """A goal as one seat sees it: the agreed version, or a newer one that was put to them, and the last level that they may know."""

    goal: Goal
    version: GoalVersion
    waiting: GoalVersion | None = None
    level: int | None = None
    note: str = ""
    released: list = field(default_factory=list)
    worked: object = None  # sources.Worked, for coach and client
    letting_go: object = None  # the seat that proposes to let it go, for coach and client
    numbered: bool = True  # for who reads all goals: else a number counts the others

    @property
    def start(self):
        return self.version.start_level

    @property
    def anchors(self):
        """The five words under the seam; a start at −1 leaves room for "further away"."""
        if self.start == -2:
            return None
        return [_("further away"), _("start"), _("goal reached"), _("more"), _("much more")]

    @property
    def seam_text(self):
        """The seam in one sentence."""
        number, start = self.goal.number, signed(self.start)
        if not self.numbered:
            return _("Started at %(start)s") % {"start": start} if self.level is None else self._moved
        if self.level is None:
            return _("Goal %(number)s: started at %(start)s") % {"number": number, "start": start}
        return _("Goal %(number)s: started at %(start)s, now at %(level)s") % {
            "number": number,
            "start": start,
            "level": signed(self.level),
        }

    @property
    def _moved(self):
        return _("Started at %(start)s, now at %(level)s") % {"start": signed(self.start), "level": signed(self.level)}


def signed(level):
    """A level with its sign, with a real minus."""
    return f"{'−' if level < 0 else '+' if level else ''}{abs(level)}"


def per_goal(versions):
    """Versions, newest first, as (goal, the agreed one, a newer one that waits)."""
    goals = {}
    for version in versions:
        agreed, waiting = goals.setdefault(version.goal, [None, None])
        if version.agreed_at and agreed is None:
            goals[version.goal][0] = version
        elif not version.agreed_at and waiting is None and agreed is None:
            goals[version.goal][1] = version
    return [(goal, agreed, waiting) for goal, (agreed, waiting) in goals.items()]


def stitches(trajectory, seat, at):
    """The red thread for this seat, with the organisation's term for the follow-up; `trajectory` comes with_moments()."""
    return thread(trajectory, seat, today=day_of(at), follow_up_months=trajectory.follow_up_months or 3)


@dataclass
class SponsorPage:
    """All that the sponsor of one trajectory sees; also what the client sees who looks along as the sponsor."""

    trajectory: object
    seat: object
    goals: list
    put_to_me: list
    question: str
    releases: list
    commitments: list
    entries: list
    ending: str
    let_go: list = field(default_factory=list)  # of each goal that was let go, the version that had been agreed


def sponsor_page(trajectory, seat, *, by, at=None, everything=True):
    """Gather the page for `seat` (the sponsor's, or an unsaved one); `by` is whose eyes open it, and who is traced.

    Without `everything` only what the state is about: nothing that was shared is opened.
    """
    at = at or now()
    if not everything:
        return _brief(trajectory, seat, by=by, at=at)
    every = list(GoalVersion.objects.open_to(seat).latest_first().with_yes_of(seat).with_outcome().select_related("goal"))
    versions, let_go = [one for one in every if one.goal.as_read_by(seat).let_go_at is None], _let_go(every)
    releases = list(Release.objects.open_to(seat).latest_first().with_levels())
    commitments = [one.as_read_by(seat) for one in Commitment.objects.open_to(seat).earliest_first().with_people()]
    endings = list(trajectory.endings.open_to(seat).latest_first()[:1]) if trajectory.ended_as else []
    look([*versions, *let_go, *releases, *commitments, *endings], by=by, at=at)
    questions = [release for release in releases if release.kind == Release.QUESTION]
    check_ins = [release for release in releases if release.kind == Release.CHECK_IN]
    read = {version.pk: version for version in versions}
    goals = [_shown(*one, check_ins, read) for one in per_goal(versions)]
    return SponsorPage(
        trajectory=trajectory,
        seat=seat,
        goals=[goal for goal in goals if goal],
        put_to_me=[version for version in newest_per_goal(versions) if not version.has_my_yes],
        question=questions[0].words if questions else "",
        releases=check_ins,
        commitments=commitments,
        entries=stitches(trajectory, seat, at),
        ending=endings[0].sentence if endings else "",
        let_go=let_go,
    )


def _let_go(versions):
    """Of each goal that was let go the newest version that was agreed, or that has this seat's yes: it stands as let go (R5)."""
    found = {}
    for one in versions:
        if one.goal.let_go_at and (one.agreed_at or one.has_my_yes):
            found.setdefault(one.goal_id, one)
    return list(found.values())


def _brief(trajectory, seat, *, by, at):
    """Moments and numbers, and the sentence about a stop."""
    endings = list(trajectory.endings.open_to(seat).latest_first()[:1]) if trajectory.ended_as else []
    look(endings, by=by, at=at)
    return SponsorPage(trajectory, seat, [], [], "", [], [], stitches(trajectory, seat, at), endings[0].sentence if endings else "")


def _shown(goal, agreed, waiting, check_ins, read):
    """The level released last is a place on the sentences that it was chosen against, and on no others."""
    version = agreed or waiting
    last = next((one for release in check_ins for one in release.levels.all() if one.goal_id == goal.pk), None)
    level = version.outcome
    if level is None and last and same_sentences(read.get(last.version_of_goal_id), version):
        level = last.level
    return GoalShown(goal, version, waiting=waiting if agreed else None, level=level, numbered=False)
