"""What still misses before a trajectory can start, and before it can close? Frozen values, computed once, read by every page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import State
from trajectories.numbered import reads_all

IN_ORDER = (COACH, CLIENT, SPONSOR)  # in which they are named


@dataclass(frozen=True)
class Missing:
    """One thing that misses: a key, the sentence that says it, and where to do something about it ("" where this reader cannot)."""

    key: str
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Misses:
    """What misses now, for one reader: `head` says before what. `pressing`: it holds the coaching up; else it can wait for the closing."""

    head: str
    items: tuple = ()
    pressing: bool = False


def misses(trajectory, seat, *, versions):
    """What misses before the start, or once it runs before the closing; None where nothing does. `versions`: see before_start."""
    pressing = trajectory.state in (State.INTAKE, State.AGREED)
    if pressing:
        agreements = list(trajectory.agreements.open_to(seat).with_yeses(trajectory.seats))
        found = before_start(trajectory, seat, agreements=agreements, versions=versions)
    else:
        found = before_closing(trajectory, seat, versions=versions)
    return Misses(_("Before you can begin") if pressing else _("Before you close"), tuple(found), pressing) if found else None


def before_start(trajectory, seat, *, agreements, versions):
    """What misses before the coaching runs, for one reader; empty once it runs.

    `agreements` and `versions` are rows this seat may read, with_assents() or with_yeses(); nothing of them has to be opened.
    `versions` come with_coach_reads() too, where the coach may have come later than what the client wrote.
    """
    if trajectory.state not in (State.INTAKE, State.AGREED):
        return []
    return [*_sponsor(trajectory, seat), *_agreement(trajectory, seat, agreements), *_first_goal(trajectory, seat, versions)]


def _sponsor(trajectory, seat):
    if trajectory.unconfirmed_sponsor and not trajectory.sponsor and seat.part in (COACH, CLIENT):
        name = trajectory.client.first_name
        sentence = _("%(name)s has not confirmed the sponsor yet.") % {"name": name}
        yield Missing("sponsor_unconfirmed", sentence, _naming(trajectory, seat))


def _naming(trajectory, seat):
    """Where the client names or confirms a sponsor; nobody else decides about that."""
    return reverse("trajectories:sponsor_name", args=[trajectory.pk]) if seat.part == CLIENT else ""


def _agreement(trajectory, seat, agreements):
    if any(row.in_force_at for row in agreements):
        return
    read = reverse("trajectories:agreement", args=[trajectory.pk]) + "#yes"
    if not agreements:
        url = reverse("trajectories:agreement_edit", args=[trajectory.pk]) if seat.part in (COACH, CLIENT) else ""
        yield Missing("agreement", _("The agreement has not been written yet."), url)
        return
    newest = max(agreements, key=lambda row: row.number)
    for waiting in _in_order(newest.waits_among(trajectory.seats)):
        yield Missing(f"agreement_{waiting.part}", _agrees(waiting, seat), read)


def _agrees(waiting, seat):
    if waiting.pk == seat.pk:
        return _("You have not agreed to the agreement yet.")
    return _("%(name)s has not agreed to the agreement yet.") % {"name": waiting.first_name}


def _first_goal(trajectory, seat, versions):
    standing = [version for version in versions if not version.goal.let_go_at]
    two = [one for one in trajectory.seats if one.part in (COACH, CLIENT)]
    if any(version.agreed_at and not version.waits_among(two) for version in standing):
        return
    if not standing:
        if seat.part in (COACH, CLIENT):
            url = reverse("trajectories:goals", args=[trajectory.pk])
            yield Missing("goal", _("There is no goal yet. One is enough to begin."), url)
        return
    known = [version for version in standing if getattr(version, "coach_reads", True)]
    first = min(known or standing, key=lambda version: version.goal.number)
    needed = two if first.agreed_at else trajectory.seats  # a sponsor's yes stays, as the sponsor then
    for waiting in _in_order(first.waits_among(needed)):
        facts = {"number": first.goal.number, "name": waiting.first_name}
        if waiting.part == COACH and not known and seat.part == CLIENT:
            sentence = _("Goal %(number)s is from before %(name)s came. Word it anew, so that %(name)s can read it.") % facts
            yield Missing("goal_coach", sentence, reverse("trajectories:goal_edit", args=[first.goal.pk]))
        else:
            sentence = (_("Goal %(number)s waits for %(name)s.") if reads_all(seat) else _("A goal waits for %(name)s.")) % facts
            yield Missing(f"goal_{waiting.part}", sentence, first.goal.get_absolute_url())


def before_closing(trajectory, seat, *, versions):
    """What misses before the closing can begin, for coach and client; empty for others and outside the running phase."""
    if trajectory.state != State.RUNNING or seat.part == SPONSOR:
        return []
    return [*_goals_open(trajectory, versions), *_nothing_shared(trajectory, seat, versions)]


def _goals_open(trajectory, versions):
    for version in versions:
        waiting = [one.first_name for one in _in_order(version.waits_among(trajectory.seats))] if not version.agreed_at else []
        if waiting and not version.goal.let_go_at:
            facts = {"number": version.goal.number, "name": ", ".join(waiting)}
            yield Missing(f"goal_{version.goal.number}", _("Goal %(number)s waits for %(name)s.") % facts, version.goal.get_absolute_url())


def _nothing_shared(trajectory, seat, versions):
    standing = [version for version in versions if not version.goal.let_go_at]
    goals = reverse("trajectories:goals", args=[trajectory.pk])
    if not standing:
        yield Missing("goal", _("There is no goal that stands. In the closing review you look at goals."), goals)
    if not trajectory.sponsor:
        sentence = _("There is no sponsor. Invite one, or choose to close with two and say why.")
        yield Missing("sponsor", sentence, _naming(trajectory, seat))
    elif standing and not any(version.goal.shared_at for version in standing):
        name = trajectory.sponsor.first_name
        sentence = _("No goal is shared with %(name)s. In the closing review you look at shared goals.") % {"name": name}
        yield Missing("nothing_shared", sentence, goals)


def _in_order(seats):
    """The database brings seats as they come."""
    return sorted(seats, key=lambda seat: IN_ORDER.index(seat.part))
