"""What is refused when somebody stopped the trajectory, or called the session off, while another had the page open? (R17)"""

import pytest

from coaching.clock import now
from coaching.refusals import Refused
from sessions.models import Action, CoachingSession, Takeaway
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from trajectories.models import CheckIn, Commitment, Part, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


def seats_of(trajectory):
    """The trajectory as a page fetched it, with who sat there then."""
    trajectory.seats = list(Part.objects.current().with_people().filter(trajectory=trajectory))
    return trajectory


def stopped(trajectory):
    """Somebody else stopped it; `trajectory` does not know of it yet."""
    Trajectory.objects.get(pk=trajectory.pk).stop(by=trajectory.client.person, at=now(), reason="no_time")


VERBS = {
    "promise": lambda t, s, c: Commitment.promise(t, by=t.client.person, at=now(), words="Ruimte"),
    "hand in": lambda t, s, c: c.hand_in(by=t.client.person, at=now(), answers=[{"key": "x"}], levels=[]),
    "plan": lambda t, s, c: CoachingSession.plan(t, by=t.coach.person, at=now(), starts_at=now() + DAY, minutes=60),
    "move": lambda t, s, c: s.move(by=t.coach.person, at=now(), starts_at=now() + DAY, minutes=60),
    "yield": lambda t, s, c: Takeaway.write(s, by=t.client.person, at=now(), words="Rust"),
    "take up": lambda t, s, c: Action.take_up(t, by=t.client.person, at=now(), words="Rob bellen"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_stop_in_between_is_noticed(trajectory, verb):
    session = make_session(trajectory, starts_at=now() + DAY if verb == "move" else None)
    if verb == "yield":
        session.hold_it(by=trajectory.coach.person, at=now())
    check_in = CheckIn.begin(trajectory, by=trajectory.client.person, at=now())
    seats_of(trajectory)
    session.trajectory = check_in.trajectory = trajectory
    stopped(trajectory)
    with pytest.raises(Refused):
        VERBS[verb](trajectory, session, check_in)


def test_a_log_of_a_session_that_begins_after_a_stop_in_between_is_refused(trajectory):
    session = make_session(trajectory)
    seats_of(session.trajectory)
    stopped(trajectory)
    Trajectory.objects.update(stopped_at=now() - 2 * DAY)
    with pytest.raises(Refused):
        make_log(session)


def test_a_session_that_was_called_off_in_between_is_not_moved(trajectory):
    session = make_session(trajectory, starts_at=now() + DAY)
    CoachingSession.objects.select_related("trajectory").get().cancel(by=trajectory.client.person, at=now())
    with pytest.raises(Refused):
        session.move(by=trajectory.coach.person, at=now(), starts_at=now() + 2 * DAY, minutes=60)


def test_a_sponsor_who_was_replaced_promises_nothing(trajectory):
    former = seats_of(trajectory).sponsor.person
    Part.objects.get(trajectory=trajectory, part="sponsor").leave(at=now())
    with pytest.raises(Refused):
        Commitment.promise(trajectory, by=former, at=now(), words="Ruimte")
