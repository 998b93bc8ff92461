"""How is a request answered: yes, no, taken back, nobody found?"""

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import Person
from coaching.refusals import Refused
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models.states import State


class Answered:
    """The verbs of Trajectory while it is requested. `by` is the person who acts, `at` the moment in UTC; all raise Refused."""

    @transaction.atomic
    def accept(self, *, by, at):
        """The client says yes to what another asked for; with it they confirm the sponsor (R2). Not beside another that they are in."""
        Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # as in ask(): two at once must see each other
        self._begin("accept", by=by)
        if self.accepted_at:
            raise Refused(_("You have accepted this already."))
        if type(self).objects.seated(by, CLIENT).open().taken_up().exists():
            raise Refused(_("You have a trajectory already. You can say yes to this once that has ended."))
        self.accepted_at = at
        self.save()
        self.parts.current().filter(part=SPONSOR, confirmed_at=None).update(confirmed_at=at)
        self.__dict__.pop("seats", None)
        self._tell_the_desk("new_request", at=at)

    @transaction.atomic
    def talk_first(self, *, by, at):
        """The client wants to talk with a coordinator before they answer; the request stays open, and who asked learns nothing of it."""
        self._begin("talk_first", by=by)
        if self.accepted_at:
            raise Refused(_("You have accepted this already."))
        if self.talk_first_at:
            raise Refused(_("The coordinators know that you want to talk first."))
        self.talk_first_at = at
        self.save()
        self._tell_the_desk("new_request", at=at)

    @transaction.atomic
    def decline(self, *, by, at, sentence):
        """The client says no; who asked gets the sentence, once."""
        self._begin("decline", by=by)
        if self.accepted_at:
            raise Refused(_("You have accepted this already. You can withdraw your request instead."))
        self._end("declined", "not_accepted", at=at, sentence=sentence)
        self._tell("stopped", self.asked_by, at=at)

    @transaction.atomic
    def withdraw(self, *, by, at):
        """Who asked, or the client who had accepted, takes the request back before there is a coach."""
        self._begin("withdraw", by=by)
        if by.pk != self.asked_by_id and not self.accepted_at:
            raise Refused(_("This is not yours to do."))
        self._end("declined", "withdrawn", at=at, sentence=_("The request was withdrawn."))
        self._tell("stopped", *self._waiting() - {by}, at=at)
        self.read_decline(by=by, at=at)

    @transaction.atomic
    def nobody_found(self, *, by, at, sentence):
        """A coordinator found no coach; everyone who waits gets the sentence."""
        self._begin("nobody_found", by=by)
        self._end("declined", "nobody_found", at=at, sentence=sentence)
        self._tell("stopped", *self._waiting(), at=at)

    def _waiting(self):
        """Who waits for an answer to this request: the confirmed parties, and who asked as long as the client has not accepted."""
        return {seat.person for seat in self.seats if seat.confirmed_at} | ({self.asked_by} if not self.accepted_at else set())

    @transaction.atomic
    def read_decline(self, *, by, at):
        """Who asked, or the sponsor, has read the sentence; with that the trajectory is gone for them."""
        self.lock()
        if self.state != State.DECLINED:
            return
        if by.pk == self.asked_by_id:
            self.asker_told_at = at
            self.save(update_fields=["asker_told_at"])
        if (seat := self.seat_of(by)) and seat.part == SPONSOR:
            seat.leave(at=at)
            self.__dict__.pop("seats", None)

    def _end(self, fact, reason, *, at, sentence):
        setattr(self, f"{fact}_at", at)
        self.ended_as = reason
        self.save()
        self._untold(self.sponsor, at=at)
        self.endings.create(trajectory=self, worded_at=at, sentence=sentence, shared_at=at)
