"""What will be different at the end, how far is it, who agreed and who reads along? (R5, R6, R19)"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.refusals import Refused, Stale
from coaching.traces import look
from trajectories.doors import CLIENT, COACH, PARTS
from trajectories.forms.goals import GoalForm
from trajectories.forms.smart import SmartForm
from trajectories.goal_page import goal_page, shown_as
from trajectories.goals_page import goals_page
from trajectories.models import Goal, Trajectory
from trajectories.views.agreement import to_current
from trajectories.views.trying import menu, number, tried

MENU = "trajectories:my_goals"


def goals(request, pk):
    """All goals of a trajectory, for coach and client."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    page = goals_page(trajectory, request.user, at=now())
    seat = trajectory.seat_of(request.user)
    context = {"trajectory": trajectory, "page": page, "seat": seat, "nav_here": menu(seat, MENU)}
    return respond(request, "trajectories/goals.html", context)


def my_goals(request):
    """From the client's menu to the goals of the trajectory that they are in now."""
    return to_current(request, "trajectories:goals")


def goal(request, pk):
    """One goal: its words, its levels, its versions, who agreed and who reads along."""
    row = get_object_or_404(Goal.objects.readable_by(request.user), pk=pk)
    trajectory = _trajectory(request, row)
    page = goal_page(row, trajectory, request.user, at=now())
    seat = trajectory.seat_of(request.user)
    context = {"trajectory": trajectory, "page": page, "goal": row, "seat": seat, "nav_here": menu(seat, MENU)}
    return respond(request, "trajectories/goal.html", context)


def _trajectory(request, row):
    return get_object_or_404(Trajectory.objects.seated(request.user, *PARTS).with_seats(), pk=row.trajectory_id)


def goal_new(request, pk):
    """Word a new goal; it is private to coach and client until the client shares it."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    window = Window(request, trajectory.seat_of(request.user).keeps("goal:new", pk))
    if window.autosave:
        return window.keep()
    if _asks_for_the_sentence(request):
        return _sentence(request)
    form, smart = _forms(request, window, {"weight": 1})
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _drawn_up(request, trajectory, form)))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _edit(request, trajectory, form, smart, window, None)


def goal_edit(request, pk):
    """Word a goal anew; what was agreed stands until the new version is."""
    row = get_object_or_404(Goal.objects.editable_by(request.user).where_seated(request.user, COACH, CLIENT), pk=pk)
    trajectory = _trajectory(request, row)
    window = Window(request, trajectory.seat_of(request.user).keeps("goal", pk), base=row.version)
    if window.autosave:
        return window.keep()
    if _asks_for_the_sentence(request):
        return _sentence(request)
    newest = row.versions.editable_by(request.user).latest_first().first()
    if newest is None:
        return redirect(row)  # whose page says that there is nothing to read yet
    look([newest], by=trajectory.seat_of(request.user), at=now())
    form, smart = _forms(request, window, GoalForm.words_of(newest))
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _reworded(request, row, form, window.base)))
        except Refused as refused:
            form.add_error(None, str(refused))
        except Stale as stale:
            return _both(request, trajectory, row, form, stale.row)
    return _edit(request, trajectory, form, smart, window, row)


def _asks_for_the_sentence(request):
    """While the four parts are typed, htmx asks what they come to; nothing is kept or changed."""
    return request.method == "POST" and request.htmx and "sentence" in request.POST


def _sentence(request):
    smart = SmartForm(asker=request.user).recall(dict(request.POST.lists()))
    return respond(request, "trajectories/goals/sentence.html", {"smart": smart})


def _forms(request, window, initial):
    """The goal and its helper. On `propose` the goal is only shown anew, with proposals where nothing was typed, and kept as a draft."""
    smart = SmartForm(asker=request.user)
    if window.posted and "propose" in request.POST:
        words = smart.propose(request.POST)
        window.later(words)
        return GoalForm(asker=request.user, initial=initial).recall(words), smart
    form = GoalForm(request.POST if window.posted else None, asker=request.user, initial=initial)
    if window.words:
        form.recall(window.words)
    return form, smart.recall(window.words or dict(request.POST.lists()))


def _edit(request, trajectory, form, smart, window, row):
    standing = trajectory.goals.readable_by(request.user).standing().count()
    context = {"trajectory": trajectory, "form": form, "smart": smart, "window": window, "goal": row, "standing": standing}
    context |= {"proposed": smart.still(form), "nav_here": menu(trajectory.seat_of(request.user), MENU)}
    return respond(request, "trajectories/goal_edit.html", context, fragment="words", status=422 if form.errors else 200)


def _drawn_up(request, trajectory, form):
    made = Goal.draw_up(trajectory, by=request.user, at=now(), **form.cleaned_data)
    messages.success(request, _("The goal is written down. Now each of you says yes to it."))
    return made.get_absolute_url()


def _reworded(request, row, form, base):
    row.reword_as(by=request.user, at=now(), base=base, **form.cleaned_data)
    if row.versions.editable_by(request.user).agreed().exists():
        messages.success(request, _("Worded anew. Each of you says yes to it again; until then what was agreed stands."))
    else:
        messages.success(request, _("Worded anew. Each of you says yes to it."))
    return row.get_absolute_url()


def _both(request, trajectory, row, form, version):
    """The other one worded it meanwhile: where both texts differ, side by side."""
    look([version], by=trajectory.seat_of(request.user), at=now())
    names = [name for name in form.fields if form.cleaned_data[name] != getattr(version, name)] or list(form.fields)
    yours = [(form.fields[name].label, shown_as(name, form.cleaned_data[name])) for name in names]
    theirs = [(form.fields[name].label, shown_as(name, getattr(version, name))) for name in names]
    url, current = reverse("trajectories:goal_edit", args=[row.pk]), Goal.objects.readable_by(request.user).get(pk=row.pk)
    writer = "" if version.seat.person_id == request.user.pk else version.seat.first_name
    return conflict(request, yours=yours, theirs=theirs, url=url, base=current.version, writer=writer)


def _asked(request, row):
    """The version whose yes the page asked for, or None: by its key, since another can have come in its place."""
    return next((one for one in row.versions.readable_by(request.user) if str(one.pk) == request.POST.get("asked")), None)


@require_POST
def goal_agree(request, pk):
    """One's own yes to the words that the page showed; with `take_back`, that yes taken back while not everyone has said it."""
    row = get_object_or_404(Goal.objects.readable_by(request.user), pk=pk)
    version = _asked(request, row)
    if version is None:
        messages.error(request, _("The text changed while you were reading. Read it again before you agree."))
    elif "take_back" in request.POST:
        tried(request, lambda: version.take_back(by=request.user, at=now()), _("Your yes has been taken back."))
    else:
        shown = {"read": number(request.POST.get("read")), "read_by": request.POST.get("read_by", "")}
        tried(request, lambda: version.agree(by=request.user, at=now(), **shown), _("You said yes. Each of you does so for themselves."))
    return redirect(row)


@require_POST
def goal_share(request, pk):
    """The client lets the sponsor read exactly what the page showed; with `undo`, no longer."""
    row = get_object_or_404(Goal.objects.editable_by(request.user).where_seated(request.user, CLIENT), pk=pk)
    if "undo" in request.POST:
        tried(request, lambda: row.unshare(by=request.user, at=now()), _("Not shared. The goal is between the two of you."))
    else:
        shown = {"read": number(request.POST.get("read")) or 0, "shown": {number(one) for one in request.POST.getlist("shown")}}
        shown |= {"read_by": request.POST.get("read_by", "")}
        tried(request, lambda: row.share(by=request.user, at=now(), **shown), _("Shared. You can undo it for half a minute."))
    return redirect(f"{row.get_absolute_url()}#reads")


@require_POST
def goal_let_go(request, pk):
    """Coach and client let it go together; with `keep`, it stays after all."""
    row = get_object_or_404(Goal.objects.editable_by(request.user).where_seated(request.user, COACH, CLIENT), pk=pk)
    if "keep" in request.POST:
        tried(request, lambda: row.hold_on(by=request.user, at=now()), _("The goal stays."))
    elif tried(request, lambda: row.let_go(by=request.user, at=now())) and not row.let_go_at:
        messages.success(request, _("You propose to let this goal go. The other one has to say so too."))
    return redirect(row)
