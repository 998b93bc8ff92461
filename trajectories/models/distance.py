"""Which trajectories came too close after a move, and what did the client choose? It tells; nothing stops by itself (R1)."""

import uuid

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.day import due
from coaching.independence import Org, Reason, Why, too_close
from coaching.outbox import post
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, SPONSOR, known
from trajectories.models.parts import Part
from trajectories.models.trajectory import Trajectory


class TooCloseQuerySet(models.QuerySet):
    def readable_by(self, person):
        """Client, coach and the coordinators; never the sponsor."""
        if not known(person):
            return self.none()
        room = Trajectory.objects.seated(person, COACH, CLIENT).values("pk")
        desk = Trajectory.objects.coordinated_by(person).values("pk")
        return self.filter(Q(trajectory__in=room) | Q(trajectory__in=desk))

    def standing(self):
        return self.filter(ended_at=None)

    def coordinated_by(self, person):
        """Of the open trajectories that this coordinator runs."""
        return self.filter(trajectory__in=Trajectory.objects.coordinated_by(person).open().values("pk"))

    def with_trajectory(self):
        return self.select_related("trajectory")

    def newest_first(self):
        return self.order_by("-found_at", "pk")

    def in_trajectory(self, pk):
        return self.filter(trajectory=pk)


class TooClose(models.Model):
    """From when the distance was no longer right, why, and that the client chose to go on all the same. Names and moments only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey(Trajectory, models.CASCADE, related_name="too_close")
    reasons = models.JSONField(default=list)  # [[Why by name, a person's name, a unit's name], …]
    found_at = models.DateTimeField()
    gone_on_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    objects = TooCloseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory"], condition=Q(ended_at=None), name="too_close_once")]

    @property
    def sentences(self):
        """In the language of who reads."""
        return [str(Reason(Why[why], name=name, unit=unit)) for why, name, unit in self.reasons]

    @transaction.atomic
    def go_on(self, *, by, at):
        """The client chooses to go on with this coach all the same; coach and coordinators see that."""
        self.trajectory.lock()
        self.trajectory.must_be_open()
        self.trajectory._seat_needed(by, CLIENT)
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.ended_at or row.gone_on_at:
            raise Refused(_("This has been settled already."))
        row.gone_on_at = at
        row.save(update_fields=["gone_on_at"])


@due
def distances(at):
    """After an import or a transfer: every open trajectory with a coach is looked at once more. Other verbs never look."""
    rows = [row for row in Trajectory.objects.open().with_seats() if row.coach and row.client]
    org = Org.around(*{seat.person for row in rows for seat in (row.coach, row.client)})
    standing = {one.trajectory_id: one for one in TooClose.objects.standing()}
    for row in rows:
        sponsor = row.sponsor and row.sponsor.person
        reasons = too_close(row.coach.person, row.client.person, sponsor, org=org)
        found, before = [[one.why.name, one.name, one.unit] for one in reasons], standing.get(row.pk)
        if found != (before.reasons if before else []):
            _note(row, found, at)


def after_a_change(at, keys):
    """Called by coaching.imports after people or units moved."""
    if keys:
        distances(at)


def before_a_change(change, *, by):
    """Called by coaching.imports before a list is taken over (beforehand.Change): what would come too close of what `by` coordinates."""
    found = []
    for coach, client, sponsor in _triples(Trajectory.objects.coordinated_by(by).open()):
        earlier, later = (_reasons(picture, coach, client, sponsor) for picture in (change.now, change.then))
        if more := [reason for reason in later if reason not in earlier]:
            names = [change.then.people[key].name for key in (coach, client)]
            found.append([*names, [[one.why.name, one.name, one.unit] for one in more], change.rows.get(coach) or change.rows.get(client)])
    return sorted(found, key=lambda row: row[:2])


def _triples(trajectories):
    """(coach, client, sponsor or None) as keys, of those that have a coach and a client. One statement."""
    seats = {}
    rows = Part.objects.current().confirmed().filter(trajectory__in=trajectories.order_by().values("pk"))
    for trajectory, part, person in rows.values_list("trajectory", "part", "person"):
        seats.setdefault(trajectory, {})[part] = person
    return [(one[COACH], one[CLIENT], one.get(SPONSOR)) for one in seats.values() if COACH in one and CLIENT in one]


def _reasons(picture, coach, client, sponsor):
    people = picture.people
    return too_close(people[coach], people[client], sponsor and people[sponsor], org=picture.org)


@transaction.atomic
def _note(row, reasons, at):
    """Keep what was found; tell client and coach once for each new finding."""
    TooClose.objects.standing().filter(trajectory=row).update(ended_at=at)
    if reasons:
        TooClose.objects.create(trajectory=row, reasons=reasons, found_at=at)
        for person in row._in_the_room():
            post("party_changed", to=person, url=reverse("trajectories:distance", args=[row.pk]), at=at)
