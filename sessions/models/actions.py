"""What will the client do, how and by when; and what do they want to talk about? (R8)"""

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import look
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models import Part
from trajectories.models.content import Content


class ActionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: Q(log=None) | Q(log__shared_at__lte=Now())}
    older = "sessions"

    def of(self, session):
        return self.filter(log__session=session)

    def with_trajectory(self):
        return self.select_related("trajectory", "log__session")

    def open(self):
        return self.filter(done_at=None)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def soonest_first(self):
        return self.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "worded_at", "pk")


class Action(Content):
    """A step of the client. From a log: read with it; added by the client: at once."""

    log = models.ForeignKey("coaching_sessions.Log", models.SET_NULL, null=True, related_name="actions")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="actions")
    words = SealedText(seal="action")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    objects = ActionQuerySet.as_manager()

    @classmethod
    def agree(cls, log, lines, *, seat, at):
        """Add to `log` what was agreed: `lines` are (words, due_on). What stands there already in the same words is not added twice."""
        there = {(row.words, row.due_on) for row in look(cls.objects.open_to(seat).filter(log=log), by=seat, at=at)} if lines else set()
        for words, due_on in dict.fromkeys(lines):
            if (words, due_on) not in there:
                facts = {"trajectory": log.trajectory, "seat": log.trajectory.client, "worded_at": at}
                cls.objects.create(log=log, words=words, due_on=due_on, **facts)

    @classmethod
    @transaction.atomic
    def take_up(cls, trajectory, *, by, at, words, due_on=None):
        """Coach or client adds one between sessions."""
        trajectory.must_be_open()
        trajectory._seat_needed(by, COACH, CLIENT)
        return cls.objects.create(trajectory=trajectory, seat=trajectory.client, worded_at=at, words=words, due_on=due_on)

    @transaction.atomic
    def tick(self, *, by, at, done):
        """Done, or not after all. The client's, also after closing; the coach may note it in a session."""
        self.trajectory._seat_needed(by, COACH, CLIENT)
        if self.trajectory.stopped_at:
            self.trajectory.must_be_open()
        self.done_at = at if done else None
        self.save(update_fields=["done_at"])

    def is_overdue(self, today):
        return not self.done_at and self.due_on is not None and self.due_on < today


class TopicQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "sessions"

    def of_sessions(self, keys):
        return self.filter(session__in=keys)

    def of(self, session):
        return self.filter(session=session)


class Topic(Content):
    """What the client wants to talk about in a coming session: their preparation."""

    session = models.OneToOneField(CoachingSession, models.CASCADE, related_name="topic")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    words = SealedText(seal="topic")
    objects = TopicQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def bring(cls, session, *, by, at, words):
        """Put down or replace it; empty words take it away."""
        session.trajectory.must_be_open()
        seat = session.trajectory._seat_needed(by, CLIENT)
        if not session.is_planned:
            raise Refused(_("This session has been, or was called off."))
        own = cls.objects.filter(session=session).first()
        if not words.strip():
            if own:
                own.delete()
            return None
        own = own or cls(session=session, trajectory=session.trajectory, seat=seat, version=0)
        own.words, own.worded_at, own.version = words, at, own.version + 1
        own.save()
        return own
