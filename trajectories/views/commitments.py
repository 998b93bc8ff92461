"""What does each promise to make room for, and is it done? (R5: the learning environment)"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.clock import now
from coaching.refusals import Refused
from trajectories.doors import PARTS, SPONSOR
from trajectories.forms.agreement import CommitmentForm
from trajectories.models import Commitment, Trajectory
from trajectories.views.agreement import shown


@require_POST
def commitment_add(request, pk):
    """Promise something; what was filled in wrongly comes back on the page of the agreement."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, *PARTS).with_seats(), pk=pk)
    form = CommitmentForm(request.POST, asker=request.user)
    if form.is_valid():
        try:
            Commitment.promise(trajectory, by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Promised. All parties can read it."))
            return _back(request, trajectory)
    return shown(request, trajectory, form)


@require_POST
def commitment_done(request, pk):
    """Tick it, or take the tick away; only who promised it can. htmx gets 204; a refusal is a message, for htmx 409 with its sentence."""
    commitment = get_object_or_404(Commitment.objects.editable_by(request.user).with_people(), pk=pk)
    try:
        commitment.tick(by=request.user, at=now(), done="done" in request.POST)
    except Refused as refusal:
        if request.htmx:
            return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refusal))
    if request.htmx:
        return HttpResponse(status=204)
    return _back(request, commitment.trajectory)


def _back(request, trajectory):
    """Once all have agreed the sponsor's page shows what they promised; before that, and for the others, it stands with the agreement."""
    seat = trajectory.seat_of(request.user)
    return redirect("trajectories:sponsor" if seat.part == SPONSOR and trajectory.agreed_at else "trajectories:agreement", pk=trajectory.pk)
