"""Which reports were issued, and what proves that one is genuine? (R24)"""

import hashlib
import uuid
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.outbox import post, withdraw
from coaching.refusals import Refused
from coaching.sealed import SealedBytes
from coaching.tasks import job
from trajectories.doors import CLIENT, COACH, SPONSOR, known, seated
from trajectories.models.releases import UNDO
from trajectories.report import canonical

LAPSES = timedelta(minutes=5)  # who began to make a PDF and has none by then is gone
LATE = timedelta(minutes=1)  # most take two seconds


class ReportQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The parties of now; a sponsor who did not take part only when the client released it (R23)."""
        if not known(person):
            return self.none()
        parts = Q(trajectory__parts__part__in=[COACH, CLIENT])
        with_sponsor = Q(trajectory__parts__part=SPONSOR) & (Q(signed_by=3) | Q(released_at__lte=Now()))
        return self.filter(parts | with_sponsor, **seated(person))

    def readable_by(self, person):
        return self.visible_to(person).filter(pdf__isnull=False)

    def unmade(self):
        """Signed, but the PDF is not there yet (a crash after the commit)."""
        return self.filter(pdf__isnull=True, text__isnull=False)

    def free(self, at):
        """Nobody is making it, or whoever was died long ago."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lte=at - LAPSES))

    def with_trajectory(self):
        return self.select_related("trajectory")

    def of_client(self, person):
        """Whose report it is (R24)."""
        return self.filter(trajectory__parts__part=CLIENT, **seated(person)) if known(person) else self.none()

    def without_bytes(self):
        """For a page that shows none of it."""
        return self.defer("pdf")

    def of_text(self, text):
        return self.filter(text=text)

    def signed_in(self, trajectory):
        """The report of a trajectory (or its key), without its bytes, or None."""
        return self.without_bytes().with_trajectory().filter(trajectory=trajectory).first()


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
    claimed_at = models.DateTimeField(null=True)  # since when somebody makes the PDF
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
        """The report of a text that all have signed, inside the transaction of the last signature; the PDF is made after the commit."""
        review = text.review
        report = cls.objects.create(
            trajectory=review.trajectory, text=text, number=review.report_number, signed_by=len(review.closers), closed_on=day_of(at)
        )
        make.soon(str(report.pk))
        for seat in review.closers:
            post("report_ready", to=seat.person, url=reverse("trajectories:report", args=[review.trajectory_id]), at=at)
        return report

    def making(self, at):
        """How far it is: "" once it is there, else "waits", "drawn" (somebody is at it) or "late" (longer than a minute)."""
        if self.sha256:
            return ""
        signed_at = self.trajectory and self.trajectory.closed_at
        if signed_at and at - signed_at > LATE:
            return "late"
        return "drawn" if self.claimed_at and at - self.claimed_at < LAPSES else "waits"

    @property
    def _letter(self):
        return f"report:{self.pk}:{self.released_at:%Y%m%d%H%M%S}"

    @transaction.atomic
    def release(self, *, by, at):
        """The client gives a report of two to a sponsor who was not there (R23), who reads it half a minute later."""
        self.trajectory._seat_needed(by, CLIENT)
        sponsor = self.trajectory.sponsor
        if not sponsor:
            raise Refused(_("There is no sponsor to share this with."))
        if self.signed_by == 3 or self.released_at:
            raise Refused(_("The sponsor has this report already."))
        self.released_at = at + UNDO
        self.save(update_fields=["released_at"])
        url = reverse("trajectories:report", args=[self.trajectory_id])
        post("report_ready", to=sponsor.person, url=url, at=at, not_before=at + UNDO, once=self._letter)

    @transaction.atomic
    def take_back(self, *, by, at):
        """Undo the release within half a minute."""
        self.trajectory._seat_needed(by, CLIENT)
        if not self.released_at or self.released_at <= at:
            raise Refused(_("It has been shared. You cannot take it back any more."))
        withdraw(self._letter, at=at)
        self.released_at = None
        self.save(update_fields=["released_at"])


@job
def make(pk):
    """Render, seal and keep the files of one report, once. Outside the signing transaction, so no lock is held while it is drawn."""
    from trajectories.report.make import make_files  # noqa: PLC0415 rendering gathers from these models

    make_files(pk)


class ReportFileQuerySet(models.QuerySet):
    def readable_by(self, person):
        """The white one by who reads the report; the archival one by the client alone."""
        readers = Report.objects.visible_to(person).values("pk")
        archive = Q(kind=ReportFile.ARCHIVE, report__in=Report.objects.of_client(person).values("pk"))
        return self.filter(Q(kind=ReportFile.WHITE, report__in=readers) | archive, pdf__isnull=False)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def with_report(self):
        return self.select_related("report__trajectory")


class ReportFile(models.Model):
    """Another file of the same report: with a white cover, or as PDF/A with its values. Its hash outlives its bytes."""

    WHITE, ARCHIVE = "white", "archive"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=[(WHITE, WHITE), (ARCHIVE, ARCHIVE)])
    sha256 = models.CharField(max_length=64, db_index=True)
    pdf = SealedBytes(seal="report_file", null=True)
    objects = ReportFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_file_per_kind")]

    @property
    def dossier(self):
        return self.report.trajectory_id

    def private_to(self, person):
        return False


def with_number(number):
    """The report with this number that can be checked, or None; its trajectory may have been erased."""
    return Report.objects.filter(number=number).exclude(code="").defer("pdf").first()


def with_bytes(sha256):
    """The report of which one of the files has this SHA-256, or None."""
    files = ReportFile.objects.filter(sha256=sha256).values("report")
    return Report.objects.filter(Q(sha256=sha256) | Q(pk__in=files)).exclude(sha256="").defer("pdf").first()


def claim(pk, *, at):
    """Whether the PDF is ours to make: one process wins, and another may try when that one died."""
    return bool(Report.objects.unmade().free(at).filter(pk=pk).update(claimed_at=at))


def let_go(pk):
    """It did not work out; whoever tries again need not wait."""
    Report.objects.unmade().filter(pk=pk).update(claimed_at=None)


def to_print(pk):
    """The signed text of a report and its signatures in the order of signing, still sealed."""
    text = Report.objects.select_related("text").get(pk=pk).text
    return text, list(text.signatures.with_people())


@transaction.atomic
def keep(pk, pdf, code, others):
    """Seal the bytes with their SHA-256 and code, and `others` (kind: bytes) beside them, unless somebody was first."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=pk)
    if report.pdf is None:
        report.pdf, report.code, report.sha256 = pdf, code, hashlib.sha256(pdf).hexdigest()
        report.save(update_fields=["pdf", "code", "sha256"])
        for kind, raw in others.items():
            ReportFile.objects.create(report=report, kind=kind, pdf=raw, sha256=hashlib.sha256(raw).hexdigest())


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
