"""Which questions does a coach have at hand beside the built-in ones, and which were asked to whom? (R15)"""

import uuid

from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coaching.models import CoachProfile, Person
from coaching.refusals import Refused
from coaching.sealed import SealedText
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet, known
from trajectories.models import Part
from trajectories.models.content import Content

TOLD = Q(asked_at__isnull=False) & Q(session__log__shared_at__lte=Now())


def coaches(person):
    """Whether `person` is in the pool, or sits somewhere as coach: a condition for a queryset."""
    seats = Part.objects.current().confirmed().filter(person=person, part=COACH)
    return Q(Exists(CoachProfile.objects.filter(person=person))) | Q(Exists(seats))


class ReflectiveQuestionQuerySet(models.QuerySet):
    def readable_by(self, person):
        """One's own; and for who coaches what colleagues shared."""
        if not known(person):
            return self.none()
        return self.filter(Q(author=person) | Q(shared_at__isnull=False) & coaches(person)).filter(retired_at=None)

    def editable_by(self, person):
        """Only its author."""
        return self.filter(author=person, retired_at=None) if known(person) else self.none()

    def shared(self):
        return self.filter(shared_at__isnull=False)

    def with_key(self, key):
        return self.filter(pk=key)

    def with_authors(self):
        return self.select_related("author")

    def earliest_first(self):
        return self.order_by("worded_at", "pk")


class ReflectiveQuestion(models.Model):
    """A question of a coach's own. Nobody else reads it before it is shared with all who coach; it belongs to no trajectory.

    `left_on`: since when its author is no longer here (sessions.leaving); one that was shared stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Person, models.CASCADE, related_name="reflective_questions")
    phase = models.CharField(max_length=20)
    theme = models.CharField(max_length=20, blank=True)
    words = SealedText(seal="reflective_question")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    shared_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    left_on = models.DateField(null=True)
    objects = ReflectiveQuestionQuerySet.as_manager()
    dossier = None

    def private_to(self, person):
        """A question says nothing of anybody: its author answered that before sharing it. So reading one leaves no trace."""
        return True

    @property
    def key(self):
        """By which favourites and marks know it."""
        return str(self.pk)

    @classmethod
    @transaction.atomic
    def word(cls, *, by, at, words, phase, theme=""):
        """A coach puts down a question of their own."""
        return cls.objects.create(author=by, worded_at=at, words=words.strip(), phase=phase, theme=theme)

    @transaction.atomic
    def rephrase(self, *, by, at, words, phase, theme=""):
        """Other words, as long as it is not shared: colleagues may have taken it as it is."""
        row = self._own(by)
        if row.shared_at:
            raise Refused(_("Your colleagues have this question as it is. Take it out and write a new one."))
        row.words, row.phase, row.theme, row.worded_at, row.version = words.strip(), phase, theme, at, row.version + 1
        row.save()

    @transaction.atomic
    def share(self, *, by, at):
        """Give it to all who coach, under one's name, after the screen that asks whether anyone could be recognised."""
        row = self._own(by)
        if not row.shared_at:
            type(self).objects.filter(pk=row.pk).update(shared_at=at)

    @transaction.atomic
    def retire(self, *, by, at):
        """Take it out of the bank. One that was asked is kept for what was written then; one never asked is gone."""
        row = self._own(by)
        Favourite.objects.filter(question=row.key).delete()
        if AskedQuestion.objects.filter(question=row.key).exists():
            type(self).objects.filter(pk=row.pk).update(retired_at=at)
        else:
            row.delete()

    def _own(self, by):
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.author_id != by.pk:
            raise Refused(_("Only its author can do this."))
        return row


class FavouriteQuerySet(models.QuerySet):
    def readable_by(self, person):
        return self.filter(person=person) if known(person) else self.none()

    def keys(self):
        return set(self.values_list("question", flat=True))


class Favourite(models.Model):
    """A question that a coach wants at hand: the key of a built-in one, or of one that a coach wrote."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="favourites")
    question = models.CharField(max_length=40)
    objects = FavouriteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="favourite_once")]

    @classmethod
    @transaction.atomic
    def mark(cls, *, by, question, on):
        """At hand, or not after all."""
        if on:
            cls.objects.get_or_create(person=by, question=question)
        else:
            cls.objects.filter(person=by, question=question).delete()


class AskedQuestionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: TOLD}
    older = "sessions"
    shown_from = ("worded_at", "session__log__shared_at")

    def coached_by(self, person):
        """In the trajectories where this person is the coach now."""
        seats = Part.objects.current().confirmed().filter(person=person, part=COACH, trajectory=OuterRef("trajectory"))
        return self.readable_by(person).filter(Exists(seats))

    def keys_of(self, session):
        """Which questions lie ready for a session, or were asked in it."""
        return set(self.filter(session=session).values_list("question", flat=True))

    def of(self, session):
        return self.filter(session=session)

    def asked(self):
        return self.filter(asked_at__isnull=False)

    def with_trajectory(self):
        return self.select_related("trajectory")

    def with_told(self):
        """Brings `is_told`: whether the client reads it too."""
        told = Case(When(TOLD, then=Value(True)), default=Value(False), output_field=models.BooleanField())
        return self.select_related("seat").annotate(is_told=told)

    def numbered(self):
        """Brings `nth`: the how-manieth session of its trajectory it was."""
        here = {"trajectory": OuterRef("trajectory"), "starts_at__lte": OuterRef("session__starts_at")}
        earlier = CoachingSession.objects.standing().filter(**here).order_by().values("trajectory")
        return self.annotate(nth=Subquery(earlier.annotate(n=Count("pk")).values("n")))

    def in_order(self):
        return self.order_by("worded_at", "pk")


class AskedQuestion(Content):
    """A question taken along to a session, and from `asked_at` on asked there: part of the log, read by the client with it.

    `words` are a copy, so that what was asked stays as it was asked; `question` is its key in the bank.
    """

    session = models.ForeignKey(CoachingSession, models.CASCADE, related_name="asked")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    words = SealedText(seal="asked_question")
    asked_at = models.DateTimeField(null=True)
    objects = AskedQuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "question"], name="asked_once_a_session")]

    def private_to(self, person):
        """As long as the client does not read it, its coach is its only reader (R26)."""
        return not getattr(self, "is_told", True) and self.seat.person_id == person

    def holds_words(self):
        """A copy of those of the bank: taking it along changes nothing that another reads, and the log leaves its own trace."""
        return False

    @classmethod
    @transaction.atomic
    def take_along(cls, session, *, by, at, question, words):
        """For a session to come, or put down as asked in one that has begun. Twice is once."""
        session.trajectory.must_be_open()
        seat = session.trajectory._seat_needed(by, COACH)
        if session.cancelled_at or session.missed_at:
            raise Refused(_("This session did not take place. Plan a new one."))
        facts = {"trajectory": session.trajectory, "seat": seat, "words": words, "worded_at": at}
        facts["asked_at"] = at if session.starts_at <= at else None
        return cls.objects.get_or_create(session=session, question=question, defaults=facts)[0]

    @transaction.atomic
    def ask(self, *, by, at, done):
        """It was asked, or it was not after all."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH)
        type(self).objects.filter(pk=self.pk).update(asked_at=at if done else None)

    @transaction.atomic
    def leave_out(self, *, by, at):
        """Not to be taken along after all."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH)
        self.delete()
