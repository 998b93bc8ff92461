"""What does a coach learn about their own coaching? A journal that belongs to the person, to no trajectory (R29)."""

import uuid

from django.db import models, transaction
from django.utils.translation import gettext as _

from coaching.models import Person
from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import known


class LearningQuerySet(models.QuerySet):
    def readable_by(self, person):
        """Only its writer, as long as they work here."""
        return self.filter(author=person) if known(person) else self.none()

    editable_by = readable_by

    def latest_first(self):
        return self.order_by("-worded_at", "pk")


class Learning(models.Model):
    """A page of a coach's learning journal. Stays until its writer throws it away, or has left and the term of private words is over.

    `left_on`: since when its writer is no longer here (sessions.leaving).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, models.CASCADE, related_name="learnings")
    words = SealedText(seal="learning")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    left_on = models.DateField(null=True)
    objects = LearningQuerySet.as_manager()
    dossier = None

    def private_to(self, person):
        return True

    @classmethod
    @transaction.atomic
    def write(cls, *, by, at, words):
        """A new page."""
        return cls.objects.create(author=by, worded_at=at, words=words)

    @transaction.atomic
    def throw_away(self, *, by, at):
        """Its writer alone; it is gone for good."""
        if self.author_id != by.pk:
            raise Refused(_("Only its author can do this."))
        self.delete()
