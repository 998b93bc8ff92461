"""How long has somebody coached? Days and minutes of their own, written when a session is held; no words, no client (R27, R29)."""

import uuid

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from coaching.clock import day_of
from coaching.models import Person
from coaching.refusals import Refused
from trajectories.doors import COACH, known
from trajectories.models import Part

SESSION, PRIOR, OTHER = "session", "prior", "other"
SUPERVISION, MENTOR, PEER = "supervision", "mentor", "peer"
COUNTED = (SESSION, PRIOR, OTHER)
APART = (SUPERVISION, MENTOR, PEER)
MOST = 20_000 * 60  # minutes in one entry


class FlightQuerySet(models.QuerySet):
    def readable_by(self, person):
        """One's own, and nobody else's: who coordinates sees a total (trajectories.sources.minutes_flown)."""
        return self.filter(person=person) if known(person) else self.none()

    def editable_by(self, person):
        """Those that somebody entered by hand; the others follow their session."""
        return self.readable_by(person).exclude(kind=SESSION)

    def counted(self):
        """What is coaching, here or elsewhere: supervision, mentor coaching and peer consultation do not count (R29)."""
        return self.filter(kind__in=COUNTED)

    def of_sessions(self):
        return self.filter(kind=SESSION)

    def in_batch(self, batch):
        return self.filter(batch=batch)

    def latest_first(self):
        return self.order_by("-on", "-minutes", "pk")

    def earliest_first(self):
        return self.order_by("on", "pk")

    def with_session(self):
        return self.select_related("session")

    def minutes_of(self, keys):
        """{person key: minutes that count}, in one statement."""
        rows = self.counted().filter(person__in=keys).order_by().values("person").annotate(total=Sum("minutes"))
        return {row["person"]: row["total"] for row in rows}


class Flight(models.Model):
    """Some time that somebody coached, or worked at their craft, from day `on` to day `until_on`.

    Of a session it follows the session, and stays when that is erased. `people`: how many were coached at once, in a `group`, or in a
    block of prior hours one after another. `batch`: which list it came with.
    """

    KINDS = [
        (SESSION, pgettext_lazy("hours", "session")),
        (PRIOR, pgettext_lazy("hours", "earlier coaching")),
        (OTHER, pgettext_lazy("hours", "other coaching")),
        (SUPERVISION, pgettext_lazy("hours", "supervision")),
        (MENTOR, pgettext_lazy("hours", "mentor coaching")),
        (PEER, pgettext_lazy("hours", "peer consultation")),
    ]
    FACTS = ("kind", "on", "until_on", "minutes", "group", "people", "paid")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="flights")
    session = models.OneToOneField("coaching_sessions.CoachingSession", models.SET_NULL, null=True, related_name="flight")
    kind = models.CharField(max_length=12, choices=KINDS)
    on = models.DateField()
    until_on = models.DateField()
    minutes = models.PositiveIntegerField()
    group = models.BooleanField(default=False)
    people = models.PositiveSmallIntegerField(default=1)
    paid = models.BooleanField(default=True)
    batch = models.UUIDField(null=True, db_index=True)

    objects = FlightQuerySet.as_manager()
    dossier = None

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("on")), name="flight_ends_after_it_began"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="flight_takes_time"),
        ]
        indexes = [models.Index(fields=["person", "on"], name="flights_of_person")]

    @property
    def counts(self):
        """Whether it is coaching (R29)."""
        return self.kind in COUNTED

    @property
    def facts(self):
        """What was entered, to compare with what another list says."""
        return tuple(getattr(self, name) for name in self.FACTS)

    @classmethod
    def follow(cls, session, *, by):
        """What a held session says now: its minutes, for who coached it. `by` records it. Called inside the verb.

        Hours that were written for another stay as they are: they are theirs.
        """
        on = day_of(session.starts_at)
        facts = {"on": on, "until_on": on, "minutes": session.minutes}
        if not cls.objects.filter(session=session, person=by).update(**facts):
            seats = Part.objects.filter(trajectory=session.trajectory_id, part=COACH).in_order()
            whose = {"kind": SESSION, "person_id": who_coached(session, seats, by.pk)}
            cls.objects.get_or_create(session=session, defaults=facts | whose)

    @classmethod
    def let_go(cls, session, *, by):
        """It was not held after all. Hours that another coached are not taken from them. Called inside the verb."""
        if cls.objects.filter(session=session).exclude(person=by).exists():
            raise Refused(_("Another coach held this session. Their hours stay theirs, so it stays held."))
        cls.objects.filter(session=session).delete()

    @classmethod
    @transaction.atomic
    def enter(cls, rows, *, by, batch=None):
        """Hours of one's own that were no session here: a list of facts as FACTS names them. A `batch` that was entered is not again."""
        if batch and cls.objects.in_batch(batch).exists():
            return []
        made = [cls(person=by, batch=batch, **facts) for facts in rows]
        for row in made:
            row._must_be_entered()
        return cls.objects.bulk_create(made)

    @transaction.atomic
    def correct(self, *, by, **facts):
        """Other facts in the place of these."""
        self._must_be_own(by)
        for name, value in facts.items():
            setattr(self, name, value)
        self._must_be_entered()
        self.save()

    @transaction.atomic
    def remove(self, *, by):
        self._must_be_own(by)
        self.delete()

    def _must_be_own(self, by):
        if self.person_id != by.pk or self.kind == SESSION:
            raise Refused(_("This is not yours to do."))

    def _must_be_entered(self):
        if self.kind == SESSION:
            raise Refused(_("Hours of sessions come by themselves. Log the session instead."))


def who_coached(session, seats, recorded_by):
    """The key of who coached a session: who sat there as it began; else who recorded it, as with a talk before anybody had a seat.

    `seats`: the coaches' seats of its trajectory, of then and now.
    """
    began = session.starts_at
    there = (seat for seat in seats if seat.from_at <= began and (seat.until_at is None or seat.until_at >= began))
    return next((seat.person_id for seat in there), recorded_by)
