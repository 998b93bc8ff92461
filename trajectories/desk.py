"""What does the coordinator's desk show? Names, states, dates and numbers; no words of a trajectory (domain.md, "Who sees what")."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.independence import Org, too_close
from trajectories.models import Part, Proposal, Trajectory


@dataclass(frozen=True)
class Waiting:
    """A request that has no coach yet: how long, and whose turn it is."""

    trajectory: Trajectory
    days: int
    waits_for: str
    mine: bool


def waits_for(trajectory, proposals, *, desk=False):
    """Whose turn it is, in words. `proposals` are those that stand; a coach's name is for the coordinator and the client only."""
    client = trajectory.client.first_name
    chosen = [proposal for proposal in proposals if proposal.chosen_at]
    if not trajectory.accepted_at:
        return _("Waits for the answer of %(name)s") % {"name": client}
    if chosen:
        return (
            _("Waits for the answer of %(name)s") % {"name": chosen[0].person.first_name} if desk else _("Waits for the answer of a coach")
        )
    if proposals:
        return _("Waits for the choice of %(name)s") % {"name": client}
    return _("Waits for you") if desk else _("Waits for the coordinator")


def requests_of(rows, proposals, *, at):
    """Requests as they wait: those for the coordinator first, then by how long; `proposals` are those that stand, of all together."""
    standing = {}
    for proposal in proposals:
        standing.setdefault(proposal.trajectory_id, []).append(proposal)
    return sorted((_waiting(row, standing.get(row.pk, []), at) for row in rows), key=lambda one: not one.mine)


def _waiting(row, proposals, at):
    days = (day_of(at) - day_of(row.asked_at)).days
    return Waiting(row, days, waits_for(row, proposals, desk=True), mine=bool(row.accepted_at) and not proposals)


def standing_proposals(person, rows):
    """Proposals that stand for these trajectories, with their people."""
    return list(Proposal.objects.readable_by(person).current().of([row.pk for row in rows]).with_people().in_order())


def the_one(rows, pk):
    """The trajectory with this key behind a door, or None: for who may come in by more than one."""
    return rows.filter(pk=pk).first()


def called(rows, words):
    """Of a queryset of trajectories, those with a party of now whose name holds all the words."""
    for word in words.replace("\x00", "").split()[:5]:
        rows = rows.filter(pk__in=Part.objects.current().filter(person__name__icontains=word).values("trajectory"))
    return rows


def too_close_now(rows, going_on=()):
    """As things are now: (trajectory, sentences, when the client chose to go on) where the distance is not right. It only tells (R1)."""
    seated = [row for row in rows if row.coach and row.client]
    if not seated:
        return []
    chosen = {one.trajectory_id: one.gone_on_at for one in going_on}
    org = Org.around(*(seat.person for row in seated for seat in (row.coach, row.client)))
    found = [(row, [str(reason) for reason in _reasons(row, org)], chosen.get(row.pk)) for row in seated]
    return [one for one in found if one[1]]


def _reasons(row, org):
    return too_close(row.coach.person, row.client.person, row.sponsor and row.sponsor.person, org=org)
