"""Who takes over as coach, who asked for that, and what does the client let go along? It happens when both have said yes."""

import uuid
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.independence import Org, Reason, Why, too_close
from coaching.models import Person
from coaching.outbox import post
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, known, seated
from trajectories.models.trajectory import Trajectory

# Settled by nobody, in a trajectory that goes on: what ended asks nobody any more, and whoever was asked has no part in it.
OPEN = {"done_at": None, "ended_at": None} | {f"trajectory__{fact}_at": None for fact in ("declined", "stopped", "closed")}
KINDS = ("question", "sessions", "check_ins")  # of older words, as ContentQuerySet.older names them


class HandOverQuerySet(models.QuerySet):
    def readable_by(self, person):
        """The client and coach of now, who is asked to take over while it is open, and the coordinators."""
        if not known(person):
            return self.none()
        rooms = Trajectory.objects.seated(person, CLIENT, COACH).values("pk")
        desk = Trajectory.objects.coordinated_by(person).values("pk")
        return self.filter(Q(trajectory__in=rooms) | Q(trajectory__in=desk) | Q(**OPEN, person=person))

    def decided_by(self, person):
        """Where this person is the client, who decides what goes along."""
        return self.filter(trajectory__in=Trajectory.objects.seated(person, CLIENT).values("pk"))

    def open(self):
        return self.filter(**OPEN)

    def latest_first(self):
        return self.order_by("-proposed_at", "pk")

    def unanswered_by(self, person):
        """Where this person is asked to coach, and has not said yes yet."""
        return self.filter(person=person, coach_said_at=None)

    def in_trajectory(self, pk):
        return self.filter(trajectory=pk)

    def with_people(self):
        return self.select_related("person__unit", "person__coach_profile", "trajectory")


class HandOver(models.Model):
    """A proposed change of coach. `older`: kind of older words -> the moment (ISO) at which the client read them and let them go along."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="hand_overs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    client_said_at = models.DateTimeField(null=True)
    coach_said_at = models.DateTimeField(null=True)
    older = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory"], condition=Q(done_at=None, ended_at=None), name="one_hand_over_at_a_time")
        ]

    @classmethod
    @transaction.atomic
    def propose(cls, trajectory, to, *, by, at):
        """A coordinator proposes who takes over; distance is looked at now and again when the seat is taken (R1)."""
        trajectory.lock()
        trajectory.must_be_open()
        trajectory._coordinates(by)
        if to.pk == by.pk:
            raise Refused(_("You cannot make yourself coach or sponsor."))
        if not trajectory.intake_at:
            raise Refused(_("There is no coach yet. Propose one to the client first."))
        if trajectory.seat_of(to):
            raise Refused(_("%(name)s has a seat in this trajectory already.") % {"name": to.name})
        if trajectory.hand_overs.open().exists():
            raise Refused(_("A hand-over has been proposed already. It waits for an answer."))
        hand_over = cls(trajectory=trajectory, person=to, proposed_by=by, proposed_at=at)
        hand_over._must_fit()
        hand_over.save()
        hand_over._tell_of_it(at)
        return hand_over

    def _tell_of_it(self, at):
        """The client and the new coach have a say; the coach of now hears that it has begun."""
        trajectory, url = self.trajectory, reverse("trajectories:hand_over", args=[self.trajectory_id])
        post("hand_over_client", to=trajectory.client.person, url=url, at=at)
        post("hand_over_coach", to=self.person, url=url, at=at)
        if trajectory.coach:
            trajectory._tell("hand_over_coach", trajectory.coach.person, at=at)

    def _must_fit(self):
        client, sponsor = self.trajectory.client.person, self.trajectory.sponsor
        coming = self.trajectory.unconfirmed_sponsor
        if coming and coming.person_id == self.person_id:
            raise Refused(str(Reason(Why.IS_SPONSOR)))
        self.trajectory._one_part_each(self.person, COACH)
        for reason in too_close(self.person, client, sponsor and sponsor.person, org=Org.around(self.person, client)):
            raise Refused(str(reason))

    @transaction.atomic
    def let_along(self, kind, *, by, at, goes):
        """The client lets the older words of this kind go along as they read them at moment `at`, or keeps them closed."""
        row = self._unsettled()
        row.trajectory._seat_needed(by, CLIENT)
        if kind not in KINDS:
            raise Refused(_("Choose one of these."))
        row.older = {name: when for name, when in row.older.items() if name != kind} | ({kind: at.isoformat()} if goes else {})
        row.save(update_fields=["older"])
        self.older = row.older

    @transaction.atomic
    def say_yes(self, *, by, at):
        """The client or the new coach says yes; the second yes does it. Older words go along as far as let_along() said so before."""
        row = self._unsettled()
        if by.pk == row.person_id:
            row.coach_said_at = at
        else:
            row.trajectory._seat_needed(by, CLIENT)
            row.client_said_at = at
        if row.client_said_at and row.coach_said_at:
            row._must_fit()
            row.trajectory._take_over(row.person, by=by, at=at, older=row.read_until)
            row.done_at = at
        row.save()

    @property
    def read_until(self):
        """Kind -> the moment up to which its older words go along."""
        return {kind: datetime.fromisoformat(when) for kind, when in self.older.items()}

    def said_by(self, person):
        """Whether this one of the two has said yes already."""
        return bool(self.coach_said_at if person.pk == self.person_id else self.client_said_at)

    @transaction.atomic
    def say_no(self, *, by, at):
        """Client or new coach says no; everything stays as it is, and the other one hears so."""
        row = self._unsettled()
        if by.pk != row.person_id:
            row.trajectory._seat_needed(by, CLIENT)
        row.ended_at = at
        row.save()
        trajectory, client = row.trajectory, row.trajectory.client.person
        if by.pk == row.person_id:
            trajectory._tell("party_changed", client, at=at)
        else:
            post("party_changed", to=row.person, at=at)
        trajectory._tell_the_desk("desk_decides", at=at)

    def _unsettled(self):
        """The row, locked after its trajectory. Raises Refused when it was settled, or the trajectory has ended."""
        trajectory = self.trajectory
        trajectory.lock()
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        row.trajectory = trajectory
        if row.done_at or row.ended_at:
            raise Refused(_("This hand-over has been settled already."))
        trajectory.must_be_open()
        return row


class AnotherCoachQuerySet(models.QuerySet):
    def readable_by(self, person):
        """Who asked it, in whose part they sit; and the coordinators, who read that it was asked, not by whom."""
        if not known(person):
            return self.none()
        parts = seated(person) | {"trajectory__parts__part": models.F("part")}
        desk = Trajectory.objects.coordinated_by(person).values("pk")
        own = self.model.objects.filter(**parts).values("pk")
        return self.filter(Q(pk__in=own) | Q(trajectory__in=desk))

    def waiting(self):
        return self.filter(ended_at=None)

    def in_trajectory(self, pk):
        return self.filter(trajectory=pk)

    def earliest_first(self):
        return self.order_by("asked_at", "pk")


class AnotherCoach(models.Model):
    """Client or coach asked for a hand-over; no reason is asked. It waits until it was taken back or another coach has the seat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="asked_over")
    part = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects = AnotherCoachQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory", "part"], condition=Q(ended_at=None), name="asked_once_per_part")]
