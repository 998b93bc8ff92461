"""What the client takes up: adding a step between sessions, and ticking it off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from sessions.forms.own_words import ActionForm
from sessions.models import Action
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def action_add(request, pk):
    """Coach or client adds one; both read it at once."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    window = Window(request, f"action_add:{pk}")
    if window.autosave:
        return window.keep()
    form = ActionForm(request.POST if window.posted else None, asker=request.user)
    if window.words:
        form.recall(window.words)
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


@require_POST
def action_done(request, pk):
    """Tick it off, or not after all. htmx gets 204; a refusal is a message, and for htmx 409 (the tick goes back)."""
    action = get_object_or_404(Action.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        action.tick(by=request.user, at=now(), done="done" in request.POST)
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(action.log.session if action.log else action.trajectory)
