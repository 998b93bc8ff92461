"""What was asked, by whom, in which words for whom, and how did it end before it began?"""

import uuid

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from coaching.clock import today
from coaching.independence import Org, Reason, Why, too_close
from coaching.models import Person
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, COORDINATOR, NOT_ENDED_EARLY, SHARED, SPONSOR, ContentQuerySet, known
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.trajectory import Trajectory


class RequestQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: Q(part=SPONSOR) & NOT_ENDED_EARLY}
    older = "question"

    def readable_by(self, person):
        """Also by who wrote it, while they wait for the client's answer."""
        waiting = self.filter(by=person, trajectory__in=Trajectory.objects.asked_for_by(person)) if known(person) else self.none()
        return self.filter(Q(pk__in=super().readable_by(person).values("pk")) | Q(pk__in=waiting.values("pk")))


class Request(Content):
    """What it is about, in the words of one who asked."""

    part = models.CharField(max_length=12)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = SealedText(seal="request_about")
    objects = RequestQuerySet.as_manager()


class ForCoordinatorQuerySet(ContentQuerySet):
    reads = {CLIENT: ALL, COORDINATOR: ALL}


class ForCoordinator(Content):
    """What the client wants the coordinator to know, and nobody else."""

    words = SealedText(seal="for_coordinator")
    objects = ForCoordinatorQuerySet.as_manager()


class WishQuerySet(ContentQuerySet):
    reads = {CLIENT: ALL, COORDINATOR: ALL}


class Wish(Content):
    """What kind of coach the client would like."""

    words = SealedText(seal="wish")
    objects = WishQuerySet.as_manager()


class EndingQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SHARED}

    def waiting(self):
        """Sentences after a stop that the other one has not confirmed yet."""
        return self.filter(shared_at=None)

    def readable_by(self, person):
        """Also by who asked, until they have read that it was declined."""
        asked = self.filter(trajectory__in=Trajectory.objects.asked_for_by(person)) if known(person) else self.none()
        return self.filter(Q(pk__in=super().readable_by(person).values("pk")) | Q(pk__in=asked.values("pk")))


class Ending(Content):
    """The sentence that the sponsor hears about a stop or a decline. `shared_at`: from when they do."""

    sentence = SealedText(seal="ending")
    by_part = models.CharField(max_length=10, blank=True)
    shared_at = models.DateTimeField(null=True)
    objects = EndingQuerySet.as_manager()

    @transaction.atomic
    def confirm(self, *, by, at):
        """The other of coach and client agrees to the sentence; now the sponsor may read it."""
        seat = self.trajectory.seat_of(by)
        if self.shared_at or seat.part == self.by_part:
            raise Refused(_("The other of you two has to say yes to this sentence."))
        self.shared_at = at
        self.save()
        if self.trajectory.sponsor:
            self.trajectory._tell("stopped", self.trajectory.sponsor.person, at=at)


class ProposalQuerySet(models.QuerySet):
    def readable_by(self, person):
        """The client sees who is proposed, a coach that they were chosen, a coordinator what they proposed."""
        if not known(person):
            return self.none()
        client = Trajectory.objects.seated(person, CLIENT).values("pk")
        desk = Trajectory.objects.coordinated_by(person).values("pk")
        return self.filter(Q(trajectory__in=client) | Q(trajectory__in=desk) | Q(person=person, chosen_at__isnull=False))

    def current(self):
        return self.filter(ended_at=None)

    def chosen(self):
        return self.current().filter(chosen_at__isnull=False)

    def waiting_for(self, person):
        """Chosen by a client, and this coach has not answered yet."""
        return self.readable_by(person).chosen().filter(person=person, trajectory__intake_at=None, trajectory__declined_at=None)

    def with_people(self):
        return self.select_related("person__unit", "person__coach_profile")

    def with_clients(self):
        """Brings `client_name` and the trajectory."""
        seats = Part.objects.current().filter(trajectory=OuterRef("trajectory"), part=CLIENT)
        return self.select_related("trajectory").annotate(client_name=Subquery(seats.values("person__name")[:1]))

    def in_order(self):
        return self.order_by("proposed_at", "pk")


class Proposal(models.Model):
    """A coach whom a coordinator proposes to a client. Names and moments only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="proposals")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "person"], condition=Q(ended_at=None), name="proposed_once"),
            models.UniqueConstraint(fields=["trajectory"], condition=Q(ended_at=None, chosen_at__isnull=False), name="one_coach_chosen"),
        ]

    def must_fit(self):
        """Raises Refused when this coach is too close or has no room (R1)."""
        client = self.trajectory.client.person
        sponsor = self.trajectory.sponsor or self.trajectory.unconfirmed_sponsor
        org = Org.around(self.person, client)
        for reason in too_close(self.person, client, sponsor and sponsor.person, org=org):
            raise Refused(str(reason))
        if not has_room(self.person):
            raise Refused(_("%(name)s has no room at present.") % {"name": self.person.name})

    @transaction.atomic
    def choose(self, *, by, at):
        """The client picks this coach; the coach then says whether they can."""
        self.trajectory._begin("take_seat", by=by)
        self.trajectory._seat_needed(by, CLIENT)
        if not self.trajectory.accepted_at:
            raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
        if self.ended_at or self.trajectory.proposals.chosen().exists():
            raise Refused(_("You have chosen already. The coach will let you know."))
        self.must_fit()
        self.chosen_at = at
        self.save()
        post("matched_coach", to=self.person, url=self.trajectory.get_absolute_url(), at=at)

    @transaction.atomic
    def pass_by(self, *, by, at):
        """The client does not want this coach, or the chosen coach cannot; no reason is asked."""
        seat = self.trajectory.seat_of(by)
        if by.pk != self.person_id and not (seat and seat.part == CLIENT):
            raise Refused(_("This is not yours to do."))
        self.ended_at = at
        self.save()


def has_room(person, on=None):
    """Whether a coach is in the pool, available on day `on`, and coaches fewer than they have room for."""
    on = on or today()
    profile = getattr(person, "coach_profile", None)
    if not profile or not person.is_active:
        return False
    if (profile.available_from and profile.available_from > on) or (profile.paused_from and profile.paused_from <= on):
        return False
    return load_of(person) < profile.room_for


def load_of(person):
    """How many open trajectories somebody coaches now."""
    return Trajectory.objects.seated(person, COACH).open().count()


@transaction.atomic
def propose(trajectory, coach, *, by, at):
    """A coordinator proposes a coach: never themselves, nobody too close, three at the most."""
    trajectory._begin("take_seat")
    trajectory._coordinates(by)
    if coach.pk == by.pk:
        raise Refused(_("You cannot make yourself coach or sponsor."))
    if trajectory.proposals.current().count() >= 3:
        raise Refused(_("Three proposals are enough. The client chooses first."))
    proposal = Proposal(trajectory=trajectory, person=coach, proposed_by=by, proposed_at=at)
    proposal.must_fit()
    proposal.save()
    post("matched_client", to=trajectory.client.person, url=trajectory.get_absolute_url(), at=at)
    return proposal


@transaction.atomic
def ask(*, client, by, at, about, sponsor=None, wishes="", for_coordinator=""):
    """Ask for coaching: an employee for themselves, a sponsor for an employee, a coordinator for either (R2). Raises Refused."""
    Person.objects.select_for_update(of=("self",)).get(pk=client.pk)  # two requests at once must see each other
    if Trajectory.objects.seated(client, CLIENT).open().exists():
        raise Refused(_("There is a trajectory for this person already."))
    if sponsor and sponsor.pk == client.pk:
        raise Refused(str(Reason(Why.CLIENT_IS_SPONSOR)))
    themselves = by.pk == client.pk
    referral = "client" if themselves or (sponsor is None or by.pk != sponsor.pk) else "sponsor"
    trajectory = Trajectory.objects.create(referral=referral, asked_by=by, asked_at=at, accepted_at=at if themselves else None)
    trajectory.parts.create(person=client, part=CLIENT, from_at=at, confirmed_at=at)
    if sponsor:
        trajectory.parts.create(person=sponsor, part=SPONSOR, from_at=at, confirmed_at=at if themselves else None)
    facts = {"trajectory": trajectory, "worded_at": at}
    if about:
        part = CLIENT if themselves else SPONSOR if referral == "sponsor" else COORDINATOR
        Request.objects.create(part=part, by=by, about=about, **facts)
    if wishes:
        Wish.objects.create(words=wishes, **facts)
    if for_coordinator:
        ForCoordinator.objects.create(words=for_coordinator, **facts)
    if themselves:
        trajectory._tell("new_request", *Person.objects.coordinators(), at=at)
    else:
        trajectory._tell("please_accept", client, at=at)
    return trajectory
