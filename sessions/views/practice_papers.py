"""What a coach takes along of their own hours: the coaching log as XLSX or PDF, and the organisation's letter as PDF (R29)."""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coaching.clock import now
from coaching.refusals import Refused
from sessions import coaching_log_paper as paper
from sessions.coaching_log import letter, lines
from sessions.forms.practice import TakeForm
from sessions.practice import years_of
from sessions.views.practice import must_fly
from trajectories.bounds import one_at_a_time

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def taken(view):
    """A decorator: for the coach alone, one at a time, with what they chose; a refusal is a sentence on the page of their hours."""

    @wraps(view)
    @require_GET
    def bounded(request):
        must_fly(request.user)
        form = TakeForm(request.GET, asker=request.user, years=years_of(request.user))
        if not form.is_valid():
            messages.error(request, _("Choose a year from the list."))
            return redirect("sessions:hours")
        try:
            with one_at_a_time(request.user):
                return view(request, form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("sessions:hours")

    return bounded


def _file(content, name, kind):
    ending = "xlsx" if kind == XLSX else "pdf"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})


def _lines(request, chosen, at):
    return lines(request.user, at=at, year=chosen["year"], here_paid=chosen["here"] != "unpaid")


@taken
def hours_sheet(request, chosen):
    at = now()
    return _file(paper.as_sheet(_lines(request, chosen, at)), paper.name_of("log", at), XLSX)


@taken
def hours_paper(request, chosen):
    at = now()
    content = paper.as_pdf(_lines(request, chosen, at), request.user, at=at, year=chosen["year"])
    return _file(content, paper.name_of("log", at), PDF)


@taken
def hours_letter(request, chosen):
    """Hours in this organisation, how many clients, from when to when; nobody's name but the coach's own."""
    at, told = now(), letter(request.user, year=chosen["year"])
    if told is None:
        raise Refused(_("There are no held sessions to write a letter about yet."))
    return _file(paper.letter_pdf(told, request.user, at=at, year=chosen["year"]), paper.name_of("letter", at), PDF)
