"""How does one party make way for another? A sponsor named, a coach who takes over: decided by the client, and always told to them."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.independence import Reason, Why
from coaching.outbox import post, withdraw_about
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, SPONSOR


class Changes:
    """The verbs of Trajectory about who sits where. A former party reads nothing from the next request on."""

    @transaction.atomic
    def name_sponsor(self, person, *, by, at, shown=None):
        """The client names a sponsor, who then is; a coordinator proposes one, who reads nothing until the client confirms (R2).

        `shown`: see confirm_sponsor().
        """
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
            self.confirm_sponsor(by=by, at=at, shown=shown)
        else:
            post("sponsor_changed", to=self.client.person, url=reverse("trajectories:sponsor_name", args=[self.pk]), at=at)

    def _may_be_sponsor(self, person):
        if person.pk == self.client.person_id:
            raise Refused(str(Reason(Why.CLIENT_IS_SPONSOR)))
        if self.coach and person.pk == self.coach.person_id:
            raise Refused(str(Reason(Why.IS_SPONSOR)))
        if not self.intake_at and self.proposals.current().filter(person=person).exists():
            raise Refused(_("%(name)s has been proposed as coach, and cannot be the sponsor as well.") % {"name": person.name})
        if self.hand_overs.open().filter(person=person).exists():
            raise Refused(_("%(name)s has been asked to take over as coach.") % {"name": person.name})
        if self.seat_of(person):
            raise Refused(_("%(name)s has a seat in this trajectory already.") % {"name": person.name})
        self._one_part_each(person, SPONSOR)

    def _one_part_each(self, person, part):
        """One person, one part per trajectory, also after another: who coached here does not judge the outcome (domain, People)."""
        if self.parts.of_another_part(person, part).exists():
            raise Refused(_("%(name)s had another part in this trajectory before. Here one person has one part.") % {"name": person.name})

    @transaction.atomic
    def confirm_sponsor(self, *, by, at, read=None, shown=None):
        """The client lets the one who was proposed in; the former sponsor reads nothing from now on. `read`: see _coming().

        `shown`: raises Unseen when the page that was answered did not show what they read from now on (None: of no page).
        """
        self.lock()
        self.must_be_open()
        client, coming = self._seat_needed(by, CLIENT), self._coming(read)
        self._may_be_sponsor(coming.person)  # the coach may have come since they were proposed (R1)
        if shown:
            shown(self, by=client, at=at)
        if self.sponsor:
            self._take_back_what_nobody_read(by=by, at=at)
            self._leaves(self.sponsor, at=at)
        coming.confirmed_at = at
        coming.save(update_fields=["confirmed_at"])
        self.__dict__.pop("seats", None)
        self._another_sits(SPONSOR)
        self._tell("party_changed", *self._others(by), by, at=at)
        self._agree_anew(by=by, at=at)

    def _take_back_what_nobody_read(self, *, by, at):
        """What was shared with the sponsor of before less than half a minute ago was for them, and no page named another (R20b)."""
        for release in self.releases.filter(shared_at__gt=at):
            release.take_back(by=by, at=at)
        for goal in self.goals.filter(shared_at__gt=at):
            goal.unshare(by=by, at=at)
        for version in self.goalversions.filter(put_at__gt=at).select_related("goal"):  # of a goal that was shared before
            version.take_back(by=by, at=at)

    @transaction.atomic
    def refuse_sponsor(self, *, by, at, read=None):
        """The client does not want this one; nothing changes. `read`: see _coming()."""
        self.lock()
        self._seat_needed(by, CLIENT)
        self._coming(read)
        self.parts.current().filter(part=SPONSOR, confirmed_at=None).delete()
        self.__dict__.pop("seats", None)

    def _coming(self, read):
        """The seat of who was proposed as sponsor; `read`: its key on the page that was answered (None: of no page). Raises Refused."""
        if not self.accepted_at:  # that yes is to the sponsor as well, and without a seat who asked could not follow their request
            raise Refused(_("First say yes or no to the request itself. That is your answer about the sponsor too."))
        coming = self.unconfirmed_sponsor
        if coming is None:
            raise Refused(_("Nobody has been proposed as sponsor."))
        if read is not None and str(coming.pk) != read:
            raise Refused(_("Meanwhile somebody else was proposed. Look once more before you answer."))
        return coming

    def _sponsor_needed(self, read_by):
        """The sponsor's seat, to share with; `read_by`: its key on the page that named them (None: of no page). Raises Refused."""
        if not self.sponsor:
            raise Refused(_("There is no sponsor to share this with."))
        if read_by is not None and str(self.sponsor.pk) != read_by:
            raise Refused(_("Meanwhile %(name)s is the sponsor. Look once more before you share this.") % {"name": self.sponsor.first_name})
        return self.sponsor

    @transaction.atomic
    def ask_for_another_coach(self, *, by, at):
        """Client or coach asks the coordinators for a hand-over; no reason is asked."""
        self.lock()
        self.must_be_open()
        seat = self._seat_needed(by, COACH, CLIENT)
        if not self.intake_at:
            raise Refused(_("There is no coach yet. Propose one to the client first."))
        if self.hand_overs.open().exists():
            raise Refused(_("A hand-over has been proposed already. It waits for an answer."))
        if self.asked_over.waiting().filter(part=seat.part).exists():
            raise Refused(_("You asked this already. The coordinators are looking for somebody."))
        self.asked_over.create(part=seat.part, asked_at=at)
        self._tell_the_desk("desk_decides", at=at)

    @transaction.atomic
    def keep_this_coach(self, *, by, at):
        """Who asked for another coach takes that back."""
        self.lock()
        seat = self._seat_needed(by, COACH, CLIENT)
        if not self.asked_over.waiting().filter(part=seat.part).update(ended_at=at):
            raise Refused(_("You did not ask for another coach."))

    def _take_over(self, to, *, by, at, older):
        """The former coach's seat ends and the new one's begins, in one moment. `older`: kind of words -> up to when they go along."""
        former = self.coach
        if former:
            self._leaves(former, at=at)
        released = {f"reads_older_{kind}": until for kind, until in older.items()}
        self.parts.create(person=to, part=COACH, from_at=at, confirmed_at=at, reads_since=at, **released)
        self.asked_over.waiting().update(ended_at=at)
        self.__dict__.pop("seats", None)
        self._another_sits(COACH)
        self._tell("party_changed", self.client.person, at=at)
        if by.pk != to.pk:
            self._tell("party_changed", to, at=at)
        self._agree_anew(by=by, at=at)

    def _leaves(self, seat, *, at):
        """The seat ends; its person hears that, and gets no letter any more of what waited to be told."""
        self._untold(seat, at=at)
        seat.leave(at=at)
        post("party_changed", to=seat.person, at=at)

    def _untold(self, seat, *, at):
        """No letter of what is here leaves any more for who can no longer read it (`seat`: None where nobody sits)."""
        if seat:
            withdraw_about(self._here_among, to=seat.person, at=at)

    def _here_among(self, keys):
        """Which of these keys (a set of text) are of this trajectory or of anything in it, in whichever app that is kept."""
        found, sought = {str(self.pk)} & keys, keys - {str(self.pk)}
        for kept in self._meta.related_objects if sought else ():
            if kept.field.name == "trajectory":
                rows = kept.related_model._base_manager.filter(trajectory=self.pk, pk__in=sought)
                found |= {str(key) for key in rows.values_list("pk", flat=True)}
        return found

    def _another_sits(self, part):
        """A closing that is under way begins anew for whoever comes (R21, R23)."""
        for review in self.reviews.current():
            review._another_sits(part)

    def _agree_anew(self, *, by, at):
        """Others sit here now, so what was agreed is put to all of them again; until then the last version in force holds (R4)."""
        last = self.agreements.latest_first().first()
        if last and self.coach:
            last.trajectory = self
            last.renew(by=by, at=at)
