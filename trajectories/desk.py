"""What does the coordinator's desk show? Names, states, dates and numbers; no words of a trajectory (domain.md, "Who sees what")."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clock import day_of
from trajectories.models import Part, Proposal, Trajectory
from trajectories.models.trajectory import seats_prefetched

TURNS = ("desk", "left", "others")  # requests, narrowed to whose turn it is


@dataclass(frozen=True)
class Waiting:
    """A request that has no coach yet: how long, and whose turn it is."""

    trajectory: Trajectory
    days: int
    waits_for: str
    mine: bool
    talks: bool = False  # the client wants to talk before they answer
    tried: str = ""


def waits_for(trajectory, proposals, *, desk=False):
    """Whose turn it is, in words. `proposals` are those that stand; a coach's name is for the coordinator and the client only."""
    client = trajectory.client.first_name
    chosen = [proposal for proposal in proposals if proposal.chosen_at]
    if not trajectory.accepted_at:
        talks = desk and trajectory.talk_first_at
        return (_("%(name)s wants to talk with you first") if talks else _("Waits for the answer of %(name)s")) % {"name": client}
    if chosen:
        return (
            _("Waits for the answer of %(name)s") % {"name": chosen[0].person.first_name} if desk else _("Waits for the answer of a coach")
        )
    if proposals:
        return _("Waits for the choice of %(name)s") % {"name": client}
    return _("Waits for you") if desk else _("Waits for the coordinator")


def narrowed(rows, turn, *, at):
    """Requests of which it is somebody's turn: "desk", "left" (nobody took them up) or "others"; all of them for anything else."""
    kinds = {"desk": rows.of_the_desk, "others": rows.of_others, "left": lambda: rows.not_taken_up(at)}
    return kinds[turn]() if turn in kinds else rows.requested()


def number_of(turn, numbers):
    """How many requests narrowed() gives, from the numbers of the queue."""
    kinds = {"desk": numbers["desk"], "left": numbers["left"], "others": numbers["requested"] - numbers["desk"]}
    return kinds.get(turn, numbers["requested"])


def requests_of(rows, proposals, *, at):
    """Requests as they wait, in the order of `rows`; `proposals` are those that stand, of all together."""
    standing = {}
    for proposal in proposals:
        standing.setdefault(proposal.trajectory_id, []).append(proposal)
    return [_waiting(row, standing.get(row.pk, []), at) for row in rows]


def _waiting(row, proposals, at):
    days, talks = (day_of(at) - day_of(row.asked_at)).days, not row.accepted_at and bool(row.talk_first_at)
    mine = talks or (bool(row.accepted_at) and not proposals)
    return Waiting(row, days, waits_for(row, proposals, desk=True), mine=mine, talks=talks, tried=_tried(row, proposals))


def _tried(row, proposals):
    """What came of it so far, where nobody took it up."""
    if proposals or not row.tries:
        return ""
    sentence = ngettext("%(n)s proposal came to nothing.", "%(n)s proposals came to nothing.", row.tries)
    return sentence % {"n": row.tries}


def bring_seats(*lists):
    """Give all trajectories in these lists their `seats`, in one statement together."""
    prefetch_related_objects([row for rows in lists for row in rows], seats_prefetched())


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
