"""What waits on the coordinator's desk, in what order, for whom, and how is it found again? (domain.md, "Who sees what": O)"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.models import Person
from sessions.hours import fill, totals
from sessions.models import CoachingSession, Flight
from tests.trajectories.requests_story import fresh, person, queries_of
from trajectories import desk, pool
from trajectories.models import State, TooClose, Trajectory
from trajectories.models.distance import distances
from trajectories.models.room import pool_for
from trajectories.sources import minutes_flown

pytestmark = pytest.mark.django_db


@pytest.fixture
def see(client, house):
    def seeing(name, query="", who=None):
        client.force_login(who or house.wim)
        return client.get(reverse(f"trajectories:{name}") + query).content.decode()

    return seeing


def another(house, name):
    house.sam = person(name, unit=house.care, manager=house.els)
    return house.sam


def queue(house, turn="", at=None):
    rows = desk.narrowed(Trajectory.objects.coordinated_by(house.wim).with_proposals(), turn, at=at or house.at)
    return [row.client.first_name for row in rows.queued()]


def test_whose_turn_it_is(house):
    """One to be proposed to, one that thinks it over, one that chooses, one that wants to talk first, one that nobody took up."""
    house.asked()
    another(house, "Tim Oosterhof")
    house.asked_by_els()
    another(house, "Lot Jansen")
    house.proposed()
    talks = another(house, "Ilse Verbeek")
    house.asked_by_els().talk_first(by=talks, at=house.tick())
    left = another(house, "Gijs van Dam")
    house.proposed()[1].pass_by(by=left, at=house.tick())
    assert queue(house, "desk") == ["Sam", "Ilse", "Gijs"] and queue(house, "others") == ["Tim", "Lot"]
    assert queue(house, "left") == ["Gijs"] and queue(house) == queue(house, "nonsense") == ["Sam", "Ilse", "Gijs", "Tim", "Lot"]
    numbers = Trajectory.objects.coordinated_by(house.wim).queue_numbers(house.at)
    assert {"requested": 5, "desk": 3, "left": 1, "far": 0}.items() <= numbers.items()


def test_after_a_week_without_a_proposal_nobody_took_it_up(house):
    asked = house.asked()
    assert queue(house, "left", at=asked.accepted_at + timedelta(days=6)) == []
    assert queue(house, "left", at=asked.accepted_at + timedelta(days=7)) == ["Sam"]


def test_what_is_a_request_no_more_is_not_in_the_queue(house):
    house.in_state(State.RUNNING)
    assert queue(house) == [] and [row.client.first_name for row in Trajectory.objects.coordinated_by(house.wim).on_their_way()] == ["Sam"]


def test_the_page_says_so_and_keeps_what_it_is_narrowed_to_in_the_address(house, see):
    talks = another(house, "Ilse Verbeek")
    house.asked_by_els().talk_first(by=talks, at=house.tick())
    left = another(house, "Gijs van Dam")
    house.proposed()[1].pass_by(by=left, at=house.tick())
    said = see("requests")
    assert "Ilse Verbeek is still thinking it over" in said and "Ilse wants to talk with you first" in said
    assert "1 proposal came to nothing." in said
    said = see("requests", "?turn=left")
    assert "Gijs van Dam" in said and "Ilse Verbeek" not in said
    assert "Ilse Verbeek" in see("requests", "?q=verbeek") and "Gijs" not in see("requests", "?q=verbeek").split("home-split")[0]
    assert "No request of this kind." in see("requests", "?turn=others&q=niemand")


def test_pages_of_a_narrowed_list_stay_narrowed(house, see):
    for number in range(26):
        another(house, f"Klant {number:02}")
        house.asked()
    said = see("requests", "?turn=desk")
    assert re.search(r'rel="next" href="\?turn=desk&amp;page=2"', said) and said.count('class="agenda__item') == 25
    assert 'rel="prev" href="?turn=desk&amp;page=1"' in see("requests", "?turn=desk&page=2")
    for odd in ("?page=99", "?page=x", "?turn=%00", "?q=%00"):
        assert "Klant" in see("requests", odd)
    assert 'rel="next" href="?q=klant&amp;state=open&amp;page=2"' in see("running", "?q=klant&state=open")


def test_what_came_too_close_stands_there_with_why_and_what_the_client_chose(house, see):
    trajectory = house.in_state(State.RUNNING)
    house.noor.unit = house.care
    house.noor.save()
    distances(house.tick())
    said = see("requests")
    assert "Noor Bakker and Sam Verhagen" in said and "too close to coach" in said and "Nothing stops by itself" in said
    TooClose.objects.get().go_on(by=house.sam, at=house.tick())
    assert "to go on." in see("requests")
    fresh(trajectory).stop(by=house.sam, at=house.tick(), reason="no_time")
    assert "Noor Bakker and Sam Verhagen" not in see("requests")


def test_a_coordinator_who_is_a_party_does_not_read_it_on_the_desk(house, see):
    house.sam = house.kim
    house.intake(house.bram)
    house.bram.unit = house.kim.unit
    house.bram.save()
    distances(house.tick())
    assert "too close to coach" in see("requests") and "too close to coach" not in see("requests", who=house.kim)


# coaches


def held(trajectory, minutes, days):
    at = now() - timedelta(days=days)
    key = CoachingSession.objects.create(trajectory=trajectory, worded_at=at, starts_at=at, minutes=minutes).pk
    session = CoachingSession.objects.get(pk=key)
    session.hold_it(by=trajectory.parts.get(part="coach", until_at=None).person, at=at)
    return session


def test_the_hours_on_the_desk_are_the_coachs_own_total(house, see):
    trajectory = house.in_state(State.RUNNING)
    first = trajectory.parts.get(part="coach")
    held(trajectory, 50, 4), held(trajectory, 75, 3)
    CoachingSession.objects.create(trajectory=trajectory, worded_at=now(), starts_at=now(), minutes=60)  # planned only
    first.leave(at=now() - timedelta(days=2))
    trajectory.parts.create(person=house.bram, part="coach", from_at=now() - timedelta(days=2), confirmed_at=now() - timedelta(days=2))
    held(trajectory, 60, 1)
    flown = minutes_flown([house.noor.pk, house.bram.pk, house.pia.pk])
    assert flown == {house.noor.pk: 125, house.bram.pk: 60, house.pia.pk: 0}
    for coach in (house.noor, house.bram):
        assert totals(Flight.objects.readable_by(coach)).minutes == flown[coach.pk]
    said = see("coaches")
    assert "2:05" in said and "1:00" in said and "0:00" in said


def test_who_comes_back_counts_each_session_once(house):
    trajectory = house.in_state(State.RUNNING)
    session = held(trajectory, 60, 4)
    middle = session.starts_at + timedelta(minutes=5)
    trajectory.parts.get(part="coach").leave(at=middle)
    trajectory.parts.create(person=house.noor, part="coach", from_at=middle, confirmed_at=middle)
    CoachingSession.objects.update(held_at=middle)
    Flight.objects.all().delete()
    assert fill() == 1 and fill() == 0
    assert minutes_flown([house.noor.pk]) == {house.noor.pk: 60}


def test_coaches_are_found_by_what_they_say_of_themselves(house, see):
    for coach, facts in ((house.noor, {"themes": ["Grenzen"], "languages": ["Turks"], "place": "Zuid"}), (house.bram, {"room_for": 0})):
        type(coach.coach_profile).objects.filter(person=coach).update(**facts)
    assert "Noor Bakker" in see("coaches", "?q=turks") and "Bram" not in see("coaches", "?q=turks")
    assert "Noor Bakker" in see("coaches", "?q=zuid+staf") and "No coach in the pool answers" in see("coaches", "?q=zuid+techniek")
    assert "Pia de Ruiter" not in see("coaches", "?theme=Grenzen").split("<table")[1]
    assert "Bram" in see("coaches") and "Bram" not in see("coaches", "?room=1")


def test_room_follows_the_days_of_the_profile(house):
    profile = house.noor.coach_profile
    profile.paused_from, profile.paused_until = today() + timedelta(days=3), today() + timedelta(days=5)
    profile.save()
    coaches = list(pool_for(house.wim))
    for days, free in ((0, 4), (3, 0), (5, 0), (6, 4)):
        on = today() + timedelta(days=days)
        assert next(place.free for place in (pool.Place.of(coach, on=on) for coach in coaches) if place.person == house.noor) == free
    shown = pool.with_room(coaches, most=2, on=today())
    assert [place.free for place in shown["with_room"]] == [4, 4] and shown["more_room"] == 2 and shown["without_room"] == 0


def test_the_desk_takes_twelve_queries_with_everything_on_it(house, client):
    house.bram.coach_profile.room_for, counts = 20, []
    house.bram.coach_profile.save()
    for more in (1, 9):
        for number in range(more):
            another(house, f"Klant {more} {number}")
            house.intake(house.bram)
            another(house, f"Vrager {more} {number}")
            house.proposed()
        Person.objects.filter(pk=house.bram.pk).update(unit=house.care)
        distances(house.tick())
        Person.objects.filter(pk=house.bram.pk).update(unit=house.works)
        counts.append([queries_of(client, house.wim, reverse("trajectories:requests") + query) for query in ("", "?turn=desk&q=vrager")])
    assert counts[0] == counts[1] and max(counts[1]) <= 12, counts
