"""The client's own words about a session: what to talk about beforehand, what it yielded afterwards."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forms.own_words import TakeawayForm, TopicForm
from sessions.models import Steering, Takeaway, Topic
from sessions.record import may_mark, reached
from trajectories.doors import CLIENT


def takeaway(request, pk):
    """What did it yield, and how did it go? For the client; a coach is led to the session, where it is read."""
    session, seat = reached(request.user, pk)
    if seat.part != CLIENT:
        return _not_yours(request, session)
    at = now()
    own = next((row for row in look(Takeaway.objects.open_to(seat).of(session), by=seat, at=at) if row.seat_id == seat.pk), None)
    facts = {"words": own.words, "mattered": own.mattered, "way": own.way} if own else {}
    facts["steered"] = session.steered_client
    form = partial(TakeawayForm, initial=facts, may_mark=may_mark(session, seat, at=at))
    return _page(request, session, form, _yielded, "takeaway", _("Saved. Your coach can read it."))


def _yielded(session, *, by, at, steered=None, **words):
    Takeaway.write(session, by=by, at=at, **words)
    if may_mark(session, session.trajectory.seat_of(by), at=at):
        Steering.mark(session, by=by, at=at, steered=steered)


def topic(request, pk):
    """The client's preparation of a coming session."""
    session, seat = reached(request.user, pk)
    if seat.part != CLIENT:
        return _not_yours(request, session)
    rows = [row for row in (session, session.readable_topic) if row]
    look(rows, by=seat, at=now())
    form = partial(TopicForm, initial={"words": rows[1].words} if rows[1:] else {})
    return _page(request, session, form, Topic.bring, "topic", _("Saved."))


def _not_yours(request, session):
    if request.method == "POST":
        messages.error(request, _("This is not yours to do."))
    return redirect(session)


def _page(request, session, make_form, verb, name, said):
    window = Window(request, f"{name}:{session.pk}")
    if window.autosave:
        return window.keep()
    form = make_form(request.POST if window.posted else None, asker=request.user)
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
