"""Where does everyone find their trajectories? The way to the right page, the sponsor's home, and looking along as the sponsor."""

from dataclasses import replace

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from coaching.access import respond
from coaching.clock import now
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Part, State, Trajectory
from trajectories.needs import needs
from trajectories.pages import sponsor_page
from trajectories.sources import numbers_of
from trajectories.thread import unlinked
from trajectories.who_reads import sponsor_never_sees

EARLY = {State.REQUESTED, State.DECLINED}


def trajectory(request, pk):
    """One address in every mail; each seat has its own page behind it. A coach who was chosen looks at the request."""
    row = get_object_or_404(Trajectory.objects.knowable_by(request.user).with_seats(), pk=pk)
    seat = row.seat_of(request.user)
    if seat is None or (row.state in EARLY and seat.part in (CLIENT, SPONSOR)):
        return redirect("trajectories:request", pk=row.pk)
    if seat.part == SPONSOR:
        return redirect("trajectories:sponsor", pk=row.pk)
    return redirect(reverse("sessions:detail", args=[row.pk]))


def commissioned(request):
    """The sponsor's home: their trajectories, and what waits for them."""
    mine = Trajectory.objects.seated(request.user, SPONSOR).with_moments().with_waiting(request.user)
    rows = list(mine.with_seats().latest_first())
    asked = Trajectory.objects.asked_for_by(request.user).with_seats().latest_first()
    context = {"rows": rows, "asked": list(asked), "needs": needs(request.user, SPONSOR, at=now(), rows=rows)}
    return respond(request, "trajectories/commissioned.html", context)


def sponsor(request, pk):
    """What the sponsor sees, and what not."""
    mine = Trajectory.objects.seated(request.user, SPONSOR).with_moments().with_waiting(request.user)
    row = get_object_or_404(mine.with_seats(), pk=pk)
    if row.state in EARLY:
        return redirect("trajectories:request", pk=row.pk)
    seat = row.seat_of(request.user)
    return _sponsor(request, row, seat, seat)


def look_along(request, pk):
    """The client (or coach) looks along as the sponsor: their own door first, then the sponsor's own page, from an empty seat."""
    door = Trajectory.objects.editable_by(request.user).with_moments().with_waiting_for_sponsor()
    row = get_object_or_404(door.with_seats(), pk=pk)
    mine = row.seat_of(request.user)
    if mine.part == SPONSOR or row.state in EARLY:
        return redirect("trajectories:trajectory", pk=pk)
    return _sponsor(request, row, row.sponsor or Part(trajectory=row, part=SPONSOR), mine, along=True)


def shows(row, *, again=False):
    """What the sponsor's page is about in this state (domain.md, "What the sponsor sees in each state").

    At rest that it rests, after the end the report; `again`: they ask to read what was shared before, which stays theirs to read.
    """
    if row.state in {State.STOPPED, State.DECLINED}:
        return "ended"
    if row.state in {State.REQUESTED, State.INTAKE} or (row.held_at and not row.agreed_at):
        return "rest" if row.held_at else "names"
    if again:
        return "everything"
    return {State.ON_HOLD: "rest", State.CLOSED: "report"}.get(row.state, "everything")


def _sponsor(request, row, seat, eyes, *, along=False):
    now_shows = shows(row, again="shared" in request.GET)
    page = sponsor_page(row, seat, by=eyes, everything=now_shows == "everything")
    context = {
        "page": replace(page, entries=unlinked(page.entries)) if along else page,
        "trajectory": row,
        "numbers": numbers_of([row])[row.pk],
        "never": sponsor_never_sees(client=row.client.first_name, coach=row.coach.first_name if row.coach else ""),
        "along": along,
        "shows": now_shows,
        "here": request.path,
    }
    return respond(request, "trajectories/sponsor.html", context)
