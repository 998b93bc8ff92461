"""When do coach and client meet, and did they? (R17)"""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from coaching.clock import day_of, end_of
from coaching.following import changed
from coaching.outbox import post, withdraw
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.zone import zone
from sessions.models.appointments import Appointment
from sessions.models.flights import Flight
from trajectories.doors import ALL, CLIENT, COACH, NOTHING, ContentQuerySet
from trajectories.models import Goal, Part, Trajectory


class SessionQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}
    older = "sessions"
    concerns = {COACH}  # their hours: who coaches takes day and minutes along (R27)

    def _since(self, path):
        """Dates and states of sessions are no private words: a new coach sees that they were held."""
        return Q(pk__isnull=False)

    def open_to(self, seat):
        return self.filter(self.reads.get(seat.part, NOTHING), trajectory=seat.trajectory_id)

    def coached_by(self, person):
        """Where this person is the coach now: the door of what only the coach does."""
        return self.readable_by(person).filter(trajectory__in=Trajectory.objects.seated(person, COACH).values("pk"))

    def of_client(self, person):
        """Where this person is the client now."""
        return self.readable_by(person).filter(trajectory__in=Trajectory.objects.seated(person, CLIENT).values("pk"))

    def without_hours(self):
        """Held, and not yet among the hours of whoever coached it."""
        return self.held().filter(flight=None).select_related("log__seat")

    def with_trajectory(self):
        return self.select_related("trajectory")

    def or_asked_to_let_go(self, person, wanted):
        """Those that are `wanted` (a Q), and whose log the other one asks `person` to delete; `asked_by` is that one's name, or None."""
        asked = Q(log__removal_asked_by__isnull=False) & ~Q(log__removal_asked_by__person=person)
        asked &= Q(trajectory__closed_at=None, trajectory__stopped_at=None)
        return self.filter(wanted | asked).annotate(asked_by=Case(When(asked, then=F("log__removal_asked_by__person__name"))))

    def with_log(self):
        return self.select_related("trajectory", "log__seat")

    def with_seat_of(self, person):
        """Brings `seat_key`: the key of the seat in which this person sits now, or None."""
        seats = Part.objects.current().confirmed().filter(person=person, trajectory=OuterRef("trajectory"))
        return self.annotate(seat_key=Subquery(seats.values("pk")[:1]))

    def with_more(self):
        """Brings `more`: how many planned sessions of its series come after it."""
        later = CoachingSession.objects.planned().filter(trajectory=OuterRef("trajectory"), series=OuterRef("series"))
        later = later.filter(starts_at__gt=OuterRef("starts_at")).order_by().values("series").annotate(n=Count("pk")).values("n")
        return self.annotate(more=Coalesce(Subquery(later), 0))

    def with_readable(self, logs):
        """Brings `reads_log`: whether its own is among `logs` (through their door); and the log, shut."""
        return self.annotate(reads_log=Exists(logs.filter(session=OuterRef("pk")))).select_related("log__seat")

    def with_own(self, **kinds):
        """Brings `has_…` for each of `kinds` (name=rows, through their doors): whether one of them hangs on the session."""
        return self.annotate(**{f"has_{name}": Exists(rows.filter(session=OuterRef("pk"))) for name, rows in kinds.items()})

    def with_topic(self, topics):
        """Brings `has_topic`: whether any of `topics` waits, or was brought for this session or talked about in it."""
        here = Q(session=OuterRef("pk")) | Q(reached_in=OuterRef("pk")) | Q(reached_in=None)
        return self.annotate(has_topic=Exists(topics.filter(here, trajectory=OuterRef("trajectory"))))

    def with_draft(self, drafts):
        """Brings `has_draft`: whether one of `drafts` waits to be taken up."""
        return self.annotate(has_draft=Exists(drafts))

    def with_last_model(self, logs):
        """Brings `last_model`: the process model of the latest of `logs` in the same trajectory, or None."""
        return self.annotate(last_model=Subquery(logs.order_by("-session__starts_at").values("model")[:1]))

    def with_next(self, sessions):
        """Brings `next_at`: when the two meet after this one, by what is planned; or None."""
        return self.annotate(
            next_at=Subquery(sessions.planned().filter(starts_at__gt=OuterRef("starts_at")).in_order().values("starts_at")[:1])
        )

    def with_steering(self, marks):
        """Brings `steered_coach` and `steered_client`, as far as they are among `marks`, and when those open to the other."""
        by = {part: marks.filter(session=OuterRef("pk"), seat__part=part) for part in (COACH, CLIENT)}
        facts = {f"steered_{part}": Subquery(rows.values("steered")[:1]) for part, rows in by.items()}
        return self.annotate(**facts, **{f"steered_{part}_open": Subquery(rows.values("open_at")[:1]) for part, rows in by.items()})

    def with_log_version(self):
        """Brings `log_version`: 0 when there is no log."""
        return self.annotate(log_version=Coalesce(F("log__version"), 0))

    def of_trajectories(self, keys):
        return self.filter(trajectory__in=keys)

    def of_outer_trajectory(self):
        """Those of the trajectory of an outer query."""
        return self.filter(trajectory=OuterRef("pk"))

    def of_keys(self, keys):
        return self.filter(pk__in=keys)

    def waiting(self, at, until, person):
        """Over and not logged yet, or coming before `until`, or with a log that `person` is asked to let go; earliest first."""
        wanted = Q(starts_at__lte=at, log=None) | Q(starts_at__gt=at, starts_at__lte=until)
        return self.standing().or_asked_to_let_go(person, wanted).in_order()

    def coming(self, at):
        """Planned, from now on; the next one first."""
        return self.planned().filter(starts_at__gte=at).in_order()

    def since(self, at):
        return self.filter(starts_at__gte=at)

    def before(self, at):
        return self.filter(starts_at__lt=at)

    def with_rooms(self):
        """Brings the trajectory of each and who sits there now."""
        seats = Prefetch("trajectory__parts", Part.objects.current().with_people(), to_attr="seats")
        return self.select_related("trajectory").prefetch_related(seats)

    def without(self, takeaways):
        """Of which none of `takeaways` tells what it yielded."""
        return self.filter(~Exists(takeaways.filter(session=OuterRef("pk"))))

    def yielding(self, at, takeaways, person):
        """Held since `at`, of which none of `takeaways` tells what it yielded; or with a log that `person` is asked to let go."""
        wanted = Q(starts_at__gte=at) & ~Exists(takeaways.filter(session=OuterRef("pk")))
        return self.held().or_asked_to_let_go(person, wanted)

    def with_client(self):
        """Brings `client_name`."""
        seats = Part.objects.current().confirmed().filter(trajectory=OuterRef("trajectory"), part=CLIENT)
        return self.annotate(client_name=Subquery(seats.values("person__name")[:1]))

    def held(self):
        return self.filter(held_at__isnull=False)

    def saying(self, logs):
        """Brings `says`: whether one may know what goals it worked on. That belongs to the log, so it is among `logs`, or there is none."""
        return self.annotate(says=Q(Q(log=None) | Q(log__in=logs)))

    def telling(self, logs):
        """Held, and of which one may know that."""
        return self.saying(logs).held().filter(says=True)

    def planned(self):
        return self.filter(held_at=None, cancelled_at=None, missed_at=None)

    def knots_of(self, trajectory):
        """What all four may count: the sessions that stand. Who shows them leaves out days and links where it must."""
        return self.filter(trajectory=trajectory).standing().in_order().only("trajectory", "starts_at", "held_at")

    def standing(self):
        """Planned or held: what has a place in the row of sessions."""
        return self.filter(cancelled_at=None, missed_at=None)

    def numbered(self):
        """Brings `number`: the how-manieth standing session of its trajectory, from 1 on."""
        earlier = CoachingSession.objects.standing().filter(trajectory=OuterRef("trajectory"), starts_at__lte=OuterRef("starts_at"))
        count = earlier.order_by().values("trajectory").annotate(n=Count("pk")).values("n")
        return self.annotate(number=Subquery(count))

    def in_order(self):
        return self.order_by("starts_at", "pk")

    def latest_first(self):
        return self.order_by("-starts_at", "pk")


def seats_at(pk, person):
    """The seats of a session's trajectory, with people and trajectory, where `person` has one; else an empty list."""
    rows = Part.objects.readable_by(person).current().with_people().select_related("trajectory", "person__unit")
    return list(rows.filter(trajectory__coachingsessions=pk))


def touched(versions, session):
    """Goal versions with `touched`: whether `session` worked on that goal (R8)."""
    through = CoachingSession.goals.through.objects.filter(goal=OuterRef("goal"), coachingsession=session)
    return versions.annotate(touched=Exists(through)).select_related("goal")


class CoachingSession(Appointment):
    """One conversation: planned, held, cancelled or missed. `minutes` is its length."""

    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(10), MaxValueValidator(240)])
    place = SealedText(seal="session_place", null=True)
    hides_place = False  # whether there is one that the reader of `as_read_by` does not read
    goals = models.ManyToManyField(Goal, related_name="sessions")  # which ones it worked on (R8)
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        constraints = [
            models.CheckConstraint(condition=Q(held_at=None) | Q(cancelled_at=None, missed_at=None), name="held_or_not"),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=240), name="ten_minutes_to_four_hours"),
        ]

    def get_absolute_url(self):
        return reverse("sessions:session", args=[self.pk])

    @property
    def local_day(self):
        """The organisation's day on which it is."""
        return day_of(self.starts_at)

    @property
    def local_time(self):
        """Its wall-clock time, "10:00"."""
        return time_format(timezone.localtime(self.starts_at, zone()), "H:i")

    @property
    def log_address(self):
        return reverse("sessions:log", args=[self.pk])

    def as_read_by(self, seat):
        """Without words said before this seat reads along: after a hand-over, day and state are told, place and reason are not.

        What the client let go along was said by the moment at which they did.
        """
        since, older = seat.reads_since, seat.reads_older_sessions
        if since:
            gone = [at and at < since and not (older and at <= older) for at in (self.worded_at, self.cancelled_at or self.missed_at)]
            self.hides_place = gone[0] and self.place is not None
            self.place = None if gone[0] else self.place
            self.off_because = None if gone[1] else self.off_because
        return self

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)

    @transaction.atomic
    def hold_it(self, *, by, at, when=None):
        """It took place; the coach says so, by logging it or beforehand. The client is asked what it yielded the morning after (R12).

        `when`, (starts_at, minutes, place), corrects when and where it was.
        """
        self.trajectory._seat_needed(by, COACH)
        told = self._was(*when, at=at) if when else []
        if self.starts_at > at:
            raise Refused(_("This date lies ahead. Plan the session, or choose a day that has passed."))
        if self.cancelled_at or self.missed_at:
            raise Refused(_("This session did not take place. Plan a new one."))
        if not self.held_at:
            self.held_at = at
            client, url, next_morning = self.trajectory.client, reverse("sessions:takeaway", args=[self.pk]), end_of(day_of(at))
            post("morning_after_client", to=client.person, url=url, at=at, not_before=next_morning, once=f"yield:{self.pk}")
        self.save(update_fields=["held_at", *told])
        Flight.follow(self, by=by)
        changed(self, at=at)

    def _was(self, starts_at, minutes, place, *, at):
        """Put it then and there; the names of what changed. A place that this coach does not read stays, unless they name another."""
        self.starts(starts_at)
        self.minutes, told = minutes, ["starts_at", "wall", "minutes"]
        if self.hides_place and not place:
            return told
        self.place, self.worded_at = place or None, at if self.hides_place else self.worded_at
        return [*told, "place", "worded_at"]

    @transaction.atomic
    def miss(self, *, by, at, because=""):
        """It did not take place. A coach who said that it did takes that back too, as long as nobody wrote about it; its hours go."""
        if self.held_at:
            self._take_back(by, at)
        super().miss(by=by, at=at, because=because)

    def _take_back(self, by, at):
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, COACH)
        if hasattr(self, "log") or self.takeaways.exists() or self.steerings.exists():
            raise Refused(_("Something was written about this session already, so it stays held."))
        Flight.let_go(self, by=by)
        withdraw(f"yield:{self.pk}", at=at)
        self.held_at = None
        self.save(update_fields=["held_at"])
        self.goals.clear()
