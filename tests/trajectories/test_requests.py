"""Can everyone ask, answer and choose, and does nobody read a word of it before it is theirs?"""

import pytest

from coaching.models import Letter
from coaching.refusals import Refused
from coaching.traces import look
from tests.trajectories.requests_story import fresh, person
from trajectories.models import ForCoordinator, Proposal, Request, State, Trajectory, Wish
from trajectories.models.requests import ask, propose, propose_all, tell

pytestmark = pytest.mark.django_db
WORDS = "Ik durf geen nee te zeggen."


# asking


def test_an_employee_asks_for_themselves_and_need_not_accept(house):
    trajectory = house.asked()
    assert trajectory.accepted_at and trajectory.referral == "client" and trajectory.state == State.REQUESTED
    assert {letter.person for letter in Letter.objects.filter(kind="new_request")} == {house.wim, house.kim}
    assert Letter.objects.get(kind="request_received").person == house.sam


def test_a_sponsor_asks_for_an_employee_who_answers_first(house):
    trajectory = house.asked_by_els()
    assert not trajectory.accepted_at and trajectory.referral == "sponsor" and not trajectory.sponsor
    assert Letter.objects.get(kind="please_accept").person == house.sam and not Letter.objects.filter(kind="new_request").exists()


def test_a_coordinator_asks_for_another_with_or_without_a_sponsor(house):
    trajectory = house.asked(by=house.wim, sponsor=house.els)
    assert trajectory.referral == "client" and trajectory.unconfirmed_sponsor.person == house.els
    with pytest.raises(Refused):
        ask(client=house.iris, by=house.wim, sponsor=house.wim, at=house.tick(), about="x")


def test_the_client_can_talk_first_and_only_the_desk_hears_it(house):
    trajectory = house.asked_by_els()
    trajectory.talk_first(by=house.sam, at=house.tick())
    assert {letter.person for letter in Letter.objects.filter(kind="new_request")} == {house.wim, house.kim}
    assert not Letter.objects.filter(person=house.els).exists() and fresh(trajectory).state == State.REQUESTED
    with pytest.raises(Refused, match="know that"):
        trajectory.talk_first(by=house.sam, at=house.tick())
    trajectory.accept(by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="accepted"):
        trajectory.talk_first(by=house.sam, at=house.tick())


@pytest.mark.parametrize("sponsor", [None, "els"])
def test_nobody_else_asks_for_another(house, sponsor):
    with pytest.raises(Refused):
        house.asked(by=house.iris, sponsor=sponsor and house.els)


def test_the_client_is_not_the_sponsor(house):
    with pytest.raises(Refused):
        house.asked(sponsor=house.sam)


@pytest.mark.parametrize("state", [State.REQUESTED, State.INTAKE, State.RUNNING, State.ON_HOLD, State.CLOSING])
def test_no_two_open_trajectories_of_one_client(house, state):
    house.in_state(state)
    with pytest.raises(Refused, match="already"):
        house.asked()
    asked = house.asked_by_els()  # Els is no party: that there is one is not hers to know, so what she asks waits
    with pytest.raises(Refused, match="already"):
        asked.accept(by=house.sam, at=house.tick())


@pytest.mark.parametrize("state", [State.DECLINED, State.STOPPED, State.CLOSED])
def test_after_an_end_one_may_ask_again(house, state):
    house.in_state(state)
    assert house.asked().state == State.REQUESTED


# who reads what


def test_who_reads_what_of_a_request(house):
    house.asked(sponsor=house.els)
    kinds = {"about": Request, "wish": Wish, "note": ForCoordinator}
    people = {name: getattr(house, name) for name in ("sam", "els", "wim", "kim", "noor", "iris")}
    reads = {name: {kind for kind, rows in kinds.items() if rows.objects.readable_by(who).exists()} for name, who in people.items()}
    assert reads.pop("sam") == {"about", "wish", "note"}
    assert reads.pop("wim") == reads.pop("kim") == {"wish", "note"}
    assert set().union(*reads.values()) == set()


def test_a_sponsor_reads_what_they_wrote_and_only_that(house):
    trajectory = house.asked_by_els()
    trajectory.accept(by=house.sam, at=house.tick())
    tell(fresh(trajectory), by=house.sam, at=house.tick(), about="Mijn eigen vraag", wishes="Iemand van buiten")
    for _once in range(2):
        words = look(Request.objects.readable_by(house.els), by=house.els, at=house.tick())
        assert [row.about for row in words] == [WORDS]
    words = look(Request.objects.readable_by(house.sam).earliest_first(), by=house.sam, at=house.tick())
    assert [row.about for row in words] == [WORDS, "Mijn eigen vraag"]


def test_a_coach_reads_what_it_is_about_from_the_seat_on(house):
    trajectory = house.chosen()
    assert not Request.objects.readable_by(house.noor).exists()
    trajectory.take_seat(by=house.noor, at=house.tick())
    assert Request.objects.readable_by(house.noor).exists()
    assert not Wish.objects.readable_by(house.noor).exists() and not ForCoordinator.objects.readable_by(house.noor).exists()


def test_the_next_coach_reads_the_request_but_nothing_of_the_first_intake(house):
    from trajectories.models import Question  # noqa: PLC0415  only here

    trajectory = house.intake()
    Question.word(trajectory, by=house.sam, at=house.tick(), words="Gezegd tegen Noor")
    trajectory.no_match(by=house.sam, at=house.tick())
    house.intake(house.bram, fresh(trajectory))
    assert Request.objects.readable_by(house.bram).exists() and not Question.objects.readable_by(house.bram).exists()
    seat = fresh(trajectory).seat_of(house.bram)
    assert Request.objects.open_to(seat).exists() and not Question.objects.open_to(seat).exists()
    assert not Request.objects.readable_by(house.noor).exists()


def test_own_words_take_the_place_of_earlier_ones(house):
    trajectory = house.asked()
    tell(trajectory, by=house.sam, at=house.tick(), about="Anders gezegd")
    words = look(Request.objects.readable_by(house.sam), by=house.sam, at=house.tick())
    assert [row.about for row in words] == ["Anders gezegd"] and not Wish.objects.readable_by(house.sam).exists()
    for who in (house.els, house.wim):
        with pytest.raises(Refused):
            tell(trajectory, by=who, at=house.tick(), about="x")
    intake = house.intake(trajectory=fresh(trajectory))
    with pytest.raises(Refused):
        tell(intake, by=house.sam, at=house.tick(), about="Te laat")


# proposing, choosing, meeting


def test_proposing_is_for_a_coordinator_who_is_no_party_and_waits_for_the_clients_yes(house):
    trajectory = house.asked_by_els()
    with pytest.raises(Refused, match="accepted"):
        propose(trajectory, house.noor, by=house.wim, at=house.tick())
    trajectory.accept(by=house.sam, at=house.tick())
    for who in (house.iris, house.sam, house.noor):
        with pytest.raises(Refused):
            propose(trajectory, house.noor, by=who, at=house.tick())


@pytest.mark.parametrize("coach", ["close", "wim", "sam", "els", "iris"])
def test_who_cannot_be_proposed(house, coach):
    with pytest.raises(Refused):
        propose(house.asked(sponsor=house.els), getattr(house, coach), by=house.wim, at=house.tick())


def test_three_at_the_most_and_all_or_none(house):
    trajectory = house.asked()
    more = [person(f"Coach {number}", unit=house.works, pool=2) for number in range(4)]
    with pytest.raises(Refused, match="Three"):
        propose_all(trajectory, more, by=house.wim, at=house.tick())
    assert not Proposal.objects.current().exists()
    propose_all(trajectory, more[:3], by=house.wim, at=house.tick())
    assert Letter.objects.filter(kind="matched_client").count() == 1
    with pytest.raises(Refused, match="already"):
        propose(trajectory, more[0], by=house.wim, at=house.tick())


def test_a_full_or_pausing_coach_is_refused(house):
    profile = house.noor.coach_profile
    profile.room_for = 0
    profile.save()
    with pytest.raises(Refused, match="no room"):
        propose(house.asked(), house.noor, by=house.wim, at=house.tick())


def test_only_the_client_chooses_and_only_one(house):
    trajectory, proposal = house.proposed()
    _same, other = house.proposed(house.bram, trajectory)
    for who in (house.noor, house.wim, house.iris):
        with pytest.raises(Refused):
            proposal.choose(by=who, at=house.tick())
    proposal.choose(by=house.sam, at=house.tick())
    assert Letter.objects.get(kind="matched_coach").person == house.noor
    with pytest.raises(Refused):
        other.choose(by=house.sam, at=house.tick())


def test_a_coach_who_was_not_chosen_never_hears_of_it(house):
    trajectory, _proposal = house.proposed()
    assert not Trajectory.objects.knowable_by(house.noor).exists() and not Proposal.objects.readable_by(house.noor).exists()
    with pytest.raises(Refused):
        trajectory.take_seat(by=house.noor, at=house.tick())


def test_passing_by_and_not_being_able_to(house):
    trajectory, proposal = house.proposed()
    for who in (house.noor, house.wim, house.iris):
        with pytest.raises(Refused):
            proposal.pass_by(by=who, at=house.tick())
    proposal.choose(by=house.sam, at=house.tick())
    proposal.pass_by(by=house.noor, at=house.tick())
    assert not trajectory.proposals.current().exists() and not Trajectory.objects.knowable_by(house.noor).exists()
    assert Letter.objects.filter(kind="party_changed", person=house.sam).exists()
    with pytest.raises(Refused):
        proposal.pass_by(by=house.sam, at=house.tick())


def test_distance_is_looked_at_when_the_seat_is_taken(house):
    trajectory = house.chosen()
    house.noor.manager = house.sam
    house.noor.save()
    with pytest.raises(Refused, match="manages"):
        trajectory.take_seat(by=house.noor, at=house.tick())


def test_no_match_ends_the_seat_and_the_search_goes_on(house):
    trajectory = house.intake()
    with pytest.raises(Refused):
        trajectory.no_match(by=house.els, at=house.tick())
    trajectory.no_match(by=house.noor, at=house.tick())
    assert fresh(trajectory).state == State.REQUESTED and not Trajectory.objects.visible_to(house.noor).exists()
    assert house.intake(house.bram, fresh(trajectory)).coach.person == house.bram
