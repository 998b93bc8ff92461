"""Figures without faces, for who coordinates: what was counted when a period closed, as a page and as a spreadsheet."""

from django.http import Http404, HttpResponse

from coaching.access import respond
from trajectories.figures_page import as_sheet, figures_of
from trajectories.models import Figures
from trajectories.views.coordinator import for_coordinators


def _chosen(request):
    """The periods, and the one the address names: its first day. The latest when it names none; 404 for a day that opens none."""
    periods = list(Figures.objects.readable_by(request.user).latest_first())
    day = request.GET.get("period", "")
    chosen = [period for period in periods if not day or period.first_day.isoformat() == day]
    if day and not chosen:
        raise Http404
    return periods, chosen[0] if chosen else None


@for_coordinators
def figures(request):
    periods, period = _chosen(request)
    shown = figures_of(period) if period else []
    return respond(request, "trajectories/figures.html", {"periods": periods, "period": period, "shown": shown})


@for_coordinators
def figures_sheet(request):
    _periods, period = _chosen(request)
    if period is None:
        raise Http404
    answer = HttpResponse(as_sheet(period), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="figures-{period.first_day.isoformat()}.xlsx"'
    return answer
