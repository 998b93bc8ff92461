"""What does each think beforehand, alone? (R21)"""

import json

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import NOT_ENDED_EARLY, PARTS, SPONSOR, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.goals import Goal
from trajectories.models.parts import Part
from trajectories.models.review import Review


def _blind(part):
    """One's own; the others' that are handed in, once one's own is."""
    own = Preparation.objects.filter(review=OuterRef("review"), part=part, handed_in_at__isnull=False)
    rule = Q(part=part) | Q(Exists(own), handed_in_at__isnull=False)
    return rule & Q(review__with_sponsor=True) & NOT_ENDED_EARLY if part == SPONSOR else rule


class PreparationQuerySet(ContentQuerySet):
    @property
    def reads(self):
        return {part: _blind(part) for part in PARTS}

    def of_review(self, review):
        return self.filter(review=review)

    def handed_in(self):
        return self.filter(handed_in_at__isnull=False)

    def with_levels(self):
        return self.select_related("seat__person").prefetch_related("levels")


class Preparation(Content):
    """One part's own judgement before the meeting. What is still being written is a draft and nobody's to read.

    `answers` is JSON: a list of {"key", "question", "kind", "answer", "shown", "goal"?}; the levels stand in PreparedLevel.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="preparations")
    part = models.CharField(max_length=10, choices=Part.NAMES)
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    answers = SealedText(seal="preparation")
    handed_in_at = models.DateTimeField(null=True)
    objects = PreparationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "part"], name="one_preparation_per_part")]

    def level_of(self, goal):
        """The level given to a goal (a key), or None; the rows come with_levels()."""
        return next((row.level for row in self.levels.all() if row.goal_id == goal), None)

    @classmethod
    @transaction.atomic
    def hand_in(cls, review, *, by, at, answers, levels):
        """Hand in one's own part; it can be done again until another could read it. `levels`: [(goal, −2…+2, or None: I cannot see this)].

        When all are in, the levels become measurements and the meeting can begin.
        """
        review = Review.locked(review.pk)
        seat = review.seat_of(by)
        review.must_be_closing()
        others = review.handed_in() - {seat.part}
        own = cls.objects.filter(review=review, part=seat.part).first()
        if own and others:
            raise Refused(_("Another has handed in and can read your part now, so it stays as it is."))
        own = own or cls(review=review, trajectory=review.trajectory, part=seat.part, seat=seat)
        own.answers, own.handed_in_at, own.worded_at = json.dumps(answers), at, at
        own.save()
        own.levels.all().delete()
        PreparedLevel.objects.bulk_create(PreparedLevel(preparation=own, goal=goal, level=level) for goal, level in levels)
        if review.all_in():
            review.convene(seat=seat, at=at)
        return own


def read_answers(answers):
    """The opened `answers` of a preparation or check-in as a list of dictionaries; none gives none."""
    return json.loads(answers) if answers else []


class PreparedLevel(models.Model):
    """The level one part gives a goal beforehand; None: "I cannot see this from my place". Reached through its preparation's door only."""

    preparation = models.ForeignKey(Preparation, models.CASCADE, related_name="levels")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    level = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["preparation", "goal"], name="one_level_per_goal_prepared"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__gte=-2, level__lte=2), name="prepared_between_minus_and_plus_two"),
        ]
