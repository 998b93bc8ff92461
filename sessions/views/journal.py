"""What one writes for oneself: the client's journal, the coach's notes outside a session. Nobody else reads it (R11)."""

from django.shortcuts import get_object_or_404, redirect

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forms.own_words import OwnForm
from sessions.models import Journal, Note
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def journal(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    rows = Journal.objects.open_to(trajectory.seat_of(request.user)).latest_first()
    return _pages(request, trajectory, rows, Journal.write, "journal")


def note(request, pk):
    """Notes of the coach, those of sessions too; here one without a session is added."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH), pk=pk)
    rows = Note.objects.open_to(trajectory.seat_of(request.user)).latest_first().with_sessions()
    return _pages(request, trajectory, rows, Note.remember, "note")


def _pages(request, trajectory, rows, verb, name):
    window = Window(request, f"{name}:{trajectory.pk}")
    if window.autosave:
        return window.keep()
    form = OwnForm(request.POST if window.posted else None, asker=request.user)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _written(request, trajectory, verb, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    rows = look(rows, by=request.user, at=now())
    context = {"form": form, "window": window, "trajectory": trajectory, "rows": rows}
    return respond(request, f"sessions/{name}.html", context, status=422 if form.errors else 200)


def _written(request, trajectory, verb, form):
    verb(trajectory, by=request.user, at=now(), words=form.cleaned_data["words"])
    return request.path
