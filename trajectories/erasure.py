"""What is erased today, and who is told beforehand? (R27) Idempotent, in small transactions, with a line in the journal of erased keys."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from coaching.clock import day_of, end_of
from coaching.day import due
from coaching.models import Draft, Erased, Organisation
from coaching.outbox import post
from trajectories import sources
from trajectories.dossier import CONTENT, DECLINED, ITS_OWN, RECORD, ended_by
from trajectories.models import Addendum, Report, Trajectory

AT_ONCE = 500  # rows in one transaction
ANNOUNCED = timedelta(days=30)


@due
def erase(at):
    """Every table whose term is over; a declined request goes as a whole after its own, shorter term."""
    over = _over(at)
    for kept in sources.dossier:
        if kept.model is not Report and kept.term in over:
            _erase(kept, over[kept.term], at)
    if RECORD in over:
        _forget_reports(over[RECORD], at)
        _forget_who(over[RECORD], at)
    if DECLINED in over:
        for row in over[DECLINED].never_began():
            _forget_declined(row, at)


def _over(at):
    """Term -> the trajectories that ended so long before moment `at` that it is over; on most days none, and no table need be asked."""
    organisation = Organisation.current()
    terms = {DECLINED, RECORD, *(kept.term for kept in sources.dossier)} - {ITS_OWN}
    ended = {term: Trajectory.objects.ended_before(ended_by(term, at, organisation)) for term in terms}
    return {term: rows for term, rows in ended.items() if rows.exists()}


def _erase(kept, trajectories, at):
    rows = kept.model._base_manager.filter(**{f"{kept.path}__in": trajectories.values("pk")}).order_by("pk")
    if kept.empties:
        _empty(kept, rows, at)
        return
    while keys := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            kept.model._base_manager.filter(pk__in=keys).delete()
            Erased.objects.record(kept.model._meta.label_lower, keys, at=at)


def _empty(kept, rows, at):
    """The row stays, these columns go."""
    for name in kept.empties:
        with transaction.atomic():
            keys = list(rows.filter(**{f"{name}__isnull": False}).values_list("pk", flat=True))
            kept.model._base_manager.filter(pk__in=keys).update(**{name: None})
            Erased.objects.record(f"{kept.model._meta.label_lower}.{name}", keys, at=at)


def _forget_reports(trajectories, at):
    """The bytes go and so does the way to the trajectory; what proves a copy genuine stays (R24)."""
    reports = Report.objects.filter(trajectory__in=trajectories.values("pk"))
    with transaction.atomic():
        keys = list(reports.values_list("pk", flat=True))
        Report.objects.filter(pk__in=keys).update(pdf=None, trajectory=None, text=None)
        Addendum.objects.filter(report__in=keys).update(pdf=None, trajectory=None, words=None)
        Erased.objects.record("trajectories.report.pdf", keys, at=at)


def _forget_who(trajectories, at):
    """Who-with-whom: the coach keeps dates and minutes, with "a colleague" (R29)."""
    for row in trajectories.exclude(asked_by=None).iterator():
        with transaction.atomic():
            seats = row.parts.exclude(part="coach")
            Erased.objects.record("trajectories.part", list(seats.values_list("pk", flat=True)), at=at)
            row.proposals.all().delete()
            row.hand_overs.all().delete()
            seats.delete()
            Trajectory.objects.filter(pk=row.pk).update(asked_by=None)


def _forget_declined(row, at):
    with transaction.atomic():
        Erased.objects.record("trajectories.trajectory", [row.pk], at=at)
        row.endings.all().delete()
        row.proposals.all().delete()
        row.delete()


@due
def forget_drafts(at):
    """Half-written words of thirty days ago."""
    Draft.objects.filter(saved_at__lt=end_of(day_of(at) - timedelta(days=31))).delete()


@due
def announce(at):
    """Thirty days before the content goes the client hears of it, once, while everything can still be read."""
    soon = Trajectory.objects.ended_before(ended_by(CONTENT, at + ANNOUNCED)).exclude(
        pk__in=Trajectory.objects.ended_before(ended_by(CONTENT, at)).values("pk")
    )
    for row in soon.with_seats():
        if row.client and row.intake_at:
            url = reverse("trajectories:trajectory", args=[row.pk])
            post("erasure_soon", to=row.client.person, url=url, at=at, once=f"erasure:{row.pk}")
