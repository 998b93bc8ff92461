"""Months after closing: each looks back for themselves, the client chooses what goes into the addendum, all three read it (R20)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from coaching.access import respond, settled
from coaching.clock import now
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.forms.follow_ups import FollowUpForm, SeenForm
from trajectories.looking_back_page import Asking, rounds
from trajectories.models import Addendum, FollowUp, Release, Trajectory
from trajectories.views.reports import pdf


@require_GET
def looking_back(request, pk):
    """What was asked and answered, and the addenda; nothing of a trajectory that stopped or did not go ahead."""
    mine = Trajectory.objects.seated(request.user, COACH, CLIENT, SPONSOR).not_ended_early()
    trajectory = get_object_or_404(mine.with_seats(), pk=pk)
    seat, at = trajectory.seat_of(request.user), now()
    context = {"trajectory": trajectory, "seat": seat, "rounds": rounds(trajectory, seat, request.user, at=at)}
    return respond(request, "trajectories/looking_back.html", context)


def _own(request, pk):
    """One's own row, or 404."""
    return get_object_or_404(FollowUp.objects.editable_by(request.user).with_trajectory(), pk=pk)


def _closed(request, row):
    """The answer when there is nothing to fill in any more, else None."""
    try:
        row.must_be_answerable(now())
    except Refused as refusal:
        there = reverse("trajectories:looking_back", args=[row.trajectory_id])
        if not row.handed_in_at and request.method == "GET":
            messages.info(request, str(refusal))
        return settled(request, there, _("You have sent this already.") if row.handed_in_at else str(refusal))
    return None


def follow_up(request, pk):
    """One's own questions, on one page. A client goes on to choose who reads what; a sponsor hands in."""
    row = _own(request, pk)
    if gone := _closed(request, row):
        return gone
    asking = Asking(row, request.user)
    form = FollowUpForm(asking.page, request.POST if request.method == "POST" else None, asker=request.user)
    if "X-Keep" in request.headers and request.method == "POST":
        asking.answering.keep(request.POST, form.fields, autosave=True)
        return asking.answering.saved()
    if request.method == "GET":
        form.recall(asking.answering.kept)
    elif form.is_valid():
        asking.answering.keep(request.POST, form.fields, last=True)
        if row.part == CLIENT:
            return redirect("trajectories:follow_up_who", pk=pk)
        try:
            return _handed_in(request, asking)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return respond(request, "trajectories/follow_up.html", asking.context(form), status=422 if form.errors else 200)


def _handed_in(request, asking):
    """The answer after handing in. Raises Refused."""
    return redirect(asking.answering.once(lambda: _hand_in(asking, by=request.user)))


@transaction.atomic
def _hand_in(asking, *, by):
    asking.row.hand_in(by=by, at=now(), **asking.handed_in())
    return reverse("trajectories:looking_back", args=[asking.row.trajectory_id])


def follow_up_who(request, pk):
    """The client's last page: nothing goes into the addendum, or to the sponsor, but what is switched on here, shown as it will be read."""
    row = _own(request, pk)
    if row.part != CLIENT:
        return redirect(row)
    if gone := _closed(request, row):
        return gone
    asking = Asking(row, request.user)
    if not FollowUpForm(asking.page, asking.answering.words, asker=request.user).is_valid():
        said = _("Something in your answers needs another look first.")
        return settled(request, row, said, link=_("Your answers"))
    return _who(request, asking)


def _who(request, asking, *, refusal=""):
    form, answering = SeenForm(asking.lines, asker=request.user), asking.answering
    if request.method == "POST" and not refusal:
        autosave = "X-Keep" in request.headers
        answering.keep(request.POST, form.fields, autosave=autosave, last=not (autosave or request.htmx))
        if autosave:
            return answering.saved()
        if not request.htmx:
            return redirect(f"{reverse('trajectories:follow_up_who', args=[asking.row.pk])}#preview")
    form.recall(answering.kept)
    rows = [(line, form.switch_of(line)) for line in asking.lines]
    context = asking.context(form, rows=rows, release=asking.release, refusal=refusal)
    return respond(request, "trajectories/follow_up_who.html", context, fragment="preview", status=422 if refusal else 200)


@require_POST
def follow_up_hand_in(request, pk):
    row = _own(request, pk)
    if row.part != CLIENT:
        return redirect(row)
    if gone := _closed(request, row):
        return gone
    asking = Asking(row, request.user)
    if not FollowUpForm(asking.page, asking.answering.words, asker=request.user).is_valid():
        return redirect(row)
    if "key" in request.POST:
        asking.answering.keep(request.POST, SeenForm(asking.lines, asker=request.user).fields)
    try:
        return _handed_in(request, asking)
    except Refused as refusal:
        return _who(request, asking, refusal=str(refusal))


@require_POST
def follow_up_take_back(request, pk):
    """Undo what the client let go with a look back, within half a minute."""
    row = _own(request, pk)
    try:
        for release in Release.objects.open_to(row.seat).of_follow_ups().of_follow_up(row):
            release.take_back(by=request.user, at=now())
            messages.success(request, _("Taken back. Nobody has seen it."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trajectories:looking_back", pk=row.trajectory_id)


@require_GET
def addendum_pdf(request, pk):
    """The sealed bytes, always the same."""
    row = get_object_or_404(Addendum.objects.readable_by(request.user).with_report(), pk=pk)
    look([row], by=row.report.trajectory.seat_of(request.user), at=now(), act="exported")
    return pdf(row.pdf, f"{pgettext('file name', 'Addendum')}-{row.number}")
