"""Planning a session or a series, moving it, calling it off, saying that it did not take place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.access import respond
from coaching.clock import now, today
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from coaching.working_days import days_off
from sessions.forms.appointments import MoveForm, OffForm
from sessions.forms.planning import DaysForm, PlanForm
from sessions.models import CoachingSession
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory
from trajectories.views.trying import shut


def session_new(request, pk):
    """Plan one, or a series: its days are shown first, to leave some out. A coach who enters a day that has passed goes on to its log."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    if gone := shut(request, trajectory.must_be_open, back=trajectory):
        return gone
    seat, at, days = trajectory.seat_of(request.user), now(), None
    window = Window(request, seat.keeps("session_new", pk))
    if window.autosave:
        return window.keep()
    form = PlanForm(request.POST if window.posted else None, asker=request.user, seat=seat, today=today())
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        days = DaysForm(request.POST, plan=form, off=days_off()) if form.is_series else None
        if days is None or days.is_valid():
            try:
                return redirect(window.once(lambda: _plan(request, trajectory, seat, form, days, at)))
            except Refused as refusal:
                form.add_error(None, str(refusal))
    context = {"form": form, "days": days, "window": window, "trajectory": trajectory, "seat": seat, "other": _other(trajectory, seat)}
    return respond(request, "sessions/session_new.html", context, status=422 if form.errors or (days and days.errors) else 200)


def _plan(request, trajectory, seat, form, days, at):
    """Carry out what a valid form says, and give where to go on."""
    _starts_at, minutes, place = form.when
    starts = form.starts(days.chosen if days else form.days)
    rows = CoachingSession.plan_series(trajectory, by=seat.person, at=at, starts=starts, minutes=minutes, place=place)
    if len(rows) > 1:
        said = ngettext("%(n)s session is planned.", "%(n)s sessions are planned.", len(rows)) % {"n": len(rows)}
        messages.info(request, said)
        return reverse("sessions:detail", args=[trajectory.pk]) + "#sessions"
    return rows[0].log_address if seat.part == COACH and rows[0].starts_at <= at else rows[0].get_absolute_url()


def _other(trajectory, seat):
    return trajectory.client if seat.part == COACH else trajectory.coach


def _mine(request, pk):
    """The session that this person may change, opened, with their seat."""
    session = get_object_or_404(CoachingSession.objects.editable_by(request.user).with_trajectory().with_more().numbered(), pk=pk)
    seat = session.trajectory.seat_of(request.user)
    look([session.as_read_by(seat)], by=seat, at=now())
    return session, seat


def session_move(request, pk):
    """Another time or place for a planned session, or for it and those after it in its series; the other of the two is told."""
    session, seat = _mine(request, pk)
    if gone := shut(request, session.must_be_planned, back=session):
        return gone
    form = MoveForm(request.POST or None, asker=request.user, session=session, today=today(), more=session.more)
    if request.method == "POST" and form.is_valid():
        starts_at, minutes, place = form.when
        rest = form.cleaned_data.get("rest", False)
        try:
            session.move(by=request.user, at=now(), starts_at=starts_at, minutes=minutes, place=place, rest=rest)
            return redirect(session)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _asked(request, "sessions/session_move.html", form, session, seat)


def _asked(request, page, form, session, seat):
    context = {"form": form, "session": session, "seat": seat, "other": _other(session.trajectory, seat)}
    return respond(request, page, context, status=422 if form.errors else 200)


def session_cancel(request, pk):
    """Called off by one of the two, who may say why; alone, or with those after it in its series."""
    session, seat = _mine(request, pk)
    if gone := shut(request, session.must_be_planned, back=session):
        return gone
    form = OffForm(request.POST if request.method == "POST" else None, asker=request.user, more=session.more)
    if form.is_valid() and _done(form, session.cancel, by=request.user, at=now(), **form.cleaned_data):
        messages.info(request, _("Called off. The other one is told."))
        return redirect(session)
    return _asked(request, "sessions/session_cancel.html", form, session, seat)


def session_missed(request, pk):
    """It should have taken place and did not."""
    session, seat = _mine(request, pk)
    may = session.trajectory.must_be_open if session.held_at else session.must_be_planned  # a coach can take back that it was held
    if gone := shut(request, may, back=session):
        return gone
    form = OffForm(request.POST if request.method == "POST" else None, asker=request.user)
    if form.is_valid() and _done(form, session.miss, by=request.user, at=now(), **form.cleaned_data):
        messages.info(request, _("Noted: this session did not take place."))
        return redirect(session)
    return _asked(request, "sessions/session_missed.html", form, session, seat)


def _done(form, verb, **facts):
    """Whether the verb was carried out; a refusal stands in the form."""
    try:
        verb(**facts)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
