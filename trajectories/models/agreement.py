"""What did the parties agree at the start, each for themselves, version by version? (R4, R7)"""

import json

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.models import Organisation
from coaching.outbox import post
from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.agreement_text import freeze
from trajectories.doors import AGREED, ALL, CLIENT, COACH, MET, NOT_DECLINED, NOT_ENDED_EARLY, SPONSOR, ContentQuerySet, before_rest
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.sharing import unknown_yet


class AgreementQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: NOT_DECLINED}
    # In the intake too: it waits for their yes. Of what stopped they read what was agreed, and no proposal of then.
    sponsor_when = MET & before_rest("worded_at") & (Q(trajectory__stopped_at=None) | Q(in_force_at__isnull=False))

    def in_force(self):
        """Versions that every party agreed to."""
        return self.filter(in_force_at__isnull=False)

    def agreed_by(self, *seats):
        """In force, with the yes of each of these seats: that of the coach or sponsor before them is not theirs."""
        yeses = [models.Exists(Assent.objects.filter(agreement=models.OuterRef("pk"), seat=seat.pk)) for seat in seats]
        return self.in_force().filter(*yeses)

    def numbered(self, number):
        return self.filter(number=number)

    def latest_first(self):
        return self.order_by("-number")

    def with_yeses(self, seats):
        """Brings yes_coach, yes_client and yes_sponsor, as far as these seats are taken: what waits_among() then goes by."""
        yeses = {f"yes_{seat.part}": models.Exists(Assent.objects.filter(agreement=models.OuterRef("pk"), seat=seat.pk)) for seat in seats}
        return self.annotate(**yeses)

    def with_overtaken(self):
        """Brings `overtaken`: whether a newer version was put, which the sponsor cannot read while it rests."""
        newer = self.model.objects.filter(trajectory=models.OuterRef("trajectory"), number__gt=models.OuterRef("number"))
        return self.annotate(overtaken=models.Exists(newer))

    def with_assents(self):
        return self.prefetch_related(models.Prefetch("assents", Assent.objects.select_related("seat__person").order_by("at")))


class Agreement(Content):
    """One version. `frozen` holds the whole text as it was read, per language: names and terms do not change under an assent."""

    TERMS = ("sessions", "minutes", "starts_on", "ends_on", "place", "own_words")

    number = models.PositiveIntegerField()
    sessions = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = SealedText(seal="agreement_place")
    own_words = SealedText(seal="agreement_own_words", null=True)
    frozen = SealedText(seal="agreement_frozen")
    in_force_at = models.DateTimeField(null=True)
    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="one_agreement_per_number"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="agreement_ends_after_start"),
        ]

    @classmethod
    @transaction.atomic
    def propose(cls, trajectory, *, by, at, frozen, base=None, **terms):
        """Put a version forward; until all have agreed to it the previous one holds. `frozen` is made by agreement_text.freeze().

        `base` is the number of the last version when the form was shown (0: none); raises Stale with the last one when another came since.
        """
        trajectory.lock()
        trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        if not trajectory.coach:
            raise Refused(_("There is no coach yet. First someone takes that seat; then you agree together."))
        if trajectory.unconfirmed_sponsor and not trajectory.sponsor:
            raise Refused(_("The client has not confirmed the sponsor yet. First that; then you agree between three."))
        last = cls.objects.filter(trajectory=trajectory).order_by("-number").first()
        if base is not None and base != (last.number if last else 0):
            raise Stale(last)
        agreement = cls._put(trajectory, by=by, at=at, frozen=frozen, last=last, terms=terms)
        Assent.objects.create(agreement=agreement, seat=seat, at=at)
        return agreement

    @classmethod
    def _put(cls, trajectory, *, by, at, frozen, last, terms):
        """The next version, put to all but `by`, who acts; nobody has agreed to it yet."""
        agreement = cls.objects.create(
            trajectory=trajectory, number=last.number + 1 if last else 1, worded_at=at, frozen=json.dumps(frozen), **terms
        )
        waits = trajectory.sponsor.person if trajectory.sponsor and trajectory.held_at else None  # they read it once it goes on
        for person in trajectory._others(by):
            if person != waits:
                agreement._ask(person, at=at)
        return agreement

    def _ask(self, person, *, at):
        kind = "agreement_changed" if self.number > 1 else "please_agree"
        url, once = reverse("trajectories:agreement", args=[self.trajectory_id]), f"agreement:{self.pk}:{person.pk}"
        post(kind, to=person, url=url, at=at, once=once)

    def tell_sponsor(self, *, at):
        """Of a version that was put while it rested they hear once it goes on."""
        if not self.in_force_at and self.trajectory.sponsor in self.waits_for():
            self._ask(self.trajectory.sponsor.person, at=at)

    @transaction.atomic
    def agree(self, *, by, at):
        """One party's yes to this version, from the page of that version; the last yes puts it in force and may move the trajectory on."""
        trajectory = self.trajectory
        trajectory.lock()
        self.in_force_at = type(self)._base_manager.values_list("in_force_at", flat=True).get(pk=self.pk)
        trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH, CLIENT, SPONSOR)
        if trajectory.unconfirmed_sponsor and not trajectory.sponsor:
            raise Refused(_("The client has not confirmed the sponsor yet. First that; then you agree between three."))
        self._must_be_newest(seat)
        Assent.objects.get_or_create(agreement=self, seat=seat, defaults={"at": at})
        getattr(self, "_prefetched_objects_cache", {}).pop("assents", None)
        if not self.in_force_at and not self.waits_for():
            self.in_force_at = at
            self.save(update_fields=["in_force_at"])
            trajectory.follow(at=at)

    def _must_be_newest(self, seat):
        """Raises Refused when another version came after it; the sponsor hears of one that was put while it rests only once it goes on."""
        newer = type(self).objects.filter(trajectory=self.trajectory, number__gt=self.number)
        if newer.exists():
            known = seat.part != SPONSOR or newer.filter(newer.sponsor_when).exists()
            raise Refused(
                _("There is a newer version. Read that one first.") if known else _("It rests now. You can say yes once it goes on.")
            )

    @property
    def yeses(self):
        """The assents to this version; with_assents() brings them with their people."""
        return list(self.assents.all())

    @property
    def put_by(self):
        """The seat that put it forward, which agreed in the same moment; None where the same terms were put anew (`renew`)."""
        return next((assent.seat for assent in self.yeses if assent.at == self.worded_at), None)

    def waits_for(self):
        """The seats that have not agreed to this version yet."""
        return self.waits_among(self.trajectory.seats)

    def waits_among(self, seats):
        """Which of these seats still has to say yes."""
        return [seat for seat in seats if seat.confirmed_at and not self._has_yes_of(seat)]

    def _has_yes_of(self, seat):
        known = getattr(self, f"yes_{seat.part}", None)
        return any(assent.seat_id == seat.pk for assent in self.assents.all()) if known is None else known

    def renew(self, *, by, at):
        """The same terms as a next version, to be agreed again by each for themselves: after going on, or with another party.

        Names are those of now. Nobody's yes goes along, not that of `by` either: it is a text that they have not read.
        """
        words = look([self], by=self.trajectory.seat_of(by), at=at, act="changed")[0]
        terms = {name: getattr(words, name) for name in self.TERMS}
        frozen = freeze(self.trajectory, terms, Organisation.current())
        last = type(self).objects.filter(trajectory=self.trajectory).latest_first().first()
        return self._put(self.trajectory, by=by, at=at, frozen=frozen, last=last, terms=terms)


class Assent(models.Model):
    """A party's yes to one version."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="assents")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "seat"], name="assents_once")]


class CommitmentQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: NOT_ENDED_EARLY}
    sponsor_when = AGREED & before_rest("worded_at") | Q(seat__part=SPONSOR, seat__until_at=None)  # what they wrote they read always

    def with_people(self):
        return self.select_related("seat__person")


class Commitment(Content):
    """What the sponsor (or another) promises to make room: the learning environment."""

    seat = models.ForeignKey(Part, models.PROTECT, related_name="commitments")
    words = SealedText(seal="commitment")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    objects = CommitmentQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def promise(cls, trajectory, *, by, at, words, due_on=None):
        """What stands there already from this seat in the same words, and is not done, is not promised twice."""
        trajectory.lock()
        trajectory.must_be_free()
        seat = trajectory._seat_needed(by, COACH, CLIENT, SPONSOR)
        mine = look(list(cls.objects.open_to(seat).filter(seat=seat, done_at=None)), by=seat, at=at)
        there = (row for row in mine if (row.words, row.due_on) == (words, due_on))
        return next(there, None) or cls.objects.create(trajectory=trajectory, seat=seat, worded_at=at, words=words, due_on=due_on)

    def as_read_by(self, seat):
        """For the sponsor what another ticked while it rests is not done yet."""
        self.done_at = None if self.seat.part != SPONSOR and unknown_yet(self.done_at, seat) else self.done_at
        return self

    @transaction.atomic
    def tick(self, *, by, at, done):
        """Done, or not after all; only from the seat that promised it: a former sponsor's stays as it stands."""
        self.trajectory.lock()
        self.trajectory.must_be_free()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT, SPONSOR)
        if self.seat_id != seat.pk:
            raise Refused(_("Only who promised this ticks it."))
        self.done_at = at if done else None
        self.save(update_fields=["done_at"])
