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


# Beside the parts: who may act without a seat.
EMPLOYEE = "employee"  # for themselves
ASKER = "asker"  # who asked for it
CHOSEN = "chosen"  # the coach whom the client chose
DESK_WHEN_EMPTY = "desk when empty"  # a coordinator, while the seat of coach or client is empty or who sits there has left


@dataclass(frozen=True)
class Step:
    """One row of domain.md's state table: `who` may do `verb`, from which states, to which, and what it `needs`.

    A verb that leads from a state to the same one belongs to that phase; "hold" and "resume" lead back to where it rested.
    """

    verb: str
    sources: tuple
    targets: tuple
    who: tuple
    needs: str = ""


MEANWHILE = (S.INTAKE, S.AGREED, S.RUNNING, S.CLOSING)
STEPS = {
    step.verb: step
    for step in (
        Step("ask", (), (S.REQUESTED,), (EMPLOYEE, SPONSOR, COORDINATOR), "no open trajectory of this client of which who asks may know"),
        Step("accept", (S.REQUESTED,), (S.REQUESTED,), (CLIENT,), "another asked, not accepted yet, and no other open one was"),
        Step("talk_first", (S.REQUESTED,), (S.REQUESTED,), (CLIENT,), "another asked, and it has not been accepted"),
        Step("tell", (S.REQUESTED,), (S.REQUESTED,), (CLIENT,), "accepted"),
        Step("propose", (S.REQUESTED,), (S.REQUESTED,), (COORDINATOR,), "accepted; distance (R1); room; three at the most, not themselves"),
        Step("choose", (S.REQUESTED,), (S.REQUESTED,), (CLIENT,), "accepted; a proposed coach; distance (R1); room"),
        Step("pass_by", (S.REQUESTED,), (S.REQUESTED,), (CLIENT, CHOSEN), "a proposal that stands"),
        Step("decline", (S.REQUESTED,), (S.DECLINED,), (CLIENT,), "not accepted; a sentence for who asked"),
        Step("withdraw", (S.REQUESTED,), (S.DECLINED,), (ASKER, CLIENT), "the client only after accepting"),
        Step("nobody_found", (S.REQUESTED,), (S.DECLINED,), (COORDINATOR,), "a sentence for who waits"),
        Step("take_seat", (S.REQUESTED,), (S.INTAKE,), (CHOSEN,), "accepted; distance (R1); room"),
        Step("no_match", (S.INTAKE,), (S.REQUESTED,), (COACH, CLIENT), "no reason asked; the seat ends"),
        Step("agree", (S.INTAKE,), (S.AGREED,), (COACH, CLIENT, SPONSOR), "the last yes to one version; no sponsor unconfirmed"),
        Step("start", (S.AGREED,), (S.RUNNING,), (COACH, CLIENT, SPONSOR), "the last yes that the first goal needs"),
        Step("hold", MEANWHILE, (S.ON_HOLD,), (COACH, CLIENT, DESK_WHEN_EMPTY), "a day to look again; by itself when one of them leaves"),
        Step("resume", (S.ON_HOLD,), MEANWHILE, (COACH, CLIENT, DESK_WHEN_EMPTY), "no seat empty, for coach and client"),
        Step("begin_closing", (S.RUNNING,), (S.CLOSING,), (COACH, CLIENT), "a sponsor, or two who say why (R23)"),
        Step("go_on", (S.CLOSING,), (S.RUNNING,), (COACH, CLIENT), "both say so; a new version of the agreement"),
        Step("sign", (S.CLOSING,), (S.CLOSED,), (COACH, CLIENT, SPONSOR), "the last signature of all who close (R23)"),
        Step("close_without_report", (S.CLOSING,), (S.CLOSED,), (COACH, CLIENT), "thirty days in closing; a reason from the list (R23)"),
        Step("stop", OPEN, (S.STOPPED,), (CLIENT, COACH, DESK_WHEN_EMPTY), "accepted; a reason from the list; a sentence for the sponsor"),
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
