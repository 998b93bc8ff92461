"""What client and coach take up: adding a step between sessions, changing it, moving it on, and ticking it off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.forms.own_words import ActionForm
from sessions.models import Action
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def _form(request, window, trajectory, **facts):
    seats = [seat for seat in (trajectory.client, trajectory.coach) if seat]
    posted = request.POST if window.posted else None
    if posted is not None and "owner" not in posted:  # an action is the client's unless it is said
        posted = posted.copy()
        posted["owner"] = CLIENT
    form = ActionForm(posted, asker=request.user, seats=seats, **facts)
    return form.recall(window.words) if window.words else form


def action_add(request, pk):
    """Coach or client adds one; both read it at once."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    window = Window(request, trajectory.seat_of(request.user).keeps("action_add", pk))
    if window.autosave:
        return window.keep()
    form = _form(request, window, trajectory)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _take_up(trajectory, form, request.user)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "trajectory": trajectory, "seat": trajectory.seat_of(request.user)}
    return respond(request, "sessions/action_add.html", context, status=422 if form.errors else 200)


def _take_up(trajectory, form, person):
    Action.take_up(trajectory, by=person, at=now(), **form.cleaned_data)
    return trajectory.get_absolute_url()


def action(request, pk):
    """Other words, another day, another owner."""
    row = get_object_or_404(Action.objects.editable_by(request.user).with_trajectory().with_owner(), pk=pk)
    window = Window(request, row.trajectory.seat_of(request.user).keeps("action", pk), base=row.version)
    if window.autosave:
        return window.keep()
    look([row], by=row.trajectory.seat_of(request.user), at=now())
    form = _form(request, window, row.trajectory, initial={"words": row.words, "due_on": row.due_on, "owner": row.seat.part})
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _changed(row, form, window.base)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale as stale:
            return _both(request, form, row, stale.row)
    context = {"form": form, "window": window, "action": row, "trajectory": row.trajectory}
    return respond(request, "sessions/action.html", context, status=422 if form.errors else 200)


def _changed(row, form, base):
    row.change(by=form.asker, at=now(), base=base, **form.cleaned_data)
    return row.trajectory.get_absolute_url()


def _both(request, form, row, there):
    look([there], by=row.trajectory.seat_of(request.user), at=now())
    yours, theirs = [(_("Action"), form.cleaned_data["words"])], [(_("Action"), there.words)]
    return conflict(request, yours=yours, theirs=theirs, url=request.path, base=there.version)


@require_POST
def action_move(request, pk):
    """Along to the next session."""
    row = get_object_or_404(Action.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        row.move_on(by=request.user, at=now())
        messages.info(request, _("It goes along to the next session."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row.trajectory)


@require_POST
def action_done(request, pk):
    """Tick it off, or not after all. htmx gets 204; a refusal is a message, and for htmx 409 (the tick goes back)."""
    row = get_object_or_404(Action.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        row.tick(by=request.user, at=now(), done="done" in request.POST)
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(row.log.session if row.log else row.trajectory)
