"""The line of who steered, for coach and client (R16)."""

from django.shortcuts import get_object_or_404

from coaching.access import respond
from sessions import steering_line
from sessions.models import CoachingSession, Steering
from trajectories.doors import CLIENT, COACH
from trajectories.models import Trajectory


def steering(request, pk):
    """Per session who steered, as each marked it; a mark stays shut until both have marked, or a week has passed."""
    trajectory = get_object_or_404(Trajectory.objects.seated(request.user, COACH, CLIENT).with_seats(), pk=pk)
    seat = trajectory.seat_of(request.user)
    sessions = CoachingSession.objects.open_to(seat).held().numbered().with_steering(Steering.objects.open_to(seat)).in_order()
    rows = steering_line.marked(sessions)
    names = {part: found.first_name for part in (COACH, CLIENT) if (found := trajectory.seat(part))}
    told = steering_line.told(rows, {COACH: "", CLIENT: ""} | names)
    context = {
        "trajectory": trajectory,
        "seat": seat,
        "rows": rows,
        "told": told,
        "line": steering_line.line(rows, told=told) if rows else None,
    }
    return respond(request, "sessions/steering.html", context | {"names": names}, fragment="drawn")
