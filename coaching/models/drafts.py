"""What was typed in one window and not yet posted?"""

from django.db import models

from coaching.models.people import Person
from coaching.sealed import SealedText


class DraftQuerySet(models.QuerySet):
    def readable_by(self, person):
        """A draft has one reader: who typed it."""
        return self.filter(author=person) if getattr(person, "is_active", False) else self.none()

    def half_written(self, place):
        return self.filter(place=place, posted_at=None)

    def latest_first(self):
        return self.order_by("-saved_at", "pk")


class Draft(models.Model):
    """The half-written text of one window, and the receipt of its post. Kept 30 days (R27)."""

    key = models.UUIDField(primary_key=True)
    author = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=100)
    base = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    words = SealedText(seal="draft", null=True)
    saved_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    objects = DraftQuerySet.as_manager()
    dossier = None

    class Meta:
        indexes = [models.Index(fields=["author", "place", "saved_at"], name="draft_by_place")]

    def private_to(self, person):
        return True
