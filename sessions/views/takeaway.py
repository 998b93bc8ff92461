"""The client's own words about a session: what to talk about beforehand, what it yielded afterwards."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forms.own_words import TakeawayForm, TopicForm
from sessions.models import CoachingSession, Takeaway, Topic
from trajectories.doors import CLIENT


def takeaway(request, pk):
    """What did it yield, and how did it go? For the client; a coach is led to the session, where both can be read."""
    session = get_object_or_404(CoachingSession.objects.readable_by(request.user).with_trajectory().numbered(), pk=pk)
    seat = session.trajectory.seat_of(request.user)
    if seat.part != CLIENT:
        return _not_yours(request, session)
    own = next((row for row in look(Takeaway.objects.open_to(seat).of(session), by=seat, at=now()) if row.seat_id == seat.pk), None)
    facts = {"words": own.words, "mattered": own.mattered, "way": own.way} if own else {}
    said = _("Saved. Your coach can read it.")
    return _page(request, session, TakeawayForm, facts, Takeaway.write, "takeaway", said)


def topic(request, pk):
    """The client's preparation of a coming session."""
    session = get_object_or_404(CoachingSession.objects.readable_by(request.user).with_trajectory().numbered(), pk=pk)
    seat = session.trajectory.seat_of(request.user)
    if seat.part != CLIENT:
        return _not_yours(request, session)
    rows = look([session, *Topic.objects.open_to(seat).of(session)], by=seat, at=now())
    return _page(request, session, TopicForm, {"words": rows[1].words} if rows[1:] else {}, Topic.bring, "topic", _("Saved."))


def _not_yours(request, session):
    if request.method == "POST":
        messages.error(request, _("This is not yours to do."))
    return redirect(session)


def _page(request, session, form_class, facts, verb, name, said):
    window = Window(request, f"{name}:{session.pk}")
    if window.autosave:
        return window.keep()
    form = form_class(request.POST if window.posted else None, asker=request.user, initial=facts)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            address = window.once(lambda: _kept(session, verb, form, request.user))
            messages.info(request, said)
            return redirect(address)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    coach = session.trajectory.coach
    context = {"form": form, "window": window, "session": session, "coach": coach}
    return respond(request, f"sessions/{name}.html", context, status=422 if form.errors else 200)


def _kept(session, verb, form, person):
    verb(session, by=person, at=now(), **form.cleaned_data)
    return session.get_absolute_url()
