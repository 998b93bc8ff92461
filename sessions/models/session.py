"""When do coach and client meet, and did they? (R17)"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models import Goal, State
from trajectories.models.content import Content

MEETS_IN = {State.INTAKE, State.AGREED, State.RUNNING, State.CLOSING}


class SessionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "sessions"

    def _since(self, path):
        """Dates and states of sessions are no private words: a new coach sees that they were held."""
        return Q(pk__isnull=False)

    def held(self):
        return self.filter(held_at__isnull=False)

    def planned(self):
        return self.filter(held_at=None, cancelled_at=None, missed_at=None)

    def standing(self):
        """Planned or held: what has a place in the row of sessions."""
        return self.filter(cancelled_at=None, missed_at=None)

    def numbered(self):
        """Brings `number`: the how-manieth standing session of its trajectory, from 1 on."""
        earlier = CoachingSession.objects.standing().filter(trajectory=OuterRef("trajectory"), starts_at__lte=OuterRef("starts_at"))
        count = earlier.order_by().values("trajectory").annotate(n=Count("pk")).values("n")
        return self.annotate(number=Subquery(count))

    def in_order(self):
        return self.order_by("starts_at", "pk")

    def latest_first(self):
        return self.order_by("-starts_at", "pk")


class CoachingSession(Content):
    """One conversation: planned, held, cancelled or missed. `minutes` is its length; `starts_at` keeps its wall-clock time (R28)."""

    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(10), MaxValueValidator(240)])
    place = SealedText(seal="session_place", null=True)
    goals = models.ManyToManyField(Goal, related_name="sessions")  # which ones it worked on (R8)
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_part = models.CharField(max_length=10, blank=True)
    missed_at = models.DateTimeField(null=True)
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        constraints = [
            models.CheckConstraint(condition=Q(held_at=None) | Q(cancelled_at=None, missed_at=None), name="held_or_not"),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=240), name="ten_minutes_to_four_hours"),
        ]

    def get_absolute_url(self):
        return reverse("sessions:session", args=[self.pk])

    @property
    def is_planned(self):
        return not (self.held_at or self.cancelled_at or self.missed_at)

    @classmethod
    @transaction.atomic
    def plan(cls, trajectory, *, by, at, starts_at, minutes, place=""):
        """Coach or client plans one, in any phase in which they may meet."""
        trajectory.must_be_open()
        trajectory._seat_needed(by, COACH, CLIENT)
        if trajectory.state not in MEETS_IN:
            raise Refused(trajectory.refusal_for(trajectory.state))
        return cls.objects.create(trajectory=trajectory, worded_at=at, starts_at=starts_at, minutes=minutes, place=place or None)

    @transaction.atomic
    def move(self, *, by, at, starts_at, minutes, place=""):
        """Another time or place."""
        self._must_be_planned(by)
        self.starts_at, self.minutes, self.place, self.worded_at = starts_at, minutes, place or None, at
        self.save()

    @transaction.atomic
    def hold_it(self, *, by, at):
        """It took place; the coach says so, by logging it or beforehand. The client is asked what it yielded the morning after (R12)."""
        self.trajectory._seat_needed(by, COACH)
        if self.starts_at > at:
            raise Refused(_("This date lies ahead. Plan the session, or choose a day that has passed."))
        if self.cancelled_at or self.missed_at:
            raise Refused(_("This session did not take place. Plan a new one."))
        if not self.held_at:
            self.held_at = at
            self.save(update_fields=["held_at"])

    @transaction.atomic
    def cancel(self, *, by, at):
        """Called off by one of the two; `cancelled_at` tells how late."""
        seat = self._must_be_planned(by)
        self.cancelled_at, self.cancelled_by_part = at, seat.part
        self.save()

    @transaction.atomic
    def miss(self, *, by, at):
        """It should have taken place and did not."""
        self._must_be_planned(by)
        if self.starts_at > at:
            raise Refused(_("This session is still to come. You can move it or call it off."))
        self.missed_at = at
        self.save()

    def _must_be_planned(self, by):
        self.trajectory.must_be_open()
        if not self.is_planned:
            raise Refused(_("This session has been, or was called off."))
        return self.trajectory._seat_needed(by, COACH, CLIENT)
