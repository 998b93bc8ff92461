"""What will who do, and by when? (R8)"""

from django.db import models, transaction
from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import Now, RowNumber
from django.utils.translation import gettext as _

from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from coaching.traces import look
from sessions.models.session import CoachingSession
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models import Part
from trajectories.models.content import Content


class ActionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: Q(log=None) | Q(log__shared_at__lte=Now())}
    older = "sessions"
    shown_from = ("worded_at", "log__shared_at")

    def of(self, session):
        return self.filter(log__session=session)

    def with_trajectory(self):
        return self.select_related("trajectory", "log__session")

    def with_owner(self):
        """Brings whose it is, and `is_told`: whether the client reads it; one of a log not before that is shared."""
        told = Case(When(Q(log=None) | Q(log__shared_at__lte=Now()), then=True), default=False, output_field=models.BooleanField())
        return self.select_related("seat__person").annotate(is_told=told)

    def open(self):
        return self.filter(done_at=None)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def soonest_first(self):
        return self.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "worded_at", "pk")

    def with_last_done(self, most):
        """All that is open, soonest first, and behind it the `most` that were done last; a list."""
        done = Window(RowNumber(), partition_by=Q(done_at=None), order_by=[F("done_at").desc(nulls_last=True), F("pk").asc()])
        return list(self.annotate(place=done).filter(Q(done_at=None) | Q(place__lte=most)).soonest_first())


class Action(Content):
    """A step of the client or of the coach; `seat` is whose it is. From a log: read with it; added between sessions: at once."""

    log = models.ForeignKey("coaching_sessions.Log", models.SET_NULL, null=True, related_name="actions")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="actions")
    words = SealedText(seal="action")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    objects = ActionQuerySet.as_manager()

    @classmethod
    def agree(cls, log, lines, *, seat, at):
        """Add to `log` what was agreed: `lines` are (words, due_on). What stands there already in the same words is not added twice."""
        there = {(row.words, row.due_on) for row in look(cls.objects.open_to(seat).filter(log=log), by=seat, at=at)} if lines else set()
        for words, due_on in dict.fromkeys(lines):
            if (words, due_on) not in there:
                facts = {"trajectory": log.trajectory, "seat": log.trajectory.client, "worded_at": at}
                cls.objects.create(log=log, words=words, due_on=due_on, **facts)

    @classmethod
    @transaction.atomic
    def take_up(cls, trajectory, *, by, at, words, due_on=None, owner=CLIENT):
        """Coach or client adds one between sessions; `owner` is the part of who does it."""
        trajectory.lock()
        trajectory.must_be_open()
        trajectory._seat_needed(by, COACH, CLIENT)
        return cls.objects.create(trajectory=trajectory, seat=trajectory.seat(owner), worded_at=at, words=words, due_on=due_on)

    @transaction.atomic
    def change(self, *, by, at, base, words, due_on=None, owner=CLIENT):
        """Other words, another day or another owner. Stale when somebody was first."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH, CLIENT)
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.version != base:
            raise Stale(row)
        row.trajectory = self.trajectory
        row.words, row.due_on, row.seat = words, due_on, self.trajectory.seat(owner)
        row.version, row.worded_at = base + 1, at
        row.save()

    @transaction.atomic
    def move_on(self, *, by, at):
        """To the next session: its day is the day."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH, CLIENT)
        if self.done_at:
            raise Refused(_("This has been done already."))
        session = CoachingSession.objects.of_trajectories([self.trajectory_id]).coming(at).first()
        if session is None:
            raise Refused(_("No next session is planned yet. Plan one, or choose another day."))
        type(self).objects.filter(pk=self.pk).update(due_on=session.local_day)

    @transaction.atomic
    def tick(self, *, by, at, done):
        """Done, or not after all. The client's, also after closing; the coach may note it in a session."""
        self.trajectory._seat_needed(by, COACH, CLIENT)
        if self.trajectory.stopped_at:
            self.trajectory.must_be_open()
        self.done_at = at if done else None
        self.save(update_fields=["done_at"])

    def is_overdue(self, today):
        return not self.done_at and self.due_on is not None and self.due_on < today
