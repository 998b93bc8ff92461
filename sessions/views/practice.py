"""The coach's own practice: their hours, what they type in of elsewhere, and what they take back of it (R29)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.access import respond
from coaching.discreet import is_discreet
from sessions.coaching_log import named
from sessions.forms.practice import FlightForm, TakeForm
from sessions.models import Flight
from sessions.practice import practice
from trajectories.doors import COACH
from trajectories.models import Trajectory

HERE = {"nav_here": "sessions:hours"}


def must_fly(person):
    """Http404 for who is not in the pool, coaches nobody and has no hours of before."""
    if not (person.in_the_pool or Flight.objects.readable_by(person).exists() or Trajectory.objects.seated(person, COACH).exists()):
        raise Http404


def hours(request):
    """Coaching hours by year. For the pool, and for who once coached. While somebody looks along no client is named."""
    must_fly(request.user)
    year = request.GET.get("year", "")
    wanted = int(year) if year.isdecimal() and len(year) == 4 else None
    discreet = is_discreet(request)
    page = practice(request.user, year=wanted, everything="all" in request.GET, discreet=discreet)
    years = [one.year for one in page.totals.years]
    context = {"page": page, "take": TakeForm(asker=request.user, years=years), "named": None if discreet else named(request.user)}
    return respond(request, "sessions/hours.html", context)


def hours_add(request):
    """Hours of before, of coaching elsewhere, or what is kept apart."""
    must_fly(request.user)
    form = FlightForm(request.POST if request.method == "POST" else None, asker=request.user)
    if form.is_valid():
        Flight.enter([form.facts], by=request.user)
        messages.success(request, _("Added."))
        return redirect("sessions:hours")
    return respond(request, "sessions/hours_add.html", {"form": form} | HERE, status=422 if form.errors else 200)


def hours_change(request, pk):
    """What was typed in, to correct; hours of a session follow the session."""
    row = get_object_or_404(Flight.objects.editable_by(request.user), pk=pk)
    form = FlightForm(request.POST if request.method == "POST" else None, asker=request.user, initial=FlightForm.of(row))
    if form.is_valid():
        row.correct(by=request.user, **form.facts)
        messages.success(request, _("Changed."))
        return redirect("sessions:hours")
    return respond(request, "sessions/hours_change.html", {"form": form, "row": row} | HERE, status=422 if form.errors else 200)


@require_POST
def hours_remove(request, pk):
    """Typed in by mistake: it goes."""
    row = get_object_or_404(Flight.objects.editable_by(request.user), pk=pk)
    row.remove(by=request.user)
    messages.info(request, _("Gone for good."))
    return redirect("sessions:hours")
