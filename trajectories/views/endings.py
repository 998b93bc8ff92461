"""A trajectory that rests, goes on, ends early, or goes on with others in its seats."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused, Stale
from coaching.traces import look
from trajectories.desk import the_one
from trajectories.doors import CLIENT, COACH
from trajectories.forms.endings import Hold, Sentence, Stop, WithoutReport
from trajectories.models import Review, Trajectory


def _theirs(request, pk):
    """Where this person is coach or client, else where they coordinate; with their seat, or None for a coordinator."""
    for door in (Trajectory.objects.seated(request.user, COACH, CLIENT), Trajectory.objects.coordinated_by(request.user)):
        if trajectory := the_one(door.with_seats(), pk):
            return trajectory, trajectory.seat_of(request.user)
    raise Http404


def _back(trajectory, seat):
    return trajectory.get_absolute_url() if seat else reverse("trajectories:match", args=[trajectory.pk])


def _page(request, name, trajectory, seat, form, **more):
    """The page of one form, with 422 when it came back."""
    back_to = _("Your trajectory") if seat and seat.part == CLIENT else trajectory.client.name
    context = {"trajectory": trajectory, "seat": seat, "form": form, "back": _back(trajectory, seat), "back_to": back_to, **more}
    return respond(request, f"trajectories/{name}.html", context, status=422 if form.errors else 200)


def hold(request, pk):
    """Let it rest until a day to look again."""
    trajectory, seat = _theirs(request, pk)
    form = Hold(request.POST if request.method == "POST" else None, asker=request.user)
    if form.is_bound and form.is_valid():
        try:
            trajectory.hold(by=request.user, at=now(), **form.cleaned_data)
            return redirect(_back(trajectory, seat))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "hold", trajectory, seat, form)


@require_POST
def resume(request, pk):
    trajectory, seat = _theirs(request, pk)
    try:
        trajectory.resume(by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(trajectory, seat))


def stop(request, pk):
    """End it early: a reason for each other, a sentence for the sponsor."""
    trajectory, seat = _theirs(request, pk)
    form = Stop(request.POST if request.method == "POST" else None, asker=request.user, words=bool(seat and trajectory.sponsor))
    if form.is_bound and form.is_valid():
        try:
            trajectory.stop(by=request.user, at=now(), **form.cleaned_data)
            return redirect(_back(trajectory, seat))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "stop", trajectory, seat, form)


def close_without_report(request, pk):
    """After thirty days in closing: end it without a report, with a reason (R23)."""
    reviews = Review.objects.readable_by(request.user).current().with_trajectory().seated(request.user, COACH, CLIENT)
    trajectory = get_object_or_404(reviews, trajectory=pk).trajectory
    form = WithoutReport(request.POST if request.method == "POST" else None, asker=request.user)
    if form.is_bound and form.is_valid():
        try:
            trajectory.close_without_report(by=request.user, at=now(), **form.cleaned_data)
            return redirect(trajectory)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    may = trajectory.may_close_without_report(now())
    return _page(request, "close_without_report", trajectory, trajectory.seat_of(request.user), form, may=may)


def ending_confirm(request, pk):
    """The sentence for the sponsor: the other one says yes to it, or words it otherwise."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    seat, ending = trajectory.seat_of(request.user), trajectory.endings.readable_by(request.user).latest_first().first()
    if ending is None:
        raise Http404
    base = ending.version
    look([ending], by=seat, at=now())
    form = Sentence(request.POST if request.method == "POST" else None, asker=request.user, initial={"sentence": ending.sentence})
    if form.is_bound and form.is_valid():
        try:
            _answer(request, ending, form.cleaned_data["sentence"], base)
            return redirect("trajectories:ending_confirm", pk=pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale:
            form.add_error(None, _("This sentence has changed in the meantime. Read it again."))
    mine = not ending.shared_at and ending.by_part != seat.part
    return _page(request, "ending_confirm", trajectory, seat, form, ending=ending, mine=mine, base=base)


def _answer(request, ending, sentence, base):
    """Yes to the words as they were read; other words are a proposal back."""
    read = request.POST.get("base", "")
    if read != str(base):
        raise Stale(ending)
    if sentence == ending.sentence:
        ending.confirm(by=request.user, at=now())
        messages.success(request, _("The sponsor reads this sentence from now on."))
    else:
        ending.say_otherwise(by=request.user, at=now(), base=base, sentence=sentence)
        messages.success(request, _("The other one of you is asked to say yes to these words."))
