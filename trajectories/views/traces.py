"""Who looked, and who can see what? All of it for the client; everybody else sees what they did themselves (R26)."""

from datetime import date

from django.http import Http404
from django.shortcuts import redirect

from coaching.access import respond
from coaching.clock import now, today
from trajectories.audiences import audiences, sitters
from trajectories.desk import the_one
from trajectories.doors import CLIENT
from trajectories.looks import headline, looks
from trajectories.models import Trajectory


def who_looked(request, pk):
    """A page of days, the latest first; `?before=` a day gives the ones before it."""
    person = request.user
    seated, desk = Trajectory.objects.editable_by(person), Trajectory.objects.coordinated_by(person)
    row = the_one(seated.with_seats(), pk) or the_one(desk.with_seats(), pk)
    if row is None:
        raise Http404
    seat, before = row.seat_of(person), request.GET.get("before", "")
    try:
        found = looks(row, person, seat=seat, at=now(), before=date.fromisoformat(before) if before else None)
    except (ValueError, OverflowError):  # no day, or one at the edge of the calendar
        return redirect("trajectories:who_looked", pk=pk)
    context = {"trajectory": row, "seat": seat, "looks": found, "before": before, "today": today()}
    if seat and seat.part == CLIENT:
        parts = row.parts.readable_by(person).with_people().in_order()
        context |= {"audiences": audiences(row), "sitters": sitters(parts), "headline": headline(found.lately)}
    return respond(request, "trajectories/who_looked.html", context)
