"""Of which session is a thing, and does the client know that it is there? For the list of who looked (R26)."""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from coaching.clock import now
from sessions.models import Action, AskedQuestion, CoachingSession, Intervention, Log, LogVersion, Takeaway, Topic
from trajectories.doors import CLIENT
from trajectories.looks import Place
from trajectories.sources import placed

SESSION = {CoachingSession: "", Topic: "session__", Takeaway: "session__", Log: "session__", AskedQuestion: "session__"}
SESSION |= {LogVersion: "log__session__", Intervention: "log__session__", Action: "log__session__"}


@placed
def of_sessions(keys):
    """The number of its session per thing; what hangs on a log that has not been shared is not told of. One statement."""
    first, *more = [_rows(model, path, keys) for model, path in SESSION.items()]
    at = now()
    return {key: Place(number, told=bool(shown_at and shown_at <= at)) for key, number, shown_at in first.union(*more)}


def _rows(model, path, keys):
    """(key, number of the session, from when others than its writer know of it)."""
    earlier = CoachingSession.objects.standing().filter(trajectory=OuterRef("trajectory"), starts_at__lte=OuterRef(f"{path}starts_at"))
    number = Subquery(earlier.order_by().values("trajectory").annotate(n=Count("pk")).values("n"))
    return model.objects.filter(pk__in=keys).annotate(nth=number, shown=_shown(model)).order_by().values_list("pk", "nth", "shown")


def _shown(model):
    """A log and what hangs on it: when it was shared; the client's own words, and when they meet: at once."""
    if model in (Intervention, LogVersion):
        return F("log__shared_at")
    if model is Log:
        return Case(When(shared_at__isnull=False, then=F("shared_at")))
    if model is AskedQuestion:
        return Case(When(asked_at__isnull=False, then=F("session__log__shared_at")))
    if model is Action:
        return Case(When(log=None, then=F("worded_at")), default=F("log__shared_at"))
    if model is Takeaway:
        return Case(When(Q(seat__part=CLIENT), then=F("worded_at")), default=F("session__log__shared_at"))
    return F("worded_at")
