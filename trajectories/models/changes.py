"""How does one party make way for another? Hand-over of the coach, change of the sponsor: told to the client, decided by the client."""

import uuid

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.independence import Org, Reason, Why, too_close
from coaching.models import Person
from coaching.outbox import post
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, SPONSOR, known


class Changes:
    """The verbs of Trajectory about who sits where. A former party reads nothing from the next request on."""

    @transaction.atomic
    def name_sponsor(self, person, *, by, at):
        """The client names a sponsor, who then is; a coordinator proposes one, who reads nothing until the client confirms (R2)."""
        self.lock()
        self.must_be_open()
        seat = self.seat_of(by)
        client_says = seat is not None and seat.part == CLIENT
        if not client_says:
            self._coordinates(by)
        if not self.accepted_at:
            raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
        if person.pk == by.pk:
            raise Refused(_("You cannot make yourself coach or sponsor."))
        self._may_be_sponsor(person)
        self.parts.current().filter(part=SPONSOR, confirmed_at=None).delete()
        self.parts.create(person=person, part=SPONSOR, from_at=at)
        self.__dict__.pop("seats", None)
        if client_says:
            self.confirm_sponsor(by=by, at=at)
        else:
            post("sponsor_changed", to=self.client.person, url=reverse("trajectories:sponsor_name", args=[self.pk]), at=at)

    def _may_be_sponsor(self, person):
        if person.pk == self.client.person_id:
            raise Refused(str(Reason(Why.CLIENT_IS_SPONSOR)))
        if self.coach and person.pk == self.coach.person_id:
            raise Refused(str(Reason(Why.IS_SPONSOR)))
        if self.seat_of(person):
            raise Refused(_("%(name)s has a seat in this trajectory already.") % {"name": person.name})

    @transaction.atomic
    def confirm_sponsor(self, *, by, at):
        """The client lets the one who was proposed in; the former sponsor reads nothing from now on."""
        self.lock()
        self.must_be_open()
        self._seat_needed(by, CLIENT)
        coming = self.unconfirmed_sponsor
        if coming is None:
            raise Refused(_("Nobody has been proposed as sponsor."))
        self._may_be_sponsor(coming.person)  # the coach may have come since they were proposed (R1)
        if self.sponsor:
            post("party_changed", to=self.sponsor.person, at=at)
            self.sponsor.leave(at=at)
        coming.confirmed_at = at
        coming.save(update_fields=["confirmed_at"])
        self.__dict__.pop("seats", None)
        self._tell("party_changed", *self._others(by), at=at)

    @transaction.atomic
    def refuse_sponsor(self, *, by, at):
        """The client does not want this one; nothing changes."""
        self.lock()
        self._seat_needed(by, CLIENT)
        if not self.unconfirmed_sponsor:
            raise Refused(_("Nobody has been proposed as sponsor."))
        self.parts.current().filter(part=SPONSOR, confirmed_at=None).delete()
        self.__dict__.pop("seats", None)

    @transaction.atomic
    def ask_for_another_coach(self, *, by, at):
        """Client or coach asks the coordinators for a hand-over; no reason is asked."""
        self.lock()
        self.must_be_open()
        self._seat_needed(by, COACH, CLIENT)
        self._tell_the_desk("new_request", at=at)

    def _take_over(self, to, *, by, at, older):
        """The former coach's seat ends and the new one's begins, in one moment; the agreement gets a new version."""
        former = self.coach
        if former:
            former.leave(at=at)
            post("party_changed", to=former.person, at=at)
        released = {f"reads_older_{kind}": kind in older for kind in ("question", "sessions", "check_ins")}
        self.parts.create(person=to, part=COACH, from_at=at, confirmed_at=at, reads_since=at, **released)
        self.__dict__.pop("seats", None)
        self._tell("party_changed", self.client.person, at=at)
        if agreement := self.agreements.in_force().latest_first().first():
            agreement.trajectory = self
            agreement.renew(by=by, at=at)


class HandOverQuerySet(models.QuerySet):
    def readable_by(self, person):
        """The client and coach of now, who is asked to take over while it is open, and the coordinators."""
        if not known(person):
            return self.none()
        trajectory = self.model._meta.get_field("trajectory").related_model.objects
        rooms = Q(trajectory__in=trajectory.seated(person, CLIENT, COACH).values("pk"))
        desk = Q(trajectory__in=trajectory.coordinated_by(person).values("pk"))
        return self.filter(rooms | desk | Q(person=person, done_at=None, ended_at=None))

    def open(self):
        return self.filter(done_at=None, ended_at=None)

    def unanswered_by(self, person):
        """Where this person is asked to coach, and has not said yes yet."""
        return self.filter(person=person, coach_said_at=None)

    def in_trajectory(self, pk):
        return self.filter(trajectory=pk)

    def with_people(self):
        return self.select_related("person__unit", "person__coach_profile", "trajectory")


class HandOver(models.Model):
    """A proposed change of coach. It happens when the client and the new coach have both said yes; `older` is what the client releases."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="hand_overs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    client_said_at = models.DateTimeField(null=True)
    coach_said_at = models.DateTimeField(null=True)
    older = models.JSONField(default=list)
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
        url = reverse("trajectories:hand_over", args=[trajectory.pk])
        post("hand_over_client", to=trajectory.client.person, url=url, at=at)
        post("hand_over_coach", to=to, url=url, at=at)
        return hand_over

    def _must_fit(self):
        client, sponsor = self.trajectory.client.person, self.trajectory.sponsor
        for reason in too_close(self.person, client, sponsor and sponsor.person, org=Org.around(self.person, client)):
            raise Refused(str(reason))

    @transaction.atomic
    def say_yes(self, *, by, at, older=()):
        """The client (releasing older words per kind: question, sessions, check_ins) or the new coach says yes; the second yes does it."""
        row = self._unsettled()
        if by.pk == row.person_id:
            row.coach_said_at = at
        else:
            row.trajectory._seat_needed(by, CLIENT)
            row.client_said_at, row.older = at, list(older)
        if row.client_said_at and row.coach_said_at:
            row._must_fit()
            row.trajectory._take_over(row.person, by=by, at=at, older=row.older)
            row.done_at = at
        row.save()

    def said_by(self, person):
        """Whether this one of the two has said yes already."""
        return bool(self.coach_said_at if person.pk == self.person_id else self.client_said_at)

    @transaction.atomic
    def say_no(self, *, by, at):
        """Client or new coach says no; everything stays as it is."""
        row = self._unsettled()
        if by.pk != row.person_id:
            row.trajectory._seat_needed(by, CLIENT)
        row.ended_at = at
        row.save()
        row.trajectory._tell_the_desk("new_request", at=at)

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
