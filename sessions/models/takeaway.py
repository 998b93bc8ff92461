"""What did a session yield, in whose words? (R12)"""

import json

from django.db import models, transaction
from django.db.models import Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models import LinkInvitation, Part
from trajectories.models.content import Content


class TakeawayQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: Q(seat__part=CLIENT) | Q(session__log__shared_at__lte=Now())}
    older = "sessions"
    shown_from = ("worded_at", "session__log__shared_at")

    def of(self, session):
        return self.filter(session=session).select_related("seat__person").order_by("worded_at", "pk")

    def of_seat(self, seat):
        return self.filter(seat=seat)

    def last_before(self, session):
        """What the last session held before this one yielded."""
        held = CoachingSession.objects.held().filter(trajectory=session.trajectory_id, starts_at__lt=session.starts_at)
        return self.filter(session__in=Subquery(held.order_by("-starts_at").values("pk")[:1])).select_related("seat__person")

    def by_client(self):
        return self.filter(seat__part=CLIENT)

    def of_sessions(self, keys):
        return self.filter(session__in=keys)


class Takeaway(Content):
    """What a session yielded, in the client's words; or recorded by the coach as said by the client, and marked so (R12)."""

    session = models.ForeignKey(CoachingSession, models.CASCADE, related_name="takeaways")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    words = SealedText(seal="takeaway")
    mattered = models.PositiveSmallIntegerField(null=True)
    way = models.PositiveSmallIntegerField(null=True)
    answers = SealedText(seal="takeaway_answers", null=True)  # JSON: each with a copy of its question, as a check-in keeps them
    by_link = models.BooleanField(default=False)  # answered without logging in: whoever had the mail could do so
    objects = TakeawayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="one_takeaway_each")]

    @property
    def said(self):
        """What was answered besides, each with its question as it was asked."""
        return json.loads(self.answers) if self.answers else []

    @classmethod
    def record(cls, session, seat, *, at, words, answers=(), **feedback):
        """Put down or replace what this seat wrote; empty words, without a mark either, take it away."""
        own = cls.objects.filter(session=session, seat=seat).first()
        if not words.strip() and not answers and not any(feedback.values()):
            if own:
                own.delete()
            return None
        own = own or cls(session=session, seat=seat, version=0)
        own.trajectory, own.words, own.worded_at, own.version = session.trajectory, words, at, own.version + 1
        for name, value in feedback.items():
            setattr(own, name, value)
        own.answers = json.dumps(list(answers)) if answers else None
        own.save()
        return own

    @classmethod
    @transaction.atomic
    def write(cls, session, *, by, at, words, mattered=None, way=None, answers=(), by_link=False, base=None):
        """The client says what it yielded, and how it went (1–5). `answers`: what was asked besides, with copies of the questions.

        `base`: the version that was shown, 0 for none; Stale when another window was first.
        """
        session.trajectory.lock()
        session.trajectory.must_be_open()
        seat = session.trajectory._seat_needed(by, CLIENT)
        if not session.held_at:
            raise Refused(_("This session has not been yet."))
        own = cls.objects.select_for_update(of=("self",)).filter(session=session, seat=seat).first()
        if base is not None and base != (own.version if own else 0):
            raise Stale(own or session)
        LinkInvitation.close("yield", session.pk, at=at)
        return cls.record(session, seat, at=at, words=words, mattered=mattered, way=way, answers=answers, by_link=by_link)
