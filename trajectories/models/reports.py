"""Which reports were issued, and what proves that one is genuine? (R24)"""

import uuid
from functools import partial

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from coaching.clock import day_of
from coaching.outbox import post
from coaching.sealed import SealedBytes
from trajectories.doors import CLIENT, COACH, SPONSOR, known, seated
from trajectories.report import canonical


class ReportQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The parties of now; a sponsor who did not take part only when the client released it (R23)."""
        if not known(person):
            return self.none()
        parts = Q(trajectory__parts__part__in=[COACH, CLIENT])
        with_sponsor = Q(trajectory__parts__part=SPONSOR) & (Q(signed_by=3) | Q(released_at__isnull=False))
        return self.filter(parts | with_sponsor, **seated(person))

    def readable_by(self, person):
        return self.visible_to(person).filter(pdf__isnull=False)

    def unmade(self):
        """Signed, but the PDF is not there yet (a crash after the commit)."""
        return self.filter(pdf__isnull=True, text__isnull=False)


class Report(models.Model):
    """A signed text as a document. Number, code, hash and dates stay after erasure; the bytes and the trajectory go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.SET_NULL, null=True, related_name="reports")
    text = models.OneToOneField("trajectories.ReviewText", models.SET_NULL, null=True, related_name="report")
    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    signed_by = models.PositiveSmallIntegerField()
    closed_on = models.DateField()
    released_at = models.DateTimeField(null=True)
    pdf = SealedBytes(seal="report_pdf", null=True)
    objects = ReportQuerySet.as_manager()

    def __str__(self):
        return self.number

    @property
    def dossier(self):
        return self.trajectory_id

    def private_to(self, person):
        return False

    @classmethod
    def of(cls, text, *, at):
        """The report of a text that all have signed; inside the transaction of the last signature. Its PDF is made after the commit, once."""
        review = text.review
        report = cls.objects.create(
            trajectory=review.trajectory, text=text, number=review.report_number, signed_by=len(review.closers), closed_on=day_of(at)
        )
        transaction.on_commit(partial(make, report.pk), robust=True)
        for seat in review.closers:
            post("report_ready", to=seat.person, url=reverse("trajectories:report", args=[review.trajectory_id]), at=at)
        return report


def make(pk):
    """Render and keep the PDF of one report; it is never rendered again. Outside the signing transaction, so no lock is held while it is drawn."""
    from trajectories.report.make import make_pdf  # noqa: PLC0415 rendering gathers from these models

    make_pdf(pk)


class ReportCount(models.Model):
    """How many report numbers a year has given out."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


def next_number(at):
    """The next report number of the year; two at once wait for each other. Inside a transaction."""
    year = day_of(at).year
    ReportCount.objects.get_or_create(year=year)
    count = ReportCount.objects.select_for_update().get(year=year)
    count.last += 1
    count.save()
    return canonical.number(year, count.last)
