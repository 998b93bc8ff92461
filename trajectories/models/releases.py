"""What did the client let the sponsor see? Copies: later changes do not travel along (R20b)."""

from django.db import models, transaction
from django.db.models import CharField, F, Q, StringAgg, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.outbox import post, withdraw
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.doors import AGREED, ALL, CLIENT, COACH, NOT_ENDED_EARLY, SHARED, SPONSOR, ContentQuerySet, before_rest
from trajectories.models.content import Content
from trajectories.models.goal_versions import GoalVersion
from trajectories.models.measurements import Measurement
from trajectories.models.sharing import UNDO

__all__ = ["UNDO", "Release", "ReleasedLevel"]


class ReleaseQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SHARED & NOT_ENDED_EARLY}
    sponsor_when = AGREED & before_rest("shared_at")

    def of_question(self):
        return self.filter(kind=Release.QUESTION)

    def of_trajectories(self, keys):
        return self.filter(trajectory__in=keys)

    def of_check_ins(self):
        return self.filter(kind=Release.CHECK_IN)

    def of_check_in(self, check_in):
        return self.filter(check_in=check_in)

    def of_follow_ups(self):
        return self.filter(kind=Release.FOLLOW_UP)

    def of_follow_up(self, follow_up):
        return self.filter(follow_up=follow_up)

    def levels_of(self, goal):
        """One row per release that says where this goal stood: `level_of_goal`, against `version_of_goal` (a key), the latest first."""
        facts = {"level_of_goal": F("levels__level"), "version_of_goal": F("levels__version_of_goal")}
        return self.filter(levels__goal=goal).annotate(**facts).order_by("-shared_at", "pk")

    def with_levels_told(self):
        """Brings `levels_told`: what went along of each goal, as "number:level,number:level"; None when nothing did."""
        one = Concat(Cast("levels__goal__number", CharField()), Value(":"), Cast("levels__level", CharField()))
        return self.annotate(levels_told=StringAgg(one, delimiter=Value(","), filter=Q(levels__isnull=False)))

    def with_levels(self):
        return self.prefetch_related("levels")


class Release(Content):
    """A copy of words and levels that the sponsor may read from `shared_at`, half a minute after the client said so."""

    QUESTION, CHECK_IN, FOLLOW_UP = "question", "check_in", "follow_up"

    kind = models.CharField(max_length=10)
    words = SealedText(seal="release")
    check_in = models.ForeignKey("trajectories.CheckIn", models.SET_NULL, null=True, related_name="releases")
    question = models.ForeignKey("trajectories.Question", models.SET_NULL, null=True, related_name="releases")
    follow_up = models.ForeignKey("trajectories.FollowUp", models.SET_NULL, null=True, related_name="releases")
    shared_at = models.DateTimeField()
    objects = ReleaseQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def give(cls, trajectory, *, by, at, kind, words, levels=(), check_in=None, question=None, read_by=None):
        """Let the sponsor see exactly these words, and `levels` [(goal, level −2…+2)] of shared goals. The mail waits half a minute too.

        `read_by`: the key of the sponsor's seat that the page named, so that nobody else reads it (None: of no page).
        """
        trajectory.lock()
        trajectory.must_be_open()
        trajectory._seat_needed(by, CLIENT)
        trajectory._sponsor_needed(read_by)
        facts = {"kind": kind, "words": words, "check_in": check_in, "question": question, "shared_at": at + UNDO}
        release = cls.objects.create(trajectory=trajectory, worded_at=at, **facts)
        ReleasedLevel._keep(release, levels, at=at)
        release.tell_sponsor(at=at)
        return release

    def tell_sponsor(self, *, at):
        """The letter leaves when they can read it: after the half minute, once all have agreed, and not while it rests."""
        if not self.trajectory.sponsor_waits:
            url, when = reverse("trajectories:sponsor", args=[self.trajectory_id]), max(self.shared_at, at)
            post("something_shared", to=self.trajectory.sponsor.person, url=url, at=at, not_before=when, once=self._letter)

    @property
    def _letter(self):
        return f"release:{self.pk}"

    def can_be_undone(self, at):
        """Nobody has seen it yet."""
        return at < self.shared_at

    @transaction.atomic
    def take_back(self, *, by, at):
        """Undo within half a minute; the sponsor has not seen it yet."""
        self.trajectory._seat_needed(by, CLIENT)
        if self.shared_at <= at:
            raise Refused(_("It has been shared. You cannot take it back any more."))
        withdraw(self._letter, at=at)
        self.delete()


class ReleasedLevel(models.Model):
    """A level as it stood when it was released, against the sentences by which it was chosen (R19)."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="levels")
    goal = models.ForeignKey("trajectories.Goal", models.CASCADE, related_name="+")
    version_of_goal = models.ForeignKey(GoalVersion, models.SET_NULL, null=True, related_name="+")
    level = models.SmallIntegerField()

    @classmethod
    def _keep(cls, release, levels, *, at):
        """Copy `levels` [(goal, level)] of goals that are shared, each with the version that it was chosen against."""
        shared = [(goal, level) for goal, level in levels if goal.shared_at and goal.shared_at <= at]
        against = cls._as_put(cls._against(release, [goal for goal, _level in shared]), by=release.trajectory.client, at=at)
        cls.objects.bulk_create(
            cls(release=release, goal=goal, version_of_goal_id=against.get(goal.pk), level=level) for goal, level in shared
        )

    @staticmethod
    def _against(release, goals):
        """Goal key -> version key: that of the measurement in the check-in or follow-up, else the one in force now."""
        agreed = GoalVersion.objects.agreed().filter(goal__in=goals).order_by("number")
        thing = release.check_in_id or release.follow_up_id
        measured = Measurement.objects.filter(goal__in=goals, thing=thing) if thing else Measurement.objects.none()
        return dict(agreed.values_list("goal", "pk")) | dict(measured.values_list("goal", "version_of_goal"))

    @staticmethod
    def _as_put(against, *, by, at):
        """`against`, with what the sponsor never got replaced by the agreed version that they did, where it has the same sentences."""
        agreed = list(GoalVersion.objects.agreed().filter(goal__in=against).order_by("number"))
        private = {one.goal_id: one for one in agreed if one.pk == against[one.goal_id] and one.put_at is None}
        put = [one for one in agreed if one.put_at and one.goal_id in private]
        if put:
            look([*put, *private.values()], by=by, at=at)
        return against | {one.goal_id: one.pk for one in put if one.sentences == private[one.goal_id].sentences}
