"""What must be kept of a conversation, and from when does the client read it? (R9, R10, R12, R13)"""

import json

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.outbox import post, withdraw
from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from sessions.finishing import is_writable, must_be_writable
from sessions.models.actions import Action
from sessions.models.interventions import Intervention
from sessions.models.log_versions import GoesTogether, LogVersion
from sessions.models.session import CoachingSession
from sessions.models.takeaway import Takeaway
from trajectories.doors import ALL, CLIENT, COACH, SHARED, ContentQuerySet, seated
from trajectories.models import Part
from trajectories.models.content import Content
from trajectories.models.releases import UNDO


class LogQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: SHARED}
    older = "sessions"
    shown_from = ("worded_at", "shared_at")

    def editable_by(self, person):
        """Only its author, as long as they sit there."""
        return self.readable_by(person).filter(**seated(person, "seat__"))

    def shared(self):
        return self.filter(SHARED)

    def with_session(self):
        return self.select_related("session__trajectory", "trajectory", "seat")

    def of(self, session):
        return self.filter(session=session).select_related("seat")


class Log(GoesTogether, Content):
    """The record of one session. Its author writes it; the client reads it from `shared_at`. What is being typed is a draft.

    `sections` is JSON: [{"key", "letter", "title", "question", "words"}], a copy of each section as it was asked (R9).
    """

    session = models.OneToOneField(CoachingSession, models.CASCADE, related_name="log")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="logs")
    model = models.CharField(max_length=40, blank=True)  # the process model; empty: without
    sections = SealedText(seal="log_sections")
    shared_at = models.DateTimeField(null=True)
    removal_asked_at = models.DateTimeField(null=True)
    removal_asked_by = models.ForeignKey(Part, models.SET_NULL, null=True, related_name="+")
    objects = LogQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("sessions:session", args=[self.session_id])

    def private_to(self, person):
        """Until it is shared its author is its only reader (R26)."""
        return not self.shared_at and self.seat.person_id == person

    @property
    def filled_sections(self):
        """The sections that hold words; of an opened log."""
        return [section for section in json.loads(self.sections) if section["words"].strip()]

    @classmethod
    @transaction.atomic
    def write(cls, session, *, by, at, base, model, sections, goals, interventions, actions, takeaway="", levels=(), when=None):
        """Record the session, and that it was held. `base`: 0 when not logged before, else the version shown; Stale when another was first.

        `actions`: [(words, due_on)] are added; `interventions`: a line each; `levels`: [(goal, −2…+2)] as the client said them; `takeaway`:
        recorded by the coach for the client (R12); `when`: (starts_at, minutes, place), where that differs from what was planned.
        """
        session.trajectory.lock()
        CoachingSession.objects.select_for_update(of=("self",)).values_list("pk").get(
            pk=session.pk
        )  # two windows at once, one after another
        seat = cls._may_write(session, by, at)
        log = cls.objects.select_for_update(of=("self",)).filter(session=session).first()
        if (log.version if log else 0) != base:
            raise Stale(log or session)
        if log and log.seat_id != seat.pk:
            raise Refused(_("Only its author can do this."))
        session.hold_it(by=by, at=at, when=when)
        session.goals.set(goals)
        log = log or cls(session=session, trajectory=session.trajectory, seat=seat, version=0)
        if log.is_read_by_client(at):
            LogVersion.keep(log, at=at)
        log.model, log.sections, log.worded_at, log.version = model, json.dumps(sections), at, base + 1
        log.save()
        log._write_along(seat, at, interventions, actions, takeaway, levels)
        return log

    @classmethod
    def _may_write(cls, session, by, at):
        must_be_writable(session, at=at)
        return session.trajectory._seat_needed(by, COACH)

    is_writable = staticmethod(is_writable)

    def _write_along(self, seat, at, interventions, actions, takeaway, levels):
        Intervention.put_down(self, interventions, seat=seat, at=at)
        Action.agree(self, actions, seat=seat, at=at)
        Takeaway.record(self.session, seat, at=at, words=takeaway)
        for goal, level in levels:
            last = goal.measurements.filter(thing=self.session_id).latest_first().first()
            if last is None or last.level != level:
                goal.measure(seat=self.trajectory.client, at=at, level=level, moment="session", thing=self.session_id)

    @transaction.atomic
    def share(self, *, by, at):
        """Let the client read it, from half a minute later; it cannot be un-shared after that (R10)."""
        self._author(by)
        self.session.trajectory.lock()
        must_be_writable(self.session, at=at)
        if not self.shared_at:
            self.shared_at = at + UNDO
            self.save()
            client = self.trajectory.client.person
            post("log_shared", to=client, url=self.get_absolute_url(), at=at, not_before=self.shared_at, once=self._letter())

    @transaction.atomic
    def unshare(self, *, by, at):
        """Undo within half a minute; the client has not seen it yet."""
        self._author(by)
        if self.shared_at and self.shared_at <= at:
            raise Refused(_("It has been shared. You cannot take it back any more."))
        if self.shared_at:
            withdraw(self._letter(), at=at)
        self.shared_at = None
        self.save()

    def _letter(self):
        return f"log:{self.pk}:{self.shared_at.timestamp()}"

    def can_be_undone(self, at):
        """Whether its sharing can still be taken back."""
        return bool(self.shared_at and self.shared_at > at)

    def is_read_by_client(self, at):
        return bool(self.shared_at and self.shared_at <= at)

    @transaction.atomic
    def throw_away(self, *, by, at):
        """Until it is shared its coach may delete it, and what was recorded with it; the session stays held."""
        self._author(by)
        self.session.trajectory.lock()
        must_be_writable(self.session, at=at)
        if self.shared_at and self.shared_at <= at:
            raise Refused(_("A shared log is deleted only by the two of you together."))
        self.actions.all().delete()
        self.session.takeaways.filter(seat=self.seat).delete()
        self.session.asked.all().delete()
        self.delete()

    def _author(self, by):
        if self.seat.person_id != by.pk:
            raise Refused(_("Only its author can do this."))
