"""What is the coaching question, how did it sharpen, and who reads it? (R3, R20b)"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.doors import CLIENT, COACH
from trajectories.forms.question import QuestionForm
from trajectories.models import Question, Trajectory
from trajectories.views.trying import menu, tried


def question(request, pk):
    """All wordings, and room for a new one."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    window = Window(request, trajectory.seat_of(request.user).keeps("question", pk))
    if window.autosave:
        return window.keep()
    form = QuestionForm(request.POST if window.posted else None, asker=request.user)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _worded(request, trajectory, form)))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = _page(request, trajectory) | {"form": form, "window": window}
    return respond(request, "trajectories/question.html", context, status=422 if form.errors else 200)


def _worded(request, trajectory, form):
    worded = Question.word(trajectory, by=request.user, at=now(), words=form.cleaned_data["words"])
    said = _("This is the question now.") if worded.settled_at else _("Your wording waits for the client to take it over.")
    messages.success(request, said)
    return reverse("trajectories:question", args=[trajectory.pk])


def _page(request, trajectory):
    """The wordings, newest first; which one is the question; what the sponsor reads of it."""
    seat, at = trajectory.seat_of(request.user), now()
    wordings = list(trajectory.questions.readable_by(request.user).latest_first().with_people())
    released = list(trajectory.releases.readable_by(request.user).of_question().latest_first()[:1])
    look([*wordings, *released], by=seat, at=at)
    settled = [one for one in wordings if one.settled_at]
    current = max(settled, key=lambda one: one.settled_at, default=None)
    return {
        "trajectory": trajectory,
        "seat": seat,
        "nav_here": menu(seat, "sessions:now"),
        "current": current,
        "others": [one for one in wordings if one is not current],
        "released": next(iter(released), None),
        "may_share": bool(current) and current.words not in [one.words for one in released],
        "can_undo": bool(released) and released[0].can_be_undone(at),
    }


@require_POST
def question_agree(request, pk):
    """The client says of a wording that this is the question."""
    wording = get_object_or_404(Question.objects.editable_by(request.user).with_trajectory(), pk=pk)
    tried(request, lambda: wording.settle(by=request.user, at=now()), _("This is the question now."))
    return redirect("trajectories:question", pk=wording.trajectory_id)


@require_POST
def question_release(request, pk):
    """The client lets the sponsor read exactly this wording; with `undo`, takes that back within half a minute."""
    wording = get_object_or_404(Question.objects.editable_by(request.user).where_client(request.user).with_trajectory(), pk=pk)
    if "undo" in request.POST:
        given = wording.releases.readable_by(request.user).latest_first().first()
        if given:
            tried(request, lambda: given.take_back(by=request.user, at=now()), _("Not shared. Nobody has read it."))
    else:
        read_by = request.POST.get("read_by", "")
        tried(request, lambda: wording.release(by=request.user, at=now(), read_by=read_by), _("Shared. You can undo it for half a minute."))
    return redirect(f"{reverse('trajectories:question', args=[wording.trajectory_id])}#share")
