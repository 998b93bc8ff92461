"""One trajectory on the coordinator's desk: who fits, who is proposed, and what to do when nobody does."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now, today
from coaching.refusals import Refused
from coaching.traces import Eyes, look
from trajectories.desk import the_one, waits_for
from trajectories.doors import COORDINATOR
from trajectories.forms.requests import NobodyFound
from trajectories.matching import match as fit
from trajectories.models import HandOver, State, Trajectory
from trajectories.models.requests import MOST, propose_all
from trajectories.models.room import pool_for
from trajectories.pool import SHOWN, sought
from trajectories.reasons import label
from trajectories.sources import numbers_of


def _on_the_desk(request, pk):
    return get_object_or_404(Trajectory.objects.coordinated_by(request.user).with_seats().select_related("asked_by"), pk=pk)


def match(request, pk):
    """What the client let the coordinator know, and the coaches beside it; once there is a coach, the trajectory in names and numbers."""
    trajectory = _on_the_desk(request, pk)
    if trajectory.state == State.REQUESTED:
        return _matching(request, trajectory, NobodyFound(asker=request.user, initial={"sentence": _usual(trajectory)}))
    proposed = HandOver.objects.readable_by(request.user).in_trajectory(pk).open().with_people().first()
    context = {"trajectory": trajectory, "numbers": numbers_of([trajectory])[trajectory.pk], "reason": label(trajectory.ended_as)}
    context |= {"proposed": proposed}
    return respond(request, "trajectories/match_running.html", context | _words(request.user, trajectory))


def _matching(request, trajectory, form, *, status=200, asked=None):
    words = _words(request.user, trajectory)
    proposals = list(trajectory.proposals.readable_by(request.user).with_people().in_order())
    standing = [one for one in proposals if not one.ended_at]
    said = "\n".join(row.words for row in words["wishes"])
    found = fitting(request.user, trajectory, said, before={one.person_id for one in proposals})
    context = {
        "trajectory": trajectory,
        "form": form,
        "proposals": standing,
        "waits": waits_for(trajectory, standing, desk=True),
        "found": found,
        "sought": sought(found, **(asked or {})),
        "room_for": MOST - len(standing) if trajectory.accepted_at else 0,
        **words,
    }
    return respond(request, "trajectories/match.html", context, status=status)


def fitting(person, trajectory, said, *, before=(), pool=None):
    """The whole pool beside this trajectory, as `person` at the desk may see it."""
    sponsor = trajectory.sponsor or trajectory.unconfirmed_sponsor
    client, seated = trajectory.client.person, {seat.person_id for seat in trajectory.seats if seat.part == "coach"}
    pool = list(pool_for(person)) if pool is None else pool
    return fit(client, sponsor and sponsor.person, pool, said, on=today(), asker=person, before=before, seated=seated)


def _words(person, trajectory):
    """The two fields that are for the coordinator, opened in one look, and the earlier trajectory that the client named."""
    wishes = list(trajectory.wishs.readable_by(person).earliest_first())
    notes = list(trajectory.forcoordinators.readable_by(person).earliest_first())
    look([*wishes, *notes], by=Eyes(person.pk, COORDINATOR), at=now())
    rows, key = Trajectory.objects.coordinated_by(person).with_seats(), trajectory.continues_id
    return {"wishes": wishes, "notes": notes, "earlier": the_one(rows, key) if key else None}


def _usual(trajectory):
    return _("We did not find a coach who fits. You can ask again later.")


@require_POST
def propose(request, pk):
    """Propose the coaches that were ticked: all of them or none. With `find` nothing is proposed: it searches on, and keeps the ticks."""
    trajectory = _on_the_desk(request, pk)
    if "find" in request.POST and trajectory.state == State.REQUESTED:
        form = NobodyFound(asker=request.user, initial={"sentence": _usual(trajectory)})
        asked = {
            "q": request.POST.get("q", "").replace("\x00", "")[:100],
            "page": request.POST["find"],
            "ticked": request.POST.getlist("coach")[:SHOWN],
        }
        return _matching(request, trajectory, form, asked=asked)
    pool = {str(coach.pk): coach for coach in pool_for(request.user)}
    chosen = [pool[key] for key in dict.fromkeys(request.POST.getlist("coach")) if key in pool]
    try:
        if not chosen:
            raise Refused(_("Choose at least one coach to propose."))
        propose_all(trajectory, chosen, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("trajectories:match", pk=pk)
    messages.success(request, _("%(name)s gets a message and chooses.") % {"name": trajectory.client.first_name})
    return redirect("trajectories:requests")


@require_POST
def nobody_found(request, pk):
    """No coach fits: everyone who waits gets one sentence."""
    trajectory = _on_the_desk(request, pk)
    form = NobodyFound(request.POST, asker=request.user)
    if form.is_valid():
        try:
            trajectory.nobody_found(by=request.user, at=now(), sentence=form.cleaned_data["sentence"])
            return redirect("trajectories:requests")
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(reverse("trajectories:match", args=[pk]))
    return _matching(request, trajectory, form, status=422)
