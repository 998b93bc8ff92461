"""What did the coach arrange to learn from, to which end, and what did the client learn from it? (R13)"""

from django.db import models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from coaching.traces import look
from sessions.models.log_versions import WithLogQuerySet
from sessions.models.session import CoachingSession
from sessions.process_models import kind_of
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory
from trajectories.models.content import Content

BOOK = "book"


class InterventionQuerySet(WithLogQuerySet):
    def around(self, session):
        """What was arranged in this session, and in the last one before it that has a log."""
        logs = self.model._meta.get_field("log").related_model.objects
        earlier = logs.filter(trajectory=session.trajectory_id, session__starts_at__lt=session.starts_at)
        last = earlier.order_by("-session__starts_at").values("pk")[:1]
        return self.filter(Q(log__session=session) | Q(log__in=Subquery(last)))

    def before(self, session):
        """What was arranged in the last session before this one that has a log."""
        return self.around(session).exclude(log__session=session)

    def books(self):
        return self.filter(kind=BOOK)

    def with_trajectory(self):
        return self.select_related("trajectory")

    def of_coach(self, person):
        """In the trajectories where this person is the coach now."""
        return self.filter(trajectory__in=Trajectory.objects.seated(person, COACH).values("pk"))

    def numbered(self):
        """Brings its log and session, and `nth`: the how-manieth session of its trajectory that was."""
        here = {"trajectory": OuterRef("trajectory"), "starts_at__lte": OuterRef("log__session__starts_at")}
        earlier = CoachingSession.objects.standing().filter(**here).order_by().values("trajectory")
        return self.select_related("log__session").annotate(nth=Subquery(earlier.annotate(n=Count("pk")).values("n")))

    def in_order(self):
        return self.order_by("number", "pk")

    def latest_session_first(self):
        return self.order_by("-log__session__starts_at", "number", "pk")


class Intervention(Content):
    """What the coach did to arrange the learning environment, and what the client learned from it (R13).

    `words`: kind and details as one line of the log; `intention`: what it was for; `read_at`: a book, once the client has read it.
    """

    log = models.ForeignKey("coaching_sessions.Log", models.CASCADE, related_name="interventions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    words = SealedText(seal="intervention")
    intention = SealedText(seal="intervention_intention", null=True)
    learned = SealedText(seal="intervention_learned", null=True)
    read_at = models.DateTimeField(null=True)
    objects = InterventionQuerySet.as_manager()

    @classmethod
    def put_down(cls, log, lines, *, seat, at):
        """Make `lines` what the log says. A line that stays, or stays of its kind in its place, keeps what hangs on it."""
        stands = {row.number: row for row in look(cls.objects.open_to(seat).filter(log=log), by=seat, at=at)}
        found = {number: _same(stands, words) for number, words in enumerate(lines, start=1)}
        for number, words in enumerate(lines, start=1):
            row = found[number] or _akin(stands, number, words) or cls(log=log, trajectory=log.trajectory, worded_at=at)
            row.worded_at = row.worded_at if row.words == words else at  # other words go along from when they were put down
            row.words, row.number, row.kind = words, number, kind_of(words)
            row.save()
        cls.objects.filter(pk__in=[row.pk for row in stands.values()]).delete()

    @transaction.atomic
    def detail(self, *, by, at, base, words, intention, learned):
        """Which book, role play, workplace or feedback it was, what it was for, what it brought. Stale when another was first."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH)
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.version != base:
            raise Stale(row)
        row.trajectory = self.trajectory
        row.words, row.intention, row.learned = words.strip(), intention.strip() or None, learned.strip() or None
        row.kind, row.version, row.worded_at = kind_of(words), base + 1, at
        row.save()

    @transaction.atomic
    def learn(self, *, by, at, words):
        """What the client learned from it, as told at a later session (R13)."""
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH)
        self.learned, self.version, self.worded_at = words.strip() or None, self.version + 1, at
        self.save(update_fields=["learned", "version", "worded_at"])

    @transaction.atomic
    def read(self, *, by, at, done):
        """The client has read the book, or not after all."""
        self.trajectory._seat_needed(by, CLIENT)
        if self.kind != BOOK:
            raise Refused(_("This is not yours to do."))
        type(self).objects.filter(pk=self.pk).update(read_at=at if done else None)


def _same(stands, words):
    """Takes out the row that says exactly this, or gives None."""
    number = next((number for number, row in stands.items() if row.words == words), None)
    return stands.pop(number) if number else None


def _akin(stands, number, words):
    """Takes out the row of the same kind in the same place: its line was reworded."""
    row = stands.get(number)
    return stands.pop(number) if row and row.kind and row.kind == kind_of(words) else None
