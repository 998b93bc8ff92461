"""In which state is a trajectory, and which verb leads where? One table for the code, the tests and the documentation."""

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajectories.doors import CLIENT, COACH, COORDINATOR, SPONSOR


class State(TextChoices):
    REQUESTED = "requested", _("requested")
    INTAKE = "intake", _("intake")
    AGREED = "agreed", pgettext_lazy("state", "agreed")
    RUNNING = "running", _("running")
    ON_HOLD = "on_hold", _("on hold")
    CLOSING = "closing", _("closing")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped")
    DECLINED = "declined", _("did not go ahead")


S = State
OPEN = (S.REQUESTED, S.INTAKE, S.AGREED, S.RUNNING, S.ON_HOLD, S.CLOSING)


@dataclass(frozen=True)
class Step:
    """One row of domain.md's state table: who may do `verb`, from which states, to which."""

    verb: str
    sources: tuple
    target: State
    who: tuple


STEPS = {
    step.verb: step
    for step in (
        Step("accept", (S.REQUESTED,), S.REQUESTED, (CLIENT,)),
        Step("decline", (S.REQUESTED,), S.DECLINED, (CLIENT,)),
        Step("withdraw", (S.REQUESTED,), S.DECLINED, ("asker",)),
        Step("nobody_found", (S.REQUESTED,), S.DECLINED, (COORDINATOR,)),
        Step("take_seat", (S.REQUESTED,), S.INTAKE, ("chosen",)),
        Step("no_match", (S.INTAKE,), S.REQUESTED, (COACH, CLIENT)),
        Step("agree", (S.INTAKE,), S.AGREED, (COACH, CLIENT, SPONSOR)),
        Step("start", (S.AGREED,), S.RUNNING, (COACH, CLIENT, SPONSOR)),
        Step("hold", (S.INTAKE, S.AGREED, S.RUNNING, S.CLOSING), S.ON_HOLD, (COACH, CLIENT, COORDINATOR)),
        Step("resume", (S.ON_HOLD,), S.RUNNING, (COACH, CLIENT, COORDINATOR)),
        Step("begin_closing", (S.RUNNING,), S.CLOSING, (COACH, CLIENT)),
        Step("go_on", (S.CLOSING,), S.RUNNING, (COACH, CLIENT)),
        Step("sign", (S.CLOSING,), S.CLOSED, (COACH, CLIENT, SPONSOR)),
        Step("stop", OPEN, S.STOPPED, (CLIENT, COACH, COORDINATOR)),
    )
}

NOT_ENDED = Q(declined_at=None, stopped_at=None, closed_at=None)
FACTS = {  # state -> what must hold, for querysets; the same order as Trajectory.state reads them
    S.DECLINED: Q(declined_at__isnull=False),
    S.STOPPED: Q(stopped_at__isnull=False),
    S.CLOSED: Q(closed_at__isnull=False),
    S.ON_HOLD: NOT_ENDED & Q(held_at__isnull=False),
    S.CLOSING: NOT_ENDED & Q(held_at=None, closing_at__isnull=False),
    S.RUNNING: NOT_ENDED & Q(held_at=None, closing_at=None, started_at__isnull=False),
    S.AGREED: NOT_ENDED & Q(held_at=None, started_at=None, agreed_at__isnull=False),
    S.INTAKE: NOT_ENDED & Q(held_at=None, agreed_at=None, intake_at__isnull=False),
    S.REQUESTED: NOT_ENDED & Q(held_at=None, intake_at=None),
}
