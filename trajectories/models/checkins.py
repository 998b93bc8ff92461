"""How does the client experience the progress, halfway at the least? (R18)"""

import json

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.links import LinkInvitation
from trajectories.models.states import State


class CheckInQuerySet(ContentQuerySet):
    reads = {COACH: Q(handed_in_at__isnull=False), CLIENT: ALL}
    older = "check_ins"

    def editable_by(self, person):
        """Only the client fills it."""
        own = self.model._meta.get_field("trajectory").related_model.objects.seated(person, CLIENT)
        return self.filter(trajectory__in=own.values("pk"))

    def open(self):
        return self.filter(handed_in_at=None)

    def handed_in(self):
        return self.filter(handed_in_at__isnull=False)

    def with_trajectory(self):
        return self.select_related("trajectory")

    def latest_handed_in(self):
        return self.handed_in().order_by("-handed_in_at", "pk")

    def before(self, check_in):
        """Handed in earlier, the latest first."""
        return self.latest_handed_in().filter(handed_in_at__lt=check_in.handed_in_at)

    def due_first(self):
        return self.order_by("worded_at", "pk")


class CheckIn(Content):
    """One progress check. What is typed lies in a draft until the client hands it in; `answers` keeps a copy of each question.

    `answers` is JSON: a list of {"key", "question", "kind", "answer", "goal"?, "shown"} in the order in which they were asked.
    """

    asked_by_part = models.CharField(max_length=12, blank=True)  # empty: it fell due
    handed_in_at = models.DateTimeField(null=True)
    by_link = models.BooleanField(default=False)  # answered without logging in: whoever had the mail could do so
    steers = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    answers = SealedText(seal="check_in_answers", null=True)
    objects = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory"], condition=Q(handed_in_at=None), name="one_open_check_in"),
            models.CheckConstraint(condition=Q(steers=None) | Q(steers__gte=1, steers__lte=5), name="steers_one_to_five"),
            models.CheckConstraint(condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=5), name="confidence_one_to_five"),
        ]

    def get_absolute_url(self):
        return reverse("trajectories:check_in", args=[self.pk])

    @classmethod
    @transaction.atomic
    def begin(cls, trajectory, *, by, at):
        """Ask for a check: coach or client any time, nobody (`by` None) when it falls due. Gives the open one if there is one."""
        if trajectory.state != State.RUNNING:
            raise Refused(trajectory.refusal_for(trajectory.state))
        seat = trajectory._seat_needed(by, COACH, CLIENT) if by else None
        facts = {"worded_at": at, "asked_by_part": seat.part if seat else ""}
        check_in, made = cls.objects.get_or_create(trajectory=trajectory, handed_in_at=None, defaults=facts)
        client = trajectory.client.person
        if made and client != by:
            post("check_in_waiting", to=client, url=check_in.get_absolute_url(), at=at, once=f"check_in:{check_in.pk}")
        return check_in

    @transaction.atomic
    def hand_in(self, *, by, at, answers, levels, steers=None, confidence=None, by_link=False):
        """The client hands it in; levels [(goal, −2…+2, example)] become measurements. The coach then reads it (R20b)."""
        self.trajectory.lock()
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        seat = self.trajectory._seat_needed(by, CLIENT)
        if row.handed_in_at:
            raise Refused(_("These questions have been answered. You can read them back."))
        self.trajectory.must_be_free()
        if not answers:
            raise Refused(_("You have not answered anything yet. One answer is enough."))
        self.answers, self.handed_in_at, self.worded_at = json.dumps(answers), at, at
        self.steers, self.confidence, self.by_link = steers, confidence, by_link
        self.save()
        LinkInvitation.close("check_in", self.pk, at=at)
        for goal, level, example in levels:
            goal.measure(seat=seat, at=at, level=level, moment="check_in", example=example, thing=self.pk)
        if self.trajectory.coach:
            post("check_in_answered", to=self.trajectory.coach.person, url=self.get_absolute_url(), at=at)


def never_checked(trajectories):
    """Those of a queryset that have had no progress check at all."""
    return trajectories.filter(~Exists(CheckIn.objects.filter(trajectory=OuterRef("pk"))))
