"""Which verbs take a trajectory from one state to the next? Each checks, changes, saves and records in one transaction."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.clock import day_of, end_of
from coaching.models import Organisation, Person
from coaching.outbox import post
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, COORDINATOR
from trajectories.models.answered import Answered
from trajectories.models.content import Acts
from trajectories.models.sharing import tell_what_waited, wait_to_tell
from trajectories.models.states import ASKER, CHOSEN, DESK_WHEN_EMPTY, STEPS, State
from trajectories.reasons import REASONS, neutral

PATIENCE = 30  # days in closing, before it may end without a report (R23)
READ_ONLY = {State.CLOSED, State.STOPPED, State.DECLINED}


class Life(Answered):
    """The verbs of Trajectory. `by` is the person who acts, `at` the moment in UTC; all raise Refused with a sentence."""

    def lock(self):
        """Take this row, as it is now, for the rest of the transaction. Every verb takes it before any row below it."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
        self.__dict__.pop("seats", None)

    def _begin(self, verb, *, by):
        """Lock the row and look in STEPS whether `verb` may happen now and by `by`; gives their seat, None where they act without one."""
        self.lock()
        step = STEPS[verb]
        if self.state not in step.sources:
            raise Refused(self.refusal_for(self.state))
        seat = self._one_of(step.who, by)
        self.acts = Acts(seat) if seat else None
        return seat

    def _one_of(self, who, by):
        """The seat of `by` where `who` names its part; None for who may act without one. Raises Refused."""
        seat = self.seat_of(by)
        if seat and seat.part in who:
            return seat
        if ASKER in who and by.pk == self.asked_by_id:
            return seat
        if CHOSEN in who and self.proposals.chosen().filter(person=by).exists():
            return None
        if DESK_WHEN_EMPTY in who and (seat or not self.vacancy):
            raise Refused(_("This is for coach and client to say, as long as both are there."))
        if COORDINATOR in who or DESK_WHEN_EMPTY in who:
            return self._coordinates(by)
        raise Refused(_("This is not yours to do."))

    @staticmethod
    def refusal_for(state):
        """Why nothing of this kind can happen in `state`."""
        return {
            State.CLOSED: _("This trajectory is closed. You can read it and change nothing."),
            State.STOPPED: _("This trajectory has stopped. You can read it and change nothing."),
            State.DECLINED: _("This trajectory did not go ahead. Nothing can be changed in it."),
            State.ON_HOLD: _("This trajectory is on hold. Resume it first."),
        }.get(state, _("This is not possible in this phase of the trajectory."))

    def must_be_open(self):
        """Raises Refused when words can no longer be added or changed."""
        if self.state in READ_ONLY:
            raise Refused(self.refusal_for(self.state))

    def must_be_free(self):
        """Raises Refused when words can no longer be changed, or a text lies there to be signed (architecture: what is signed is a row)."""
        self.must_be_open()
        if self.closing_at and self.reviews.current().filter(put_forward_at__isnull=False).exists():
            raise Refused(_("A text has been put forward to sign. Take it back first if something has to change."))

    def _seat_needed(self, by, *parts):
        seat = self.seat_of(by)
        if seat is None or seat.part not in parts:
            raise Refused(_("This is not yours to do."))
        self.acts = Acts(seat)
        return seat

    def _tell(self, kind, *people, at, **more):
        for person in people:
            post(kind, to=person, url=self.get_absolute_url(), at=at, **more)

    def _tell_the_desk(self, kind, *, at):
        """The coordinators who are no party here themselves."""
        url, parties = reverse("trajectories:match", args=[self.pk]), [seat.person_id for seat in self.seats]
        for person in Person.objects.coordinators().exclude(pk__in=parties):
            post(kind, to=person, url=url, at=at)

    def _in_the_room(self, *, but=None):
        """Coach and client of now, without `but`."""
        return [s.person for s in self.seats if s.confirmed_at and s.part in (COACH, CLIENT) and s.person_id != getattr(but, "pk", None)]

    @property
    def vacancy(self):
        """Whether a seat that it cannot do without is empty, or whoever sits there has left."""
        needed = [self.client, self.coach] if self.intake_at else [self.client]
        return any(seat is None or not seat.person.is_active for seat in needed)

    def _coordinates(self, by):
        if not type(self).objects.coordinated_by(by).filter(pk=self.pk).exists():
            raise Refused(_("You are a party in this trajectory. Another coordinator decides about it."))

    # intake

    @transaction.atomic
    def take_seat(self, *, by, at):
        """The coach whom the client chose takes the seat; distance and room are looked at once more (R1)."""
        self._begin("take_seat", by=by)
        proposal = self.proposals.chosen().filter(person=by).first()
        if not proposal or not self.accepted_at:
            raise Refused(_("The client has not accepted this yet. Until then it cannot begin."))
        proposal.must_fit()
        earlier = self.parts.filter(part=COACH).exists()  # what they wrote and shared with an earlier coach stays between those two
        self.parts.create(person=by, part=COACH, from_at=at, confirmed_at=at, reads_since=at if earlier else None)
        self.intake_at = at
        self.save()
        self.__dict__.pop("seats", None)
        self._tell("party_changed", self.client.person, at=at)
        self._agree_anew(by=by, at=at)

    @transaction.atomic
    def no_match(self, *, by, at):
        """Coach or client says no after meeting; no reason is asked. The request waits for a coach again."""
        self._begin("no_match", by=by)
        left = self.coach
        self._untold(left, at=at)
        left.leave(at=at)
        self.__dict__.pop("seats", None)
        self.proposals.chosen().update(ended_at=at)
        self.asked_over.waiting().update(ended_at=at)
        self.hand_overs.open().update(ended_at=at)
        self.intake_at = None
        self.save()
        self._tell("party_changed", self.client.person, at=at)
        if left.person_id != by.pk:
            post("party_changed", to=left.person, at=at)
        self._tell_the_desk("new_request", at=at)

    # agreed and running

    def follow(self, *, at):
        """Move on when the agreement, then the first goal, has the yes of all whom it needs. Their verbs call it in their transaction.

        What a former party agreed to waits for the yes of the one who sits here now (R4, R5).
        """
        state, all_here = self.state, [seat for seat in self.seats if seat.confirmed_at]
        if state in STEPS["agree"].sources and self.coach and self.agreements.agreed_by(*all_here).exists():
            self.agreed_at = at
            self.save()
            tell_what_waited(self, since=self.asked_at, at=at)
            state = self.state
        two = [self.coach, self.client]
        if state in STEPS["start"].sources and all(two) and self.goalversions.agreed_by(*two).exists():
            self.started_at = at
            self.save()

    @transaction.atomic
    def hold(self, *, by, at, look_again_on):
        """Let it rest until a day to look again."""
        self._begin("hold", by=by)
        if look_again_on <= day_of(at):
            raise Refused(_("Choose a day that is still to come."))
        self._rest(at=at, look_again_on=look_again_on)
        self._tell("on_hold", *self._others(by), at=at)

    def _rest(self, *, at, look_again_on):
        """Stand still from now; without a day to look again while a seat is empty."""
        self.held_at, self.look_again_on = at, look_again_on
        self.save()
        self.holds.create(from_at=at)
        wait_to_tell(self, at=at)

    @transaction.atomic
    def resume(self, *, by, at):
        """Go on where it rested, or where the last yes that was given meanwhile leads."""
        if self._begin("resume", by=by) and self.vacancy:
            raise Refused(_("A seat is empty. First somebody takes it; the coordinator can help."))
        self.holds.filter(until_at=None).update(until_at=at)
        since, self.held_at, self.look_again_on = self.held_at, None, None
        self.save()
        self.follow(at=at)
        tell_what_waited(self, since=since, at=at)
        self._tell("on_hold", *self._others(by), at=at)

    def _others(self, by):
        return [seat.person for seat in self.seats if seat.confirmed_at and seat.person_id != by.pk]

    # endings

    @transaction.atomic
    def begin_closing(self, *, by, at, two_because=""):
        """Start the closing. Without a sponsor the client and coach close with two, and say why (R23)."""
        self._begin("begin_closing", by=by)
        if not self.sponsor and not two_because:
            raise Refused(_("There is no sponsor. Invite one, or choose to close with two and say why."))
        self.closing_at = at
        self.save()
        review = self.reviews.create(trajectory=self, worded_at=at, with_sponsor=bool(self.sponsor), two_because=two_because or None)
        self._tell("please_prepare", *self._others(by), by, at=at)
        return review

    @transaction.atomic
    def go_on(self, *, by, at):
        """Coach and client both say that the coaching goes on after all; returns whether it does now."""
        seat = self._begin("go_on", by=by)
        if not self.reviews.current().get().wants_to_go_on(seat, at=at):
            return False
        self.closing_at = None
        self.save()
        self.agreements.in_force().latest_first().first().renew(by=by, at=at)
        return True

    @transaction.atomic
    def close_without_report(self, *, by, at, reason):
        """After thirty days in closing coach or client may close without a report; the sponsor gets the neutral sentence at once (R23)."""
        seat = self._begin("close_without_report", by=by)
        if not self.may_close_without_report(at):
            raise Refused(_("That is possible after thirty days in closing. Until then there is time to come together."))
        if reason not in REASONS:
            raise Refused(_("Choose a reason from the list."))
        self.closed_at, self.ended_as = at, reason
        self.save()
        with override(self.sponsor.person.language if self.sponsor else Organisation.current().language):
            sentence = _("The trajectory has been closed, without a report.")
        self.endings.create(trajectory=self, worded_at=at, sentence=sentence, by_part=seat.part, shared_at=at)
        self._tell("stopped", *self._others(by), at=at)

    def may_close_without_report(self, at):
        """Whether the thirtieth day after the closing began is over."""
        return self.state == State.CLOSING and at >= end_of(day_of(self.closing_at), after=PATIENCE)

    @transaction.atomic
    def stop(self, *, by, at, reason, sentence=""):
        """End it early, with a reason from the list: client or coach, or a coordinator when one of them has left.

        The sponsor's sentence waits for the other's yes, or for five working days (models.endings).
        """
        seat = self._begin("stop", by=by)
        if not self.accepted_at:
            raise Refused(_("Nothing has begun yet, so there is nothing to stop. The client can say no instead."))
        if reason not in REASONS:
            raise Refused(_("Choose a reason from the list."))
        self.stopped_at, self.ended_as = at, reason
        self.held_at = self.look_again_on = None
        self.holds.filter(until_at=None).update(until_at=at)
        self.save()
        self._untold(self.sponsor, at=at)
        words = sentence if seat and sentence else neutral(reason)
        self.endings.create(trajectory=self, worded_at=at, sentence=words, by_part=seat.part if seat else "", shared_at=None)
        url = reverse("trajectories:ending_confirm", args=[self.pk])
        for person in self._in_the_room(but=by):
            post("stopped", to=person, url=url, at=at)
