"""How do three people look back together, and on which level do they agree? (R21–R23)"""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from coaching.working_days import days_off, working_days_between
from trajectories.doors import ALL, CLIENT, COACH, NOT_ENDED_EARLY, PARTS, SPONSOR, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.goals import Goal
from trajectories.models.parts import Part

SPONSOR_TAKES_PART = Q(review__with_sponsor=True) & NOT_ENDED_EARLY
PATIENCE = 10  # working days in which a sponsor may hand in before the others may go on without (R23)


class ReviewQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: Q(with_sponsor=True) & NOT_ENDED_EARLY}

    def current(self):
        return self.filter(abandoned_at=None)


class Review(Content):
    """The closing of one trajectory: preparations, meeting, text, signatures. `put_forward_at`: a text lies there to be signed."""

    with_sponsor = models.BooleanField()
    two_because = SealedText(seal="review_two_because", null=True)
    meets_on = models.DateField(null=True)
    put_forward_at = models.DateTimeField(null=True)
    report_number = models.CharField(max_length=20, blank=True)  # given with the first text that is put forward
    abandoned_at = models.DateTimeField(null=True)
    on_said_coach_at = models.DateTimeField(null=True)  # "let us go on coaching"
    on_said_client_at = models.DateTimeField(null=True)
    two_said_coach_at = models.DateTimeField(null=True)  # "let us close without the sponsor"
    two_said_client_at = models.DateTimeField(null=True)
    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory"], condition=Q(abandoned_at=None), name="one_review_at_a_time")]

    @property
    def parts(self):
        """The parts that close."""
        return PARTS if self.with_sponsor else (COACH, CLIENT)

    @property
    def closers(self):
        """The seats that prepare and sign, the client first."""
        seats = [self.trajectory.seat(part) for part in (CLIENT, SPONSOR, COACH) if part in self.parts]
        return [seat for seat in seats if seat]

    def seat_of(self, person):
        """The seat with which a person closes; raises Refused for anyone else."""
        seat = self.trajectory.seat_of(person)
        if seat is None or seat.part not in self.parts:
            raise Refused(_("This is not yours to do."))
        return seat

    def handed_in(self):
        """The parts that have handed in."""
        return set(self.preparations.filter(handed_in_at__isnull=False).values_list("part", flat=True))

    def all_in(self):
        return self.handed_in() >= set(self.parts)

    def must_meet(self):
        """Raises Refused unless everyone has handed in and no text lies there to be signed."""
        if self.abandoned_at or self.trajectory.closing_at is None or self.trajectory.closed_at:
            raise Refused(self.trajectory.refusal_for(self.trajectory.state))
        if not self.all_in():
            raise Refused(_("Not everyone has handed in a part. You can look together once all parts are in."))
        if self.put_forward_at:
            raise Refused(_("A text has been put forward to sign. Take it back first if something has to change."))

    def wants_to_go_on(self, seat, *, at):
        """Coach or client says that the coaching goes on; true when both have. Nothing may be signed by all then. Inside Trajectory.go_on."""
        self._say("on_said", seat, at)
        if not (self.on_said_coach_at and self.on_said_client_at):
            return False
        self.abandoned_at = at
        self.save()
        return True

    @transaction.atomic
    def go_without_sponsor(self, *, by, at):
        """Client and coach both say so, once the sponsor let ten working days pass (R23). Returns whether both have."""
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        if not self.with_sponsor or SPONSOR in self.handed_in():
            raise Refused(_("The sponsor takes part in this review."))
        if working_days_between(day_of(self.trajectory.closing_at), day_of(at), days_off()) < PATIENCE:
            raise Refused(_("Give the sponsor ten working days to hand in. After that you can go on with two."))
        self._say("two_said", seat, at)
        if self.two_said_coach_at and self.two_said_client_at:
            self.with_sponsor = False
            self.save()
        return not self.with_sponsor

    def _say(self, what, seat, at):
        setattr(self, f"{what}_{seat.part}_at", at)
        self.save()


class OutcomeQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SPONSOR_TAKES_PART}

    def in_order(self):
        return self.select_related("goal").order_by("goal__number")


class Outcome(Content):
    """What the meeting made of one goal: a level, or "we see it differently" (no level) with a remark of each."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="outcomes")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="outcomes")
    level = models.SmallIntegerField(null=True)
    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "goal"], name="one_outcome_per_goal"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=-2, level__lte=2), name="outcome_between_minus_and_plus_two"),
        ]

    @classmethod
    @transaction.atomic
    def settle(cls, review, goal, *, by, at, base, level=None, remarks=None):
        """Put down the level, or `remarks` {part: words} of everyone when they see it differently. `base` 0: nothing stood there. Raises Stale."""
        Review._base_manager.select_for_update(of=("self",)).get(pk=review.pk)
        review.seat_of(by)
        review.must_meet()
        remarks = {part: words.strip() for part, words in (remarks or {}).items() if words.strip()}
        if level is None and set(remarks) < set(review.parts):
            raise Refused(_("Do you see it differently? Then write a sentence for each of you."))
        outcome = cls.objects.filter(review=review, goal=goal).first()
        if (outcome.version if outcome else 0) != base:
            raise Stale(outcome or review)
        outcome = outcome or cls(review=review, goal=goal, trajectory=review.trajectory, version=0)
        outcome.level, outcome.worded_at, outcome.version = level, at, base + 1
        outcome.save()
        outcome.remarks.all().delete()
        for part, words in remarks.items():
            Remark.objects.create(outcome=outcome, trajectory=review.trajectory, review=review, part=part, words=words, worded_at=at)
        return outcome


class RemarkQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SPONSOR_TAKES_PART}


class Remark(Content):
    """How one of them sees it, where they see it differently."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="remarks")
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=10, choices=Part.NAMES)
    words = SealedText(seal="remark")
    objects = RemarkQuerySet.as_manager()


class LastingQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SPONSOR_TAKES_PART}


class Lasting(Content):
    """What one of them does to make the change last, and by when (R22)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="lasting")
    part = models.CharField(max_length=10, choices=Part.NAMES)
    words = SealedText(seal="lasting")
    due_on = models.DateField(null=True)
    objects = LastingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "part"], name="one_lasting_per_part")]

    @classmethod
    @transaction.atomic
    def promise(cls, review, part, *, by, at, base, words, due_on=None):
        """Put down what `part` does; anyone at the table may type it, in the meeting. Raises Stale when another just did."""
        Review._base_manager.select_for_update(of=("self",)).get(pk=review.pk)
        review.seat_of(by)
        review.must_meet()
        lasting = cls.objects.filter(review=review, part=part).first()
        if (lasting.version if lasting else 0) != base:
            raise Stale(lasting or review)
        lasting = lasting or cls(review=review, trajectory=review.trajectory, part=part)
        lasting.words, lasting.due_on, lasting.worded_at, lasting.version = words, due_on, at, base + 1
        lasting.save()
        return lasting
