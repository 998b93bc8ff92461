"""What is this trajectory about, and how did the question sharpen? (R3)"""

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Value
from django.utils.translation import gettext as _

from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.traces import look
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.releases import Release


class QuestionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "question"

    def settled(self):
        """The wordings that were, one after another, the question."""
        return self.filter(settled_at__isnull=False)

    def last_of(self, keys):
        """The question of each of these trajectories."""
        later = Question.objects.settled().filter(trajectory=OuterRef("trajectory"), settled_at__gt=OuterRef("settled_at"))
        return self.settled().filter(~Exists(later), trajectory__in=keys)

    def where_client(self, person):
        """Where this person is the client now: whose question it is."""
        trajectories = Question._meta.get_field("trajectory").related_model.objects
        return self.filter(trajectory__in=trajectories.seated(person, CLIENT))

    def with_people(self):
        return self.select_related("seat__person")

    def with_trajectory(self):
        return self.select_related("trajectory")

    def latest_settled_first(self):
        return self.settled().order_by("-settled_at", "pk")


class Question(Content):
    """One wording. It is the question from `settled_at`: a client's own at once, a coach's when the client says so."""

    words = SealedText(seal="question")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    objects = QuestionQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def word(cls, trajectory, *, by, at, words):
        """Either may word one; the client alone may always replace it."""
        trajectory.lock()
        trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        return cls.objects.create(
            trajectory=trajectory, words=words, seat=seat, worded_at=at, settled_at=at if seat.part == CLIENT else None
        )

    @transaction.atomic
    def settle(self, *, by, at):
        """The client takes over a wording as the question: the coach's, or an older one of their own."""
        self._begin(by)
        if self.settled_at and not type(self).objects.settled().filter(trajectory=self.trajectory, settled_at__gt=self.settled_at).exists():
            raise Refused(_("This is the question already."))
        self.settled_at = at
        self.save(update_fields=["settled_at"])

    @transaction.atomic
    def release(self, *, by, at, read_by=None):
        """The client lets the sponsor read exactly this wording, from half a minute later (R20b). Returns the Release."""
        seat = self._begin(by)
        if not self.settled_at:
            raise Refused(_("First say that this is the question. After that you can share it."))
        last = Release.objects.of_question().filter(trajectory=self.trajectory).latest_first().first()
        if last and last.question_id == self.pk:
            raise Refused(_("You have shared this wording already."))
        look([self], by=seat, at=at)
        facts = {"kind": Release.QUESTION, "words": self.words, "question": self, "read_by": read_by}
        return Release.give(self.trajectory, by=by, at=at, **facts)

    def _begin(self, by):
        """Lock the trajectory; only the client, while words may change. `settled_at` is as it is now."""
        self.trajectory.lock()
        self.trajectory.must_be_open()
        self.settled_at = type(self)._base_manager.values_list("settled_at", flat=True).get(pk=self.pk)
        return self.trajectory._seat_needed(by, CLIENT)


def titles(questions, releases):
    """Trajectory key -> what it is called for who reads these rows, still sealed: the question; or where they do not read that itself, as
    who took over as coach, the copy that the client shared of it. One statement."""
    names = ("trajectory", "pk", "words", "itself", "at")
    own = questions.settled().annotate(itself=Value(1), at=F("settled_at")).order_by().values_list(*names)
    copies = releases.of_question().annotate(itself=Value(0), at=F("worded_at")).order_by().values_list(*names)
    rows = sorted(own.union(copies, all=True), key=lambda row: row[3:])
    return {key: (Question if itself else Release)(pk=pk, trajectory_id=key, words=words) for key, pk, words, itself, _at in rows}
