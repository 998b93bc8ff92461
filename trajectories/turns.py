"""What waits for somebody because a trajectory rests, ended early, or gets others in its seats?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.clock import day_of
from trajectories.doors import CLIENT, COACH
from trajectories.models import Ending, HandOver, Trajectory
from trajectories.needs import Need
from trajectories.sources import needed


@needed
def in_the_seats(person, part, at, rows):
    """A sponsor or coach to say yes to, a day to look again, a sentence; the rows brought all of it."""
    if part not in (CLIENT, COACH):
        return []
    of_both = [need for row in rows if row.is_open for need in _of(row, part, day_of(at))]
    return of_both + [need for row in rows if part == CLIENT for need in _of_the_client(row)]


def _of(row, part, today):
    if row.held_at and _looks_again(row, today):
        name = (row.coach if part == CLIENT else row.client) or row.client
        note = _("You agreed to look again on this day.") if row.look_again_on else _("Every seat is taken again. You can go on.")
        yield Need(_("It rests with %(name)s") % {"name": name.first_name}, row.get_absolute_url(), _("Look again"), note=note, rank=3)
    if row.held_at and row.vacancy:
        yield _left(row, part)
    if row.too_close_now and row.coach:
        url = reverse("trajectories:distance", args=[row.pk])
        other = row.coach if part == CLIENT else row.client
        note = _("Nothing stops by itself. You choose.") if part == CLIENT else _("Nothing stops by itself. The client chooses.")
        yield Need(
            _("You and %(name)s have come too close") % {"name": other.first_name}, url, _("See what can be done"), note=note, rank=1
        )


def _left(row, part):
    """The other one's seat is empty; it rests until a coordinator decides."""
    other = row.coach if part == CLIENT else row.client
    title = _("%(name)s has left") % {"name": other.name} if other else _("There is no coach")
    note = _("A coordinator looks for somebody who fits. Nobody takes over without your yes.")
    note = note if part == CLIENT else _("A coordinator decides how it goes on.")
    return Need(title, row.get_absolute_url(), _("Open the trajectory"), note=note, rank=2)


def _looks_again(row, today):
    """On the day that was chosen; without one, once somebody sits in the seat that was empty."""
    return row.look_again_on <= today if row.look_again_on else not row.vacancy


def _of_the_client(row):
    if row.is_open and row.sponsor and not row.sponsor.person.is_active and not row.unconfirmed_sponsor:
        url = reverse("trajectories:sponsor_name", args=[row.pk])
        title = _("%(name)s has left. Who is your sponsor from now on?") % {"name": row.sponsor.name}
        yield Need(title, url, _("Choose another sponsor"), note=_("Until you choose, nobody reads along in their place."), rank=3)
    if row.is_open and row.accepted_at and row.unconfirmed_sponsor:
        url = reverse("trajectories:sponsor_name", args=[row.pk])
        title = _("%(name)s as your sponsor?") % {"name": row.unconfirmed_sponsor.name}
        yield Need(title, url, _("Say yes or no"), note=_("They read nothing until you say yes."), rank=2)
    if row.is_open and row.waits_hand_over:
        url = reverse("trajectories:hand_over", args=[row.pk])
        yield Need(_("Another coach from now on?"), url, _("Read what it means"), note=_("It happens only when you both say yes."), rank=1)
    if row.stopped_at and row.waits_sentence:
        yield _sentence(row.pk, _("One sentence for the sponsor waits for your yes"))


def _sentence(key, title):
    return Need(title, reverse("trajectories:ending_confirm", args=[key]), _("Read the sentence"), rank=2)


def _ended(one):
    title = _("One sentence about the trajectory of %(name)s waits for your yes") % {"name": one.client_name}
    return _sentence(one.trajectory_id, title)


@needed
def of_a_coach(person, part, at, rows):
    """Who is asked to take over has no seat yet, and a trajectory that stopped is on no list: two questions more."""
    if part != COACH:
        return []
    asked = HandOver.objects.readable_by(person).open().unanswered_by(person).with_people()
    mine = Trajectory.objects.seated(person, COACH).values("pk")
    written = Ending.objects.readable_by(person).waiting().from_the_other(COACH).in_trajectories(mine)
    return [*map(_to_take_over, asked), *map(_ended, written.with_clients())]


def _to_take_over(one):
    title = _("Will you take over the coaching of %(name)s?") % {"name": one.trajectory.client.name}
    note, url = _("It happens only when you both say yes."), reverse("trajectories:hand_over", args=[one.trajectory_id])
    return Need(title, url, _("Read what it means"), note=note, rank=1)
