"""What did we agree, who said yes, and what would a new version change? (R4, R7)"""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coaching.access import conflict, respond
from coaching.clock import now
from coaching.drafts import Window
from coaching.models import Organisation
from coaching.refusals import Refused, Stale
from coaching.templatetags.house import day_full
from coaching.traces import look
from trajectories.agreement_page import agreement_page
from trajectories.agreement_text import freeze
from trajectories.bounds import one_at_a_time
from trajectories.doors import CLIENT, COACH, PARTS
from trajectories.forms.agreement import AgreementForm, CommitmentForm
from trajectories.models import Agreement, Trajectory
from trajectories.report.agreement import as_pdf, printed
from trajectories.views.trying import menu, number, tried

MENU = "trajectories:my_agreement"


def agreement(request, pk):
    """The version that holds, the one that waits beside it, who said yes, and what was promised."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, *PARTS).with_seats(), pk=pk)
    return shown(request, trajectory, CommitmentForm(asker=request.user))


def shown(request, trajectory, form):
    """The page of the agreement, with the form for a commitment; also for who filled that in wrongly."""
    page = agreement_page(trajectory, request.user, at=now(), wanted=number(request.GET.get("version")))
    context = {"trajectory": trajectory, "page": page, "seat": page.seat, "form": form, "nav_here": menu(page.seat, MENU)}
    return respond(request, "trajectories/agreement.html", context, status=422 if form.errors else 200)


@require_POST
def agree(request, pk):
    """One's own yes to the version that the page showed."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, *PARTS), pk=pk)
    version = trajectory.agreements.readable_by(request.user).numbered(number(request.POST.get("read"))).first()
    if version is None:
        messages.error(request, _("Read the agreement first. Then you can agree to it."))
    else:
        tried(request, lambda: version.agree(by=request.user, at=now()), _("You agreed. Each of you does so for themselves."))
    return redirect("trajectories:agreement", pk=pk)


def agreement_edit(request, pk):
    """Put a new version forward; until all have agreed, the one before holds."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    last = trajectory.agreements.readable_by(request.user).latest_first().first()
    window = Window(request, trajectory.seat_of(request.user).keeps("agreement", pk), base=last.number if last else 0)
    if window.autosave:
        return window.keep()
    terms = _terms(request, trajectory, last)
    form = AgreementForm(request.POST if window.posted else None, asker=request.user, initial=terms)
    if window.words:
        form.recall(window.words)
    if window.posted and form.is_valid():
        try:
            return redirect(window.once(lambda: _put_forward(request, trajectory, form, window.base)))
        except Refused as refused:
            form.add_error(None, str(refused))
        except Stale as stale:
            return _both(request, trajectory, form, stale.row)
    context = {"trajectory": trajectory, "form": form, "window": window, "last": last}
    context["nav_here"] = menu(trajectory.seat_of(request.user), MENU)
    return respond(request, "trajectories/agreement_edit.html", context, status=422 if form.errors else 200)


def _terms(request, trajectory, last):
    if last is None:
        return {"sessions": 6, "minutes": 60}
    look([last], by=trajectory.seat_of(request.user), at=now())
    return {name: getattr(last, name) for name in Agreement.TERMS}


def _put_forward(request, trajectory, form, base):
    terms = form.cleaned_data | {"own_words": form.cleaned_data["own_words"] or None}
    frozen = freeze(trajectory, terms, Organisation.current())
    Agreement.propose(trajectory, by=request.user, at=now(), frozen=frozen, base=base, **terms)
    messages.success(request, _("Your proposal is there, with your yes. Now it is up to the others."))
    return reverse("trajectories:agreement", args=[trajectory.pk])


def _both(request, trajectory, form, row):
    """Somebody put a version forward meanwhile: both, side by side."""
    look([row], by=trajectory.seat_of(request.user), at=now())
    labels = {name: field.label for name, field in form.fields.items()}
    yours = [(labels[name], _as_shown(form.cleaned_data[name])) for name in labels]
    theirs = [(labels[name], _as_shown(getattr(row, name))) for name in labels]
    put_by = row.put_by
    writer = put_by.first_name if put_by and put_by.person_id != request.user.pk else ""
    url = reverse("trajectories:agreement_edit", args=[trajectory.pk])
    return conflict(request, yours=yours, theirs=theirs, url=url, base=row.number, writer=writer)


def _as_shown(value):
    """One term as pages show it: a day as a day."""
    return day_full(value) if isinstance(value, date) else str(value or "")


@require_GET
def agreement_pdf(request, pk):
    """The agreement to keep; as long as not everyone has agreed each page says so. `?version=` gives an older one."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, *PARTS).with_seats(), pk=pk)
    try:
        with one_at_a_time(request.user):
            paper = printed(trajectory, request.user, at=now(), wanted=number(request.GET.get("version")))
            if paper is None:
                raise Refused(_("There is no agreement to print yet."))
            content = as_pdf(paper)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("trajectories:agreement", pk=pk)
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{paper.file_name}.pdf"'}
    )


def my_agreement(request):
    """From the client's menu to the agreement of the trajectory that they are in now."""
    return to_current(request, "trajectories:agreement")


def to_current(request, name):
    """On to a page of the client's trajectory of now; without one, to their home, which says what they can do."""
    trajectory = Trajectory.objects.seated(request.user, CLIENT).current_first().first()
    if trajectory is None:
        messages.info(request, _("You have no trajectory yet. Once you do, it is all here."))
        return redirect("sessions:now")
    return redirect(name, pk=trajectory.pk)
