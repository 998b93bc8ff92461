"""What follows when somebody who sits somewhere leaves, and what waits for a decision of the desk? (domain.md, "hand-over")"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching import staff
from coaching.clock import day_of
from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.parties_story import handed_over, told
from tests.trajectories.requests_story import fresh, person, queries_of
from trajectories.models import AnotherCoach, HandOver, Proposal, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(house):
    return person("Ada Brink", administers=True)


def leaves(who, ada, at):
    staff.deactivate(who, by=ada, at=at)


class TestLeaving:
    def test_an_empty_coach_seat_puts_it_on_hold_and_tells_client_sponsor_and_desk(self, house, running, ada, client):
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        for one in (house.sam, house.els, house.wim):
            told(one)
        leaves(house.noor, ada, house.tick())
        row = fresh(running)
        assert row.state == State.ON_HOLD and row.look_again_on is None and row.vacancy and row.holds.get().until_at is None
        assert told(house.sam) == ["party_changed"] and told(house.els) == ["party_changed"] and told(house.wim) == ["desk_decides"]
        with pytest.raises(Refused, match="seat is empty"):
            row.resume(by=house.sam, at=house.tick())
        client.force_login(house.sam)
        assert "Noor Bakker has left" in client.get(reverse("sessions:now")).content.decode()

    def test_the_next_coach_takes_over_and_then_it_can_go_on(self, house, running, ada, client):
        leaves(house.noor, ada, house.tick())
        row = handed_over(house, fresh(running))
        assert row.state == State.ON_HOLD and not row.vacancy
        client.force_login(house.sam)
        assert "Every seat is taken again" in client.get(reverse("sessions:now")).content.decode()
        row.resume(by=house.bram, at=house.tick())
        assert fresh(running).state == State.RUNNING

    def test_a_client_who_leaves(self, house, running, ada):
        told(house.noor), told(house.wim)
        leaves(house.sam, ada, house.tick())
        assert fresh(running).state == State.ON_HOLD and told(house.noor) == ["on_hold"] and told(house.wim) == ["desk_decides"]
        fresh(running).stop(by=house.wim, at=house.tick(), reason="other_job")
        assert fresh(running).state == State.STOPPED

    def test_the_sponsor_stays_until_replaced_and_the_client_is_told(self, house, running, ada, client):
        running.name_sponsor(house.els, by=house.sam, at=house.tick())
        told(house.sam)
        leaves(house.els, ada, house.tick())
        row = fresh(running)
        assert row.state == State.RUNNING and row.sponsor.person == house.els
        [letter] = Letter.objects.filter(person=house.sam)
        assert letter.kind == "party_changed" and letter.url == reverse("trajectories:sponsor_name", args=[running.pk])
        client.force_login(house.sam)
        assert "Els Vermeer has left" in client.get(reverse("sessions:now")).content.decode()
        row.name_sponsor(person("Otto Dam", unit=house.works), by=house.sam, at=house.tick())
        assert "has left" not in client.get(reverse("sessions:now")).content.decode()

    def test_who_was_only_proposed_as_sponsor_leaves_no_seat(self, house, running, ada):
        running.name_sponsor(house.els, by=house.wim, at=house.tick())
        leaves(house.els, ada, house.tick())
        assert fresh(running).unconfirmed_sponsor is None and fresh(running).state == State.RUNNING

    def test_who_was_asked_to_take_over_or_proposed_is_asked_no_longer(self, house, running, ada):
        HandOver.propose(running, house.bram, by=house.wim, at=house.tick())
        told(house.sam)
        leaves(house.bram, ada, house.tick())
        assert not HandOver.objects.open().exists() and told(house.sam) == ["party_changed"]
        house.sam = person("Klant Twee", unit=house.care)
        house.proposed(coach=house.pia)
        leaves(house.pia, ada, house.tick())
        assert not Proposal.objects.current().filter(person=house.pia).exists()

    def test_what_has_ended_stays_as_it_is(self, house, running, ada):
        running.stop(by=house.sam, at=house.tick(), reason="no_time")
        before = Letter.objects.count()
        leaves(house.noor, ada, house.tick())
        assert fresh(running).state == State.STOPPED and Letter.objects.count() == before

    def test_at_rest_already_it_stays_at_rest(self, house, running, ada):
        running.hold(by=house.sam, at=house.tick(), look_again_on=day_of(house.at) + timedelta(days=9))
        leaves(house.noor, ada, house.tick())
        assert fresh(running).holds.count() == 1

    def test_who_switches_off_learns_nothing_of_it(self, house, running, ada, client):
        client.force_login(ada)
        said = []
        for who in (house.noor, house.iris):
            answer = client.post(reverse("coaching:account_deactivate", args=[who.pk]), follow=True)
            said.append(answer.content.decode().replace(who.name, "").replace(str(who.pk), "").replace(who.email, ""))
        messages = [page[page.index("The account of") :][:200] for page in said]
        assert messages[0] == messages[1] and "looked after" in messages[0]


class TestDesk:
    place = staticmethod(lambda: reverse("trajectories:decisions"))

    def test_the_list_names_seats_that_are_empty_and_who_asked_is_not_told(self, house, running, ada, client):
        client.force_login(house.wim)
        assert "No trajectory asks for a decision" in client.get(self.place()).content.decode()
        running.ask_for_another_coach(by=house.sam, at=house.tick())
        page = client.get(self.place()).content.decode()
        assert "Asked for another coach" in page and "Sam Verhagen" in page and "A seat is empty" not in page.split("split")[1]
        assert "asks for a decision" in client.get(reverse("trajectories:requests")).content.decode()
        leaves(house.noor, ada, house.tick())
        page = client.get(self.place()).content.decode()
        assert "Noor Bakker, the coach, has left" in page

    def test_asking_is_said_once_and_can_be_taken_back(self, house, running):
        running.ask_for_another_coach(by=house.sam, at=house.tick())
        with pytest.raises(Refused, match="asked this already"):
            running.ask_for_another_coach(by=house.sam, at=house.tick())
        running.keep_this_coach(by=house.sam, at=house.tick())
        with pytest.raises(Refused, match="did not ask"):
            running.keep_this_coach(by=house.sam, at=house.tick())
        for who in (house.wim, house.iris):
            with pytest.raises(Refused):
                running.ask_for_another_coach(by=who, at=house.tick())

    def test_only_who_asked_and_the_desk_read_that_it_was_asked(self, house, running):
        running.ask_for_another_coach(by=house.sam, at=house.tick())
        readers = [
            who for who in (house.sam, house.noor, house.wim, house.els, house.iris) if AnotherCoach.objects.readable_by(who).exists()
        ]
        assert readers == [house.sam, house.wim]

    def test_with_another_coach_the_question_is_answered(self, house, running):
        running.ask_for_another_coach(by=house.sam, at=house.tick())
        handed_over(house, fresh(running))
        assert not AnotherCoach.objects.waiting().exists()

    def test_not_before_there_is_a_coach_nor_beside_a_proposal(self, house):
        with pytest.raises(Refused, match="no coach yet"):
            house.asked().ask_for_another_coach(by=house.sam, at=house.tick())

    def test_asked_on_the_page_and_taken_back_there(self, house, running, client):
        client.force_login(house.sam)
        place, detail = reverse("trajectories:another_coach", args=[running.pk]), reverse("sessions:detail", args=[running.pk])
        client.post(place)
        assert "Take that back" in client.get(detail).content.decode()
        client.force_login(house.noor)
        assert "Take that back" not in client.get(detail).content.decode()
        client.force_login(house.sam)
        client.post(place, {"undo": "1"})
        assert "Take that back" not in client.get(detail).content.decode()

    def test_a_party_or_a_stranger_finds_no_list_and_the_questions_do_not_grow(self, house, running, client):
        client.force_login(house.sam)
        assert client.get(self.place()).status_code == 404
        running.ask_for_another_coach(by=house.sam, at=house.tick())
        few = queries_of(client, house.wim, self.place())
        for number in range(3):
            house.sam = person(f"Klant {number}", unit=house.care)
            house.intake(coach=house.bram).ask_for_another_coach(by=house.bram, at=house.tick())
        assert queries_of(client, house.wim, self.place()) == few <= 12
