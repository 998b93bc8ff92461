"""What must be kept of a conversation, and from when does the client read it? (R9, R10, R12, R13)"""

import json

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.clock import day_of, end_of
from coaching.outbox import post
from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from coaching.traces import look
from sessions.models.actions import Action
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, SHARED, ContentQuerySet, seated
from trajectories.models import Part
from trajectories.models.content import Content
from trajectories.models.releases import UNDO
from trajectories.models.states import State

FINISH_WITHIN = 14  # days after closing in which a log of a session held before may be finished
LOG_SHARED = Q(log__shared_at__lte=Now())


class LogQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: SHARED}
    older = "sessions"

    def editable_by(self, person):
        """Only its author, as long as they sit there."""
        return self.readable_by(person).filter(**seated(person, "seat__"))

    def shared(self):
        return self.filter(SHARED)


class Log(Content):
    """The record of one session. Its author writes it; the client reads it from `shared_at`. What is being typed is a draft.

    `sections` is JSON: [{"key", "letter", "title", "question", "words"}], a copy of each section as it was asked (R9).
    """

    session = models.OneToOneField(CoachingSession, models.CASCADE, related_name="log")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="logs")
    model = models.CharField(max_length=40, blank=True)  # the process model; empty: without
    sections = SealedText(seal="log_sections")
    shared_at = models.DateTimeField(null=True)
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
    def write(cls, session, *, by, at, base, model, sections, goals, interventions, actions, takeaway="", levels=()):
        """Record the session, and that it was held. `base` 0: not logged before, else the version shown; raises Stale when another window was first.

        `actions`: [(words, due_on)] are added; `levels`: [(goal, −2…+2)] as the client said them; `takeaway`: recorded by the coach for the client (R12).
        """
        seat = cls._may_write(session, by, at)
        log = cls.objects.select_for_update(of=("self",)).filter(session=session).first()
        if (log.version if log else 0) != base:
            raise Stale(log or session)
        session.hold_it(by=by, at=at)
        session.goals.set(goals)
        log = log or cls(session=session, trajectory=session.trajectory, seat=seat, version=0)
        if log.shared_at:
            LogVersion.keep(log, at=at)
        log.model, log.sections, log.worded_at, log.version = model, json.dumps(sections), at, base + 1
        log.save()
        log._write_along(seat, at, interventions, actions, takeaway, levels)
        return log

    @staticmethod
    def _may_write(session, by, at):
        trajectory = session.trajectory
        closed_for = trajectory.closed_at and (day_of(at) - day_of(trajectory.closed_at)).days
        if trajectory.state != State.CLOSED or session.starts_at > trajectory.closed_at or closed_for > FINISH_WITHIN:
            trajectory.must_be_open()
        return trajectory._seat_needed(by, COACH)

    def _write_along(self, seat, at, interventions, actions, takeaway, levels):
        facts = {"trajectory": self.trajectory, "worded_at": at}
        self.interventions.all().delete()
        for number, words in enumerate(interventions, start=1):
            Intervention.objects.create(log=self, number=number, words=words, **facts)
        for words, due_on in actions:
            Action.objects.create(log=self, seat=self.trajectory.client, words=words, due_on=due_on, **facts)
        Takeaway.record(self.session, seat, at=at, words=takeaway)
        for goal, level in levels:
            goal.measure(seat=self.trajectory.client, at=at, level=level, moment="session", thing=self.session_id)

    @transaction.atomic
    def share(self, *, by, at):
        """Let the client read it, from half a minute later; it cannot be un-shared after that (R10)."""
        self._author(by)
        if not self.shared_at:
            self.shared_at = at + UNDO
            self.save()
            client = self.trajectory.client.person
            post("check_in_answered", to=client, url=self.get_absolute_url(), at=at, not_before=self.shared_at, once=f"log:{self.pk}:{at}")

    @transaction.atomic
    def unshare(self, *, by, at):
        """Undo within half a minute; the client has not seen it yet."""
        self._author(by)
        if self.shared_at and self.shared_at <= at:
            raise Refused(_("It has been shared. You cannot take it back any more."))
        self.shared_at = None
        self.save()

    @transaction.atomic
    def throw_away(self, *, by, at):
        """Until it is shared its coach may delete it; the session stays held."""
        self._author(by)
        if self.shared_at and self.shared_at <= at:
            raise Refused(_("A shared log is deleted only by the two of you together."))
        self.delete()

    def _author(self, by):
        if self.seat.person_id != by.pk:
            raise Refused(_("Only its author can do this."))


class WithLogQuerySet(ContentQuerySet):
    """Parts of a log: read with it."""

    reads = {COACH: ALL, CLIENT: LOG_SHARED}
    older = "sessions"


class LogVersion(Content):
    """A shared log as it read before it was edited; kept for 30 days, for both (R10)."""

    log = models.ForeignKey(Log, models.CASCADE, related_name="earlier")
    sections = SealedText(seal="log_version_sections")
    keep_until = models.DateTimeField()
    objects = WithLogQuerySet.as_manager()

    @classmethod
    def keep(cls, log, *, at):
        """Keep what stands there now; the words are opened only to be sealed in their new place."""
        before = look([Log.objects.get(pk=log.pk)], by=log.seat, at=at, act="changed")[0]
        facts = {"trajectory_id": log.trajectory_id, "worded_at": before.worded_at, "version": before.version}
        return cls.objects.create(log=log, sections=before.sections, keep_until=end_of(day_of(at), after=30), **facts)


class Intervention(Content):
    """What the coach did to arrange the learning environment, and what the client learned from it (R13)."""

    log = models.ForeignKey(Log, models.CASCADE, related_name="interventions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    words = SealedText(seal="intervention")
    learned = SealedText(seal="intervention_learned", null=True)
    objects = WithLogQuerySet.as_manager()


class TakeawayQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: Q(seat__part=CLIENT) | Q(session__log__shared_at__lte=Now())}
    older = "sessions"

    def by_client(self):
        return self.filter(seat__part=CLIENT)


class Takeaway(Content):
    """What a session yielded, in the client's words; or recorded by the coach as said by the client, and marked so (R12)."""

    session = models.ForeignKey(CoachingSession, models.CASCADE, related_name="takeaways")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    words = SealedText(seal="takeaway")
    mattered = models.PositiveSmallIntegerField(null=True)
    way = models.PositiveSmallIntegerField(null=True)
    objects = TakeawayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_takeaway_each")]

    @classmethod
    def record(cls, session, seat, *, at, words, **feedback):
        """Put down or replace what this seat wrote; empty words take it away."""
        own = cls.objects.filter(session=session, seat=seat).first()
        if not words.strip():
            if own:
                own.delete()
            return None
        own = own or cls(session=session, trajectory=session.trajectory, seat=seat, version=0)
        own.words, own.worded_at, own.version = words, at, own.version + 1
        for name, value in feedback.items():
            setattr(own, name, value)
        own.save()
        return own

    @classmethod
    @transaction.atomic
    def write(cls, session, *, by, at, words, mattered=None, way=None):
        """The client says what it yielded, and how it went (1–5)."""
        seat = session.trajectory._seat_needed(by, CLIENT)
        if not session.held_at:
            raise Refused(_("This session has not been yet."))
        return cls.record(session, seat, at=at, words=words, mattered=mattered, way=way)
