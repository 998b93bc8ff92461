"""The report: its draft from the meeting on, its sealed bytes after the last signature, and whether a copy is ours (R24)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coaching.access import respond
from coaching.attempts import TooOften, network_of
from coaching.clock import now
from coaching.refusals import Refused
from coaching.traces import look
from trajectories.bounds import check_drafting, check_verifying, one_at_a_time
from trajectories.doors import CLIENT
from trajectories.forms.verify import OnFile, OnPaper
from trajectories.models import Addendum, Report, ReportFile, Trajectory
from trajectories.report import canonical, verify_report
from trajectories.report.gather import gather
from trajectories.report.house_style import current
from trajectories.report.render import as_pdf
from trajectories.text_page import TextPage
from trajectories.views.preparations import review_of


def pdf(content, name):
    """A PDF to keep; the file name holds no names of people and no question."""
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'})


@require_GET
def report(request, pk):
    """How far it is being made; once it is there, in which forms one can have it."""
    row = get_object_or_404(Report.objects.visible_to(request.user).without_bytes().with_trajectory(), trajectory=pk)
    context = {"report": row, "trajectory": row.trajectory, "seat": row.trajectory.seat_of(request.user), "making": row.making(now())}
    context["addenda"] = Addendum.objects.visible_to(request.user).of_trajectory(pk).only_facts().in_order()
    return respond(request, "trajectories/report.html", context, fragment="state")


@require_GET
def report_pdf(request, pk):
    """The sealed bytes, always the same."""
    row = get_object_or_404(Report.objects.readable_by(request.user).with_trajectory(), trajectory=pk)
    look([row], by=row.trajectory.seat_of(request.user), at=now(), act="exported")
    return pdf(row.pdf, f"{pgettext('file name', 'Closing-report')}-{row.number}")


@require_GET
def report_white(request, pk):
    """The same report with a white cover, for a printer that need not drink."""
    return _file(request, pk, ReportFile.WHITE, pgettext("file name", "Closing-report-white"))


@require_GET
def report_archive(request, pk):
    """For the client: the report as PDF/A, with its values in it."""
    return _file(request, pk, ReportFile.ARCHIVE, pgettext("file name", "Closing-report-archive"))


def _file(request, pk, kind, name):
    row = get_object_or_404(ReportFile.objects.readable_by(request.user).of_kind(kind).with_report(), report__trajectory=pk)
    look([row], by=row.report.trajectory.seat_of(request.user), at=now(), act="exported")
    return pdf(row.pdf, f"{name}-{row.report.number}")


@require_GET
def draft_report(request, pk):
    """What the report would be now, marked as a draft on each page; from the meeting on."""
    review = review_of(request, pk)
    try:
        check_drafting(request.user, at=now())
        with one_at_a_time(request.user):
            return _draft(request, review)
    except Refused as refusal:
        messages.error(request, str(refusal))
        context = {"back": pk}
        return respond(request, "trajectories/draft_waits.html", context, status=429 if isinstance(refusal, TooOften) else 409)


def _draft(request, review):
    if review.put_forward_at:
        text = TextPage(request, review, act="exported").text
    else:
        if not review.all_in():
            raise Refused(_("There is a draft once everyone has handed in."))
        text = canonical.from_json(gather(review, number=review.report_number, by=request.user, at=now(), act="exported"))
    return pdf(as_pdf(text, draft=True, sparing="white" in request.GET, house=current()), pgettext("file name", "Closing-report-draft"))


@require_POST
def report_release(request, pk):
    """The client gives a report of two to the sponsor who was not there, or takes that back within half a minute."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, CLIENT), pk=pk)
    row = get_object_or_404(Report.objects.visible_to(request.user).with_trajectory(), trajectory=trajectory)
    try:
        if request.POST.get("what") == "undo":
            row.take_back(by=request.user, at=now())
            messages.success(request, _("Taken back. Nobody has seen it."))
        else:
            row.release(by=request.user, at=now())
            messages.success(request, _("Shared. You can undo it for half a minute."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("trajectories:text", pk=pk)


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request):
    """Is this report ours? Open to whoever holds a copy; it tells nothing of what is in it."""
    by_file = request.method == "POST" and request.POST.get("with") == "file"
    paper = OnPaper(request.POST if request.method == "POST" and not by_file else None)
    file = OnFile(request.POST if by_file else None)
    form, found, status = file if by_file else paper, None, 200
    if request.method == "POST":
        try:
            check_verifying(network=network_of(request), at=now())
            if form.is_valid():
                found = verify_report.of_file(**form.cleaned_data) if by_file else verify_report.of_paper(**form.cleaned_data)
            else:
                status = 422
        except TooOften as often:
            messages.error(request, str(often))
            status = 429
    context = {"paper": paper, "file": file, "found": found, "form": form}
    return respond(request, "trajectories/verify.html", context, status=status)
