"""The client's own words about a session: what it yielded."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.forms.own_words import TakeawayForm
from sessions.models import Steering, Takeaway
from sessions.record import may_mark, reached
from trajectories.doors import CLIENT


def takeaway(request, pk):
    """What did it yield, and how did it go? For the client; a coach is led to the session, where it is read."""
    session, seat = reached(request.user, pk)
    if seat.part != CLIENT:
        return _not_yours(request, session)
    at = now()
    own = next((row for row in look(Takeaway.objects.open_to(seat).of(session), by=seat, at=at) if row.seat_id == seat.pk), None)
    window = Window(request, f"takeaway:{session.pk}", base=own.version if own else 0)
    if window.autosave:
        return window.keep()
    facts = TakeawayForm.as_typed(own) if own else {}
    facts["steered"] = session.steered_client
    sent = window.posted and "again" not in request.POST
    form = TakeawayForm(request.POST if sent else None, asker=request.user, initial=facts, may_mark=may_mark(session, seat, at=at))
    if window.words or (window.posted and not sent):
        form.recall(window.words or dict(request.POST.lists()))
    return _answer(request, session, window, form, sent=sent, stands=own)


def _answer(request, session, window, form, *, sent, stands):
    if sent and form.is_valid():
        try:
            address = window.once(lambda: _yielded(session, window.base, by=request.user, at=now(), **form.said))
            messages.info(request, _("Saved. Your coach can read it."))
            return redirect(address)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale:
            label = form.fields["words"].label
            yours, theirs = [(label, form.cleaned_data["words"])], [(label, stands.words if stands else "")]
            return conflict(request, yours=yours, theirs=theirs, url=request.path, base=stands.version if stands else 0, again=True)
    context = {"form": form, "window": window, "session": session, "coach": session.trajectory.coach}
    return respond(request, "sessions/takeaway.html", context, status=422 if form.errors else 200)


def _yielded(session, base, *, by, at, steered=None, **words):
    Takeaway.write(session, by=by, at=at, base=base, **words)
    if may_mark(session, session.trajectory.seat_of(by), at=at):
        Steering.mark(session, by=by, at=at, steered=steered)
    return session.get_absolute_url()


def _not_yours(request, session):
    if request.method == "POST":
        messages.error(request, _("This is not yours to do."))
    return redirect(session)
