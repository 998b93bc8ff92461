"""Do random acts by random people ever break a trajectory, or let anyone see what is not theirs? (R25)"""

import ast
import os
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from coaching.refusals import Refused, Stale
from tests.conftest import undone
from tests.guards.tree import ROOT
from tests.trajectories.sights import everyone, forbidden, seen_by
from tests.trajectories.walking import ACTS, Nothing, World, latest, usual
from tests.trajectories.walking_more import ELSEWHERE
from trajectories.doors import PARTS
from trajectories.models import Part, State, Trajectory
from trajectories.models.states import STEPS

ROLES = ("client", "coach", "sponsor", "desk", "asker", "chosen", "anybody")
# The straight way from a request to the signatures: a walk begins somewhere along it.
WAY = "ask/client propose/desk choose/client take_seat/chosen question/client release_question/client agreement/coach agree/client "
WAY += "agree/sponsor goal/client share_goal/client agree_goal/client agree_goal/coach agree_goal/sponsor commit/sponsor plan/coach "
WAY += "log/coach share_log/coach journal/client check_in/coach answer_check_in/client release/client begin_closing/coach "
WAY += "prepare/client prepare/sponsor prepare/coach outcome/client put_forward/coach sign/client sign/sponsor sign/coach"
STEPS_OF_THE_WAY = [step.split("/") for step in WAY.split()]
LEADS = {(source, target) for step in STEPS.values() for source in step.sources for target in step.targets}
EXAMPLES = int(os.environ.get("WALKS", "8"))
# Making a failure shorter takes minutes: only when somebody asks for WALKS=…
PHASES = [Phase.generate, *([Phase.shrink] if "WALKS" in os.environ else [])]


class Walk(RuleBasedStateMachine):
    """One world, thrown away after the walk."""

    def __init__(self):
        super().__init__()
        self.thrown_away = undone()
        self.thrown_away.__enter__()
        self.world, self.turn, self.states = World(), 0, {}

    def teardown(self):
        try:
            assert [offence for person in everyone() for offence in forbidden(person)] == []
        finally:
            self.thrown_away.__exit__(None, None, None)

    @initialize(length=st.integers(1, len(STEPS_OF_THE_WAY)), sponsor=st.booleans())
    def begin(self, length, sponsor):
        for verb, role in STEPS_OF_THE_WAY[:length]:
            self._act(verb, role, 1 if verb == "begin_closing" else 4 if verb == "ask" and sponsor else 0)

    @rule(verb=st.sampled_from(sorted(ACTS)), role=st.sampled_from(ROLES), n=st.integers(0, 7), which=st.integers(0, 1))
    def somebody_does_something(self, verb, role, n, which):
        self._act(verb, role, n, which)

    @rule(step=st.integers(0, 59), n=st.integers(0, 7), which=st.integers(0, 1))
    def somebody_does_what_is_usual(self, step, n, which):
        if rows := latest():
            steps = usual(rows[which % len(rows)])
            self._act(*steps[step % len(steps)], n, which)

    @rule(steps=st.lists(st.integers(0, 59), min_size=2, max_size=3), n=st.integers(0, 7))
    def and_again(self, steps, n):
        for step in steps:
            self.somebody_does_what_is_usual(step, n, 0)

    def _act(self, verb, role, n, which=0):
        rows = latest()
        row = rows[which % len(rows)] if rows else Trajectory()
        if verb != "ask" and not rows:
            return
        by = self.world.sam if verb == "ask" and role == "client" else self.world.who(row, role, n)
        with suppress(Refused, Stale, Nothing):  # the sentence says why
            self.world.act(verb, row, by, n)

        for row in Trajectory.objects.all():
            assert self.states.get(row.pk, row.state) == row.state or (self.states[row.pk], row.state) in LEADS, f"{verb} by {role}"
            self.states[row.pk] = row.state

    @invariant()
    def state_follows_facts(self):
        found = [(pk, state) for state in State for pk in Trajectory.objects.in_state(state).values_list("pk", flat=True)]
        assert sorted(found) == sorted((row.pk, row.state) for row in Trajectory.objects.all())

    @invariant()
    def one_seat_each_and_the_client_stays(self):
        for row in Trajectory.objects.all():
            seats = list(Part.objects.filter(trajectory=row, until_at=None))
            confirmed = [seat.part for seat in seats if seat.confirmed_at]
            assert len({seat.person_id for seat in seats}) == len(seats)
            assert all(confirmed.count(part) <= 1 for part in PARTS) and confirmed.count("client") == 1

    @invariant()
    def nobody_sees_what_is_not_theirs(self):
        """One person after every act, in turn, and everybody when the walk is over."""
        people = everyone()
        assert forbidden(people[self.turn % len(people)]) == []
        self.turn += 1


@pytest.mark.django_db
def test_a_walk_breaks_nothing():
    bounds = {"max_examples": EXAMPLES, "stateful_step_count": 30, "deadline": None, "database": None, "phases": PHASES}
    run_state_machine_as_test(Walk, settings=settings(**bounds, suppress_health_check=list(HealthCheck)))


@pytest.mark.django_db
def test_the_straight_way_leads_to_the_signatures_and_the_check_can_fail(monkeypatch):
    """A check that cannot fail is no check: on the way everyone with a seat sees something, and a door left open is found."""
    walk = Walk()
    try:
        walk.begin(len(STEPS_OF_THE_WAY), sponsor=True)
        [row] = Trajectory.objects.all()
        assert row.state == State.CLOSED
        assert all(list(seen_by(person)) for person in (walk.world.sam, walk.world.noor, walk.world.els))
        assert [offence for person in everyone() for offence in forbidden(person)] == []
        from trajectories.doors import ALL  # noqa: PLC0415
        from trajectories.models.question import QuestionQuerySet  # noqa: PLC0415

        monkeypatch.setitem(QuestionQuerySet.reads, "sponsor", ALL)
        assert forbidden(walk.world.els) == ["Els Vermeer, sponsor, reads Question in closed"]
        monkeypatch.setattr("trajectories.models.question.QuestionQuerySet.readable_by", lambda rows, person: rows.all())
        assert forbidden(walk.world.iris) == ["Iris Molenaar, without a seat, reads Question in closed"]
    finally:
        walk.thrown_away.__exit__(None, None, None)


def verbs():
    """Every verb of the models: what takes who acts, and when."""
    for folder in ("trajectories", "sessions"):
        for path in sorted((ROOT / folder / "models").glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                named = {one.arg for one in node.args.kwonlyargs} if isinstance(node, ast.FunctionDef) else set()
                if {"by", "at"} <= named and not node.name.startswith("_"):
                    yield node.name


def test_the_walk_knows_every_verb():
    """A verb that is added is walked, or it is said where it is tried instead."""
    walked = "".join((ROOT / "tests" / "trajectories" / f"{name}.py").read_text() for name in ("walking", "walking_more"))
    unknown = {verb for verb in verbs() if not re.search(rf"\b{verb}\b", walked)}
    assert unknown == set() and set(ELSEWHERE) <= set(verbs()) | {"measure"}
