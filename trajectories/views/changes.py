"""Another sponsor, or too little distance after a move: the client decides."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from trajectories.desk import standing_proposals, the_one
from trajectories.doors import CLIENT, COACH
from trajectories.forms.endings import NameSponsor
from trajectories.joining import joining, must_be_shown
from trajectories.models import HandOver, TooClose, Trajectory
from trajectories.shown import Unseen


def _client_or_desk(request, pk):
    for door in (Trajectory.objects.seated(request.user, CLIENT), Trajectory.objects.coordinated_by(request.user)):
        if trajectory := the_one(door.with_seats(), pk):
            return trajectory, trajectory.seat_of(request.user)
    raise Http404


def sponsor_name(request, pk):
    """The client names a sponsor, or answers to the one who was proposed; a coordinator proposes."""
    trajectory, seat = _client_or_desk(request, pk)
    if seat and trajectory.waits_for_a_yes:
        return redirect("trajectories:request", pk=pk)  # first that answer, which is about the sponsor too
    posted = request.POST if request.method == "POST" else None
    coming = trajectory.unconfirmed_sponsor
    coaches = _coaches(request.user, trajectory) if seat and (posted or coming) else []
    form = NameSponsor(None if posted and "find" in posted else posted, asker=request.user, coaches=coaches)
    if posted and "find" in posted:
        form.recall(dict(posted.lists()))
    if form.is_bound and form.is_valid():
        try:
            trajectory.name_sponsor(form.cleaned_data["sponsor"], by=request.user, at=now(), shown=_on(request))
            return redirect(trajectory if seat else "trajectories:match", **({} if seat else {"pk": pk}))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _who_comes(request, trajectory, seat, coming=coming, coaches=coaches, form=form, status=422 if form.errors else 200)


def _on(request):
    """What the page that was answered showed of what a sponsor will read, for the verb to look at."""
    return partial(must_be_shown, mark=request.POST.get("mark", ""))


def _who_comes(request, trajectory, seat, *, status, **more):
    reads = seat and joining(trajectory, by=seat, at=now())
    context = {"trajectory": trajectory, "seat": seat, "reads": reads} | more
    return respond(request, "trajectories/sponsor_name.html", context, status=status)


def _coaches(person, trajectory):
    """Who coaches, and who was proposed for that and may still take the seat."""
    if trajectory.intake_at:
        asked = HandOver.objects.readable_by(person).in_trajectory(trajectory.pk).open().with_people()
    else:
        asked = standing_proposals(person, [trajectory])
    return [seat.person for seat in [trajectory.coach] if seat] + [one.person for one in asked]


def _answered(request, verb, trajectory, **read):
    try:
        verb(by=request.user, at=now(), **read)
    except Unseen:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(trajectory)


@require_POST
def sponsor_confirm(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    try:
        return _answered(request, trajectory.confirm_sponsor, trajectory, read=request.POST.get("read", ""), shown=_on(request))
    except Unseen as refusal:
        people = {"coming": trajectory.unconfirmed_sponsor, "coaches": _coaches(request.user, trajectory)}
        return _who_comes(request, trajectory, trajectory.seat_of(request.user), **people, refusal=str(refusal), status=422)


@require_POST
def sponsor_refuse(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    return _answered(request, trajectory.refuse_sponsor, trajectory, read=request.POST.get("read", ""))


def distance(request, pk):
    """After a move: why the distance is no longer right, and what can be chosen."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    found = TooClose.objects.readable_by(request.user).in_trajectory(pk).standing().first()
    if found is None:
        raise Http404
    context = {"trajectory": trajectory, "found": found, "client": trajectory.seat_of(request.user).part == CLIENT}
    return respond(request, "trajectories/distance.html", context)


@require_POST
def distance_go_on(request, pk):
    """The client goes on with this coach all the same."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    found = get_object_or_404(TooClose.objects.readable_by(request.user).standing(), trajectory=pk)
    return _answered(request, found.go_on, trajectory)
