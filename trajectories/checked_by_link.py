"""How is a progress check answered by the link in a mail? (R18)"""

from coaching import links
from coaching.clock import now
from coaching.traces import look
from trajectories.answering import pages_by_link
from trajectories.by_link import Kind, kinds, path_of
from trajectories.models import CheckIn, Goal, State


def row(thing):
    """The open check with this key, while its trajectory runs."""
    found = CheckIn.objects.open().with_trajectory().filter(pk=thing).first()
    return found if found and found.trajectory.state == State.RUNNING else None


def pages(check_in, *, at):
    """Its goals by number and outside name: that a link showed such a name leaves a trace of its own (R26)."""
    seat = check_in.trajectory.client
    goals = list(Goal.objects.open_to(seat).standing().agreed().in_order())
    look([goal for goal in goals if goal.outside_name is not None], by=seat, at=at, act="by_link")
    return pages_by_link(goals)


def hand_in(check_in, said, *, by, at):
    """The answers to the coach, marked as given by link. Nothing goes to the sponsor: for that the client logs in (R20b)."""
    scales = {name: said.number(name) for name in ("steers", "confidence")}
    check_in.hand_in(by=by, at=at, answers=said.answers, levels=said.levels, by_link=True, **scales)


kinds["check_in"] = Kind("check_in", "mid_trajectory", "trajectories:check_in", row, pages, hand_in)


def address(letter):
    return path_of(letter, at=now())


links.PATHS |= dict.fromkeys(("check_in_waiting", "check_in_reminder"), address)
