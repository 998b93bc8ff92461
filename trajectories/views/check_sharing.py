"""What does the client share of a check that was handed in? Their own summary and single answers, seen first as the sponsor will (R20b)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coaching.access import respond, settled
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.answering import SUMMARY, to_release
from trajectories.check_page import titles_of
from trajectories.forms.checkins import ReleaseForm
from trajectories.models import CheckIn, Goal, GoalVersion, Release
from trajectories.models.preparations import read_answers
from trajectories.sharing_afterwards import lines_of
from trajectories.shown import mark_of


def check_in_share(request, pk):
    """Choose, look, share: what was not looked at as it stands is not shared."""
    row = get_object_or_404(CheckIn.objects.editable_by(request.user).handed_in().with_trajectory(), pk=pk)
    seat, sponsor = row.trajectory.seat_of(request.user), row.trajectory.sponsor
    if not sponsor:
        return settled(request, row, _("There is no sponsor to share this with."))
    if Release.objects.open_to(seat).of_check_in(row):
        return settled(request, row, _("You have shared this already."))
    window = Window(request, f"share:{pk}")
    if window.autosave:
        return window.keep()
    typed = request.POST.dict() if window.posted else {name: values[-1] for name, values in (window.words or {}).items() if values}
    given = _lines(row, seat, typed)
    release = to_release(given, typed.get(SUMMARY, ""))
    form = ReleaseForm(given, request.POST if "share" in request.POST else None, sponsor=sponsor, asker=request.user)
    if typed and not form.is_bound:
        form.recall({name: [value] for name, value in typed.items()})
    if "share" in request.POST and form.is_valid():
        answer = _shared(request, window, row, release, sponsor)
        if answer:
            return answer
    context = {"check_in": row, "trajectory": row.trajectory, "sponsor": sponsor, "release": release, "form": form, "window": window}
    context |= {"rows": [(line, form.switch_of(line)) for line in given if line.may_be_seen], "mark": mark_of_release(release, sponsor)}
    return respond(request, "trajectories/check_in_share.html", context, fragment="preview")


def _lines(row, seat, typed):
    """What the client answered, each with whether it may be shared and is switched on."""
    versions = list(GoalVersion.objects.open_to(seat).agreed().latest_first())
    look([row, *versions], by=seat, at=now())
    goals = {str(goal.pk): goal for goal in Goal.objects.open_to(seat).shared(now())}
    answers = read_answers(row.answers)
    return lines_of(answers, typed, goals=goals, titles=titles_of(row, answers, versions))


def mark_of_release(release, sponsor):
    """Of exactly these words and levels, for this sponsor (a seat): a form says by it what was on the screen."""
    if not release or not sponsor:
        return ""
    levels = [(goal.number, level) for goal, level in release.levels]
    return mark_of(sponsor.pk, release.words, levels)


def _shared(request, window, row, release, sponsor):
    """The answer once it is shared; None when it has to be looked at first."""
    if not release:
        messages.error(request, _("There is nothing to share yet. Write a summary, or choose an answer."))
        return None
    if request.POST.get("mark") != mark_of_release(release, sponsor):
        messages.info(request, _("Look at it once more below: this is what will be read."))
        return None
    facts = {"kind": Release.CHECK_IN, "words": release.words, "levels": release.levels, "check_in": row, "read_by": str(sponsor.pk)}
    try:
        return redirect(window.once(lambda: _given(row, by=request.user, at=now(), **facts)))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)


def _given(row, *, by, at, **facts):
    Release.give(row.trajectory, by=by, at=at, **facts)
    return row.get_absolute_url()
