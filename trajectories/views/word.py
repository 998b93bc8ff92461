"""Agreement and report as a letter in the organisation's own form: the same readers as the PDF, and traced as printed."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_GET

from coaching import organisation
from coaching.clock import now
from coaching.refusals import Refused
from trajectories.bounds import one_at_a_time
from trajectories.doors import PARTS
from trajectories.models import Report, Trajectory
from trajectories.models.letters import own
from trajectories.report.agreement import printed
from trajectories.views.trying import number
from trajectories.word import agreement, report
from trajectories.word.default import built
from trajectories.word.fill import filled
from trajectories.word.offered import AGREEMENT, REPORT

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def bounded(back):
    """A decorator for views that fill a letter, which costs a third of a second: one per person at a time, else a sentence at `back`."""

    def bounding(view):
        @wraps(view)
        def bound(request, pk):
            try:
                with one_at_a_time(request.user):
                    return view(request, pk)
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect(back, pk=pk)

        return bound

    return bounding


def _letter(kind, values, *, title, name, at):
    """Filled in the active language; neither properties nor file name hold names or a question."""
    row = own(kind)
    raw = filled(bytes(row.docx) if row else built(kind), values, title=title, at=at, logo=bytes(organisation.logo() or b""))
    return HttpResponse(raw, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'})


@require_GET
@bounded("trajectories:report")
def report_docx(request, pk):
    """The signed text as a letter; what counts is the sealed PDF, and the letter says so."""
    row = get_object_or_404(Report.objects.readable_by(request.user).without_bytes().with_trajectory(), trajectory=pk)
    text, signatures = report.gathered(row, row.trajectory.seat_of(request.user))
    with override(text.language):
        name = f"{pgettext('file name', 'Closing-report')}-{row.number}"
        title = _("Closing report %(number)s") % {"number": row.number}
        return _letter(REPORT, report.values(text, signatures, row.code), title=title, name=name, at=signatures[-1].at)


@require_GET
@bounded("trajectories:agreement")
def agreement_docx(request, pk):
    """The version in force, or the one asked for, as a letter."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, *PARTS).with_seats(), pk=pk)
    paper = printed(trajectory, request.user, at=now(), wanted=number(request.GET.get("version")))
    if paper is None:
        raise Http404
    at = paper.row.in_force_at or paper.row.worded_at
    return _letter(AGREEMENT, agreement.values(paper), title=paper.name, name=paper.file_name, at=at)
