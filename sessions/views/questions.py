"""Which question fits now? The bank of a coach: looking, keeping at hand, one's own, sharing one's own (R15)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.discreet import is_discreet, not_on_screen
from coaching.drafts import Window
from coaching.refusals import Refused
from coaching.traces import look
from sessions import question_bank
from sessions.bank_page import Sought, bank_page, found, own_rows
from sessions.forms.questions import PERHAPS, QuestionForm, ShareForm
from sessions.models import Favourite, ReflectiveQuestion
from trajectories.doors import COACH
from trajectories.models import Trajectory


def must_coach(person):
    """Http404 for who neither is in the pool nor coaches anybody."""
    if not (person.in_the_pool or Trajectory.objects.seated(person, COACH).exists()):
        raise Http404


def questions(request):
    """Search as you type, by phase and theme. htmx takes the list, or with `after` one other question in place."""
    must_coach(request.user)
    sought, at, discreet = Sought.of(request.GET), now(), is_discreet(request)
    if request.htmx and "after" in request.GET:
        return _another(request, sought, at, discreet)
    page = bank_page(request.user, sought, at=at, discreet=discreet)
    context = {"page": page, "sought": sought, "phases": question_bank.phases(), "themes": question_bank.themes(), "discreet": discreet}
    if not discreet:
        window = Window(request, "question_add", kept=False)
        context |= {"window": window, "adds": QuestionForm(asker=request.user, initial={"phase": sought.phase})}
    return respond(request, "sessions/questions.html", context, fragment="found")


def _another(request, sought, at, discreet):
    rows = own_rows(request.user, at=at, shared_only=discreet)
    one = question_bank.after(question_bank.matching(question_bank.bank(rows), phase=sought.phase), request.GET["after"])
    return respond(request, "sessions/questions.html", {"question": one, "phase": sought.phase}, fragment="another")


@not_on_screen
def question_add(request):
    """One of one's own; shared only after the screen that asks whether anyone could be recognised."""
    must_coach(request.user)
    window = Window(request, "question_add")
    if window.autosave:
        return window.keep()
    form = QuestionForm(request.POST if window.posted else None, asker=request.user)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        return redirect(window.once(lambda: _worded(request, form)))
    return respond(request, "sessions/question_add.html", {"form": form, "window": window}, status=422 if form.errors else 200)


def _worded(request, form):
    row = ReflectiveQuestion.word(by=request.user, at=now(), **form.wording)
    if form.cleaned_data["share"]:
        return reverse("sessions:question_share", args=[row.pk])
    messages.info(request, _("Kept. Only you can read it."))
    return reverse("sessions:questions")


@not_on_screen
def question_change(request, pk):
    """Other words for one's own, as long as it is not shared."""
    row = get_object_or_404(ReflectiveQuestion.objects.editable_by(request.user), pk=pk)
    window = Window(request, f"question:{pk}", base=row.version)
    if window.autosave:
        return window.keep()
    look([row], by=request.user, at=now())
    facts = {"words": row.words, "phase": row.phase, "theme": row.theme}
    form = QuestionForm(request.POST if window.posted else None, asker=request.user, initial=facts, may_share=False)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _rephrased(row, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "window": window, "row": row}
    return respond(request, "sessions/question_change.html", context, status=422 if form.errors else 200)


def _rephrased(row, form):
    row.rephrase(by=form.asker, at=now(), **form.wording)
    return reverse("sessions:questions")


@not_on_screen
def question_share(request, pk):
    """The screen before sharing: the question as colleagues will read it, and whether anyone could be recognised in it."""
    row = get_object_or_404(ReflectiveQuestion.objects.editable_by(request.user), pk=pk)
    form = ShareForm(request.POST if request.method == "POST" else None, asker=request.user)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["recognised"] == PERHAPS:
            return redirect("sessions:question_change", pk)
        row.share(by=request.user, at=now())
        messages.info(request, _("Shared with all coaches, under your name."))
        return redirect("sessions:questions")
    look([row], by=request.user, at=now())
    return respond(request, "sessions/question_share.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
def question_retire(request, pk):
    """Out of the bank; what was asked stays as it was asked."""
    row = get_object_or_404(ReflectiveQuestion.objects.editable_by(request.user), pk=pk)
    row.retire(by=request.user, at=now())
    messages.info(request, _("Taken out of your questions. Where it was asked it still stands."))
    return redirect("sessions:questions")


@require_POST
def question_favourite(request):
    """At hand, or not after all."""
    must_coach(request.user)
    question = found(request.user, request.POST.get("question", ""), at=now())
    if question is None:
        raise Http404
    Favourite.mark(by=request.user, question=question.key, on="on" in request.POST)
    return HttpResponse(status=204) if request.htmx else redirect("sessions:questions")
