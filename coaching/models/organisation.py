"""For which organisation does this installation run, and on what terms?"""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Organisation(models.Model):
    """One row. Terms count from the closing of a trajectory (R27); days unless the name says months."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="nl")
    follow_up_months = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(12)])
    follow_up_again_months = models.PositiveSmallIntegerField(  # a second time (R20); nobody asks a second time when empty
        null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(18)]
    )
    private_days = models.PositiveSmallIntegerField(default=90, validators=[MinValueValidator(30), MaxValueValidator(180)])
    content_months = models.PositiveSmallIntegerField(default=12, validators=[MinValueValidator(3), MaxValueValidator(24)])
    report_months = models.PositiveSmallIntegerField(default=24, validators=[MinValueValidator(12), MaxValueValidator(60)])
    days_off = models.JSONField(default=list, blank=True)  # ISO dates that are not working days (R28)
    time_zone = models.CharField(max_length=64, blank=True)  # in which days fall (R28); the installation's own when empty
    logo = models.BinaryField(null=True)  # a PNG that we drew ourselves
    cover_colour = models.CharField(max_length=7, blank=True)  # of the report's cover, "#rrggbb"; ours when empty

    def __str__(self):
        return self.name

    @classmethod
    def current(cls):
        """The one organisation; an unsaved one with the default terms before set-up."""
        return cls.objects.defer("logo").order_by("pk").first() or cls(name="Rode Draad")
