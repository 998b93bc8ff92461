"""Where did a goal stand, when, said by whom, against which sentences? (R19)"""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coaching.sealed import SealedText
from trajectories.doors import AGREED, CLIENT, COACH, NOT_ENDED_EARLY, SPONSOR, ContentQuerySet, before_rest
from trajectories.models.content import Content
from trajectories.models.goal_versions import GoalVersion
from trajectories.models.goals import Goal
from trajectories.models.parts import Part

# A level against words that were never put to the sponsor would tell that these words were once others (R5).
PUT = Q(goal__shared_at__lte=Now()) & Q(version_of_goal__put_at__lte=Now())
COMMON = Q(moment__in=["start", "outcome"]) & PUT & NOT_ENDED_EARLY


class MeasurementQuerySet(ContentQuerySet):
    """A preparation's levels become measurements only when all have handed in, so nobody is less blind through this table (R21)."""

    reads = {COACH: Q(pk__isnull=False), CLIENT: Q(pk__isnull=False), SPONSOR: COMMON}
    sponsor_when = AGREED & before_rest("goal__shared_at", "version_of_goal__put_at", "worded_at")
    older = "check_ins"

    def earliest_first(self):
        return self.order_by("worded_at", "pk")

    def counting_first(self):
        """Those that count (R6): the outcome of the review, before it the client's last. The start alone is no level, nor another's."""
        rows = self.filter(Q(moment="outcome") | Q(seat__part=CLIENT) & ~Q(moment="start"))
        return rows.order_by(Case(When(moment="outcome", then=0), default=1), "-worded_at", "pk")

    def by_client(self):
        return self.filter(seat__part=CLIENT)

    def of_review(self, review):
        """What each gave beforehand, as it became known when all were in."""
        return self.filter(moment="preparation", thing=review.pk)

    def last_per_goal(self):
        """The last measurement of each goal."""
        later = Measurement.objects.filter(goal=OuterRef("goal"), worded_at__gt=OuterRef("worded_at"))
        return self.filter(~Exists(later))

    def with_goal(self):
        return self.select_related("goal", "seat")

    def with_people(self):
        return self.with_recorder().select_related("seat__person", "version_of_goal")

    def with_recorder(self):
        """Brings `recorded_by`: who was the coach, where they wrote down in a log what the client said (R12, R19); None for any other."""
        then = Part.objects.filter(trajectory=OuterRef("trajectory"), part=COACH, confirmed_at__lte=OuterRef("worded_at"))
        coach = then.filter(Q(until_at=None) | Q(until_at__gte=OuterRef("worded_at"))).order_by("-confirmed_at").values("person__name")
        return self.annotate(recorded_by=Case(When(moment="session", then=Subquery(coach[:1])), default=None))


class Measurement(Content):
    """A level from −2 to +2, chosen by a person against the sentences of one version; never computed, never changed."""

    MOMENTS = [
        ("start", _("at the start")),
        ("session", _("after a session")),
        ("check_in", _("at the progress check")),
        ("preparation", _("before the review")),
        ("outcome", _("agreed in the review")),
        ("follow_up", _("at the follow-up")),
    ]

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="measurements")
    version_of_goal = models.ForeignKey(GoalVersion, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=12, choices=MOMENTS)
    level = models.SmallIntegerField()
    example = SealedText(seal="measurement_example", null=True)
    thing = models.UUIDField(null=True)  # the session, check-in or review that it came from
    objects = MeasurementQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__gte=-2, level__lte=2), name="level_between_minus_and_plus_two")]
        indexes = [models.Index(fields=["goal", "worded_at"], name="measurements_of_goal")]
