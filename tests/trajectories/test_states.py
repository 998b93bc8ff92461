"""Is the table of states what the verbs do, what README.md says, and what the sponsor's page follows?"""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from coaching.clock import day_of
from coaching.refusals import Refused
from tests.guards.tree import ROOT
from tests.trajectories.requests_story import House, fresh
from trajectories.doors import CLIENT, COACH, COORDINATOR, SPONSOR
from trajectories.models import State
from trajectories.models.requests import propose, tell
from trajectories.models.states import ASKER, CHOSEN, DESK_WHEN_EMPTY, EMPLOYEE, FACTS, MEANWHILE, OPEN, STEPS

ENDED = {State.CLOSED, State.STOPPED, State.DECLINED}
WEEK = timedelta(days=7)


def test_readme_holds_the_table():
    printed = StringIO()
    call_command("states", stdout=printed)
    kept = re.search(r"<!-- states -->\n(.*?)\n<!-- /states -->", (ROOT / "README.md").read_text(), re.S)
    assert kept and kept.group(1).strip() == printed.getvalue().strip(), "Put the output of `manage.py states` between the marks."


def test_every_state_is_reached_and_every_open_one_left():
    reached = {state for step in STEPS.values() for state in step.targets}
    left = {state for step in STEPS.values() for state in step.sources if set(step.targets) - {state}}
    assert reached == set(State) and left == set(OPEN) == set(State) - ENDED
    assert set(FACTS) == set(State)
    assert all(STEPS[verb].targets == MEANWHILE for verb in ("resume",)) and STEPS["hold"].sources == MEANWHILE


def test_every_open_state_can_be_stopped():
    assert set(STEPS["stop"].sources) == set(OPEN)


def test_who_is_named_is_known():
    known = {CLIENT, COACH, SPONSOR, COORDINATOR, EMPLOYEE, ASKER, CHOSEN, DESK_WHEN_EMPTY}
    assert {one for step in STEPS.values() for one in step.who} <= known


# who may: every verb of a trajectory against everyone who might try


def acts(verb, house, trajectory, by):
    """Run `verb` as `by`, with what it needs."""
    at = house.tick()
    proposal = trajectory.proposals.first()
    return {
        "accept": lambda: trajectory.accept(by=by, at=at),
        "talk_first": lambda: trajectory.talk_first(by=by, at=at),
        "tell": lambda: tell(trajectory, by=by, at=at, about="Meer"),
        "propose": lambda: propose(trajectory, house.bram, by=by, at=at),
        "choose": lambda: proposal.choose(by=by, at=at),
        "pass_by": lambda: proposal.pass_by(by=by, at=at),
        "decline": lambda: trajectory.decline(by=by, at=at, sentence="Nu niet."),
        "withdraw": lambda: trajectory.withdraw(by=by, at=at),
        "nobody_found": lambda: trajectory.nobody_found(by=by, at=at, sentence="Niemand."),
        "take_seat": lambda: trajectory.take_seat(by=by, at=at),
        "no_match": lambda: trajectory.no_match(by=by, at=at),
        "hold": lambda: trajectory.hold(by=by, at=at, look_again_on=day_of(at) + WEEK),
        "resume": lambda: trajectory.resume(by=by, at=at),
        "begin_closing": lambda: trajectory.begin_closing(by=by, at=at, two_because="Er is niemand."),
        "close_without_report": lambda: trajectory.close_without_report(by=by, at=at + 5 * WEEK, reason="no_time"),
        "stop": lambda: trajectory.stop(by=by, at=at, reason="no_time"),
    }[verb]()


def stage(verb, house):
    """A trajectory in which `verb` can happen now."""
    if verb in ("accept", "talk_first", "decline", "withdraw"):
        return house.asked_by_els()
    if verb == "choose":
        return house.proposed(trajectory=house.asked(sponsor=house.els))[0]
    if verb in ("pass_by", "take_seat"):
        return house.chosen(trajectory=house.asked(sponsor=house.els))
    if verb in ("tell", "propose", "nobody_found"):
        return house.asked(sponsor=house.els)
    if verb == "no_match":
        return house.intake(trajectory=house.asked(sponsor=house.els))
    return house.in_state({"resume": State.ON_HOLD, "close_without_report": State.CLOSING}.get(verb, State.RUNNING))


ACTED = [verb for verb in STEPS if verb not in {"ask", "agree", "start", "go_on", "sign"}]  # those have tests of their own subject
CAN = {  # who of the house is whom, in stage()
    CLIENT: {"sam"},
    COACH: {"noor"},
    SPONSOR: {"els"},
    COORDINATOR: {"wim", "kim"},
    ASKER: {"els"},
    CHOSEN: {"noor"},
    DESK_WHEN_EMPTY: set(),
}
TRIES = ["sam", "noor", "els", "wim", "kim", "bram", "iris"]


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ACTED)
@pytest.mark.parametrize("who", TRIES)
def test_who_may(verb, who, in_english):
    house = House()
    trajectory = stage(verb, house)
    assert trajectory.state in STEPS[verb].sources
    may = {key for one in STEPS[verb].who for key in CAN[one]}
    if verb == "withdraw":
        may -= {"sam"}  # the client only after accepting
    before = fresh(trajectory).state
    if who in may:
        acts(verb, house, trajectory, getattr(house, who))
        assert fresh(trajectory).state in STEPS[verb].targets
    else:
        with pytest.raises(Refused) as refused:
            acts(verb, house, trajectory, getattr(house, who))
        assert str(refused.value).endswith(".") and fresh(trajectory).state == before


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["hold", "stop"])
def test_the_desk_only_while_a_seat_is_empty(verb):
    house = House()
    trajectory = stage(verb, house)
    trajectory.coach.leave(at=house.tick())
    trajectory = fresh(trajectory)
    for stranger in (house.iris, house.bram, house.noor):
        with pytest.raises(Refused):
            acts(verb, house, trajectory, stranger)
    acts(verb, house, trajectory, house.wim)
    assert fresh(trajectory).state in STEPS[verb].targets
    with override("en"), pytest.raises(Refused, match="."):
        acts(verb, house, fresh(trajectory), house.wim)
