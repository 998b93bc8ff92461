"""What was asked, by whom, in which words for whom, and how did it end before it began?"""

import uuid

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from coaching.independence import Org, Reason, Why, too_close
from coaching.models import Person
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import Eyes
from trajectories.doors import ALL, CLIENT, COACH, COORDINATOR, NOT_ENDED_EARLY, NOTHING, SPONSOR, ContentQuerySet, known
from trajectories.models.content import Acts, Content
from trajectories.models.parts import Part
from trajectories.models.room import has_room
from trajectories.models.trajectory import Trajectory

MOST = 3  # coaches proposed to one client at a time


class RequestQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: Q(part=SPONSOR) & NOT_ENDED_EARLY}
    older = "question"

    def _since(self, path):
        """A coach whom the client chose after another one's no reads what it is about; who took over reads it when the client lets them."""
        return super()._since(path) | Q(**{f"{path}reads_since": F("trajectory__intake_at")})

    def open_to(self, seat):
        if seat.reads_since and seat.reads_since == seat.trajectory.intake_at:
            return self.filter(self.reads.get(seat.part, NOTHING), trajectory=seat.trajectory_id)
        rows = super().open_to(seat)
        return rows.filter(by=seat.person_id) if seat.part == SPONSOR else rows

    def readable_by(self, person):
        """A sponsor's words by that sponsor and not by the next one; and by who wrote them, while they wait for the client's answer."""
        asked = Trajectory.objects.asked_for_by(person).filter(declined_at=None)  # of a no one reads the sentence
        waiting = self.filter(by=person, trajectory__in=asked) if known(person) else self.none()
        of_the_two = Q(trajectory__in=Trajectory.objects.seated(person, COACH, CLIENT).values("pk"))
        seated = super().readable_by(person).filter(of_the_two | Q(by=getattr(person, "pk", None)))
        return self.filter(Q(pk__in=seated.values("pk")) | Q(pk__in=waiting.values("pk")))


class Request(Content):
    """What it is about, in the words of one who asked."""

    part = models.CharField(max_length=12)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = SealedText(seal="request_about")
    objects = RequestQuerySet.as_manager()


class ForCoordinatorQuerySet(ContentQuerySet):
    reads = {CLIENT: ALL, COORDINATOR: ALL}


class ForCoordinator(Content):
    """What the client, or who asked for them, wants the coordinator to know."""

    words = SealedText(seal="for_coordinator")
    objects = ForCoordinatorQuerySet.as_manager()

    @property
    def is_of_asker(self):
        """Whether another who asked wrote it: the client does so from their yes on."""
        accepted_at = self.trajectory.accepted_at
        return accepted_at is None or self.worded_at < accepted_at


class WishQuerySet(ContentQuerySet):
    reads = {CLIENT: ALL, COORDINATOR: ALL}


class Wish(Content):
    """What kind of coach the client would like."""

    words = SealedText(seal="wish")
    objects = WishQuerySet.as_manager()


class ProposalQuerySet(models.QuerySet):
    def readable_by(self, person):
        """The client sees who is proposed, a coach that they were chosen, a coordinator what they proposed."""
        if not known(person):
            return self.none()
        client = Trajectory.objects.seated(person, CLIENT).values("pk")
        desk = Trajectory.objects.coordinated_by(person).values("pk")
        return self.filter(Q(trajectory__in=client) | Q(trajectory__in=desk) | Q(**self._asked_of(person)))

    def _asked_of(self, person):
        """Lookups for: this coach was chosen and has not answered; neither has the request ended meanwhile."""
        waits = {f"trajectory__{fact}_at": None for fact in ("intake", "declined", "stopped")}
        return waits | {"person": person, "chosen_at__isnull": False, "ended_at": None}

    def current(self):
        return self.filter(ended_at=None)

    def chosen(self):
        return self.current().filter(chosen_at__isnull=False)

    def waiting_for(self, person):
        """Chosen by a client, and this coach has not answered yet."""
        return self.readable_by(person).filter(**self._asked_of(person))

    def to_answer_by(self, person):
        """Where this person is the client, or the coach who was chosen: not those that they proposed."""
        client = Trajectory.objects.seated(person, CLIENT).values("pk")
        return self.filter(Q(trajectory__in=client) | Q(**self._asked_of(person)))

    def of(self, trajectories):
        return self.filter(trajectory__in=trajectories)

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
        if any(seat.part == SPONSOR and seat.person_id == self.person_id for seat in self.trajectory.seats):  # who was proposed as one, too
            raise Refused(str(Reason(Why.IS_SPONSOR)))
        self.trajectory._one_part_each(self.person, COACH)
        for reason in too_close(self.person, client, org=Org.around(self.person, client)):
            raise Refused(str(reason))
        if not has_room(self.person):
            raise Refused(_("%(name)s has no room at present.") % {"name": self.person.name})

    @transaction.atomic
    def choose(self, *, by, at):
        """The client picks this coach; the coach then says whether they can."""
        self.trajectory._begin("choose", by=by)
        if not self.trajectory.accepted_at:
            raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
        if self.ended_at or self.trajectory.proposals.chosen().exists():
            raise Refused(_("You have chosen already. The coach will let you know."))
        self.must_fit()
        self.chosen_at = at
        self.save()
        self.trajectory._tell("matched_coach", self.person, at=at)

    @transaction.atomic
    def pass_by(self, *, by, at):
        """The client does not want this coach, or the chosen coach cannot; no reason is asked."""
        trajectory = self.trajectory
        seat = trajectory._begin("pass_by", by=by)
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        cannot = by.pk == row.person_id and row.chosen_at
        if not (cannot or seat):
            raise Refused(_("This is not yours to do."))
        if row.ended_at:
            raise Refused(_("This proposal has been passed by already."))
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        if cannot:
            trajectory._tell("party_changed", trajectory.client.person, at=at)
        if not trajectory.proposals.current().exists():
            trajectory._tell_the_desk("new_request", at=at)


@transaction.atomic
def propose(trajectory, coach, *, by, at):
    """A coordinator proposes a coach: never themselves, nobody too close, three at the most."""
    trajectory._begin("propose", by=by)
    if coach.pk == by.pk:
        raise Refused(_("You cannot make yourself coach or sponsor."))
    if not trajectory.accepted_at:
        raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
    now_proposed = set(trajectory.proposals.current().values_list("person", flat=True))
    if coach.pk in now_proposed:
        raise Refused(_("%(name)s has been proposed already.") % {"name": coach.name})
    if len(now_proposed) >= MOST:
        raise Refused(_("Three proposals are enough. The client chooses first."))
    proposal = Proposal(trajectory=trajectory, person=coach, proposed_by=by, proposed_at=at)
    proposal.must_fit()
    proposal.save()
    trajectory._tell("matched_client", trajectory.client.person, at=at, once=f"proposed:{trajectory.pk}:{at.isoformat()}")
    return proposal


@transaction.atomic
def propose_all(trajectory, coaches, *, by, at):
    """Propose several at once: all of them or none; the client gets one letter."""
    return [propose(trajectory, coach, by=by, at=at) for coach in coaches]


@transaction.atomic
def ask(*, client, by, at, about, sponsor=None, wishes="", for_coordinator="", continues=None):
    """Ask for coaching: an employee for themselves, a sponsor for an employee, a coordinator for either (R2). Raises Refused.

    `continues`: the ended trajectory that this one goes on from, if the client says so.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=client.pk)  # two requests at once must see each other
    themselves = by.pk == client.pk
    _may_ask(client, sponsor, by)
    referral = "client" if themselves or sponsor is None or by.pk != sponsor.pk else "sponsor"
    if continues and not (themselves and Trajectory.objects.seated(by, CLIENT).to_continue().filter(pk=continues.pk).exists()):
        raise Refused(_("This is not yours to do."))
    facts = {"referral": referral, "continues": continues, "accepted_at": at if themselves else None}
    trajectory = Trajectory.objects.create(asked_by=by, asked_at=at, **facts)
    trajectory.parts.create(person=client, part=CLIENT, from_at=at, confirmed_at=at)
    if sponsor:
        trajectory.parts.create(person=sponsor, part=SPONSOR, from_at=at, confirmed_at=at if themselves else None)
    part = CLIENT if themselves else SPONSOR if referral == "sponsor" else COORDINATOR
    _write(trajectory, part=part, by=by, at=at, about=about, wishes=wishes, for_coordinator=for_coordinator)
    if themselves:
        trajectory._tell("request_received", client, at=at)
        trajectory._tell_the_desk("new_request", at=at)
    else:
        trajectory._tell("please_accept", client, at=at)
    return trajectory


def _may_ask(client, sponsor, by):
    themselves = by.pk == client.pk
    if not themselves and not by.coordinates and (sponsor is None or sponsor.pk != by.pk):
        raise Refused(_("This is not yours to do."))
    if sponsor and sponsor.pk == client.pk:
        raise Refused(str(Reason(Why.CLIENT_IS_SPONSOR)))
    if by.coordinates and sponsor and sponsor.pk == by.pk:
        raise Refused(_("You cannot make yourself coach or sponsor."))
    # Who may not know that there is one asks as if there were none: what they asked waits, and accept() looks (domain.md, "Who sees what").
    if (known_ones := Trajectory.objects.seated(client, CLIENT).open().known_to(by)).exists():
        if known_ones.asked_for_by(by).exists():
            raise Refused(_("You have asked this already. It waits for the answer of %(name)s.") % {"name": client.first_name})
        raise Refused(_("There is a trajectory for this person already."))


def _write(trajectory, *, part, by, at, about, wishes, for_coordinator):
    facts, trajectory.acts = {"trajectory": trajectory, "worded_at": at}, Acts(Eyes(by.pk, part))
    if about:
        Request.objects.create(part=part, by=by, about=about, **facts)
    if wishes:
        Wish.objects.create(words=wishes, **facts)
    if for_coordinator:
        ForCoordinator.objects.create(words=for_coordinator, **facts)


@transaction.atomic
def tell(trajectory, *, by, at, about="", wishes="", for_coordinator=""):
    """The client's own words with a request, in the place of what they wrote before, until there is a coach. Raises Refused."""
    trajectory._begin("tell", by=by)
    if not trajectory.accepted_at:
        raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
    trajectory.requests.filter(part=CLIENT).delete()
    for rows in (trajectory.wishs, trajectory.forcoordinators):
        rows.filter(worded_at__gte=trajectory.accepted_at).delete()
    _write(trajectory, part=CLIENT, by=by, at=at, about=about, wishes=wishes, for_coordinator=for_coordinator)
