"""How did a shared log read before it was changed, and how is one taken away again? (R10)"""

import json

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.clock import day_of, end_of
from coaching.models import Erased
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models.content import Content

KEPT_FOR = 30  # days
LOG_SHARED = Q(log__shared_at__lte=Now())


class WithLogQuerySet(ContentQuerySet):
    """Parts of a log: read with it."""

    reads = {COACH: ALL, CLIENT: LOG_SHARED}
    older = "sessions"
    shown_from = ("worded_at", "log__shared_at")

    def of(self, session):
        return self.filter(log__session=session)


class LogVersionQuerySet(WithLogQuerySet):
    def still_kept(self, at):
        return self.filter(keep_until__gt=at)

    def over(self, at):
        return self.filter(keep_until__lte=at)


class LogVersion(Content):
    """A shared log as it read before it was edited; kept for 30 days, for both (R10). `sections` as in a log, without the empty ones."""

    log = models.ForeignKey("coaching_sessions.Log", models.CASCADE, related_name="earlier")
    sections = SealedText(seal="log_version_sections")
    keep_until = models.DateTimeField()
    objects = LogVersionQuerySet.as_manager()

    @property
    def filled_sections(self):
        """The sections that hold words; of an opened row."""
        return [section for section in json.loads(self.sections) if section["words"].strip()]

    @classmethod
    def keep(cls, log, *, at):
        """Keep what stands there now; the words are opened only to be sealed in their new place."""
        before = type(log).objects.get(pk=log.pk)
        yields = list(log.session.takeaways.open_to(log.seat).of_seat(log.seat))
        did = list(log.interventions.open_to(log.seat).in_order())
        look([before, *yields, *did], by=log.seat, at=at, act="changed")
        more = [_section("takeaway", _("What it yielded"), [row.words for row in yields])]
        more += [_section("did", _("What was brought in"), [row.words for row in did])]
        sections = json.loads(before.sections) + more
        worded_at = max(row.worded_at for row in (before, *yields, *did))  # whoever may not read a part of it reads none of it
        facts = {"trajectory_id": log.trajectory_id, "worded_at": worded_at, "version": before.version}
        keep_until = end_of(day_of(at), after=KEPT_FOR)
        return cls.objects.create(log=log, sections=json.dumps(sections), keep_until=keep_until, **facts)


def _section(key, title, lines):
    return {"key": key, "letter": "", "title": title, "question": "", "words": "\n".join(lines)}


def forget(versions, *, at):
    """Erase these versions, with a line each in the journal of erased keys."""
    with transaction.atomic():
        keys = list(versions.values_list("pk", flat=True))
        LogVersion.objects.filter(pk__in=keys).delete()
        Erased.objects.record(LogVersion._meta.label_lower, keys, at=at)


class GoesTogether(models.Model):
    """A log that was shared goes only when coach and client both say so (R10): the first asks, the second agrees."""

    class Meta:
        abstract = True

    @transaction.atomic
    def remove(self, *, by, at):
        """Ask the other to let this log go; or, when they asked, agree: None then, and it is gone.

        The actions in it stay: the client took them on.
        """
        row, seat = self._both_of_us(by)
        if not row.shared_at or row.shared_at > at:
            raise Refused(_("Only a shared log is deleted by the two of you. Until then its coach can throw it away."))
        if row.removal_asked_by_id and row.removal_asked_by_id != seat.pk:
            row._go(at)
            return None
        if not row.removal_asked_by_id:
            row.removal_asked_at, row.removal_asked_by = at, seat
            row.save(update_fields=["removal_asked_at", "removal_asked_by"])
        return row

    @transaction.atomic
    def stay(self, *, by):
        """Take the question back, or say no to it: the log stays."""
        row, _seat = self._both_of_us(by)
        row.removal_asked_at = row.removal_asked_by = None
        row.save(update_fields=["removal_asked_at", "removal_asked_by"])

    def _both_of_us(self, by):
        row = type(self).objects.select_for_update(of=("self",)).select_related("trajectory", "session").get(pk=self.pk)
        row.trajectory.must_be_open()
        return row, row.trajectory._seat_needed(by, COACH, CLIENT)

    def _go(self, at):
        """Everything that was read with it goes too, and does not come back with an old backup."""
        coachs = self.session.takeaways.filter(seat=self.seat_id)
        for rows in (self.interventions.all(), self.earlier.all(), self.session.asked.all(), coachs):
            keys = list(rows.values_list("pk", flat=True))
            rows.delete()
            Erased.objects.record(rows.model._meta.label_lower, keys, at=at)
        self.actions.update(log=None)
        Erased.objects.record(self._meta.label_lower, [self.pk], at=at)
        self.delete()
