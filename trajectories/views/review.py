"""The closing talk: three voices on one page, an outcome per goal, what makes it last, and the text that is put forward (R21–R23)."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused, Stale
from coaching.templatetags.house import level
from coaching.traces import look
from trajectories.doors import CLIENT, COACH
from trajectories.forms.review import REMARK
from trajectories.meeting import Meeting
from trajectories.models import Goal, Lasting, Outcome, Remark, ReviewText
from trajectories.report.gather import gather
from trajectories.views.preparations import review_of


def meeting(request, pk):
    """All three on one page, once all parts are in. The client leads, the coach minds the time."""
    at_table = Meeting(request, review_of(request, pk))
    if not at_table.all_in:
        messages.info(request, _("Not everyone has handed in a part. You can look together once all parts are in."))
        return redirect("trajectories:prepare", pk=pk)
    return _meeting(request, at_table)


@require_GET
def meeting_state(request, pk):
    """What has been put down by now, without a word of it: open pages ask this every few seconds to stay in step."""
    review = review_of(request, pk)
    if not review.all_in():
        raise Http404
    return JsonResponse({"stage": review.stage, "blocks": review.standing(now())})


def _meeting(request, at_table, *, goals=None, promises=None, status=200):
    promises = promises or at_table.promises
    context = {
        "meeting": at_table,
        "trajectory": at_table.trajectory,
        "review": at_table.review,
        "goals": goals or at_table.goals,
        "promises": promises,
        "unsaid": [seat.first_name for seat, row, form in promises if row is None and form.initial["words"]],
        "two": at_table.seat.part == COACH,
        "missing": at_table.missing,
    }
    return respond(request, "trajectories/meeting.html", context, status=status)


@require_POST
def outcome(request, pk):
    """What the meeting makes of one goal."""
    goal = get_object_or_404(Goal.objects.readable_by(request.user), pk=pk)
    review = review_of(request, goal.trajectory_id)
    at_table = Meeting(request, review)
    shown = [at_table.goal(one, request.POST if one.goal_id == goal.pk else None) for one in at_table.versions]
    [mine] = [one for one in shown if one.version.goal_id == goal.pk] or [None]
    if mine is None:
        raise Http404
    if mine.form.is_valid():
        try:
            base = mine.form.cleaned_data["base"]
            Outcome.settle(review, goal, by=request.user, at=now(), base=base, **mine.form.settled)
            return redirect(f"{reverse('trajectories:meeting', args=[goal.trajectory_id])}#goal-{goal.pk}")
        except Refused as refusal:
            mine.form.add_error(None, str(refusal))
        except Stale as stale:
            return _two_outcomes(request, at_table, mine, stale.row)
    return _meeting(request, at_table, goals=shown, status=422)


def _two_outcomes(request, at_table, mine, row):
    """Somebody at the table was first: both, side by side."""
    remarks = list(Remark.objects.open_to(at_table.seat).of_outcome(row))
    look(remarks, by=at_table.seat, at=now())
    settled = mine.form.settled
    names = {seat.part: seat.first_name for seat in at_table.seats}
    yours = _outcome_words(settled["level"], settled["remarks"] or {}, names)
    theirs = _outcome_words(row.level, {one.part: one.words for one in remarks}, names)
    held = [(name, words) for name, words in request.POST.items() if name in {"level", "differently"} or name.startswith(REMARK)]
    return _conflict(request, at_table, yours=yours, theirs=theirs, base=row.version, held=held)


def _outcome_words(number, remarks, names):
    if number is not None:
        return [(_("Level"), level(number))]
    return [(names.get(part, ""), words) for part, words in remarks.items() if words]


def _conflict(request, at_table, **both):
    context = both | {"action": request.path, "back": reverse("trajectories:meeting", args=[at_table.trajectory.pk])}
    return respond(request, "trajectories/meeting_conflict.html", context, status=409)


@require_POST
def lasting(request, pk):
    """What one of them does to make it last; whoever holds the pen types it."""
    review = review_of(request, pk)
    at_table = Meeting(request, review)
    seat = next((seat for seat in at_table.seats if seat.part == request.POST.get("part")), None)
    if seat is None:
        messages.error(request, _("Say whose promise this is."))
        return _meeting(request, at_table, status=422)
    form = at_table.promise(seat, request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("base", "words", "due_on")}
        try:
            Lasting.promise(review, seat.part, by=request.user, at=now(), **said)
            return redirect(f"{reverse('trajectories:meeting', args=[pk])}#lasting")
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Stale as stale:
            return _two_promises(request, at_table, seat, said, stale.row)
    promises = [(one, row, form if one is seat else old) for one, row, old in at_table.promises]
    return _meeting(request, at_table, promises=promises, status=422)


def _two_promises(request, at_table, seat, said, row):
    """Somebody at the table was first with this promise: both, side by side, each with its day."""
    look([row], by=at_table.seat, at=now())
    held = [(name, request.POST.get(name, "")) for name in ("part", "words", "due_on")]
    yours, theirs = (
        [(seat.first_name, words), *([(_("By when"), date_format(on, "j F Y"))] if on else [])]
        for words, on in ((said["words"], said["due_on"]), (row.words, row.due_on))
    )
    return _conflict(request, at_table, yours=yours, theirs=theirs, base=row.version, held=held)


@require_POST
def put_forward(request, pk):
    """Freeze what was settled and put it forward to sign."""
    review = review_of(request, pk, COACH, CLIENT)
    try:
        ReviewText.put_forward(review, by=request.user, at=now(), gather=gather)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("trajectories:meeting", pk=pk)
    return redirect("trajectories:text", pk=pk)
