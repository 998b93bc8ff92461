"""What does the sponsor hear about a trajectory that ended early, and who chose those words?"""

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.clock import day_of
from coaching.day import due
from coaching.models import Organisation
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.working_days import days_off, working_days_over
from trajectories.doors import ALL, CLIENT, COACH, SHARED, SPONSOR, ContentQuerySet, known
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.trajectory import Trajectory
from trajectories.reasons import neutral

TO_CONFIRM = 5  # working days


class EndingQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SHARED}

    def waiting(self):
        """Sentences after a stop that the other one has not confirmed yet."""
        return self.filter(shared_at=None)

    def from_the_other(self, part):
        """Those that wait for the one in `part`, not written from there."""
        return self.exclude(by_part=part)

    def in_trajectories(self, keys):
        return self.filter(trajectory__in=keys)

    def with_clients(self):
        """Brings `client_name`."""
        seats = Part.objects.current().filter(trajectory=OuterRef("trajectory"), part=CLIENT)
        return self.annotate(client_name=Subquery(seats.values("person__name")[:1]))

    def readable_by(self, person):
        """Also by who asked, until they have read that it was declined."""
        asked = self.filter(trajectory__in=Trajectory.objects.asked_for_by(person)) if known(person) else self.none()
        declined = asked.filter(SHARED, trajectory__declined_at__isnull=False)
        return self.filter(Q(pk__in=super().readable_by(person).values("pk")) | Q(pk__in=declined.values("pk")))


class Ending(Content):
    """The sentence that the sponsor hears about a stop or a decline. `shared_at`: from when they do."""

    sentence = SealedText(seal="ending")
    by_part = models.CharField(max_length=10, blank=True)  # empty: a coordinator's; then either of the two may say yes
    shared_at = models.DateTimeField(null=True)
    objects = EndingQuerySet.as_manager()

    @transaction.atomic
    def confirm(self, *, by, at):
        """The other of coach and client agrees to the sentence; now the sponsor may read it."""
        row = self._for_the_other(by)
        row.shared_at = at
        row.save(update_fields=["shared_at"])
        row._tell_the_sponsor(at=at)

    @transaction.atomic
    def say_otherwise(self, *, by, at, base, sentence):
        """The other one proposes other words; now it is the first one's turn to say yes. Raises Stale, Refused."""
        self._for_the_other(by)
        seat = self.trajectory.seat_of(by)
        row = self.reword(by=by, base=base, at=at, sentence=sentence, by_part=seat.part)
        url = reverse("trajectories:ending_confirm", args=[self.trajectory_id])
        for person in self.trajectory._in_the_room(but=by):
            post("stopped", to=person, url=url, at=at)
        return row

    def _for_the_other(self, by):
        """The row, locked, when `by` is the one of coach and client whose yes it waits for."""
        self.trajectory.lock()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.shared_at:
            raise Refused(_("This sentence has been chosen already."))
        if seat.part == row.by_part:
            raise Refused(_("The other of you two has to say yes to this sentence."))
        row.trajectory = self.trajectory
        return row

    def _fall_back(self, *, at):
        """Nobody chose in time: the neutral sentence takes the place of what one of them wrote."""
        sponsor = self.trajectory.sponsor
        with override(sponsor.person.language if sponsor else Organisation.current().language):
            self.sentence = neutral(self.trajectory.ended_as)
        self.shared_at, self.version = at, self.version + 1
        self.save()
        self._tell_the_sponsor(at=at)

    def _tell_the_sponsor(self, *, at):
        if self.trajectory.sponsor:
            self.trajectory._tell("stopped", self.trajectory.sponsor.person, at=at)


@due
def neutral_sentences(at):
    """After five working days without two yeses the sponsor gets the neutral sentence."""
    off, today = days_off(), day_of(at)
    waiting = Ending.objects.waiting().filter(trajectory__stopped_at__isnull=False).select_related("trajectory")
    for ending in list(waiting):
        if working_days_over(day_of(ending.trajectory.stopped_at), TO_CONFIRM, today=today, off=off):
            with transaction.atomic():
                ending.trajectory.lock()
                row = Ending.objects.select_for_update(of=("self",)).get(pk=ending.pk)
                if not row.shared_at:
                    row.trajectory = ending.trajectory
                    row._fall_back(at=at)
