"""What numbers were kept of a closed period? Written once, when it closed; nothing changes them after (R27)."""

from datetime import date

from django.db import models

from trajectories.doors import known
from trajectories.figures import publishable

FOR_EVER = date(9999, 12, 31)


class FiguresQuerySet(models.QuerySet):
    def readable_by(self, person):
        """Whoever coordinates now."""
        return self.all() if known(person) and person.coordinates else self.none()

    def latest_first(self):
        return self.order_by("-last_day")


class Figures(models.Model):
    """One closed period: whole half-years, from `first_day` to `last_day` (days of the organisation), no two of them overlapping.

    `clients`: how many clients closed a trajectory in it, five or more. `told` is what figures.publishable() gave, and no more: what may
    not be shown is not kept either. `names`: the names of then, where a category is no key of ours: {"unit": {category: name}}.
    """

    first_day = models.DateField(unique=True)
    last_day = models.DateField(unique=True)
    clients = models.PositiveIntegerField()
    told = models.JSONField()
    names = models.JSONField(default=dict)
    counted_at = models.DateTimeField()
    keep_until = models.DateField(default=FOR_EVER)
    objects = FiguresQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first_day__lt=models.F("last_day")), name="figures_of_a_period"),
            models.CheckConstraint(condition=models.Q(clients__gte=5), name="figures_of_five_or_more"),
        ]

    def __str__(self):
        return f"{self.first_day} {self.last_day}"

    @classmethod
    def keep(cls, first_day, last_day, *, clients, partitions, at, units=None):
        """Keep what may be told of clients (keys) and {figure: {category: keys}}; `units`: {category: name}. True when it is new."""
        told = publishable(clients, partitions)
        names = {unit: name for unit, name in (units or {}).items() if unit in told["unit"]["shown"]}
        facts = {"last_day": last_day, "clients": len(clients), "told": told, "names": {"unit": names}, "counted_at": at}
        return cls.objects.get_or_create(first_day=first_day, defaults=facts)[1]
