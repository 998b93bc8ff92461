"""What does each think beforehand, alone? (R21)"""

import json

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, NOT_ENDED_EARLY, PARTS, SPONSOR, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.goals import Goal
from trajectories.models.parts import Part
from trajectories.models.review import Review

OF_NOW = Q(seat__until_at=None)  # of who sits there now: who left is read by nobody, and who comes begins anew (R11)


def _is_in(part, review="review"):
    """Whether whoever sits in `part` now has handed in; `review` is the way to it."""
    return Exists(Preparation.objects.filter(OF_NOW, review=OuterRef(review), part=part, handed_in_at__isnull=False))


def _blind(part):
    """One's own; the others' that are handed in, once one's own is."""
    rule = OF_NOW & (Q(part=part) | Q(_is_in(part), handed_in_at__isnull=False))
    return rule & _sponsor_closes("review") & (Q(part=part) | _goes("review")) if part == SPONSOR else rule


def _sponsor_closes(review):
    return Q(**{f"{review}__with_sponsor": True}) & NOT_ENDED_EARLY


def _goes(review):
    """Of a closing that was not broken off: once the coaching goes on, the sponsor reads of it what they read while it runs."""
    return Q(**{f"{review}__abandoned_at": None})


class AtTable(ContentQuerySet):
    """What the three said, settled and put forward: read by who closes, once their own part is in (R21); afterwards by who closed.

    All of it was said when everyone's part was in. Who came later, sponsor or coach, was not there: they read it once their own part is in,
    or where all of now signed.
    """

    review = "review"  # the way to it

    @property
    def reads(self):
        closed = Q(trajectory__closed_at__isnull=False)
        rules = {part: Q(_is_in(part, self.review)) | closed for part in (COACH, CLIENT)}
        rules[SPONSOR] = (Q(_is_in(SPONSOR, self.review)) | self._signed()) & _goes(self.review) & _sponsor_closes(self.review)
        return rules

    def _signed(self):
        """Closed with a report; who prepared is no longer known once the preparations are erased (R27)."""
        return Q(trajectory__closed_at__isnull=False, trajectory__ended_as="") & _goes(self.review)

    def _at_once(self):
        return Q(_is_in(COACH, self.review)) | self._signed()

    def of_review(self, review):
        return self.filter(review=review)


class PreparationQuerySet(ContentQuerySet):
    @property
    def reads(self):
        return {part: _blind(part) for part in PARTS}

    def _at_once(self):
        return ALL  # who takes over in the closing is as blind as everyone, and reads as much once their own part is in (R21)

    def of_review(self, review):
        return self.filter(review=review)

    def of_now(self):
        """Of who sits there now."""
        return self.filter(OF_NOW)

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
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="one_preparation_per_seat")]

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
        own = cls.objects.filter(review=review, seat=seat).first()
        if own and others:
            raise Refused(_("Another has handed in and can read your part now, so it stays as it is."))
        own = own or cls(review=review, part=seat.part, seat=seat)
        own.trajectory = review.trajectory
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
