"""Does the header say as whom one looks, also for who has a part of another kind elsewhere? (ux: parts never mix in one screen)"""

import re

import pytest
from django.urls import reverse

from tests.makers import make_person, make_trajectory

pytestmark = pytest.mark.django_db
HEADER = re.compile(r'topbar__role"><summary>(.*?)</summary>', re.S)


@pytest.fixture
def noor():
    """Coaches one, is the client of a second and the sponsor of a third; was last on the home of a sponsor."""
    noor = make_person("Noor Visser", coach=True, looks_as="sponsor", language="en")
    others = [make_person(name, coach=True) for name in ("Sam Bakker", "Bram Kok", "Iris Mol")]
    noor.trajectories = {
        "coach": make_trajectory(noor, make_person("Anna Vos")),
        "client": make_trajectory(others[0], noor),
        "sponsor": make_trajectory(others[1], others[2], noor),
    }
    return noor


@pytest.mark.parametrize(
    ("part", "pages"),
    [
        ("coach", ["trajectories:trajectory", "trajectories:goals", "trajectories:agreement", "sessions:session_new"]),
        ("client", ["trajectories:trajectory", "trajectories:goals", "trajectories:agreement", "trajectories:who_looked"]),
        ("sponsor", ["trajectories:sponsor", "trajectories:agreement"]),
    ],
)
def test_a_page_of_a_trajectory_is_looked_at_from_ones_seat_in_it(client, noor, part, pages):
    client.force_login(noor)
    for name in pages:
        page = client.get(reverse(name, args=[noor.trajectories[part].pk]), follow=True)
        said = HEADER.search(page.content.decode()).group(1)
        assert page.status_code == 200 and f", </i>as {part}<" in said, (name, said)
    elsewhere = client.get(reverse("coaching:account")).content.decode()
    assert ", </i>as sponsor<" in HEADER.search(elsewhere).group(1), "a page of no trajectory is as they chose"
