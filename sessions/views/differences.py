"""What lies far apart in the last progress check, as questions that a coach can take along to the next session (R18)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from sessions.differences import differences
from sessions.models import AskedQuestion
from sessions.record import seen
from trajectories.doors import COACH


def apart(request, pk):
    """The preparation page takes its fragment; taking one along puts it among the questions of the session."""
    session, seat = seen(request.user, pk, COACH)
    found = differences(session.trajectory, seat, at=now()) if session.is_planned else []
    taken = AskedQuestion.objects.open_to(seat).keys_of(session) if found else set()
    if request.method == "POST":
        one = next((one for one in found if one.key == request.POST.get("take")), None)
        if one is None:
            raise Http404
        return _taken(request, session, one)
    context = {"session": session, "client": session.trajectory.client, "found": [(one, one.key in taken) for one in found]}
    return respond(request, "sessions/apart.html", context, fragment="apart")


def _taken(request, session, one):
    try:
        AskedQuestion.take_along(session, by=request.user, at=now(), question=one.key, words=one.words)
        messages.info(request, _("The question goes along to session %(number)s.") % {"number": session.number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("sessions:preparation", pk=session.pk)
