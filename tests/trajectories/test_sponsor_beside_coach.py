"""Are a sponsor and a coach who has no seat yet held beside each other, whoever was named first? (R1)"""

import pytest
from django.urls import reverse

from coaching.refusals import Refused
from tests.trajectories.requests_story import fresh
from trajectories.models import HandOver

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("by", ["sam", "wim"])
def test_who_was_proposed_as_coach_is_not_named_as_sponsor(house, by, chosen):
    trajectory, proposal = house.proposed()
    if chosen:
        proposal.choose(by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="proposed as coach"):
        fresh(trajectory).name_sponsor(house.noor, by=getattr(house, by), at=house.tick())
    trajectory.proposals.get().pass_by(by=house.sam, at=house.tick())
    fresh(trajectory).name_sponsor(house.noor, by=house.sam, at=house.tick())
    assert fresh(trajectory).sponsor.person == house.noor


def test_who_may_become_the_next_sponsor_is_not_proposed_as_coach(house):
    trajectory = house.asked(sponsor=house.els)
    trajectory.name_sponsor(house.noor, by=house.wim, at=house.tick())
    with pytest.raises(Refused, match="cannot also be the sponsor"):
        house.proposed(trajectory=fresh(trajectory))
    assert not trajectory.proposals.exists() and fresh(trajectory).sponsor.person == house.els


@pytest.mark.parametrize("stage", ["proposed", "chosen", "asked to take over"])
def test_the_client_hears_it_also_of_a_coach_who_has_no_seat_yet(house, client, stage):
    type(house.bram).objects.filter(pk=house.bram.pk).update(manager=house.els)
    if stage == "asked to take over":
        trajectory = house.intake()
        HandOver.propose(trajectory, house.bram, by=house.wim, at=house.tick())
    else:
        trajectory, proposal = house.proposed(house.bram)
        if stage == "chosen":
            proposal.choose(by=house.sam, at=house.tick())
    place, said = reverse("trajectories:sponsor_name", args=[trajectory.pk]), "Els Vermeer is also Bram’s manager"
    client.force_login(house.wim)
    assert said not in client.post(place, {"sponsor_find": "Vermeer", "find": "sponsor"}).content.decode()
    client.force_login(house.sam)
    assert said in client.post(place, {"sponsor_find": "Vermeer", "find": "sponsor"}).content.decode()
    fresh(trajectory).name_sponsor(house.els, by=house.wim, at=house.tick())
    assert said in client.get(place).content.decode()
