"""In which words does a goal stand, one sentence per level, and who said yes to them? (R5, R6)"""

from django.apps import apps
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.doors import AGREED, ALL, CLIENT, COACH, NOT_ENDED_EARLY, SPONSOR, ContentQuerySet, before_rest
from trajectories.models.content import Content
from trajectories.models.goals import Goal
from trajectories.models.parts import Part
from trajectories.models.sharing import UNDO


class GoalVersionQuerySet(ContentQuerySet):
    reads = {
        COACH: ALL,
        CLIENT: ALL,
        SPONSOR: Q(goal__shared_at__lte=Now()) & Q(put_at__lte=Now()) & NOT_ENDED_EARLY,  # put to them by sharing or by the client's yes
    }
    sponsor_when = AGREED & before_rest("goal__shared_at", "put_at")
    older = "question"

    def _agreed_from(self, **seat):
        yes = {f"seat__{name}": value for name, value in seat.items()}
        return Exists(GoalAssent.objects.filter(goal_version=OuterRef("pk"), **yes))

    def agreed(self):
        return self.filter(agreed_at__isnull=False)

    def standing(self):
        return self.filter(goal__let_go_at=None)

    def agreed_by(self, *seats):
        """Agreed, of goals that stand, with the yes of each of these seats: the coach's is not that of the coach before them."""
        yeses = [Exists(GoalAssent.objects.filter(goal_version=OuterRef("pk"), seat=seat.pk)) for seat in seats]
        return self.agreed().standing().filter(*yeses)

    def latest_first(self):
        return self.order_by("goal__number", "-number")

    def with_last_level(self, measurements):
        """Brings last_level, last_moment, last_by, last_recorded_by and last_against of the one of `measurements` (through their door) that
        counts for the goal. Once they are opened, goal_line.standing_levels() leaves out one that was chosen against other sentences."""
        rows = measurements.filter(goal=OuterRef("goal")).with_recorder().counting_first()
        names = {"last_level": "level", "last_moment": "moment", "last_by": "seat__person__name", "last_recorded_by": "recorded_by"}
        against = Subquery(rows.values("version_of_goal")[:1], output_field=models.UUIDField())
        return self.annotate(last_against=against, **{name: Subquery(rows.values(column)[:1]) for name, column in names.items()})

    def with_outcome(self):
        """Brings `outcome`: the level on which the meeting agreed, once the trajectory is closed."""
        rows = apps.get_model("trajectories", "Measurement")._base_manager.filter(goal=OuterRef("goal"), moment="outcome")
        return self.annotate(outcome=Subquery(rows.order_by("-worded_at").values("level")[:1]))

    def with_yes_of(self, seat):
        """Brings has_my_yes: whether this seat agreed to the version."""
        return self.annotate(has_my_yes=Exists(GoalAssent.objects.filter(goal_version=OuterRef("pk"), seat=seat.pk)))

    def with_yeses(self, seats):
        """Brings yes_coach, yes_client and yes_sponsor, as far as these seats are taken: what has_yes_of() then goes by."""
        yeses = {f"yes_{seat.part}": Exists(GoalAssent.objects.filter(goal_version=OuterRef("pk"), seat=seat.pk)) for seat in seats}
        return self.annotate(**yeses)

    def with_coach_reads(self, coach):
        """Brings coach_reads: whether who sits there as coach now can read it; not what is of before they came (R11)."""
        if coach is None or coach.reads_since is None:
            return self.annotate(coach_reads=Value(True))
        return self.annotate(coach_reads=Exists(GoalVersion.objects.open_to(coach).filter(pk=OuterRef("pk"))))

    def with_writer(self):
        return self.select_related("seat__person")

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
    def rungs(self):
        """(level, sentence) from +2 down to −2."""
        return list(self.sentences.items())

    @property
    def sentences(self):
        """Level -> sentence, from +2 down to −2."""
        return {level: getattr(self, self.SENTENCES[level]) for level in (2, 1, 0, -1, -2)}

    @transaction.atomic
    def agree(self, *, by, at, read, read_by=None):
        """One party's yes to the words that their page showed (`read`: Content.version). The last yes freezes and measures the start.

        `read_by`: the key of the sponsor's seat, when the page said that with the client's yes they can read it, else "" (None: no page).
        """
        seat, row = self._begin(by, COACH, CLIENT, SPONSOR)
        if row.version != read:
            raise Refused(_("The text changed while you were reading. Read it again before you agree."))
        if seat.part == SPONSOR and not (row.put_at and row.put_at <= at and self.trajectory.shows_sponsor(row.put_at)):
            raise Refused(_("This goal has not been put to you."))
        if self._newer_for(seat, at).exists():
            raise Refused(_("There is a newer version. Read that one first."))
        puts = seat.part == CLIENT and self.goal.shared_at and not row.put_at and self.trajectory.sponsor
        if puts and read_by not in (None, str(puts.pk)):
            said = _("With your yes %(name)s can read this version, and the page did not say so yet. Look once more before you agree.")
            raise Refused(said % {"name": puts.first_name})
        GoalAssent.objects.get_or_create(goal_version=self, seat=seat, defaults={"at": at})
        getattr(self, "_prefetched_objects_cache", {}).pop("assents", None)
        if puts:
            self._put(at + UNDO)
            self.goal.ask_sponsor(at + UNDO, at=at)
        if not row.agreed_at:
            self._ask_the_other(seat, row, at)
            self._freeze_if_all(at, by=seat)
        else:
            self.trajectory.follow(at=at)  # a coach who came later says yes to what stands

    def _begin(self, by, *parts):
        """Lock trajectory, goal and version; gives the seat of `by` and the row as it is now."""
        goal = self.goal
        goal.trajectory = self.trajectory
        goal._begin(by)
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        return self.trajectory._seat_needed(by, *parts), row

    def _newer_for(self, seat, at):
        """Later versions, as far as this seat reads them now: for the sponsor those that were put to them."""
        newer = type(self).objects.filter(goal=self.goal_id, number__gt=self.number)
        return newer.filter(newer.sponsor_when, put_at__lte=at) if seat.part == SPONSOR else newer.open_to(seat)

    def _put(self, put_at):
        type(self)._base_manager.filter(pk=self.pk).update(put_at=put_at)
        self.put_at = put_at

    def _ask_the_other(self, seat, row, at):
        """Coach and client ask each other; the sponsor is asked when it is put to them."""
        for other in self.waits_for():
            if other.part != SPONSOR and other.pk != seat.pk:
                once = f"goal:{self.pk}:{row.version}:{other.pk}"
                post("goal_to_agree", to=other.person, url=self.goal.get_absolute_url(), at=at, once=once)

    @transaction.atomic
    def take_back(self, *, by, at):
        """One's own yes, as long as not everyone has said it. The client's, within half a minute, also keeps it from the sponsor (R20b)."""
        seat, row = self._begin(by, COACH, CLIENT, SPONSOR)
        if row.agreed_at:
            raise Refused(_("Everyone has agreed to this. Word it anew if it no longer fits."))
        self.assents.filter(seat=seat).delete()
        if seat.part == CLIENT and row.put_at and at < row.put_at != self.goal.shared_at:
            self.goal.unask_sponsor(row.put_at, at=at)
            self._put(None)

    def _freeze_if_all(self, at, *, by):
        """With the last yes the words stand, and a chosen start is measured. Inside a verb of the seat `by`, that holds the locks."""
        if self.waits_for():
            return
        type(self)._base_manager.filter(pk=self.pk).update(agreed_at=at)
        self.agreed_at = at
        if self._starts_anew(at, by=by):
            self.goal.measure(seat=self.trajectory.client, at=at, level=self.start_level, moment="start", version=self)
        self.trajectory.follow(at=at)

    def _starts_anew(self, at, *, by):
        """A start is chosen with sentences: those of the first agreed version, and of one that changes them. Other words move nothing."""
        versions = type(self).objects.filter(goal=self.goal_id, number__lte=self.number)
        before = versions.agreed().exclude(pk=self.pk).order_by("-number").first()
        if before is None:
            return True
        old, new = look([before, versions.get(pk=self.pk)], by=by, at=at)  # whose act it is: nobody else looked (R26)
        return (old.start_level, old.sentences) != (new.start_level, new.sentences)

    def waits_for(self):
        """The seats whose yes this version needs and does not have: coach and client; the sponsor too when the goal is shared."""
        return self.waits_among(self.trajectory.seats)

    def waits_among(self, seats):
        """Which of these seats still has to say yes."""
        needed = [seat for seat in seats if seat.confirmed_at and (seat.part != SPONSOR or self.goal.shared_at)]
        return [seat for seat in needed if not self.has_yes_of(seat)]

    def has_yes_of(self, seat):
        known = getattr(self, f"yes_{seat.part}", None)
        return any(assent.seat_id == seat.pk for assent in self.assents.all()) if known is None else known


class GoalAssent(models.Model):
    """A party's yes to one version of a goal."""

    goal_version = models.ForeignKey(GoalVersion, models.CASCADE, related_name="assents")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal_version", "seat"], name="agrees_once")]
