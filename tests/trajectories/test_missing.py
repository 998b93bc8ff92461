"""What still misses before the start and before the closing, and who reads that? (architecture 10)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.makers import make_person
from tests.trajectories.opening import DAY, agreed, drawn_up, opened, proposed, said_yes
from trajectories.missing import before_closing, before_start
from trajectories.models import Part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def start(talk, part="client"):
    """The keys of what misses, for who sits in `part`."""
    trajectory = talk.trajectory
    seat = trajectory.seat(part)
    agreements = list(trajectory.agreements.readable_by(seat.person).with_assents())
    versions = list(trajectory.goalversions.readable_by(seat.person).with_assents())
    return [one.key for one in before_start(trajectory, seat, agreements=agreements, versions=versions)]


def closing(talk, part="client"):
    trajectory = talk.trajectory
    seat = trajectory.seat(part)
    versions = list(trajectory.goalversions.readable_by(seat.person).with_assents())
    return [one.key for one in before_closing(trajectory, seat, versions=versions)]


def test_at_the_beginning_everything():
    assert start(opened()) == ["agreement", "goal"]


def test_it_says_whose_yes_misses():
    talk = opened()
    proposed(talk)
    said_yes(drawn_up(talk), talk.noor)
    assert start(talk) == ["agreement_client", "agreement_sponsor", "goal_client"]


def test_the_sponsor_hears_nothing_of_private_goals():
    talk = opened()
    agreed(talk)
    goal = drawn_up(talk)
    assert start(talk, "sponsor") == []
    goal.share(by=talk.sam, at=now() - DAY)
    assert start(talk, "sponsor") == ["goal_coach", "goal_client", "goal_sponsor"]


def test_a_sponsor_who_is_not_confirmed():
    talk = opened(sponsor=False)
    Part.objects.create(trajectory=talk.trajectory, person=make_person("Otto Prins"), part="sponsor", from_at=now())
    assert start(talk)[0] == "sponsor_unconfirmed"


def test_once_it_runs_nothing():
    assert start(opened(state="running")) == []


def test_before_the_closing():
    talk = opened(state="running")
    goal = said_yes(drawn_up(talk), talk.sam)
    assert closing(talk) == ["goal_1", "nothing_shared"]
    said_yes(goal, talk.noor)
    goal.share(by=talk.sam, at=now() - DAY)
    assert closing(talk) == [] == closing(talk, "sponsor")


def test_without_a_sponsor_before_the_closing():
    assert closing(opened(sponsor=False, state="running")) == ["goal", "sponsor"]


def test_who_may_do_something_about_it_is_led_there():
    talk = opened(sponsor=False, state="running")
    drawn_up(talk)
    found = {part: links(talk, part) for part in ("client", "coach")}
    assert found["client"]["sponsor"] == reverse("trajectories:sponsor_name", args=[talk.pk]) and found["coach"]["sponsor"] == ""
    assert all(found[part]["goal_1"] == talk.trajectory.goals.get().get_absolute_url() for part in found)


def links(talk, part):
    seat = talk.trajectory.seat(part)
    versions = list(talk.trajectory.goalversions.readable_by(seat.person).with_assents())
    return {one.key: one.url for one in before_closing(talk.trajectory, seat, versions=versions)}


def test_without_a_goal_that_stands():
    talk = opened(state="running")
    assert closing(talk) == ["goal"]


def test_the_page_of_the_trajectory_says_it(client):
    talk = opened()
    for person in (talk.noor, talk.sam):
        person.language = "en"
        person.save()
        client.force_login(person)
        page = client.get(reverse("sessions:detail", args=[talk.pk])).content.decode()
        assert "Before you can begin" in page and "There is no goal yet." in page
        assert reverse("trajectories:goals", args=[talk.pk]) in page[page.index("Before you can begin") :]


def test_and_once_it_runs_what_is_for_the_closing_folded(client):
    talk = opened(state="running")
    talk.noor.language = "en"
    talk.noor.save()
    said_yes(drawn_up(talk), talk.sam, talk.noor)
    client.force_login(talk.noor)
    page = client.get(reverse("sessions:detail", args=[talk.pk])).content.decode()
    assert "Before you close: 1 thing left" in page and "Before you can begin" not in page


def test_who_closes_with_two_reads_it_before(client):
    talk = opened(sponsor=False, state="running")
    talk.sam.language = "en"
    talk.sam.save()
    drawn_up(talk)
    client.force_login(talk.sam)
    page = client.post(reverse("trajectories:begin_closing", args=[talk.pk])).content.decode()
    assert "Goal 1 waits for Noor, Sam." in page or "Goal 1 waits for Sam, Noor." in page
    assert "Invite one, or choose" not in page
