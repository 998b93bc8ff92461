"""What a coach has in front of them before a session, and what they wrote for themselves beside one."""

from django.shortcuts import redirect

from coaching.access import respond
from coaching.clock import now, today
from coaching.discreet import not_on_screen
from coaching.traces import look
from sessions import preparation as page
from sessions.models import Note, Stall
from sessions.record import seen
from trajectories.doors import COACH
from trajectories.views.trying import shut


def preparation(request, pk):
    """Topics, agreements, open actions, what last time brought, goals left lying; questions and what is private come of themselves."""
    session, seat = seen(request.user, pk, COACH)
    if not session.is_planned:
        return redirect(session)
    if gone := shut(request, session.must_be_planned, back=session):
        return gone
    shown = page.preparation(session, seat, at=now())
    context = {"page": shown, "session": session, "client": session.trajectory.client, "today": today()}
    return respond(request, "sessions/preparation.html", context)


@not_on_screen
def own(request, pk):
    """What the coach wrote for themselves in a session; before one to come, what stalled last and what to do differently (R14)."""
    session, seat = seen(request.user, pk, COACH)
    notes, stalls = Note.objects.open_to(seat), Stall.objects.open_to(seat)
    notes = list(notes.of(session)) + (list(notes.before(session)[:1]) if session.is_planned else [])
    stalls = list(stalls.before(session)[:1] if session.is_planned else stalls.of(session))
    look([*notes, *stalls], by=seat, at=now())
    context = {"notes": notes, "stalls": stalls, "session": session, "client": session.trajectory.client}
    return respond(request, "sessions/own.html", context, fragment="own")
