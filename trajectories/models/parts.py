"""Who sits where, from when to when? What every door reads."""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coaching.following import changed
from coaching.models import Person
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR, known


class PartQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until_at=None)

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def readable_by(self, person):
        """Names of the parties: known to whoever has a seat in the same trajectory."""
        if not known(person):
            return self.none()
        own = Part.objects.current().confirmed().filter(person=person)
        of_the_two = own.filter(part__in=[COACH, CLIENT])  # that another sponsor was proposed is told to coach and client only
        told = Q(confirmed_at__isnull=False) | Q(trajectory__in=of_the_two.values("trajectory"))
        return self.filter(told, trajectory__in=own.values("trajectory"))

    def of(self, person):
        return self.filter(person=person)

    def of_another_part(self, person, part):
        """The seats that this person has or had in another part than this one."""
        return self.confirmed().of(person).exclude(part=part)

    def with_people(self):
        return self.select_related("person", "person__unit")

    def in_order(self):
        return self.order_by("from_at", "pk")


class Part(models.Model):
    """A person's seat in a trajectory, from one moment to another. Reads nothing before `confirmed_at` (R2) nor after `until_at`.

    `reads_since`: a new coach reads private words from then on. `reads_older_…`: of what was there before, per kind, the words up to the
    moment at which the client read them and let them go along.
    """

    NAMES = [(COACH, _("coach")), (CLIENT, _("client")), (SPONSOR, _("sponsor"))]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10, choices=NAMES)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    reads_since = models.DateTimeField(null=True)
    reads_older_question = models.DateTimeField(null=True)
    reads_older_sessions = models.DateTimeField(null=True)
    reads_older_check_ins = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "part"], condition=Q(until_at=None, confirmed_at__isnull=False), name="one_at_a_time"
            ),
            models.UniqueConstraint(fields=["trajectory", "person"], condition=Q(until_at=None), name="one_part_each"),
            models.CheckConstraint(condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="part_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["person", "until_at"], name="parts_of_person")]

    def __str__(self):
        return f"{self.person_id} {self.part}"

    @property
    def name(self):
        return self.person.name

    @property
    def first_name(self):
        return self.person.first_name

    def keeps(self, name, key):
        """Where a draft of this seat lies. Who comes back has another one, and begins empty (R11)."""
        return kept_at(name, self.pk, key)

    def reads_what_was(self, kind, *, at):
        """Whether words of this kind (see `reads_older_…`) that were worded at this moment are read from here: as the doors have it."""
        older = getattr(self, f"reads_older_{kind}")
        return self.reads_since is None or at >= self.reads_since or bool(older and at <= older)

    def leave(self, *, at):
        """End this seat: from the next request its person reads nothing here."""
        self.until_at = at
        self.save(update_fields=["until_at"])
        changed(self, at=at)


def kept_at(name, seat, key):
    """The place of what is half written about one thing (its key) from one seat (its key): own words belong to the seat (R11)."""
    return f"{name}:{seat}:{key}"


class Seats(models.Manager.from_queryset(PartQuerySet)):
    """The rows of one part."""

    def __init__(self, part):
        super().__init__()
        self.part = part

    def get_queryset(self):
        return super().get_queryset().filter(part=self.part)

    def deconstruct(self):
        return (False, f"{type(self).__module__}.{type(self).__name__}", None, (self.part,), {})


class Coach(Part):
    objects = Seats(COACH)

    class Meta:
        proxy = True


class Client(Part):
    objects = Seats(CLIENT)

    class Meta:
        proxy = True


class Sponsor(Part):
    objects = Seats(SPONSOR)

    class Meta:
        proxy = True


def parts_of():
    """Whether the person of an outer query has each of the parts now, in any trajectory."""
    seats = Part.objects.current().confirmed().filter(person=OuterRef("pk"))
    return {part: Exists(seats.filter(part=part)) for part in PARTS}
