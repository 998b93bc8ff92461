"""What will be different at the end, and does it still stand? (R5, R6)"""

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.refusals import Refused, Stale
from coaching.sealed import SealedText
from trajectories.doors import AGREED, ALL, CLIENT, COACH, NOT_ENDED_EARLY, SHARED, SPONSOR, ContentQuerySet, before_rest
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.sharing import Sharing, unknown_yet


class GoalQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: SHARED & NOT_ENDED_EARLY}
    sponsor_when = AGREED & before_rest("shared_at")
    older = "question"

    def where_seated(self, person, *parts):
        """Where this person sits in one of `parts` now: coach and client word a goal, the client alone decides about the sponsor's eyes."""
        trajectories = self.model._meta.get_field("trajectory").related_model.objects
        return self.filter(trajectory__in=trajectories.seated(person, *parts))

    def _agreed_from(self, **seat):
        versions = self.model._meta.get_field("versions").related_model._base_manager
        yes = {f"assents__seat__{name}": value for name, value in seat.items()}
        return Exists(versions.filter(goal=OuterRef("pk"), **yes))

    def named_for(self, seat):
        """Of which `seat` reads the name for outside: the client's own words for a link (R18), so never the sponsor, and who took over as
        coach only one that was given since, whenever the goal itself was worded."""
        rows = self.none() if seat.part == SPONSOR else self.open_to(seat)
        return rows if seat.reads_since is None else rows.filter(outside_named_at__gte=seat.reads_since)

    def shared(self, at):
        return self.filter(shared_at__lte=at)

    def standing(self):
        """Not let go."""
        return self.filter(let_go_at=None)

    def agreed(self):
        versions = self.model._meta.get_field("versions").related_model
        return self.filter(Exists(versions.objects.agreed().filter(goal=OuterRef("pk"))))

    def in_order(self):
        return self.order_by("number", "pk")


class Goal(Sharing, Content):
    """A SMART goal. Its words stand in its versions; this row says whether the sponsor reads along and whether it stands.

    `version` counts every wording of it, those of a version that is still open included.
    """

    number = models.PositiveSmallIntegerField()
    outside_name = SealedText(seal="goal_outside_name", null=True)  # by which a link without a login may name it (R18)
    outside_named_at = models.DateTimeField(null=True)  # not known of an old one, which then is of before any next coach
    shared_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)
    let_go_by = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory", "number"], name="one_goal_per_number")]

    def get_absolute_url(self):
        return reverse("trajectories:goal", args=[self.pk])

    def as_read_by(self, seat):
        """For the sponsor a goal that was let go while it rests still stands: they hear of it once it goes on."""
        self.let_go_at = None if unknown_yet(self.let_go_at, seat) else self.let_go_at
        return self

    @classmethod
    @transaction.atomic
    def draw_up(cls, trajectory, *, by, at, **words):
        """Write a new goal, private to coach and client, with its first version."""
        trajectory.lock()
        trajectory.must_be_free()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        number = cls.objects.filter(trajectory=trajectory).count() + 1
        goal = cls.objects.create(trajectory=trajectory, number=number, worded_at=at)
        goal.versions.create(trajectory=trajectory, number=1, seat=seat, worded_at=at, **words)
        return goal

    @transaction.atomic
    def reword_as(self, *, by, at, base, **words):
        """Word it anew: a version to be agreed again; until then everyone goes by the agreed one. Returns the version.

        `base` is Goal.version as the page showed it; raises Stale with the newest GoalVersion that `by` may read when it was worded since.
        What they may not read (a coach who took over) is neither shown to them nor replaced: their words come after it.
        """
        self._begin()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        last = self.versions.select_for_update(of=("self",)).order_by("-number").first()
        read = self.versions.open_to(seat).order_by("-number").first()
        if read is None:
            said = _("This goal is being worded. You read it when %(name)s puts it to you.")
            raise Refused(said % {"name": self.trajectory.client.first_name})
        if self.version != base:
            raise Stale(read)
        last.trajectory = self.trajectory
        self.version, self.worded_at, self.let_go_by = base + 1, at, None
        self.save(update_fields=["version", "worded_at", "let_go_by"])
        replaces = last == read and not last.agreed_at
        if replaces and not last.assents.filter(seat__part=SPONSOR).exists():  # else that yes, and the sharing with it, stands
            last.assents.all().delete()
            if last.put_at and last.put_at > at:
                self.unask_sponsor(last.put_at, at=at)
            return last.reword(by=by, base=last.version, at=at, seat=seat, put_at=None, **words)
        return self.versions.create(trajectory=self.trajectory, number=last.number + 1, seat=seat, worded_at=at, **words)

    @transaction.atomic
    def measure(self, *, seat, at, level, moment, version=None, example=None, thing=None):
        """Keep a level (−2…+2) that `seat` chose, with the version it was chosen against (R19). `moment`: see Measurement."""
        version = version or self.versions.agreed().order_by("-number").first()
        if version is None:
            raise Refused(_("This goal has not been agreed yet, so there is nothing to measure it by."))
        return self.measurements.create(
            trajectory_id=self.trajectory_id,
            version_of_goal=version,
            seat=seat,
            worded_at=at,
            level=level,
            moment=moment,
            example=example or None,
            thing=thing,
        )
