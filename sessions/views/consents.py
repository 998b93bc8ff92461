"""The client's own screen about their name in a coach's coaching log: what it says there, yes, and no again (R29)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from sessions.models import CoachingSession, LogConsent
from sessions.practice import hours_said
from trajectories.doors import CLIENT
from trajectories.models import Trajectory


def name_in_log(request, pk):
    """Give it to the coach of now; withdraw it from whoever has it."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT).with_seats(), pk=pk)
    if request.method == "POST":
        return _said(request, trajectory)
    rows = list(LogConsent.objects.readable_by(request.user).by_client(request.user).standing().with_people().earliest_first())
    coach = trajectory.coach and trajectory.coach.person
    held = list(CoachingSession.objects.open_to(trajectory.seat_of(request.user)).held().in_order())
    context = {"trajectory": trajectory, "coach": coach, "given": next((row for row in rows if row.coach == coach), None)}
    context |= {
        "others": [row for row in rows if row.coach != coach],
        "first": held[0] if held else None,
        "last": held[-1] if held else None,
    }
    context |= {"hours": hours_said(sum(row.minutes for row in held))}
    return respond(request, "sessions/name_in_log.html", context)


def _said(request, trajectory):
    try:
        if wanted := request.POST.get("withdraw"):
            rows = LogConsent.objects.readable_by(request.user).by_client(request.user).standing()
            row = next((row for row in rows if str(row.pk) == wanted), None)
            if row:
                row.withdraw(by=request.user, at=now())
            messages.info(request, _("Withdrawn. From now on your name is not in the log."))
        else:
            row = LogConsent.give(trajectory, by=request.user, at=now())
            messages.info(request, _("You gave consent. You can withdraw it here whenever you like."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("sessions:name_in_log", pk=trajectory.pk)
