"""What do we ask at a progress check, after a session and at the end? A site administrator words it; no answer is seen here (R18)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from coaching.roles import for_admins
from trajectories import asking
from trajectories.forms.questionnaires import ForOwn, ForWords
from trajectories.models import OwnQuestion

HERE = {"nav_here": "coaching:organisation"}


@require_GET
@for_admins
def questionnaires(request):
    return respond(request, "trajectories/questionnaires.html", {"rows": asking.listed(request.user)} | HERE)


@require_GET
@for_admins
def questionnaire(request, key):
    """One questionnaire as it is asked now, question by question."""
    context = {"list": _found(request, key), "may_add": key in asking.ADDS}
    return respond(request, "trajectories/questionnaire.html", context | HERE)


def _found(request, key):
    try:
        return asking.questionnaire_of(request.user, key)
    except KeyError:
        raise Http404 from None


@for_admins
def questionnaire_words(request, key, question):
    """The words of one question, in both languages."""
    found = _found(request, key)
    asked = next((one for one in found.questions if one.key == question), None) or _missing()
    form = (ForOwn if asked.own else ForWords)(request.POST or None, asker=request.user, initial=asked.words, kind=asked.kind)
    if form.is_valid():
        try:
            if asked.own:
                asked.row.reword(by=request.user, at=now(), **form.words)
            else:
                OwnQuestion.word(key, question, by=request.user, at=now(), **form.words)
            messages.success(request, _("Kept. From now on it is asked like this; what was answered keeps its own question."))
            return redirect("trajectories:questionnaire", key=key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "list": found, "asked": asked}
    return respond(request, "trajectories/questionnaire_words.html", context | HERE, status=422 if form.errors else 200)


def _missing():
    raise Http404


@for_admins
def questionnaire_add(request, key):
    """A question of the organisation's own, of one of five kinds."""
    found = _found(request, key)
    if key not in asking.ADDS:
        raise Http404
    form = ForOwn(request.POST or None, asker=request.user, kinds=asking.ADDS[key])
    if form.is_valid():
        try:
            OwnQuestion.add(key, by=request.user, at=now(), kind=form.cleaned_data["kind"], **form.words)
            messages.success(request, _("Kept. From now on it is asked as well, after the others."))
            return redirect("trajectories:questionnaire", key=key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "list": found}
    return respond(request, "trajectories/questionnaire_add.html", context | HERE, status=422 if form.errors else 200)


@require_POST
@for_admins
def questionnaire_remove(request, key, question):
    """Back to the words that it came with; a question of one's own is not asked any more."""
    row = get_object_or_404(OwnQuestion.objects.editable_by(request.user).of(key), key=question)
    row.remove(by=request.user)
    messages.info(request, _("It is not asked any more.") if row.kind else _("It is asked in its own words again."))
    return redirect("trajectories:questionnaire", key=key)
