"""How do three people look back together, and on which level do they agree? (R21–R23)"""

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.refusals import Refused
from coaching.sealed import SealedText
from coaching.working_days import days_off, working_days_over
from trajectories.doors import ALL, CLIENT, COACH, NOT_ENDED_EARLY, PARTS, SPONSOR, ContentQuerySet
from trajectories.models.content import Acts, Content
from trajectories.models.goal_versions import GoalVersion
from trajectories.models.states import State

PATIENCE = 10  # working days in which a sponsor may hand in before the others may go on without (R23)


def newest_per_goal(versions):
    """Of `versions`, by goal and the newest first, the one that everyone goes by."""
    newest = {}
    for version in versions:
        newest.setdefault(version.goal_id, version)
    return list(newest.values())


class ReviewQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL, SPONSOR: Q(with_sponsor=True) & NOT_ENDED_EARLY}

    def _at_once(self):
        return Q(abandoned_at=None)  # whoever takes over is one of those who close, with two as with three (R23)

    def current(self):
        return self.filter(abandoned_at=None)

    def seated(self, person, *parts):
        """Of which this person sits in one of `parts`: the door for what only those may do."""
        trajectories = self.model._meta.get_field("trajectory").related_model.objects.seated(person, *parts)
        return self.filter(trajectory__in=trajectories.values("pk"))

    def awaiting_parts(self):
        """Reviews of trajectories in closing, not on hold, in which no text lies there yet."""
        closing = Q(trajectory__closing_at__isnull=False, trajectory__held_at=None, trajectory__closed_at=None, trajectory__stopped_at=None)
        return self.current().filter(closing, put_forward_at=None).select_related("trajectory")

    def with_trajectory(self):
        return self.select_related("trajectory")


class Review(Content):
    """The closing of one trajectory: preparations, meeting, text, signatures. `put_forward_at`: a text lies there to be signed."""

    with_sponsor = models.BooleanField()
    two_because = SealedText(seal="review_two_because", null=True)
    meets_on = models.DateField(null=True)
    put_forward_at = models.DateTimeField(null=True)
    report_number = models.CharField(max_length=20, blank=True)  # given with the first text that is put forward
    abandoned_at = models.DateTimeField(null=True)
    on_said_coach_at = models.DateTimeField(null=True)  # "let us go on coaching"
    on_said_client_at = models.DateTimeField(null=True)
    two_said_coach_at = models.DateTimeField(null=True)  # "let us close without the sponsor"
    two_said_client_at = models.DateTimeField(null=True)
    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trajectory"], condition=Q(abandoned_at=None), name="one_review_at_a_time")]

    @classmethod
    def locked(cls, pk):
        """The review as it is now. Its trajectory and itself are locked, in the order that every verb keeps. Inside a transaction."""
        trajectories = cls._meta.get_field("trajectory").related_model._base_manager
        trajectory = trajectories.select_for_update(of=("self",)).get(reviews=pk)
        review = cls._base_manager.select_for_update(of=("self",)).get(pk=pk)
        review.trajectory = trajectory
        return review

    @property
    def parts(self):
        """The parts that close."""
        return PARTS if self.with_sponsor else (COACH, CLIENT)

    @property
    def closers(self):
        """The seats that prepare and sign, the client first."""
        seats = [self.trajectory.seat(part) for part in (CLIENT, SPONSOR, COACH) if part in self.parts]
        return [seat for seat in seats if seat]

    def seat_of(self, person):
        """The seat with which a person closes; raises Refused for anyone else."""
        seat = self.trajectory.seat_of(person)
        if seat is None or seat.part not in self.parts:
            raise Refused(_("This is not yours to do."))
        self.trajectory.acts = Acts(seat)
        return seat

    def goals(self, at):
        """What is looked back on: agreed goals that stand and that all who close read in the words of now.

        Where a sponsor has a seat only the shared ones: the text can go to all. Who took over as coach may not read what is of before.
        """
        goals, coach = self._agreed_goals(at), self.trajectory.coach
        if coach is None or coach.reads_since is None:
            return goals
        newest = GoalVersion.objects.agreed().filter(goal=OuterRef("pk")).order_by("-number").values("pk")[:1]
        return goals.open_to(coach).alias(of_now=Subquery(newest)).filter(of_now__in=GoalVersion.objects.open_to(coach).values("pk"))

    def _agreed_goals(self, at):
        goals = self.trajectory.goals.standing().agreed()
        return goals.shared(at) if self.trajectory.sponsor else goals

    def versions(self, seat, *, at):
        """The agreed words of each goal that is looked back on, by number, as `seat` may read them; still sealed."""
        return self.versions_and_left_out(seat, at=at)[0]

    def versions_and_left_out(self, seat, *, at):
        """versions(), and for the client the numbers of the goals that stay out, since the coach of now does not read them.

        Each comes with what the meeting made of it: `settled_key` (None: nothing yet), `settled_level`, `settled_base` and `settled_at`.
        """
        outcome = self.outcomes.filter(goal=OuterRef("goal"))
        columns = {"key": "pk", "level": "level", "base": "version", "at": "worded_at"}
        settled = {f"settled_{name}": Subquery(outcome.values(column)[:1]) for name, column in columns.items()}
        weighed = Exists(self.goals(at).filter(pk=OuterRef("goal")))
        rows = GoalVersion.objects.open_to(seat).agreed().filter(goal__in=self._agreed_goals(at)).annotate(weighed=weighed, **settled)
        found = newest_per_goal(rows.select_related("goal").latest_first())
        left_out = [one.goal.number for one in found if not one.weighed]
        return [one for one in found if one.weighed], left_out if seat.part == CLIENT and not self.trajectory.closed_at else []

    @property
    def stage(self):
        """How far the closing is, for a page that stands open: "table", "text" or "closed"."""
        return "closed" if self.trajectory.closed_at else "text" if self.put_forward_at else "table"

    def standing(self, at):
        """What has been put down, by the name of its block on the meeting's page: {"goal-<key>" or "lasting-<part>": version}."""
        goals = self.outcomes.filter(goal__in=self.goals(at)).values_list("goal", "version")
        promises = self.lasting.values_list("part", "version")
        return {f"goal-{key}": version for key, version in goals} | {f"lasting-{part}": version for part, version in promises}

    def unsettled(self, at):
        """The goals without an outcome; seen differently, it needs a remark of each who closes."""
        whole = Q(level__isnull=False) | Q(said=len(self.parts))
        settled = self.outcomes.annotate(said=Count("remarks")).filter(whole)
        return self.goals(at).exclude(pk__in=settled.values("goal"))

    def handed_in(self):
        """The parts that have handed in, of who sits there now: what somebody wrote is not the word of whoever comes after them."""
        return set(self.preparations.handed_in().of_now().values_list("part", flat=True))

    def all_in(self):
        return self.handed_in() >= set(self.parts)

    def must_be_closing(self):
        """Raises Refused when this review is no longer, or not now, what the three are at."""
        if self.abandoned_at or self.trajectory.state != State.CLOSING:
            raise Refused(self.trajectory.refusal_for(self.trajectory.state))

    def must_meet(self):
        """Raises Refused unless everyone has handed in and no text lies there to be signed."""
        self.must_be_closing()
        if not self.all_in():
            raise Refused(_("Not everyone has handed in a part. You can look together once all parts are in."))
        if self.put_forward_at:
            raise Refused(_("A text has been put forward to sign. Take it back first if something has to change."))

    def wants_to_go_on(self, seat, *, at):
        """Coach or client says that the coaching goes on; true when both have. Inside Trajectory.go_on."""
        self._say("on_said", seat, at)
        if not (self.on_said_coach_at and self.on_said_client_at):
            return False
        self.abandoned_at = at
        self.save()
        return True

    @transaction.atomic
    def go_without_sponsor(self, *, by, at):
        """Client and coach both say so, once the sponsor let ten working days pass (R23). Returns whether both have."""
        review = type(self).locked(self.pk)
        seat = review.trajectory._seat_needed(by, COACH, CLIENT)
        review.must_be_closing()
        if not review.with_sponsor:
            raise Refused(_("You are closing with two already."))
        if SPONSOR in review.handed_in():
            raise Refused(_("The sponsor takes part in this review."))
        if not review.patience_is_over(day_of(at)):
            raise Refused(_("Give the sponsor ten working days to hand in. After that you can go on with two."))
        review._say("two_said", seat, at)
        if review.two_said_coach_at and review.two_said_client_at:
            review.with_sponsor = False
            review.save()
            if review.all_in():
                review.convene(seat=seat, at=at)
        return not review.with_sponsor

    @transaction.atomic
    def plan(self, *, by, at, meets_on):
        """Coach or client puts down on which day the three meet, or takes it away (None)."""
        review = type(self).locked(self.pk)
        review.trajectory._seat_needed(by, COACH, CLIENT)
        review.must_be_closing()
        review.meets_on = meets_on
        review.save()

    def patience_is_over(self, today):
        """Whether the sponsor has had ten working days, up to the end of the last (R28)."""
        return working_days_over(self.asked_on(self.trajectory.sponsor), PATIENCE, today=today, off=days_off())

    def asked_on(self, seat):
        """The day since which whoever sits in `seat` can prepare: that of the closing, or on which they came in the middle of it."""
        return day_of(max(self.trajectory.closing_at, seat.from_at) if seat else self.trajectory.closing_at)

    def _another_sits(self, part):
        """Somebody else takes the seat of `part` in the middle of the closing: they prepare, say and sign for themselves (R21, R23).

        No text lies there any more, and nothing that was said in that seat counts. What was signed keeps its number. Inside a verb.
        """
        self.put_forward_at = None
        for said in ("two_said_coach_at", "two_said_client_at") if part == SPONSOR else (f"on_said_{part}_at", f"two_said_{part}_at"):
            setattr(self, said, None)
        self.save()
        self.remarks.filter(part=part).delete()
        self.lasting.filter(part=part).delete()

    def convene(self, *, seat, at):
        """All parts are in: from now on all may know each other's levels, which become measurements (R19); the meeting can begin.

        Coach and client hear of it and lead the way to the table; the sponsor had a mail to prepare for it (R30: six in all).
        """
        known = set(self.trajectory.measurements.of_review(self).values_list("seat", "goal"))
        for preparation in self.preparations.handed_in().of_now().with_levels().prefetch_related("levels__goal"):
            for row in preparation.levels.all():
                if row.level is not None and (preparation.seat_id, row.goal_id) not in known:
                    row.goal.measure(seat=preparation.seat, at=at, level=row.level, moment="preparation", thing=self.pk)
        self.trajectory._tell("review_invitation", *[one.person for one in self.closers if one.part != SPONSOR], at=at)

    def _say(self, what, seat, at):
        setattr(self, f"{what}_{seat.part}_at", at)
        self.save()
