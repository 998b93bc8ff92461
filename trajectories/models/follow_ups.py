"""Did the change last? Client and sponsor are asked some months after closing, each on their own page (R20)."""

import json
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.clock import day_of, end_of
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import CLIENT, COACH, SPONSOR, ContentQuerySet, known, seated
from trajectories.models.addenda import Addendum
from trajectories.models.content import Acts, Content
from trajectories.models.parts import Part
from trajectories.models.releases import UNDO, Release, ReleasedLevel

DAYS = 28  # in which it can be answered; the figures of a half-year are counted after it (R27)
STILL = ("fully", "mostly", "partly", "gone")
HANDED_IN = Q(handed_in_at__isnull=False)
LETTERS = {CLIENT: "follow_up", SPONSOR: "follow_up_sponsor"}


class FollowUpQuerySet(ContentQuerySet):
    """What the client wrote reaches the sponsor as a release only (R20b); what the sponsor wrote is for all three."""

    reads = {COACH: HANDED_IN, CLIENT: HANDED_IN | Q(part=CLIENT), SPONSOR: Q(part=SPONSOR)}

    def editable_by(self, person):
        """Each answers their own."""
        return self.filter(**seated(person, "seat__")) if known(person) else self.none()

    def open(self):
        return self.filter(handed_in_at=None)

    def handed_in(self):
        return self.filter(HANDED_IN)

    def still_time(self, at):
        """Those of which the term has not run out."""
        return self.filter(asked_at__gte=end_of(day_of(at) - timedelta(days=DAYS + 1)))

    def of_round(self, months):
        return self.filter(months=months)

    def of_part(self, part):
        return self.filter(part=part)

    def with_client(self):
        """Brings `client_name`: the whole name of whose trajectory it is."""
        client = Part.objects.filter(trajectory=OuterRef("trajectory"), part=CLIENT, until_at=None)
        return self.annotate(client_name=Subquery(client.values("person__name")[:1])).defer("answers")

    def with_trajectory(self):
        return self.select_related("trajectory", "seat__person")

    def facts_of(self, trajectory):
        """Who was asked in a trajectory and who has answered, without a word of it: that all three may know."""
        return self.filter(trajectory=trajectory).defer("answers").select_related("seat__person")

    def in_order(self):
        return self.order_by("months", "part", "pk")

    def to_print(self, at):
        """Of rounds that have no addendum yet: what was handed in for others to read, when it can no longer be undone."""
        issued = Addendum.objects.filter(trajectory=OuterRef("trajectory"), months=OuterRef("months"))
        let_go = Exists(Release.objects.filter(follow_up=OuterRef("pk"), shared_at__lte=at))
        return self.past_undoing(at).filter(let_go | Q(part=SPONSOR), ~Exists(issued))

    def past_undoing(self, at):
        """Handed in, and no longer to be undone."""
        return self.filter(handed_in_at__lte=at - UNDO)


class FollowUp(Content):
    """What one of them is asked, so many months after closing. What is typed lies in a draft until they hand it in.

    `answers` is JSON: a list of {"key", "question", "kind", "answer", "goal"?, "title"?, "shown", "seen"}; of a client's row `seen` says
    that it goes into the addendum, and into the copy that the sponsor may read (Release). `still` is the plain choice, for the figures.
    """

    part = models.CharField(max_length=10, choices=Part.NAMES)
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    still = models.CharField(max_length=10, blank=True)
    answers = SealedText(seal="follow_up", null=True)
    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "months", "part"], name="one_follow_up_per_part"),
            models.CheckConstraint(condition=Q(part__in=[CLIENT, SPONSOR]), name="follow_up_of_client_or_sponsor"),
            models.CheckConstraint(condition=Q(still="") | Q(still__in=STILL), name="follow_up_still_known"),
        ]

    def get_absolute_url(self):
        return reverse("trajectories:follow_up", args=[self.pk])

    @property
    def ends_at(self):
        """Until when it can be answered: the end of the last day of its term."""
        return end_of(day_of(self.asked_at), after=DAYS)

    @property
    def last_day(self):
        return day_of(self.asked_at) + timedelta(days=DAYS)

    @property
    def is_let_go(self):
        """Whether something of it is for others: a sponsor's is, a client's as long as they did not keep it or take it back (R20b)."""
        return bool(self.handed_in_at) and (self.part == SPONSOR or Release.objects.of_follow_up(self).exists())

    def is_over(self, at):
        return at >= self.ends_at

    def must_be_answerable(self, at):
        """Raises Refused when it has been answered, or its term is over."""
        if self.handed_in_at:
            raise Refused(_("These questions have been answered. You can read them back."))
        if self.is_over(at):
            raise Refused(_("The time for looking back is over. What was said by then stands in the addendum."))

    @classmethod
    @transaction.atomic
    def ask(cls, trajectory, *, months, at):
        """Ask client and sponsor, once, of a trajectory that all who closed it signed. Gives the rows that are new."""
        trajectory.lock()
        if not trajectory.signed_at:
            raise Refused(trajectory.refusal_for(trajectory.state))
        rows = []
        for seat in (trajectory.client, trajectory.sponsor):
            if seat and seat.person.is_active:
                facts = {"seat": seat, "asked_at": at, "worded_at": at}
                row, made = cls.objects.get_or_create(trajectory=trajectory, months=months, part=seat.part, defaults=facts)
                rows += [row] if made else []
        for row in rows:
            row.tell(at=at, once=f"follow_up:{row.pk}")
        return rows

    def tell(self, *, at, once):
        post(LETTERS[self.part], to=self.seat.person, url=self.get_absolute_url(), at=at, once=once)

    @transaction.atomic
    def hand_in(self, *, by, at, answers, still="", levels=(), words=""):
        """Hand in one's own. `levels`: [(goal, −2…+2, shown to the sponsor?)], kept as measurements; `words`: what the sponsor gets of a
        client's, half a minute later (R20b)."""
        self.trajectory.lock()
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if by.pk != self.seat.person_id or self.trajectory.seat_of(by) != self.seat:
            raise Refused(_("This is not yours to do."))
        row.must_be_answerable(at)
        if not answers:
            raise Refused(_("You have not answered anything yet. One answer is enough."))
        self.trajectory.acts = Acts(self.seat)
        self.answers, self.still, self.handed_in_at, self.worded_at = json.dumps(answers), still, at, at
        self.save()
        for goal, level, _shown in levels:
            goal.measure(seat=self.seat, at=at, level=level, moment="follow_up", thing=self.pk)
        if words and self.part == CLIENT:
            self._release(words, [(goal, level) for goal, level, shown in levels if shown], at=at)

    def _release(self, words, levels, *, at):
        """A copy of what goes into the addendum, which the sponsor reads where there is one. No mail: it stands beside the sponsor's own
        look back (R30)."""
        facts = {"trajectory": self.trajectory, "worded_at": at, "shared_at": at + UNDO, "follow_up": self}
        release = Release.objects.create(kind=Release.FOLLOW_UP, words=words, **facts)
        ReleasedLevel._keep(release, levels, at=at)
