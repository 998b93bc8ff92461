"""Is every change of party told to the client, on the thread, and agreed anew? (R2, R4)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of
from coaching.models import Letter
from tests.trajectories.parties_story import handed_over, labels, newest, told
from tests.trajectories.requests_story import fresh, person
from trajectories.agreement_text import GETS
from trajectories.doors import SPONSOR
from trajectories.models import Agreement, HandOver, State

pytestmark = pytest.mark.django_db


class TestAgreedAnew:
    def test_a_sponsor_who_joins_makes_it_an_agreement_between_three(self, house, running, client):
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        version = newest(running)
        assert version.number == 2 and not version.assents.exists() and version.in_force_at is None
        assert fresh(running).state == State.RUNNING and running.agreements.in_force().get().number == 1
        client.force_login(house.els)
        page = client.get(reverse("trajectories:agreement", args=[running.pk])).context["page"]
        assert GETS in {section.key for section in page.waiting.sections} and page.may_agree
        for who in (house.noor, house.sam, house.els):
            fresh_version = Agreement.objects.get(pk=version.pk)
            fresh_version.agree(by=who, at=house.tick())
        assert running.agreements.in_force().latest_first().first().number == 2

    def test_another_sponsor_too_and_the_one_then_stays_under_the_first(self, house, running):
        otto = person("Otto Dam", unit=house.works)
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        for who in (house.noor, house.sam, house.els):
            newest(running).agree(by=who, at=house.tick())
        fresh(running).name_sponsor(otto, by=house.sam, at=house.tick())
        assert newest(running).number == 3
        assert [one.seat.person for one in running.agreements.in_force().latest_first()[0].assents.filter(seat__part=SPONSOR)] == [
            house.els
        ]

    @pytest.mark.parametrize("last", ["sam", "bram"])
    def test_another_coach_too_and_nobodys_yes_goes_along(self, house, running, last):
        handed_over(house, running, last=getattr(house, last))
        version = newest(running)
        assert version.number == 2 and not version.assents.exists()
        assert {seat.person for seat in version.waits_for()} == {house.sam, house.bram}

    def test_also_while_a_sponsor_waits_for_the_clients_word(self, house, running):
        running.name_sponsor(house.els, by=house.wim, at=house.tick())
        assert handed_over(house, fresh(running)).coach.person == house.bram and newest(running).number == 2

    def test_nothing_to_agree_anew_where_nothing_was_put_forward(self, house, intake):
        intake.name_sponsor(house.els, by=house.sam, at=house.tick())
        assert newest(intake) is None

    def test_it_waits_on_the_homes_of_all_three(self, house, running, client):
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        for who, home in ((house.sam, "sessions:now"), (house.noor, "sessions:today"), (house.els, "trajectories:commissioned")):
            client.force_login(who)
            assert reverse("trajectories:agreement", args=[running.pk]) in client.get(reverse(home)).content.decode(), who


class TestTold:
    def test_a_hand_over_proposed_and_taken(self, house, running):
        told(house.sam), told(house.noor)
        hand_over = HandOver.propose(running, house.bram, by=house.wim, at=house.tick())
        assert told(house.sam) == ["hand_over_client"] and told(house.bram)[-1] == "hand_over_coach"
        assert told(house.noor) == ["hand_over_coach"]
        hand_over.say_yes(by=house.bram, at=house.tick())
        HandOver.objects.get(pk=hand_over.pk).say_yes(by=house.sam, at=house.tick())
        assert "party_changed" in told(house.sam) and told(house.noor) == ["party_changed"]
        assert set(told(house.bram)) == {"party_changed", "agreement_changed"}

    @pytest.mark.parametrize(("who", "other"), [("bram", "sam"), ("sam", "bram")])
    def test_a_hand_over_refused_is_told_to_the_other_and_the_desk(self, house, running, who, other):
        hand_over = HandOver.propose(running, house.bram, by=house.wim, at=house.tick())
        for one in (house.sam, house.bram, house.wim):
            told(one)
        hand_over.say_no(by=getattr(house, who), at=house.tick())
        assert told(getattr(house, other)) == ["party_changed"] and told(getattr(house, who)) == []
        assert told(house.wim) == ["desk_decides"]

    def test_a_sponsor_proposed_named_and_replaced(self, house, running):
        otto = person("Otto Dam", unit=house.works)
        told(house.sam)
        running.name_sponsor(house.els, by=house.wim, at=house.tick())
        assert told(house.sam) == ["sponsor_changed"]
        fresh(running).confirm_sponsor(by=house.sam, at=house.tick())
        assert told(house.sam) == ["party_changed"] and set(told(house.els)) == {"party_changed", "agreement_changed"}
        fresh(running).name_sponsor(otto, by=house.sam, at=house.tick())
        assert told(house.sam) == ["party_changed"] and told(house.els) == ["party_changed"]
        assert Letter.objects.filter(person=house.noor, kind="party_changed").count() == 2

    def test_rest_and_going_on(self, house, running):
        told(house.sam)
        running.hold(by=house.noor, at=house.tick(), look_again_on=day_of(house.at) + timedelta(days=9))
        fresh(running).resume(by=house.noor, at=house.tick())
        assert told(house.sam) == ["on_hold", "on_hold"]

    def test_no_letter_names_anybody(self, house, running):
        running.name_sponsor(house.els, by=house.wim, at=house.tick())
        HandOver.propose(fresh(running), house.bram, by=house.wim, at=house.tick())
        for letter in Letter.objects.all():
            assert not any(name in letter.url for name in ("Els", "Bram", "Noor", "Sam"))


class TestThread:
    def test_coach_and_client_see_who_came_and_when_it_rested(self, house, running):
        running.hold(by=house.noor, at=house.tick(), look_again_on=day_of(house.at) + timedelta(days=9))
        fresh(running).resume(by=house.noor, at=house.tick())
        fresh(running).name_sponsor(house.els, by=house.sam, at=house.tick())
        handed_over(house, fresh(running))
        HandOver.propose(fresh(running), house.pia, by=house.wim, at=house.tick())
        expected = ["Paused", "Went on", "Els became sponsor", "Bram took over", "Pia proposed"]
        for part in ("client", "coach"):
            assert [label for label in labels(running, part) if label in expected] == expected
        HandOver.objects.open().get().say_no(by=house.sam, at=house.tick())
        assert "No change of coach" in labels(running, "client")

    def test_the_sponsor_sees_only_that_it_rests_now(self, house, running):
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        before = labels(running, "sponsor")
        handed_over(house, fresh(running))
        assert labels(running, "sponsor") == before
        fresh(running).hold(by=house.sam, at=house.tick(), look_again_on=day_of(house.at) + timedelta(days=9))
        assert [label for label in labels(running, "sponsor") if label not in before] == ["Paused"]
        fresh(running).resume(by=house.sam, at=house.tick())
        assert labels(running, "sponsor") == before

    def test_whoever_was_there_from_the_beginning_is_no_change(self, house):
        trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
        assert not [label for label in labels(trajectory, "client") if "Els" in label or "Noor" in label]
