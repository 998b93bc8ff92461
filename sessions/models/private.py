"""What does one write for oneself only? It belongs to the seat it was written in, and nobody else ever reads it (R11, R14)."""

from django.db import models, transaction

from coaching.sealed import SealedText
from sessions.finishing import must_be_writable
from sessions.models.session import CoachingSession
from trajectories.doors import CLIENT, COACH, OwnQuerySet
from trajectories.models.content import Own


class NoteQuerySet(OwnQuerySet):
    """What a coach remembers."""

    def before(self, session):
        """Of the sessions before this one, the last one first."""
        return self.filter(session__starts_at__lt=session.starts_at).select_related("seat", "session").order_by("-session__starts_at", "pk")

    def of(self, session):
        return self.filter(session=session).select_related("seat")

    def with_sessions(self):
        return self.select_related("session", "seat")


class Note(Own):
    """A coach's private note; with a session or without."""

    session = models.ForeignKey(CoachingSession, models.SET_NULL, null=True, related_name="+")
    words = SealedText(seal="note")
    objects = NoteQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def remember(cls, trajectory, *, by, at, words, session=None):
        """One note per session, replaced by its next wording; without a session a new one. Empty words take a session's note away."""
        trajectory.lock()
        must_be_writable(session, at=at) if session else trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH)
        note = cls.objects.filter(seat=seat, session=session).first() if session else None
        if not words.strip():
            if note:
                note.delete()
            return None
        note = note or cls(seat=seat, session=session, version=0)
        note.words, note.worded_at, note.version = words, at, note.version + 1
        note.save()
        return note


class StallQuerySet(OwnQuerySet):
    """Where the dance faltered."""

    def before(self, session):
        """Of the sessions before this one, the last one first."""
        return self.filter(session__starts_at__lt=session.starts_at).select_related("seat", "session").order_by("-session__starts_at", "pk")

    def with_sessions(self):
        return self.select_related("session", "seat")

    def of(self, session):
        return self.filter(session=session).select_related("seat")


class Stall(Own):
    """The coach marks that the interaction stalled, and what they will do differently; it comes back at the next preparation (R14)."""

    session = models.ForeignKey(CoachingSession, models.SET_NULL, null=True, related_name="+")
    words = SealedText(seal="stall")
    differently = SealedText(seal="stall_differently", null=True)
    objects = StallQuerySet.as_manager()
    stalled = True  # where it stands among notes

    @classmethod
    @transaction.atomic
    def mark(cls, session, *, by, at, words, differently=""):
        """A signal to the coach, not a fault of the client. One per session; empty words take it away."""
        must_be_writable(session, at=at)
        seat = session.trajectory._seat_needed(by, COACH)
        stall = cls.objects.filter(seat=seat, session=session).first() or cls(seat=seat, session=session, version=0)
        if not (words.strip() or differently.strip()):
            if stall.version:
                stall.delete()
            return None
        stall.words, stall.differently, stall.worded_at, stall.version = words, differently or None, at, stall.version + 1
        stall.save()
        return stall


class JournalQuerySet(OwnQuerySet):
    """A client's own pages."""


class Journal(Own):
    """An entry in the client's journal; open to the client until it is erased, after closing too."""

    words = SealedText(seal="journal")
    objects = JournalQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def write(cls, trajectory, *, by, at, words):
        seat = trajectory._seat_needed(by, CLIENT)
        return cls.objects.create(seat=seat, worded_at=at, words=words)
