"""What will be different at the end, in which words, and who agreed to them? (R5, R6)"""

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.outbox import post
from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, NOT_ENDED_EARLY, SHARED, SPONSOR, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.releases import UNDO


class GoalQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SHARED & NOT_ENDED_EARLY}
    older = "question"

    def shared(self, at):
        return self.filter(shared_at__lte=at)

    def standing(self):
        """Not let go."""
        return self.filter(let_go_at=None)

    def agreed(self):
        return self.filter(Exists(GoalVersion.objects.agreed().filter(goal=OuterRef("pk"))))

    def in_order(self):
        return self.order_by("number", "pk")


class Goal(Content):
    """A SMART goal. Its words stand in its versions; this row says whether the sponsor reads along and whether it stands."""

    number = models.PositiveSmallIntegerField()
    outside_name = SealedText(seal="goal_outside_name", null=True)  # by which a link without a login may name it (R18)
    shared_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)
    let_go_by = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory", "number"], name="one_goal_per_number")]

    def get_absolute_url(self):
        return reverse("trajectories:goal", args=[self.pk])

    @classmethod
    @transaction.atomic
    def draw_up(cls, trajectory, *, by, at, **words):
        """Write a new goal, private to coach and client, with its first version."""
        trajectory.must_be_free()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        number = cls.objects.filter(trajectory=trajectory).count() + 1
        goal = cls.objects.create(trajectory=trajectory, number=number, worded_at=at)
        GoalVersion.objects.create(goal=goal, trajectory=trajectory, number=1, seat=seat, worded_at=at, **words)
        return goal

    @transaction.atomic
    def reword_as(self, *, by, at, base, **words):
        """Word it anew: a version to be agreed again; until then everyone goes by the agreed one. `base`: the version number that was shown."""
        self.trajectory.must_be_free()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        last = self.versions.select_for_update(of=("self",)).order_by("-number").first()
        if last.number != base:
            raise Stale(last)
        if not last.agreed_at:  # nobody's yes is lost: a version that was still open is worded again, and its assents fall
            last.assents.all().delete()
            return last.reword(by=by, base=last.version, at=at, seat=seat, put_at=None, **words)
        return GoalVersion.objects.create(goal=self, trajectory=self.trajectory, number=last.number + 1, seat=seat, worded_at=at, **words)

    @transaction.atomic
    def share(self, *, by, at):
        """The client lets the sponsor read along, from half a minute later; the version that is open is put to them with it."""
        self.trajectory.must_be_free()
        self.trajectory._seat_needed(by, CLIENT)
        if not self.trajectory.sponsor:
            raise Refused(_("There is no sponsor to share this with."))
        if self.shared_at:
            raise Refused(_("This goal has been shared already."))
        self.shared_at = at + UNDO
        self.save()
        self.versions.filter(put_at=None).update(put_at=at + UNDO)
        self._ask_sponsor(at)

    @transaction.atomic
    def unshare(self, *, by, at):
        """Take the sharing back, as long as the sponsor has not agreed."""
        self.trajectory._seat_needed(by, CLIENT)
        if GoalAssent.objects.filter(goal_version__goal=self, seat__part=SPONSOR).exists():
            raise Refused(_("The sponsor has agreed to this goal. Sharing can no longer be undone."))
        self.shared_at = None
        self.save()
        self.versions.update(put_at=None)

    def _ask_sponsor(self, at):
        person = self.trajectory.sponsor.person
        post("goal_to_agree", to=person, url=self.get_absolute_url(), at=at, not_before=at + UNDO, once=f"goal:{self.pk}:{at}")

    @transaction.atomic
    def let_go(self, *, by, at):
        """Coach and client let it go together: the first proposes, the other confirms. It stands as let go."""
        self.trajectory.must_be_free()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        if self.let_go_by is None or self.let_go_by_id == seat.pk:
            self.let_go_by = seat
        else:
            self.let_go_at = at
            if self.trajectory.sponsor and self.shared_at:
                self.trajectory._tell("something_shared", self.trajectory.sponsor.person, at=at)
        self.save()

    @transaction.atomic
    def measure(self, *, seat, at, level, moment, version=None, example=None, thing=None):
        """Keep a level (−2…+2) that `seat` chose, with the version it was chosen against (R19). `moment`: see Measurement."""
        version = version or self.versions.agreed().order_by("-number").first()
        if version is None:
            raise Refused(_("This goal has not been agreed yet, so there is nothing to measure it by."))
        return self.measurements.create(
            trajectory_id=self.trajectory_id,
            version_of_goal=version,
            seat=seat,
            worded_at=at,
            level=level,
            moment=moment,
            example=example or None,
            thing=thing,
        )


class GoalVersionQuerySet(ContentQuerySet):
    reads = {
        COACH: ALL,
        CLIENT: ALL,
        SPONSOR: Q(goal__shared_at__lte=Now()) & (Q(agreed_at__isnull=False) | Q(put_at__lte=Now())) & NOT_ENDED_EARLY,
    }
    older = "question"

    def agreed(self):
        return self.filter(agreed_at__isnull=False)

    def latest_first(self):
        return self.order_by("goal__number", "-number")

    def with_assents(self):
        assents = GoalAssent.objects.select_related("seat__person").order_by("at")
        return self.select_related("goal").prefetch_related(Prefetch("assents", assents))


class GoalVersion(Content):
    """The words of a goal: now and then, how one would notice, why, with what support, and one sentence per level. Frozen once agreed."""

    WORDS = ("title", "now", "then", "measure", "why", "support")
    SENTENCES = {-2: "minus_two", -1: "minus_one", 0: "zero", 1: "plus_one", 2: "plus_two"}

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    title = SealedText(seal="goal_title")
    now = SealedText(seal="goal_now")
    then = SealedText(seal="goal_then")
    measure = SealedText(seal="goal_measure")
    why = SealedText(seal="goal_why")
    support = SealedText(seal="goal_support")
    minus_two = SealedText(seal="goal_minus_two")
    minus_one = SealedText(seal="goal_minus_one")
    zero = SealedText(seal="goal_zero")
    plus_one = SealedText(seal="goal_plus_one")
    plus_two = SealedText(seal="goal_plus_two")
    due_on = models.DateField()
    start_level = models.SmallIntegerField(choices=[(-2, "−2"), (-1, "−1")])
    weight = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(9)])
    put_at = models.DateTimeField(null=True)  # from when the sponsor may read it before it is agreed
    agreed_at = models.DateTimeField(null=True)
    objects = GoalVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(start_level__in=[-2, -1]), name="starts_at_minus_two_or_one"),
            models.CheckConstraint(condition=Q(weight__lte=9), name="weight_up_to_nine"),
        ]

    @property
    def sentences(self):
        """Level -> sentence, from +2 down to −2."""
        return {level: getattr(self, self.SENTENCES[level]) for level in (2, 1, 0, -1, -2)}

    @transaction.atomic
    def agree(self, *, by, at, read):
        """One party's yes to the words that their page showed (`read`: Content.version). The last yes freezes and measures the start."""
        trajectory = self.trajectory
        trajectory.refresh_from_db(from_queryset=type(trajectory)._base_manager.select_for_update(of=("self",)))
        trajectory.must_be_free()
        seat = trajectory._seat_needed(by, COACH, CLIENT, SPONSOR)
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if row.version != read:
            raise Refused(_("The text changed while you were reading. Read it again before you agree."))
        GoalAssent.objects.get_or_create(goal_version=self, seat=seat, defaults={"at": at})
        if seat.part == CLIENT and self.goal.shared_at and not row.put_at:
            type(self)._base_manager.filter(pk=self.pk).update(put_at=at + UNDO)
            self.goal._ask_sponsor(at)
        if not row.agreed_at and not self.waits_for():
            self._freeze(at)

    def _freeze(self, at):
        type(self)._base_manager.filter(pk=self.pk).update(agreed_at=at)
        self.agreed_at = at
        self.goal.measure(seat=self.trajectory.client, at=at, level=self.start_level, moment="start", version=self)
        self.trajectory.follow(at=at)

    def waits_for(self):
        """The seats whose yes this version needs and does not have: coach and client; the sponsor too when the goal is shared."""
        agreed = set(self.assents.values_list("seat", flat=True))
        needed = [seat for seat in self.trajectory.seats if seat.confirmed_at and (seat.part != SPONSOR or self.goal.shared_at)]
        return [seat for seat in needed if seat.pk not in agreed]


class GoalAssent(models.Model):
    """A party's yes to one version of a goal."""

    goal_version = models.ForeignKey(GoalVersion, models.CASCADE, related_name="assents")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal_version", "seat"], name="agrees_once")]
