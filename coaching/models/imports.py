"""Which staff lists were read in, and how far did each get?"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q

from coaching.models.people import Person
from coaching.sealed import SealedBytes, SealedText

FILE_KEPT, PREVIEW_KEPT = timedelta(days=1), timedelta(days=7)
GIVEN_UP = timedelta(minutes=15)  # without a sign of life, whoever was reading is taken to have died


class ImportQuerySet(models.QuerySet):
    def readable_by(self, person):
        """A list is seen by who brought it, as long as they coordinate or administer."""
        may = getattr(person, "is_active", False) and (person.coordinates or person.administers)
        return self.filter(by=person) if may else self.none()

    def newest_first(self):
        return self.order_by("-at", "pk")

    def without_words(self):
        """For a list: file and preview stay in the database."""
        return self.defer("file", "preview")

    def lying(self):
        """Brought, not taken over or put aside, and nobody works on it now."""
        return self.filter(phase="", carried_out_at=None, put_aside_at=None)

    def silent(self, at):
        """Being worked on, without a sign of life."""
        return self.exclude(phase="").filter(alive_at__lt=at - GIVEN_UP)

    def with_old_file(self, at):
        return self.lying().filter(file__isnull=False, at__lt=at - FILE_KEPT)

    def with_old_preview(self, at):
        return self.filter(preview__isnull=False, at__lt=at - PREVIEW_KEPT)


class Import(models.Model):
    """One reading of a staff list. The file stays until it is taken over or put aside, a day at most; the preview a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="imports")  # nobody: read in by command
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    file = SealedBytes(seal="staff list", null=True)
    mapping = models.JSONField(default=dict)  # what was chosen by hand: place of the column -> kind
    preview = SealedText(seal="staff preview", null=True)
    digest = models.CharField(max_length=64, blank=True)  # of what the preview promised
    counts = models.JSONField(default=dict)
    phase = models.CharField(max_length=12, blank=True)  # reading, comparing, writing; "" when nobody works on it
    done = models.PositiveIntegerField(default=0)  # rows
    total = models.PositiveIntegerField(default=0)
    alive_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    put_aside_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)  # a sentence for who brought it

    objects = ImportQuerySet.as_manager()
    dossier = None

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(carried_out_at=None) | Q(put_aside_at=None), name="import_one_end")]

    def __str__(self):
        return self.file_name

    def private_to(self, person):
        """Nobody but who brought the list reads it, so looking leaves no trace."""
        return self.by_id == person

    @property
    def state(self):
        """failed, done, aside, busy, ready or columns (a column must be pointed out by hand)."""
        facts = [
            ("done", self.carried_out_at),
            ("aside", self.put_aside_at),
            ("busy", self.phase),
            ("failed", self.failure),
            ("ready", self.digest),
        ]
        return next((state for state, fact in facts if fact), "columns")


class ColumnName(models.Model):
    """What a column of this name was once said to hold, by hand: the next list with it is understood."""

    name = models.CharField(max_length=100, primary_key=True)  # folded, as imports.columns.folded() makes it
    kind = models.CharField(max_length=12, blank=True)  # "" when it is to be left out
