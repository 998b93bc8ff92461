"""What was tried in a trajectory and what did it bring; which books were recommended; the details of one intervention (R13)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.forms.interventions import InterventionForm
from sessions.models import Intervention
from sessions.process_models import kinds
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def tried(request, pk):
    """Everything that was arranged, the latest session first, with its intention and what the client learned from it."""
    trajectory, seat = _seated(request, pk)
    rows = Intervention.objects.open_to(seat).numbered().latest_session_first()
    rows = look(rows, by=seat, at=now())
    context = {"trajectory": trajectory, "seat": seat, "sessions": _per_session(rows)}
    return respond(request, "sessions/tried.html", context)


def _seated(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    return trajectory, trajectory.seat_of(request.user)


def _per_session(rows):
    """[(first of its rows, [(row, kind or None)])], in the order given."""
    found = {}
    for row in rows:
        found.setdefault(row.log_id, []).append((row, kinds().get(row.kind)))
    return [(some[0][0], some) for some in found.values()]


def reading(request, pk):
    """The books that were recommended; the client ticks what they have read."""
    trajectory, seat = _seated(request, pk)
    rows = look(Intervention.objects.open_to(seat).books().numbered().latest_session_first(), by=seat, at=now())
    context = {"trajectory": trajectory, "seat": seat, "books": rows, "is_client": seat.part == CLIENT}
    return respond(request, "sessions/reading.html", context)


@require_POST
def book_read(request, pk):
    """The client has read it, or not after all."""
    row = get_object_or_404(Intervention.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        row.read(by=request.user, at=now(), done="done" in request.POST)
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
    return HttpResponse(status=204) if request.htmx else redirect("sessions:reading", row.trajectory_id)


def intervention(request, pk):
    """Which book, role play, workplace or feedback; what it was for; and what the client learned from it. For the coach."""
    row = get_object_or_404(Intervention.objects.editable_by(request.user).of_coach(request.user).with_trajectory(), pk=pk)
    window = Window(request, row.trajectory.seat_of(request.user).keeps("intervention", pk), base=row.version)
    if window.autosave:
        return window.keep()
    look([row], by=row.trajectory.seat_of(request.user), at=now())
    facts = {"words": row.words, "intention": row.intention or "", "learned": row.learned or ""}
    form = InterventionForm(request.POST if window.posted else None, asker=request.user, initial=facts, kind=kinds().get(row.kind))
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _detailed(row, form, window.base)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale as stale:
            return _both(request, form, stale.row)
    context = {"form": form, "window": window, "row": row, "trajectory": row.trajectory, "kind": kinds().get(row.kind)}
    return respond(request, "sessions/intervention.html", context, status=422 if form.errors else 200)


def _detailed(row, form, base):
    row.detail(by=form.asker, at=now(), base=base, **form.cleaned_data)
    return reverse("sessions:tried", args=[row.trajectory_id])


def _both(request, form, there):
    look([there], by=there.trajectory.seat_of(request.user), at=now())
    names = {"words": _("What it was"), "intention": _("What it was for"), "learned": _("What it brought")}
    yours = [(label, form.cleaned_data[name]) for name, label in names.items()]
    theirs = [(label, getattr(there, name) or "") for name, label in names.items()]
    return conflict(request, yours=yours, theirs=theirs, url=request.path, base=there.version)
