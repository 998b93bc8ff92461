"""On what house do the tests of a trajectory stand, and in which language does a verb refuse?"""

import pytest
from django.utils.translation import override

from tests.trajectories.looked_back import added, asked, story  # noqa: F401 what a look back begins with, for two files
from tests.trajectories.opening import drawn_up, opened, said_yes
from tests.trajectories.parties_story import agreed
from tests.trajectories.requests_story import House, fresh
from trajectories.models import Trajectory


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture
def house():
    with override("en"):
        yield House()


@pytest.fixture
def talk():
    """Sam, Noor and Els, long past the opening talk."""
    return opened(state="running")


@pytest.fixture
def goal(talk):
    """One that Sam and Noor agreed to, between the two of them."""
    return said_yes(drawn_up(talk), talk.sam, talk.noor)


@pytest.fixture
def intake(house):
    return house.intake()


@pytest.fixture
def running(house, intake):
    """Agreed between Sam and Noor, and on its way."""
    agreed(house, intake)
    Trajectory.objects.filter(pk=intake.pk).update(started_at=house.tick())
    return fresh(intake)
