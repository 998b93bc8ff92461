"""Other people in the seats: a sponsor is named, a coach hands over; the client decides."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from trajectories.desk import the_one
from trajectories.doors import CLIENT, COACH
from trajectories.forms.endings import NameSponsor, Older
from trajectories.models import HandOver, TooClose, Trajectory
from trajectories.models.room import pool_for
from trajectories.views.matching import fitting


def _client_or_desk(request, pk):
    for door in (Trajectory.objects.seated(request.user, CLIENT), Trajectory.objects.coordinated_by(request.user)):
        if trajectory := the_one(door.with_seats(), pk):
            return trajectory, trajectory.seat_of(request.user)
    raise Http404


def sponsor_name(request, pk):
    """The client names a sponsor, or answers to the one who was proposed; a coordinator proposes."""
    trajectory, seat = _client_or_desk(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = NameSponsor(None if posted and "find" in posted else posted, asker=request.user)
    if posted and "find" in posted:
        form.recall(dict(posted.lists()))
    if form.is_bound and form.is_valid():
        try:
            trajectory.name_sponsor(form.cleaned_data["sponsor"], by=request.user, at=now())
            return redirect(trajectory if seat else "trajectories:match", **({} if seat else {"pk": pk}))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"trajectory": trajectory, "seat": seat, "form": form, "coming": trajectory.unconfirmed_sponsor}
    return respond(request, "trajectories/sponsor_name.html", context, status=422 if form.errors else 200)


def _answered(request, verb, trajectory):
    try:
        verb(by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(trajectory)


@require_POST
def sponsor_confirm(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    return _answered(request, trajectory.confirm_sponsor, trajectory)


@require_POST
def sponsor_refuse(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    return _answered(request, trajectory.refuse_sponsor, trajectory)


def hand_over(request, pk):
    """A coordinator proposes who takes over; the client and the new coach see what that means and answer."""
    proposed = HandOver.objects.readable_by(request.user).in_trajectory(pk).open().with_people().first()
    desk = the_one(Trajectory.objects.coordinated_by(request.user).with_seats(), pk)
    if desk:
        return _proposing(request, desk, proposed)
    if proposed is None or not _answers(request.user, proposed):
        raise Http404
    trajectory = proposed.trajectory
    context = {"trajectory": trajectory, "proposed": proposed, "form": Older(asker=request.user)}
    context |= {"said": proposed.said_by(request.user), "client": proposed.person_id != request.user.pk}
    return respond(request, "trajectories/hand_over.html", context)


def _answers(person, proposed):
    seat = proposed.trajectory.seat_of(person)
    return proposed.person_id == person.pk or (seat is not None and seat.part == CLIENT)


def _proposing(request, trajectory, proposed):
    pool = {str(coach.pk): coach for coach in pool_for(request.user)}
    if request.method == "POST":
        try:
            coach = pool.get(request.POST.get("coach"))
            if coach is None:
                raise Refused(_("Choose who takes over."))
            HandOver.propose(trajectory, coach, by=request.user, at=now())
            return redirect("trajectories:hand_over", pk=trajectory.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    found = None if proposed else fitting(request.user, trajectory, "", pool=list(pool.values()))
    return respond(request, "trajectories/hand_over_propose.html", {"trajectory": trajectory, "proposed": proposed, "found": found})


def _asked(request, pk):
    proposed = get_object_or_404(HandOver.objects.readable_by(request.user).in_trajectory(pk).open().with_people())
    if not _answers(request.user, proposed):
        raise Http404
    return proposed


@require_POST
def hand_over_yes(request, pk):
    """The client's yes, with what is released of before; or the new coach's."""
    proposed, form = _asked(request, pk), Older(request.POST, asker=request.user)
    try:
        if not form.is_valid():
            raise Refused(_("Choose one of these."))
        proposed.say_yes(by=request.user, at=now(), older=form.cleaned_data["older"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(proposed.trajectory if the_one(Trajectory.objects.visible_to(request.user), pk) else "coaching:home")


@require_POST
def hand_over_no(request, pk):
    proposed = _asked(request, pk)
    try:
        proposed.say_no(by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(proposed.trajectory if proposed.person_id != request.user.pk else "coaching:home")


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


@require_POST
def another_coach(request, pk):
    """Client or coach asks for a hand-over."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    messages.success(request, _("The coordinators have been asked. Nothing changes until you say yes to somebody."))
    return _answered(request, trajectory.ask_for_another_coach, trajectory)
