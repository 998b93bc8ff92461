"""Who steered the conversation, as coach and client each marked it? (R16)"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from sessions.finishing import must_be_writable
from sessions.models.session import CoachingSession
from trajectories.doors import CLIENT, COACH, ContentQuerySet
from trajectories.models import Part, State
from trajectories.models.content import Content

BLIND_FOR = timedelta(days=7)  # after the session; sooner when both have marked
OPEN = Q(open_at__lte=Now())


class SteeringQuerySet(ContentQuerySet):
    reads = {COACH: Q(seat__part=COACH) | OPEN, CLIENT: Q(seat__part=CLIENT) | OPEN}
    older = "sessions"
    shown_from = ("worded_at", "open_at")

    def of_seat(self, seat):
        return self.filter(seat=seat)

    def latest_session_first(self):
        return self.order_by("-session__starts_at", "pk")


class Steering(Content):
    """A mark from 1 (mainly the coach) to 5 (mainly the client). The other reads it from `open_at`."""

    session = models.ForeignKey(CoachingSession, models.CASCADE, related_name="steerings")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    steered = models.PositiveSmallIntegerField()
    open_at = models.DateTimeField()
    objects = SteeringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="one_mark_each"),
            models.CheckConstraint(condition=Q(steered__gte=1, steered__lte=5), name="steered_one_to_five"),
        ]

    @classmethod
    @transaction.atomic
    def mark(cls, session, *, by, at, steered):
        """Put down one's own mark; None takes it away. It stays as it is once the other could read it."""
        seat = session.trajectory._seat_needed(by, COACH, CLIENT)
        if seat.part == COACH:
            must_be_writable(session, at=at)  # a mark with the log
        elif session.trajectory.state != State.CLOSED:
            session.trajectory.must_be_open()
        if not session.held_at:
            raise Refused(_("This session has not been yet."))
        own = cls.objects.select_for_update(of=("self",)).filter(session=session, seat=seat).first()
        if steered == (own.steered if own else None):
            return own
        if own and own.open_at <= at:
            raise Refused(_("The other one can read who steered according to you. It stays as you marked it."))
        if own:
            own.delete()
        return cls._put_down(session, seat, at, steered) if steered else None

    @classmethod
    def _put_down(cls, session, seat, at, steered):
        """The second mark opens both: that of the other part, and not of whoever coached before."""
        others = cls.objects.filter(session=session).exclude(seat__part=seat.part)
        open_at = min(session.held_at + BLIND_FOR, at) if others else session.held_at + BLIND_FOR
        others.filter(open_at__gt=open_at).update(open_at=open_at)
        facts = {"trajectory": session.trajectory, "worded_at": at, "open_at": open_at}
        return cls.objects.create(session=session, seat=seat, steered=steered, **facts)
