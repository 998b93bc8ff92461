"""Which facts make a trajectory, and what follows from them?"""

import uuid

from django.db import models
from django.db.models import F, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coaching.following import changed
from coaching.models import CoachProfile, Person
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import moments
from trajectories.models.changes import Changes
from trajectories.models.life import Life
from trajectories.models.parts import Part
from trajectories.models.queue import QueueQuerySet
from trajectories.models.states import FACTS, NOT_ENDED, OPEN, State


def seats_prefetched():
    return Prefetch("parts", Part.objects.current().with_people(), to_attr="seats")


class TrajectoryQuerySet(QueueQuerySet):
    def in_state(self, *states):
        rule = FACTS[states[0]]
        for state in states[1:]:
            rule |= FACTS[state]
        return self.filter(rule)

    def open(self):
        return self.filter(NOT_ENDED)

    def taken_up(self):
        """Those that the client asked for or said yes to; of the open ones a client has one at the most."""
        return self.filter(accepted_at__isnull=False)

    def running(self):
        return self.in_state(State.RUNNING)

    def requested(self):
        return self.in_state(State.REQUESTED)

    def asked_for_by(self, person):
        """Asked by this person for somebody else, and not yet answered, or declined and not yet read."""
        return self.visible_to(person).filter(asked_by=person, accepted_at=None, asker_told_at=None)

    def current_first(self):
        """Open ones first, then the latest; of the open ones first the one that the client takes part in, whatever else waits for a yes."""
        ended = Coalesce("closed_at", "stopped_at", "declined_at")
        return self.order_by(ended.desc(nulls_first=True), F("accepted_at").desc(nulls_last=True), "-asked_at", "pk")

    def with_seats(self):
        """Brings `seats`: whoever sits there now, confirmed or not."""
        return self.prefetch_related(seats_prefetched())

    def seated(self, person, *parts):
        """Where this person sits now in one of `parts`: the door for what only that part may do."""
        mine = Part.objects.current().confirmed().filter(person=person, part__in=parts)
        return self.of(person).filter(pk__in=mine.values("trajectory"))

    def with_moments(self):
        """Brings the days that everyone may know: starts_on, ends_on, checked_at (and its check_in_key), meets_on, put_forward."""
        return self.annotate(**moments.annotations())

    def with_room_of(self, person):
        """Brings `room_for`: how many this coach has room for."""
        return self.annotate(room_for=Subquery(CoachProfile.objects.filter(person=person).values("room_for")[:1]))

    def with_waiting(self, person):
        """Brings what waits for this person: waits_agreement, _goals, _preparation, _signature; open_check_in and meeting_open."""
        return self.annotate(**moments.waiting_for(person))

    def with_waiting_for_sponsor(self):
        """Brings waits_agreement as the sponsor's own page has it, for who looks along."""
        return self.annotate(**moments.waiting_for_sponsor())

    def never_began(self):
        """Declined before there was an intake."""
        return self.filter(declined_at__isnull=False, intake_at=None)

    def ended_before(self, at):
        """Closed, stopped or declined before moment `at`: from then on the terms of keeping count (R27)."""
        return self.annotate(ended_at=Coalesce("closed_at", "stopped_at", "declined_at")).filter(ended_at__lt=at)

    def closed_between(self, after, until):
        """Closed from moment `after` up to, not including, moment `until`."""
        return self.filter(closed_at__gte=after, closed_at__lt=until)

    def signed_between(self, after, until):
        """As closed_between(), those with a report: the others closed without one (R23)."""
        return self.closed_between(after, until).filter(ended_as="")

    def not_ended_early(self):
        """Neither stopped nor declined: of those nobody looks back."""
        return self.filter(stopped_at=None, declined_at=None)

    def not_looked_back(self, months):
        """Whom nobody asked, `months` after closing or later, whether it lasted (R20)."""
        return self.exclude(followups__months__gte=months)

    def first_closed(self):
        """The one that closed first, or None."""
        return self.filter(closed_at__isnull=False).order_by("closed_at").first()

    def to_continue(self):
        """Closed or stopped ones, the latest first: a new trajectory of the same client can name the one that it goes on from."""
        return self.filter(Q(closed_at__isnull=False) | Q(stopped_at__isnull=False)).current_first()

    def latest_first(self):
        return self.order_by("-asked_at", "pk")

    def waiting_longest_first(self):
        return self.order_by("asked_at", "pk")


class Trajectory(Life, Changes, models.Model):
    """One coaching of one client by one coach, from request to follow-up. Only verbs set its facts; its state follows from them."""

    REFERRALS = [("client", _("own initiative")), ("sponsor", _("asked for by the sponsor"))]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.CharField(max_length=10, choices=REFERRALS)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="asked")  # forgotten with the term
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    talk_first_at = models.DateTimeField(null=True)  # the client asked a coordinator to talk before they answer
    declined_at = models.DateTimeField(null=True)
    asker_told_at = models.DateTimeField(null=True)
    intake_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    look_again_on = models.DateField(null=True)
    closing_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=40, blank=True)  # the class of reason, from a list

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(intake_at=None) | Q(accepted_at__isnull=False), name="intake_after_acceptance"),
            models.CheckConstraint(condition=Q(agreed_at=None) | Q(intake_at__lte=F("agreed_at")), name="agreed_after_intake"),
            models.CheckConstraint(condition=Q(started_at=None) | Q(agreed_at__lte=F("started_at")), name="started_after_agreement"),
            models.CheckConstraint(condition=Q(closing_at=None) | Q(started_at__lte=F("closing_at")), name="closing_after_start"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closing_at__lte=F("closed_at")), name="closed_after_closing"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(stopped_at=None), name="closed_or_stopped"),
            models.CheckConstraint(condition=Q(declined_at=None) | Q(intake_at=None), name="declined_before_intake"),
        ]

    def __str__(self):
        return str(self.pk)

    def save(self, *args, **facts):
        """A verb changed its facts: whoever follows it looks again after the commit."""
        super().save(*args, **facts)
        changed(self)

    def get_absolute_url(self):
        return reverse("trajectories:trajectory", args=[self.pk])

    @property
    def dossier(self):
        return self.pk

    @property
    def state(self):
        """Follows from the facts; the same order as states.FACTS."""
        for fact, state in (
            (self.declined_at, State.DECLINED),
            (self.stopped_at, State.STOPPED),
            (self.closed_at, State.CLOSED),
            (self.held_at, State.ON_HOLD),
            (self.closing_at, State.CLOSING),
            (self.started_at, State.RUNNING),
            (self.agreed_at, State.AGREED),
            (self.intake_at, State.INTAKE),
        ):
            if fact:
                return state
        return State.REQUESTED

    @property
    def waits_for_a_yes(self):
        """Another asked for it and the client has not answered; any number can wait so beside the one that was taken up."""
        return self.state == State.REQUESTED and not self.accepted_at

    @property
    def signed_at(self):
        """When the last one signed; None also where it closed without a report (R23)."""
        return None if self.ended_as else self.closed_at

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def state_name(self):
        return self.state.label

    @cached_property
    def seats(self):
        """Whoever sits here now, confirmed or not; with_seats() brings it for a whole list."""
        return list(self.parts.current().with_people())

    def seat(self, part):
        return next((seat for seat in self.seats if seat.part == part and seat.confirmed_at), None)

    def seat_of(self, person):
        """The confirmed seat of a person, or None."""
        return next((seat for seat in self.seats if seat.person_id == person.pk and seat.confirmed_at), None)

    @property
    def coach(self):
        return self.seat(COACH)

    @property
    def client(self):
        return self.seat(CLIENT)

    @property
    def sponsor(self):
        return self.seat(SPONSOR)

    @property
    def sponsor_waits(self):
        """What has to come before the sponsor reads what is put to them now: "agreement", that it goes on ("rest"), or nothing ("")."""
        return "agreement" if not self.agreed_at else "rest" if self.held_at else ""

    def shows_sponsor(self, put_at):
        """Whether the state lets the sponsor read what was put to them at this moment."""
        return bool(self.agreed_at) and (self.held_at is None or put_at <= self.held_at)

    @property
    def unconfirmed_sponsor(self):
        return next((seat for seat in self.seats if seat.part == SPONSOR and not seat.confirmed_at), None)


class Hold(models.Model):
    """From when to when a trajectory stood still; halfway and silence do not count these days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="holds")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
