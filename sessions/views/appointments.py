"""Planning a session, moving it, calling it off, saying that it did not take place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now, today
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forms.appointments import MoveForm, PlanForm
from sessions.models import CoachingSession
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def session_new(request, pk):
    """Plan one; a coach who enters a day that has passed goes on to its log."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    seat, at = trajectory.seat_of(request.user), now()
    window = Window(request, f"session_new:{pk}")
    if window.autosave:
        return window.keep()
    form = PlanForm(request.POST if window.posted else None, asker=request.user, seat=seat, today=today())
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _plan(trajectory, seat, form, at)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "trajectory": trajectory, "seat": seat, "other": _other(trajectory, seat)}
    return respond(request, "sessions/session_new.html", context, status=422 if form.errors else 200)


def _plan(trajectory, seat, form, at):
    starts_at, minutes, place = form.when
    row = CoachingSession.plan(trajectory, by=seat.person, at=at, starts_at=starts_at, minutes=minutes, place=place)
    return row.log_address if seat.part == COACH and starts_at <= at else row.get_absolute_url()


def _other(trajectory, seat):
    return trajectory.client if seat.part == COACH else trajectory.coach


def session_move(request, pk):
    """Another time or place for a planned session; the other of the two is told."""
    session = get_object_or_404(CoachingSession.objects.editable_by(request.user).with_trajectory().numbered(), pk=pk)
    seat, at = session.trajectory.seat_of(request.user), now()
    look([session.as_read_by(seat)], by=seat, at=at)
    form = MoveForm(request.POST or None, asker=request.user, session=session, today=today())
    if request.method == "POST" and form.is_valid():
        starts_at, minutes, place = form.when
        try:
            session.move(by=request.user, at=at, starts_at=starts_at, minutes=minutes, place=place)
            return redirect(session)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "session": session, "seat": seat, "other": _other(session.trajectory, seat)}
    return respond(request, "sessions/session_move.html", context, status=422 if form.errors else 200)


@require_POST
def session_cancel(request, pk):
    """Called off by one of the two."""
    return _verb(request, pk, "cancel", _("Called off. The other one is told."))


@require_POST
def session_missed(request, pk):
    """It should have taken place and did not."""
    return _verb(request, pk, "miss", _("Noted: this session did not take place."))


def _verb(request, pk, verb, said):
    session = get_object_or_404(CoachingSession.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        getattr(session, verb)(by=request.user, at=now())
        messages.info(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(session)
