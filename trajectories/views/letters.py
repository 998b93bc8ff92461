"""How do letters look? A site administrator puts up templates of the organisation's own; no trajectory is seen here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from coaching.access import respond
from coaching.clock import now
from coaching.refusals import Refused
from coaching.roles import for_admins
from trajectories.forms.letters import ForLetter
from trajectories.models import LetterTemplate
from trajectories.models.letters import own, since
from trajectories.views.word import DOCX
from trajectories.word import template
from trajectories.word.default import built
from trajectories.word.offered import KINDS, NAMES, listed


@require_GET
@for_admins
def letters(request):
    """Each kind of letter, and whose form it has."""
    kept = since()
    rows = [{"kind": kind, "name": NAMES[kind], "since": kept.get(kind)} for kind in KINDS]
    return respond(request, "trajectories/letters.html", {"letters": rows, "nav_here": "coaching:organisation"})


@for_admins
def letter(request, kind):
    """One kind: what it may say, the template to begin from, and a form for one's own."""
    _known(kind)
    form = ForLetter(*([request.POST, request.FILES] if request.method == "POST" else []), asker=request.user)
    if form.is_valid():
        try:
            LetterTemplate.put(kind, template.checked(form.cleaned_data["file"], kind), by=request.user, at=now())
            messages.success(request, _("Kept. From now on these letters look like this."))
            return redirect("trajectories:letters")
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "kind": kind, "name": NAMES[kind], "since": since().get(kind), "listed": listed(kind)}
    context["nav_here"] = "coaching:organisation"
    return respond(request, "trajectories/letter.html", context, status=422 if form.errors else 200)


@require_GET
@for_admins
def letter_template(request, kind):
    """The template in use, to change and put up again."""
    row = own(_known(kind))
    name = f"{pgettext('file name', 'Template')}-{kind}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(row.docx) if row else built(kind), content_type=DOCX, headers=headers)


@require_POST
@for_admins
def letter_remove(request, kind):
    """Back to the form that comes with the application."""
    LetterTemplate.take_away(_known(kind), by=request.user)
    messages.info(request, _("These letters have our own form again."))
    return redirect("trajectories:letters")


def _known(kind):
    if kind not in KINDS:
        raise Http404
    return kind
