"""What one writes for oneself: the client's journal, the coach's notes and learning journal. Nobody else reads it (R11, R29).

All that is one's own is searched in memory, by POST: what somebody looks for stands in no address and no history.
"""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.discreet import not_on_screen
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions import own_words
from sessions.forms.own_words import OwnForm
from sessions.models import Journal, Learning, Note, Stall
from sessions.views.questions import must_coach
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


@not_on_screen
def journal(request, pk):
    """The client's own pages of one trajectory."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    seat = trajectory.seat_of(request.user)
    keep = partial(Journal.write, trajectory, by=request.user, at=now())
    return _pages(request, f"journal:{pk}", [Journal.objects.open_to(seat).latest_first()], keep, "journal", trajectory=trajectory)


@not_on_screen
def note(request, pk):
    """Notes of the coach, those of sessions and what stalled there too; here one without a session is added."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH), pk=pk)
    seat = trajectory.seat_of(request.user)
    if request.htmx and "latest" in request.GET:
        rows = look(Note.objects.open_to(seat).latest_first()[:1], by=request.user, at=now())
        return respond(request, "sessions/note.html", {"rows": rows}, fragment="latest")
    rows = [Note.objects.open_to(seat).latest_first().with_sessions(), Stall.objects.open_to(seat).latest_first().with_sessions()]
    keep = partial(Note.remember, trajectory, by=request.user, at=now())
    return _pages(request, seat.keeps("note", pk), rows, keep, "note", trajectory=trajectory)


@not_on_screen
def learning(request):
    """What a coach learns about their own coaching; tied to no client."""
    must_coach(request.user)
    keep = partial(Learning.write, by=request.user, at=now())
    return _pages(request, "learning", [Learning.objects.readable_by(request.user).latest_first()], keep, "learning")


@require_POST
def learning_throw_away(request, pk):
    """A page of one's own, gone for good."""
    row = get_object_or_404(Learning.objects.editable_by(request.user), pk=pk)
    row.throw_away(by=request.user, at=now())
    messages.info(request, _("Gone for good."))
    return redirect("sessions:learning")


def _pages(request, place, kinds, keep, name, **context):
    """A form to write in, what was written, and what is sought in it. `kinds`: rows of a kind each, the latest first."""
    window = Window(request, place)
    if window.autosave:
        return window.keep()
    seeking = request.method == "POST" and "sought" in request.POST
    form = OwnForm(request.POST if window.posted and not seeking else None, asker=request.user)
    if window.words:
        form.recall(window.words)
    if window.posted and not seeking and form.is_valid():
        try:
            return redirect(window.once(lambda: keep(words=form.cleaned_data["words"]) and request.path))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context |= {"form": form, "window": window, **_found(request, kinds, everything=seeking or "all" in request.GET)}
    return respond(request, f"sessions/{name}.html", context, fragment="found", status=422 if form.errors else 200)


def _found(request, kinds, *, everything):
    """Without a search only the latest are opened; a search opens all of one's own here."""
    sought = request.POST.get("sought", "").replace("\x00", "")[: own_words.LONGEST].strip()
    rows = [row for rows in kinds for row in (rows if everything else rows[: own_words.AT_ONCE + 1])]
    rows = sorted(look(rows, by=request.user, at=now()), key=lambda row: row.worded_at, reverse=True)
    found = own_words.holding(rows, sought)
    shown = found if everything else found[: own_words.AT_ONCE]
    return {"rows": shown, "sought": sought, "older": len(found) > len(shown)}
