"""Who looked at what, in which part, in which hour? Rows are only added (R26)."""

import uuid

from django.db import models


class TraceQuerySet(models.QuerySet):
    def of_dossier(self, dossier):
        return self.filter(dossier=dossier)

    def latest_first(self):
        return self.order_by("-hour", "pk")


class Trace(models.Model):
    """One line per person, act, thing and hour. No foreign keys: a trace outlives what it points to. Kept until `keep_until`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    part = models.CharField(max_length=12, blank=True)
    act = models.CharField(max_length=12)
    kind = models.CharField(max_length=60)
    thing = models.UUIDField()
    dossier = models.UUIDField(null=True)
    hour = models.DateTimeField()
    keep_until = models.DateField()

    objects = TraceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "act", "thing", "hour"], name="one_trace_per_hour")]
        indexes = [models.Index(fields=["dossier", "hour"], name="trace_by_dossier")]
