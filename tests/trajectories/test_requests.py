"""Can everyone ask, answer and choose, and does nobody read a word of it before it is theirs?"""

import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.models import Draft, Letter
from coaching.refusals import Refused
from coaching.traces import look
from tests.trajectories.requests_story import House, fresh, person, queries_of
from trajectories.models import ForCoordinator, Proposal, Request, State, Trajectory, Wish
from trajectories.models.requests import ask, propose, propose_all, tell

pytestmark = pytest.mark.django_db
WORDS = "Ik durf geen nee te zeggen."


@pytest.fixture
def house():
    with override("en"):
        yield House()


@pytest.fixture
def go(client):
    """Ask for a page of these tests, or post to it, as somebody."""

    def going(who, name, *args, send=None, query="", **facts):
        client.force_login(who)
        address = reverse(f"trajectories:{name}", args=args) + query
        return client.get(address, **facts) if send is None else client.post(address, send, **facts)

    return going


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
    with pytest.raises(Refused) as told:
        house.asked_by_els()
    assert "trajectory" not in str(told.value)  # Els is no party: that there is one is not hers to know


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


# the pages


def test_asking_on_the_page_with_a_draft_in_between(house, go):
    page = go(house.sam, "ask")
    assert page.status_code == 200 and "Een nieuwe rol" in page.content.decode()
    key = str(uuid.uuid4())
    typed = {"about": WORDS, "themes": "Een nieuwe rol", "days": "tue", "with_sponsor": "without", "key": key, "turn": "1"}
    kept = go(house.sam, "ask", send=typed, headers={"X-Keep": "1"})
    assert kept.status_code == 200 and Draft.objects.get().author == house.sam
    assert WORDS in go(house.sam, "ask").content.decode() and WORDS not in go(house.iris, "ask").content.decode()
    answer = go(house.sam, "ask", send=typed | {"turn": "2"})
    trajectory = Trajectory.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("trajectories:request", args=[trajectory.pk])
    assert go(house.sam, "ask", send=typed)["Location"] == answer["Location"] and Trajectory.objects.count() == 1
    wish = look(Wish.objects.readable_by(house.wim), by=house.wim, at=house.tick())[0]
    assert wish.words.startswith("Een nieuwe rol\n")
    again = go(house.sam, "ask", send={"about": "Nog eens", "with_sponsor": "without"})
    assert again.status_code == 422 and "Nog eens" in again.content.decode()


def test_what_misses_comes_back_with_what_was_typed(house, go):
    answer = go(house.sam, "ask", send={"wishes": "Iemand van buiten", "with_sponsor": "invite", "sponsor_find": "els"})
    assert answer.status_code == 422 and "Iemand van buiten" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"about", "sponsor"}


@pytest.mark.parametrize("key", ["x", str(uuid.uuid4()), "\x00", "' OR 1=1"])
def test_a_person_that_cannot_be_chosen_is_a_form_error(house, go, key):
    answer = go(house.els, "ask", query="?for=other", send={"client": key, "client_find": "sam", "about": "x"})
    assert answer.status_code == 422 and "client" in answer.context["form"].errors


def test_searching_by_name_needs_no_script_and_lists_only_a_few(house, go):
    for number in range(30):
        person(f"Sam Nummer{number}", unit=house.works)
    person("Sam Weg", is_active=False)
    answer = go(house.els, "ask", query="?for=other", send={"find": "client", "client_find": "sam", "about": "Voor Sam"})
    said = answer.content.decode()
    assert answer.status_code == 200 and "Voor Sam" in said and said.count('name="client"') == 8 and "Sam Weg" not in said
    said = go(house.els, "ask", query="?for=other", send={"find": "client", "client_find": "verhagen sam"}).content.decode()
    assert "Sam Verhagen" in said and "Verpleegkundige" in said
    said = go(house.els, "ask", query="?for=other", send={"find": "client", "client_find": "els vermeer"}).content.decode()
    assert said.count('name="client"') == 0  # not oneself


def test_a_sponsor_asks_on_the_page_and_sees_who_it_waits_for(house, go):
    go(house.els, "ask", query="?for=other", send={"client": str(house.sam.pk), "about": "Iemand om mee te sparren"})
    trajectory = Trajectory.objects.get()
    said = go(house.els, "request", trajectory.pk).content.decode()
    assert "Iemand om mee te sparren" in said and "Waits for the answer of Sam" in said
    go(house.sam, "accept", trajectory.pk, send={})
    assert fresh(trajectory).accepted_at
    page = go(house.sam, "request_edit", trajectory.pk)
    assert "Iemand om mee te sparren" not in page.content.decode()
    go(house.sam, "request_edit", trajectory.pk, send={"about": "Mijn vraag", "wishes": "Buiten de afdeling"})
    said = go(house.els, "request", trajectory.pk).content.decode()
    assert "Mijn vraag" not in said and "Buiten de afdeling" not in said


@pytest.mark.parametrize(("typed", "read"), [("Sam kiest iets anders.", "Sam kiest iets anders."), ("", "Sam does not begin")])
def test_a_no_on_the_page_is_read_once(house, go, typed, read):
    trajectory = house.asked_by_els()
    house.sam.language = house.els.language = "en"
    house.sam.save()
    house.els.save()
    go(house.sam, "decline", trajectory.pk, send={"sentence": typed})
    assert read in go(house.els, "request", trajectory.pk).content.decode()
    go(house.els, "read_decline", trajectory.pk, send={})
    assert go(house.els, "request", trajectory.pk).status_code == 404


def test_from_proposal_to_intake_on_the_pages(house, go):
    trajectory, proposal = house.proposed()
    said = go(house.sam, "request", trajectory.pk).content.decode()
    assert "Ik vraag door." in said and "Gebouw Noord" in said
    assert go(house.noor, "request", trajectory.pk).status_code == 404
    go(house.sam, "choose", trajectory.pk, send={"proposal": str(proposal.pk)})
    said = go(house.noor, "request", trajectory.pk).content.decode()
    assert "Sam Verhagen" in said and WORDS not in said
    go(house.noor, "take_seat", trajectory.pk, send={})
    assert WORDS in go(house.noor, "request", trajectory.pk).content.decode()
    answer = go(house.noor, "no_match", trajectory.pk, send={})
    assert answer["Location"] == "/" and go(house.noor, "request", trajectory.pk).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"proposal": "x"}, {"proposal": str(uuid.uuid4())}])
def test_a_choice_that_is_none_changes_nothing(house, go, sent):
    trajectory, proposal = house.proposed()
    assert go(house.sam, "choose", trajectory.pk, send=sent).status_code == 302
    assert Proposal.objects.get(pk=proposal.pk).chosen_at is None


def test_a_chosen_coach_says_that_they_cannot(house, go):
    trajectory = house.chosen()
    proposal = trajectory.proposals.get()
    assert go(house.wim, "pass_by", proposal.pk, send={}).status_code == 404
    assert go(house.noor, "pass_by", proposal.pk, send={})["Location"] == "/"
    assert not trajectory.proposals.current().exists()


def test_the_client_hears_that_the_sponsor_is_the_coachs_own_manager(house, go):
    house.noor.manager = house.els
    house.noor.save()
    trajectory, _proposal = house.proposed(trajectory=house.asked(sponsor=house.els))
    assert trajectory.proposals.exists() and "is also Noor’s manager" in _in_english(house, go, trajectory)


def _in_english(house, go, trajectory):
    house.sam.language = "en"
    house.sam.save()
    return go(house.sam, "request", trajectory.pk).content.decode()


@pytest.mark.parametrize("name", ["accept", "decline", "withdraw", "choose", "take_seat", "no_match", "read_decline"])
def test_a_stranger_finds_nothing_and_reading_does_nothing(house, go, name):
    trajectory = house.chosen()
    assert go(house.iris, name, trajectory.pk, send={}).status_code == 404
    assert go(house.sam, name, trajectory.pk).status_code == 405


@pytest.mark.parametrize("who", ["sam", "els"])
def test_the_page_of_a_request_takes_twelve_queries_at_most(house, client, who):
    trajectory = house.asked_by_els()
    if who == "sam":
        trajectory.accept(by=house.sam, at=house.tick())
        propose_all(fresh(trajectory), [house.noor, house.bram, house.pia], by=house.wim, at=house.tick())
    assert queries_of(client, getattr(house, who), reverse("trajectories:request", args=[trajectory.pk])) <= 12
    assert queries_of(client, getattr(house, who), reverse("trajectories:ask")) <= 12
