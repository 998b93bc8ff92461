"""What did the three settle at the table, and what does each do to make it last? (R21, R22)"""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from trajectories.doors import COACH, SPONSOR
from trajectories.models.content import Content
from trajectories.models.goals import Goal
from trajectories.models.parts import Part
from trajectories.models.preparations import AtTable
from trajectories.models.review import Review


class OfGoal(AtTable):
    """What was said of one goal, by who reads that goal: it may have been settled before it was unshared, or before another coach came."""

    goal = "goal"  # the way to it

    @property
    def reads(self):
        rules = super().reads
        return rules | {SPONSOR: rules[SPONSOR] & self._shared()}

    def _shared(self):
        return Q(**{f"{self.goal}__shared_at__lte": Now()})

    def _at_once(self):
        worded = OuterRef(f"{self.goal}__worded_at")
        coach = Part.objects.current().filter(trajectory=OuterRef("trajectory"), part=COACH)
        theirs = coach.filter(Q(reads_since__lte=worded) | Q(reads_older_question__gte=worded))
        return super()._at_once() & (self._shared() | Q(Exists(theirs)))


class RemarkQuerySet(OfGoal):
    goal = "outcome__goal"

    def of_outcome(self, outcome):
        return self.filter(outcome=outcome)


class OutcomeQuerySet(OfGoal):
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

    def holds_words(self):
        """A level is no words, and it is what the meeting says."""
        return True

    @classmethod
    @transaction.atomic
    def settle(cls, review, goal, *, by, at, base, level=None, remarks=None):
        """Put down the level, or `remarks` {part: words} of all, seen differently. `base` 0: nothing stood there. Raises Stale."""
        review = Review.locked(review.pk)
        review.seat_of(by)
        review.must_meet()
        if not review.goals(at).filter(pk=goal.pk).exists():
            raise Refused(_("This goal is no part of this review."))
        remarks = {part: words.strip() for part, words in (remarks or {}).items() if part in review.parts and words.strip()}
        if level is None and set(remarks) < set(review.parts):
            raise Refused(_("Do you see it differently? Then write a sentence for each of you."))
        outcome = cls.objects.filter(review=review, goal=goal).first()
        if (outcome.version if outcome else 0) != base:
            raise Stale(outcome or review)
        outcome = outcome or cls(review=review, goal=goal, version=0)
        outcome.trajectory, outcome.level, outcome.worded_at, outcome.version = review.trajectory, level, at, base + 1
        outcome.save()
        outcome.remarks.all().delete()
        for part, words in remarks.items():
            Remark.objects.create(outcome=outcome, trajectory=review.trajectory, review=review, part=part, words=words, worded_at=at)
        return outcome


class Remark(Content):
    """How one of them sees it, where they see it differently."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="remarks")
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=10, choices=Part.NAMES)
    words = SealedText(seal="remark")
    objects = RemarkQuerySet.as_manager()


class Lasting(Content):
    """What one of them does to make the change last, and by when (R22)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="lasting")
    part = models.CharField(max_length=10, choices=Part.NAMES)
    words = SealedText(seal="lasting")
    due_on = models.DateField(null=True)
    objects = AtTable.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "part"], name="one_lasting_per_part")]

    @classmethod
    @transaction.atomic
    def promise(cls, review, part, *, by, at, base, words, due_on=None):
        """Put down what `part` does; anyone at the table may type it, in the meeting. Raises Stale when another just did (R22)."""
        review = Review.locked(review.pk)
        review.seat_of(by)
        review.must_meet()
        lasting = cls.objects.filter(review=review, part=part).first()
        if (lasting.version if lasting else 0) != base:
            raise Stale(lasting or review)
        lasting = lasting or cls(review=review, part=part)
        lasting.trajectory = review.trajectory
        lasting.words, lasting.due_on, lasting.worded_at, lasting.version = words, due_on, at, base + 1
        lasting.save()
        return lasting
