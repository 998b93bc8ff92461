"""The progress check: begun by coach or client, answered page by page, released by the client (R18, R20b)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond, settled
from coaching.clock import now
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.answering import SUMMARY, Answered, Answering, lines, pages, to_release
from trajectories.check_page import check_page
from trajectories.doors import CLIENT, COACH
from trajectories.forms.checkins import PageForm, ReleaseForm
from trajectories.models import CheckIn, GoalVersion, Release, Trajectory
from trajectories.models.preparations import read_answers
from trajectories.models.review import newest_per_goal
from trajectories.progress_line import progress_line
from trajectories.shown import must_have_been_seen
from trajectories.views.check_sharing import mark_of_release


@require_POST
def check_in_begin(request, pk):
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT), pk=pk)
    try:
        check_in = CheckIn.begin(trajectory, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(trajectory)
    if trajectory.seat_of(request.user).part == CLIENT:
        return redirect("trajectories:check_in_step", pk=check_in.pk, step=1)
    messages.success(request, _("The questions are ready for %(name)s.") % {"name": trajectory.client.first_name})
    return redirect(trajectory)


def check_in(request, pk):
    """The client's way in; once it is handed in, what both read."""
    row = get_object_or_404(CheckIn.objects.readable_by(request.user).with_trajectory(), pk=pk)
    seat = row.trajectory.seat_of(request.user)
    context = {"check_in": row, "trajectory": row.trajectory, "seat": seat}
    if row.handed_in_at is None:
        asked = Asking(request, row)
        return respond(request, "trajectories/check_in_intro.html", context | asked.introduction())
    page = check_page(row, seat, at=now())
    context |= {"page": page, "undo": page.releases and page.releases[0].shared_at > now()}
    context["may_share"] = _may_share(row, seat, page)
    return respond(request, "trajectories/check_in.html", context)


def _may_share(row, seat, page):
    return seat.part == CLIENT and bool(row.trajectory.sponsor) and row.trajectory.is_open and not page.releases


class Asking:
    """One open check-in as its client goes through it: the pages, and what was answered so far."""

    def __init__(self, request, row):
        self.row, self.seat, self.posted = row, row.trajectory.seat_of(request.user), request.POST
        versions = GoalVersion.objects.open_to(self.seat).agreed().standing().select_related("goal").latest_first()
        before = list(CheckIn.objects.open_to(self.seat).latest_handed_in()[:1])
        self.versions = newest_per_goal(versions)
        look([*self.versions, *before], by=self.seat, at=now())
        self.before = before[0] if before else None
        self.pages = pages(self.versions)
        self.answering = Answering(row, request.user)
        self.sponsor = row.trajectory.sponsor

    def said_before(self, page):
        """What was answered to the questions of a page last time: (question, answer)."""
        rows = read_answers(self.before.answers) if self.before else []
        here = {(asked.question.key, str(asked.goal.pk) if asked.goal else None) for asked in page.asked}
        return [(row["question"], row["shown"]) for row in rows if (row["key"], row.get("goal")) in here]

    @property
    def lines(self):
        at = now()
        shared = {one.goal_id for one in self.versions if self.sponsor and one.goal.shared_at and one.goal.shared_at <= at}
        return lines(self.pages, self.answering.words, shared=shared)

    @property
    def release(self):
        return to_release(self.lines if self.sponsor else [], self.answering.words.get(SUMMARY, "") if self.sponsor else "")

    @property
    def mark(self):
        return mark_of_release(self.release, self.sponsor)

    def must_have_been_seen(self, mark):
        """Raises Refused when the sponsor would get what the page that was posted (`mark`) did not show as it is now (R20b)."""
        said = _("Nothing has been sent yet. Below is what %(name)s will read: look at it, and send it once more.")
        must_have_been_seen(self.mark, mark=mark, said=said % {"name": self.sponsor.first_name if self.sponsor else ""})

    def introduction(self):
        names = {asked.name: page.number for page in self.pages for asked in page.asked}
        begun = [names[name] for name in self.answering.words if name in names and self.answering.words[name]]
        return {"step": min(max(begun, default=0) + 1, len(self.pages) + 1), "begun": bool(begun), "sponsor": self.sponsor}

    def context(self, step, form):
        total = len(self.pages) + 1
        line = progress_line(step, total)
        facts = {"check_in": self.row, "trajectory": self.row.trajectory, "sponsor": self.sponsor, "coach": self.row.trajectory.coach}
        return facts | {"step": step, "before": step - 1, "total": total, "line": line, "form": form, "window": self.answering}


def check_in_step(request, pk, step):
    """One page of the check; the one after the last question asks who may read what."""
    row = get_object_or_404(CheckIn.objects.editable_by(request.user).with_trajectory(), pk=pk)
    if row.handed_in_at:
        return settled(request, row, _("You have sent this already."))
    asking = Asking(request, row)
    if step == len(asking.pages) + 1:
        return _who_reads(request, asking)
    if not 1 <= step <= len(asking.pages):
        raise Http404
    page = asking.pages[step - 1]
    form = PageForm(page, request.POST if request.method == "POST" else None, asker=request.user)
    if request.method == "POST":
        if "X-Keep" in request.headers:
            asking.answering.keep(request.POST, form.fields, autosave=True)
            return asking.answering.saved()
        if form.is_valid():
            asking.answering.keep(request.POST, form.fields, last=True)
            return redirect("trajectories:check_in_step", pk=pk, step=step + 1)
    else:
        form.recall(asking.answering.kept)
    context = asking.context(step, form) | {"page": page, "before_on": asking.before, "said_before": asking.said_before(page)}
    return respond(request, "trajectories/check_in_step.html", context, status=422 if form.errors else 200)


def _who_reads(request, asking, *, refusal=None):
    """Who may read what: nothing goes to the sponsor but what is switched on here, shown as it will be read."""
    answering = asking.answering
    form = ReleaseForm(asking.lines, sponsor=asking.sponsor, asker=request.user)
    if request.method == "POST" and not refusal:
        autosave = "X-Keep" in request.headers
        answering.keep(request.POST, form.fields, autosave=autosave, last=not (autosave or request.htmx))
        if autosave:
            return answering.saved()
        if not request.htmx:
            return redirect(f"{reverse('trajectories:check_in_step', args=[asking.row.pk, len(asking.pages) + 1])}#preview")
    form.recall(answering.kept)
    rows = [(line, form.switch_of(line)) for line in asking.lines]
    context = asking.context(len(asking.pages) + 1, form) | {"rows": rows, "refusal": refusal}
    context |= {"release": asking.release, "mark": asking.mark}
    return respond(request, "trajectories/check_in_who.html", context, fragment="preview", status=422 if refusal else 200)


@require_POST
def check_in_hand_in(request, pk):
    row = get_object_or_404(CheckIn.objects.editable_by(request.user).with_trajectory(), pk=pk)
    if row.handed_in_at:
        messages.info(request, _("These questions have been answered. You can read them back."))
        return redirect(row)
    asking = Asking(request, row)
    if "key" in request.POST:
        form = ReleaseForm(asking.lines, request.POST, sponsor=asking.sponsor, asker=request.user)
        asking.answering.keep(request.POST, form.fields)
        if not form.is_valid():
            return _who_reads(request, asking, refusal=next(iter(form.errors.values()))[0])
    try:
        asking.must_have_been_seen(request.POST.get("mark"))
        return redirect(asking.answering.once(lambda: _hand_in(asking, by=request.user)))
    except Refused as refusal:
        return _who_reads(request, asking, refusal=str(refusal))


@transaction.atomic
def _hand_in(asking, *, by):
    """The answers to the coach; to the sponsor what was switched on, half a minute later."""
    at, row, given, release = now(), asking.row, asking.lines, asking.release
    said = Answered(given)
    scales = {name: said.number(name) for name in ("steers", "confidence")}
    row.hand_in(by=by, at=at, answers=said.answers, levels=said.levels, **scales)
    if release:
        facts = {"kind": Release.CHECK_IN, "words": release.words, "levels": release.levels, "check_in": row}
        Release.give(row.trajectory, by=by, at=at, read_by=str(asking.sponsor.pk), **facts)
    return row.get_absolute_url()


@require_POST
def check_in_take_back(request, pk):
    """Undo what was released with a check, within half a minute."""
    row = get_object_or_404(CheckIn.objects.editable_by(request.user).with_trajectory(), pk=pk)
    try:
        for release in Release.objects.open_to(row.trajectory.seat_of(request.user)).of_check_in(row):
            release.take_back(by=request.user, at=now())
            messages.success(request, _("Taken back. Nobody has seen it."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row)
