"""Is a yes to another coach a yes to the one whom the page showed, and to the words that were read? (hand-over, R2)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.refusals import Refused
from sessions.models import Log
from tests.trajectories.hand_over_story import address, read_through, take_over, written
from tests.trajectories.requests_story import fresh, queries_of
from trajectories.models import HandOver, Trajectory
from trajectories.older import Reading, sheets_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(house):
    return HandOver.propose(written(house), house.bram, by=house.wim, at=house.tick())


@pytest.mark.parametrize("sheets", [0, 1, 2])
def test_who_did_not_read_all_sheets_lets_nothing_along(house, proposed, client, sheets):
    client.force_login(house.sam)
    read = ""
    for number in range(1, sheets + 1):
        read = client.get(address(proposed, "sessions", sheet=number, read=read)).context["read"]
    assert sheets < sheets_of("sessions")
    answer = client.post(address(proposed, "sessions"), {"goes": "yes", "read": read}, follow=True)
    assert "Read all of it first" in answer.content.decode() and HandOver.objects.get(pk=proposed.pk).older == {}


def test_a_sheet_is_read_after_the_one_before_it(house, proposed, client):
    client.force_login(house.sam)
    assert client.get(address(proposed, "sessions", sheet=3)).context["sheet"].number == 1
    foreign = Reading(str(proposed.pk), "question", 2, house.at).mark
    assert client.get(address(proposed, "sessions", sheet=3, read=foreign)).context["sheet"].number == 1


def test_what_is_shared_between_reading_and_pressing_does_not_go_along(house, proposed, client):
    client.force_login(house.sam)
    _said, read = read_through(client, proposed, "sessions")
    Log.objects.get(shared_at=None).share(by=house.noor, at=now())
    Log.objects.filter(shared_at__gt=now()).update(shared_at=now())  # its half minute has passed
    client.post(address(proposed, "sessions"), {"goes": "yes", "read": read})
    assert set(HandOver.objects.get(pk=proposed.pk).older) == {"sessions"}
    take_over(house, proposed)
    assert Log.objects.readable_by(house.bram).count() == 1 and Log.objects.readable_by(house.sam).count() == 2


def another(house, proposed):
    """Bram says no, Pia is proposed and says yes."""
    proposed.say_no(by=house.bram, at=house.tick())
    offer = HandOver.propose(fresh(proposed.trajectory), house.pia, by=house.wim, at=house.tick())
    offer.say_yes(by=house.pia, at=house.tick())
    return offer


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_on_an_old_page_is_no_answer_about_somebody_else(house, proposed, client, answer):
    place = reverse(f"trajectories:hand_over_{answer}", args=[proposed.trajectory_id])
    offer = another(house, proposed)
    client.force_login(house.sam)
    for read in ({"read": str(proposed.pk)}, {}):
        assert "Meanwhile somebody else was proposed" in client.post(place, read, follow=True).content.decode()
        assert fresh(proposed.trajectory).coach.person == house.noor and HandOver.objects.open().get().pk == offer.pk
    client.post(place, {"read": str(offer.pk)})
    assert fresh(proposed.trajectory).coach.person == (house.pia if answer == "yes" else house.noor)
    assert "settled already" in client.post(place, {"read": str(offer.pk)}, follow=True).content.decode()
    client.force_login(house.iris)
    assert client.post(place, {"read": str(offer.pk)}).status_code == 404


@pytest.mark.parametrize("ends", ["stop", "close_without_report"])
def test_what_has_ended_asks_nobody_any_more(house, proposed, client, ends):
    place = reverse("trajectories:hand_over", args=[proposed.trajectory_id])
    client.force_login(house.bram)
    assert client.get(place).status_code == 200
    if ends == "close_without_report":
        Trajectory.objects.filter(pk=proposed.trajectory_id).update(started_at=house.at, closing_at=house.at)
        fresh(proposed.trajectory).reviews.create(trajectory=proposed.trajectory, worded_at=house.at, with_sponsor=False)
    getattr(fresh(proposed.trajectory), ends)(by=house.sam, at=house.tick(days=35), reason="no_time")
    assert client.get(place).status_code == 404 and b"Sam" not in client.get("/", follow=True).content
    client.force_login(house.sam)
    assert client.get(place).status_code == 404


def test_who_waits_to_be_sponsor_is_not_asked_to_coach_nor_the_other_way_round(house, proposed):
    with pytest.raises(Refused, match="asked to take over"):
        fresh(proposed.trajectory).name_sponsor(house.bram, by=house.wim, at=house.tick())
    proposed.say_no(by=house.sam, at=house.tick())
    fresh(proposed.trajectory).name_sponsor(house.bram, by=house.wim, at=house.tick())
    with pytest.raises(Refused, match="cannot also be the sponsor"):
        HandOver.propose(fresh(proposed.trajectory), house.bram, by=house.wim, at=house.tick())


@pytest.mark.parametrize("last", ["sam", "bram"])
def test_a_second_yes_on_an_old_page_leads_to_the_trajectory(house, proposed, client, last):
    place, read = reverse("trajectories:hand_over_yes", args=[proposed.trajectory_id]), {"read": str(proposed.pk)}
    for name in ({"sam", "bram"} - {last}).pop(), last:
        client.force_login(getattr(house, name))
        client.post(place, read)
    assert fresh(proposed.trajectory).coach.person == house.bram
    for person in (house.sam, house.bram):
        client.force_login(person)
        answer = client.post(place, read, follow=True)
        assert "settled already" in answer.content.decode()
        assert answer.redirect_chain[0][0] == proposed.trajectory.get_absolute_url()
    client.force_login(house.noor)
    assert client.post(place, read).status_code == 404


def test_the_client_hears_that_the_sponsor_is_the_next_coachs_own_manager(house, proposed, client):
    place, said = reverse("trajectories:hand_over", args=[proposed.trajectory_id]), "Els Vermeer is also Bram’s manager"
    client.force_login(house.sam)
    assert said not in client.get(place).content.decode()
    type(house.bram).objects.filter(pk=house.bram.pk).update(manager=house.els)
    assert said in client.get(place).content.decode()


def settled(house, proposed, how):
    if how == "taken over":
        HandOver.objects.get(pk=proposed.pk).let_along("question", by=house.sam, at=house.tick(), goes=True)
        take_over(house, proposed)
    elif how == "refused":
        proposed.say_no(by=house.bram, at=house.tick())
    else:
        fresh(proposed.trajectory).stop(by=house.sam, at=house.tick(), reason="no_time")


@pytest.mark.parametrize("how", ["taken over", "refused", "stopped"])
def test_a_sheet_that_stood_open_says_what_was_decided_meanwhile(house, proposed, client, how):
    client.force_login(house.sam)
    _said, read = read_through(client, proposed, "question")
    settled(house, proposed, how)
    older, place = HandOver.objects.get(pk=proposed.pk).older, address(proposed, "question")
    posted = client.post(place, {"goes": "yes", "read": read}, follow=True)
    for answer in (posted, client.get(place), client.get(address(proposed, "sessions", sheet=2, read=read))):
        said = answer.content.decode()
        assert answer.status_code == 200 and "This hand-over has been settled already." in said
        assert f'href="{proposed.trajectory.get_absolute_url()}"' in said and "Hoe zeg ik nee?" not in said
        assert ("Bram Schouten took over on" in said) == (how == "taken over") == ("Went along, as you read it on" in said)
        assert said.count("Stayed closed.") == (2 if how == "taken over" else 0)
        assert ("Bram Schouten did not take over. No words of before went along." in said) == (how != "taken over")
    assert HandOver.objects.get(pk=proposed.pk).older == older and queries_of(client, house.sam, place) <= 12


@pytest.mark.parametrize("how", ["taken over", "refused"])
def test_to_everyone_else_a_sheet_is_not_there_afterwards_either(house, proposed, client, how):
    settled(house, proposed, how)
    for who in ("bram", "noor", "els", "wim", "iris"):
        client.force_login(getattr(house, who))
        answers = client.get(address(proposed, "question")), client.post(address(proposed, "question"), {"goes": "yes"})
        assert [answer.status_code for answer in answers] == [404, 404], who


def test_where_nobody_was_ever_proposed_there_is_no_sheet(house, client):
    trajectory = written(house)
    client.force_login(house.sam)
    assert client.get(reverse("trajectories:hand_over_older", args=[trajectory.pk, "vraag"])).status_code == 404
