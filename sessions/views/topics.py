"""The client's preparation: what to talk about, what first, and what was carried over."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.access import respond
from coaching.clock import now, today
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forms.topics import TopicsForm
from sessions.models import Action, Intervention, Topic
from sessions.process_models import kinds
from sessions.record import seen
from trajectories.doors import CLIENT, COACH
from trajectories.views.trying import shut

ARRANGES = {"add", "up"}  # buttons that only show the form anew


def topic(request, pk):
    """The client's topics for a coming session; a coach is led to the session, where they are read."""
    session, seat = seen(request.user, pk, CLIENT, COACH)
    if seat.part != CLIENT:
        if request.method == "POST":
            messages.error(request, _("This is not yours to do."))
        return redirect(session)
    if gone := shut(request, session.must_be_planned, back=session):
        return gone
    window = Window(request, f"topic:{session.pk}")
    if window.autosave:
        return window.keep()
    topics, actions, before = _read(session, seat)
    form = _form(request, window, topics)
    if window.posted and not ARRANGES & set(request.POST) and form.is_valid():
        try:
            address = window.once(lambda: _kept(session, form, request.user))
            messages.info(request, _("Saved."))
            return redirect(address)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "session": session, "coach": session.trajectory.coach, "today": today()}
    context |= {"actions": actions, "before": [(row, kinds()[row.kind].follow_up if row.kind else "") for row in before]}
    return respond(request, "sessions/topic.html", context, status=422 if form.errors else 200)


def _read(session, seat):
    """The topics that are up, the actions that are open, and what was arranged last time: opened in one look."""
    topics = list(Topic.objects.open_to(seat).up_for(session).waiting().in_order())
    actions = list(Action.objects.open_to(seat).open().with_owner().soonest_first())
    before = list(Intervention.objects.open_to(seat).before(session).in_order())
    look([session, *topics, *actions, *before], by=seat, at=now())
    return topics, actions, before


def _form(request, window, topics):
    arranging = window.posted and bool(ARRANGES & set(request.POST))
    form = TopicsForm(request.POST if window.posted and not arranging else None, asker=request.user, topics=topics)
    if window.words:
        form.recall(window.words)
    elif arranging:
        up = request.POST.get("up", "")
        form.again(dict(request.POST.lists()), more="add" in request.POST, up=int(up) if up.isdecimal() and up.isascii() else None)
        window.later()  # the page that comes back holds what is kept
    return form


def _kept(session, form, person):
    Topic.arrange(session, by=person, at=now(), lines=form.lines)
    return session.get_absolute_url()
