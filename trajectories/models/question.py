"""What is this trajectory about, and how did the question sharpen? (R3)"""

from django.db import models, transaction
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.parts import Part


class QuestionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "question"

    def settled(self):
        """The wordings that were, one after another, the question."""
        return self.filter(settled_at__isnull=False)

    def latest_settled_first(self):
        return self.settled().order_by("-settled_at", "pk")


class Question(Content):
    """One wording. It is the question from `settled_at`: a client's own at once, a coach's when the client says so."""

    words = SealedText(seal="question")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    objects = QuestionQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def word(cls, trajectory, *, by, at, words):
        """Either may word one; the client alone may always replace it."""
        trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        return cls.objects.create(
            trajectory=trajectory, words=words, seat=seat, worded_at=at, settled_at=at if seat.part == CLIENT else None
        )

    @transaction.atomic
    def settle(self, *, by, at):
        """The client takes over the coach's wording as the question."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, CLIENT)
        if self.settled_at:
            raise Refused(_("This is the question already."))
        self.settled_at = at
        self.save()
