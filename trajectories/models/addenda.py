"""Which addenda were issued to which report, and what proves that one is genuine? The report itself never changes (R20, R24)."""

import hashlib
import uuid

from django.db import models, transaction
from django.urls import reverse

from coaching.clock import day_of
from coaching.outbox import post
from coaching.sealed import SealedBytes, SealedText
from coaching.tasks import job
from trajectories.doors import CLIENT, COACH
from trajectories.models.reports import Report, ReportQuerySet


class AddendumQuerySet(ReportQuerySet):
    """`readable_by`, `free` and `without_bytes` as of a report."""

    def visible_to(self, person):
        """Who reads the report reads its addenda."""
        return self.filter(report__in=Report.objects.visible_to(person).values("pk"))

    def unmade(self):
        return self.filter(pdf__isnull=True, words__isnull=False)

    def of_round(self, report, months):
        return self.filter(report=report, months=months)

    def of_trajectory(self, trajectory):
        return self.filter(trajectory=trajectory)

    def only_facts(self):
        """For a page that shows none of its words."""
        return self.defer("pdf", "words")

    def with_report(self):
        return self.select_related("report__trajectory")

    def in_order(self):
        return self.order_by("issued_on", "pk")


class Addendum(models.Model):
    """One page beside a report. Number, code, hash and dates stay after erasure; words, bytes and the trajectory go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.SET_NULL, null=True, related_name="addenda")
    report = models.ForeignKey(Report, models.PROTECT, related_name="addenda")
    months = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    issued_on = models.DateField()
    claimed_at = models.DateTimeField(null=True)  # since when somebody makes the PDF
    words = SealedText(seal="addendum", null=True)
    pdf = SealedBytes(seal="addendum_pdf", null=True)
    objects = AddendumQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "months"], name="one_addendum_per_round")]

    def __str__(self):
        return self.number

    @property
    def dossier(self):
        return self.trajectory_id

    def private_to(self, person):
        return False

    @classmethod
    @transaction.atomic
    def issue(cls, report, *, months, at, gather):
        """The addendum of one round, once: `gather(report, number=…)` gives its canonical words. The PDF is made after the commit.

        Coach and client hear of it; the sponsor finds it beside the report (R30: six mails). None when it was issued before.
        """
        report = Report.objects.select_for_update(of=("self",)).without_bytes().get(pk=report.pk)
        if cls.objects.of_round(report, months).exists():
            return None
        number = f"{report.number}-A{cls.objects.filter(report=report).count() + 1}"
        facts = {"trajectory": report.trajectory, "issued_on": day_of(at), "words": gather(report, number=number)}
        addendum = cls.objects.create(report=report, months=months, number=number, **facts)
        make_addendum.soon(str(addendum.pk))
        url = reverse("trajectories:looking_back", args=[report.trajectory_id])
        for seat in report.trajectory.seats:
            if seat.part in (CLIENT, COACH):
                post("report_ready", to=seat.person, url=url, at=at, once=f"addendum:{addendum.pk}:{seat.pk}")
        return addendum


@job
def make_addendum(pk):
    """Draw, seal and keep one addendum, once."""
    from trajectories.report.make_addendum import make_file  # noqa: PLC0415 rendering gathers from these models

    make_file(pk)


def claim(pk, *, at):
    """Whether the PDF is ours to make, as of a report."""
    return bool(Addendum.objects.unmade().free(at).filter(pk=pk).update(claimed_at=at))


def let_go(pk):
    Addendum.objects.unmade().filter(pk=pk).update(claimed_at=None)


def to_print(pk):
    """The addendum with its report and trajectory, still sealed."""
    return Addendum.objects.with_report().get(pk=pk)


@transaction.atomic
def keep(pk, pdf, code):
    """Seal the bytes with their SHA-256 and code, unless somebody was first."""
    addendum = Addendum.objects.select_for_update(of=("self",)).get(pk=pk)
    if addendum.pdf is None:
        addendum.pdf, addendum.code, addendum.sha256 = pdf, code, hashlib.sha256(pdf).hexdigest()
        addendum.save(update_fields=["pdf", "code", "sha256"])


def with_number(number):
    """The addendum with this number that can be checked, or None."""
    return Addendum.objects.filter(number=number).exclude(code="").with_report().only_facts().defer("report__pdf").first()


def with_bytes(sha256):
    """The addendum whose file has this SHA-256, or None."""
    return Addendum.objects.filter(sha256=sha256).exclude(sha256="").with_report().only_facts().defer("report__pdf").first()
