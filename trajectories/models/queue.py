"""Which requests wait, for whom, and which did nobody take up? What a coordinator's desk asks of a list of trajectories."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from trajectories.doors import CLIENT, COACH, TrajectoryDoors
from trajectories.models.states import FACTS, NOT_ENDED, State

PROMISED = timedelta(days=7)  # within which who asks is promised a proposal
REQUESTED, OPEN = FACTS[State.REQUESTED], NOT_ENDED


class QueueQuerySet(TrajectoryDoors):
    def with_proposals(self):
        """Brings `stands`: whether a proposal waits for an answer."""
        return self.annotate(stands=Exists(self._proposals().current().filter(trajectory=OuterRef("pk"))))

    def with_tries(self):
        """Brings `tries`: how many proposals came to nothing."""
        ended = self._proposals().filter(trajectory=OuterRef("pk"), ended_at__isnull=False)
        number = Subquery(ended.order_by().values("trajectory").annotate(n=Count("pk")).values("n"))
        return self.annotate(tries=Coalesce(number, 0))

    def of_the_desk(self):
        """Requests that wait for a coordinator, those to talk with first included; after with_proposals()."""
        return self.filter(REQUESTED & self._desk())

    def of_others(self):
        """Requests that wait for a client or a coach; after with_proposals()."""
        return self.filter(REQUESTED & ~self._desk())

    def not_taken_up(self, at):
        """Requests that nobody took up: all proposals came to nothing, or none came within a week; after with_proposals()."""
        return self.filter(REQUESTED & self._left(at))

    def on_their_way(self):
        """Open, and no request any more."""
        return self.filter(OPEN & ~REQUESTED)

    def queued(self):
        """What waits for a coordinator first, then who waits longest; after with_proposals()."""
        turn = Case(When(self._desk(), then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.annotate(turn=turn).order_by("turn", "asked_at", "pk")

    def with_decisions(self):
        """Brings `emptied`: whether a seat that it cannot do without is empty, or who sits there has left; and `asks_over`: whether client
        or coach asked for another coach."""
        rows = self.model._meta.get_field("parts").related_model.objects.current().confirmed().filter(trajectory=OuterRef("pk"))
        there = {part: Exists(rows.filter(part=part, person__is_active=True)) for part in (CLIENT, COACH)}
        asked = self.model._meta.get_field("asked_over").related_model.objects.waiting().filter(trajectory=OuterRef("pk"))
        empty = Case(When(~there[CLIENT], then=True), When(Q(intake_at__isnull=False) & ~there[COACH], then=True), default=False)
        return self.annotate(emptied=empty, asks_over=Exists(asked))

    def to_decide(self):
        """Open ones that wait for a coordinator's decision about who sits there; after with_decisions()."""
        return self.filter(OPEN & self._decide())

    def queue_numbers(self, at):
        """How many of these are requests, wait for a coordinator, were taken up by nobody, are on their way, and wait for a decision about
        who sits there. One statement."""
        kinds = {"requested": REQUESTED, "desk": REQUESTED & self._desk(), "left": REQUESTED & self._left(at), "far": OPEN & ~REQUESTED}
        kinds |= {"decide": OPEN & self._decide()}
        numbers = {name: Count("pk", filter=rule) for name, rule in kinds.items()}
        return self.filter(OPEN).with_proposals().with_decisions().aggregate(**numbers)

    @staticmethod
    def _decide():
        return Q(emptied=True) | Q(asks_over=True)

    def _proposals(self):
        return self.model._meta.get_field("proposals").related_model.objects

    @staticmethod
    def _desk():
        return Q(accepted_at__isnull=False, stands=False) | Q(accepted_at=None, talk_first_at__isnull=False)

    def _left(self, at):
        ended = self._proposals().filter(ended_at__isnull=False)
        late = Q(accepted_at__lte=at - PROMISED)
        return Q(accepted_at__isnull=False, stands=False) & (late | Q(pk__in=ended.values("trajectory")))
