"""What follows when somebody leaves the organisation? Rest, a word to the client, a decision for the desk."""

from django.db import transaction
from django.urls import reverse

from coaching.outbox import post
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models.hand_overs import HandOver
from trajectories.models.parts import Part
from trajectories.models.requests import Proposal
from trajectories.models.states import STEPS
from trajectories.models.trajectory import Trajectory


@transaction.atomic
def after_leaving(at, person):
    """Every open trajectory in which `person` sits, was proposed or was asked to take over. Called by coaching.staff."""
    seats = Part.objects.current().filter(person=person).values("trajectory")
    asked = HandOver.objects.open().filter(person=person).values("trajectory")
    proposed = Proposal.objects.current().filter(person=person).values("trajectory")
    keys = {key for rows in (seats, asked, proposed) for key in rows.values_list("trajectory", flat=True)}
    for row in Trajectory.objects.open().filter(pk__in=keys).order_by("pk"):
        _left(row, person, at)


def _left(row, person, at):
    row.lock()
    if not row.is_open:
        return
    seat = next((seat for seat in row.seats if seat.person_id == person.pk), None)
    if seat is None:
        _nobodys_candidate(row, person, at)
    elif not seat.confirmed_at:
        seat.delete()
        row._tell("party_changed", row.client.person, at=at)
    else:
        {COACH: _seat_emptied, CLIENT: _seat_emptied, SPONSOR: _sponsor_left}[seat.part](row, seat, at)


def _nobodys_candidate(row, person, at):
    """Who was proposed as coach, or asked to take over, is no longer there to say yes."""
    row.proposals.current().filter(person=person).update(ended_at=at)
    row.hand_overs.open().filter(person=person).update(ended_at=at)
    row._tell("party_changed", row.client.person, at=at)
    row._tell_the_desk("desk_decides", at=at)


def _seat_emptied(row, seat, at):
    """An empty seat puts it on hold, and a coordinator decides how it goes on; the client is told, and so are the others who stay."""
    if row.state in STEPS["hold"].sources:
        row._rest(at=at, look_again_on=None)
    row._tell("party_changed" if seat.part == COACH else "on_hold", *row._others(seat.person), at=at)
    row._tell_the_desk("desk_decides", at=at)


def _sponsor_left(row, seat, at):
    """The sponsor stays until replaced; client and coach are told, and the client can name another."""
    post("party_changed", to=row.client.person, url=reverse("trajectories:sponsor_name", args=[row.pk]), at=at)
    if row.coach:
        row._tell("party_changed", row.coach.person, at=at)
