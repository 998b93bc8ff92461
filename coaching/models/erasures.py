"""What was erased, so that a restored backup does not bring it back? Rows are only added."""

import uuid
from datetime import timedelta

from django.db import models

from coaching.clock import day_of

KEPT = timedelta(days=3 * 365)  # longer than any backup may be kept


class ErasedQuerySet(models.QuerySet):
    def record(self, kind, things, *, at):
        """Write down that `things` (keys) of `kind` are gone: "app.model" for whole rows, "app.model.field" for one emptied column."""
        keep_until = day_of(at + KEPT)
        return self.bulk_create([Erased(kind=kind, thing=str(thing), at=at, keep_until=keep_until) for thing in things])

    def in_order(self):
        return self.order_by("at", "pk")


class Erased(models.Model):
    """One erased row or column of a row, by its key alone. Backups older than this line get it replayed when they are restored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=120)
    thing = models.CharField(max_length=40)
    at = models.DateTimeField()
    keep_until = models.DateField()

    objects = ErasedQuerySet.as_manager()
    dossier = None

    def __str__(self):
        return self.kind
