"""Does every row of the state table lead where domain.md says, and nowhere else?"""

from datetime import timedelta

import pytest
from django.utils.translation import override

from coaching.clock import day_of, now, today
from coaching.models import Letter, Organisation
from coaching.refusals import Refused, Stale
from coaching.traces import look
from tests.trajectories.opening import agreed, drawn_up, opened, proposed, said_yes
from tests.trajectories.parties_story import handed_over, newest, offered
from tests.trajectories.requests_story import fresh
from trajectories.models import Agreement, Ending, State, Trajectory
from trajectories.models.endings import neutral_sentences
from trajectories.models.states import OPEN, STEPS
from trajectories.reasons import REASONS, neutral

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def doing(verb, house, trajectory):
    """Run `verb` as one who may, in this state or any other."""
    at, sam, wim = house.tick(), house.sam, house.wim
    return {
        "accept": lambda: trajectory.accept(by=sam, at=at),
        "decline": lambda: trajectory.decline(by=sam, at=at, sentence="Nu niet."),
        "withdraw": lambda: trajectory.withdraw(by=sam, at=at),
        "nobody_found": lambda: trajectory.nobody_found(by=wim, at=at, sentence="Niemand."),
        "take_seat": lambda: trajectory.take_seat(by=house.noor, at=at),
        "no_match": lambda: trajectory.no_match(by=sam, at=at),
        "hold": lambda: trajectory.hold(by=sam, at=at, look_again_on=day_of(at) + WEEK),
        "resume": lambda: trajectory.resume(by=sam, at=at),
        "begin_closing": lambda: trajectory.begin_closing(by=sam, at=at, two_because="Er is geen opdrachtgever."),
        "stop": lambda: trajectory.stop(by=sam, at=at, reason="no_time"),
    }[verb]


HERE = ["accept", "decline", "withdraw", "nobody_found", "take_seat", "no_match", "hold", "resume", "begin_closing", "stop"]


@pytest.mark.parametrize(("verb", "state"), [(verb, state) for verb in HERE for state in State if state not in STEPS[verb].sources])
def test_a_verb_outside_its_states_is_refused_with_a_sentence(verb, state, house):
    trajectory = house.in_state(state)
    assert trajectory.state == state
    with pytest.raises(Refused) as refused:
        doing(verb, house, trajectory)()
    assert str(refused.value) == trajectory.refusal_for(state) and str(refused.value).endswith(".")
    assert fresh(trajectory).state == state


def test_the_table_and_the_tests_name_the_same_verbs():
    elsewhere = {"agree", "start", "go_on", "sign"}  # tests of agreement, goals, review and signing
    elsewhere |= {"ask", "talk_first", "tell", "propose", "choose", "pass_by"}  # tests of requests and matching
    elsewhere |= {"close_without_report"}
    assert set(HERE) | elsewhere == set(STEPS)


@pytest.mark.parametrize("state", State)
def test_facts_and_querysets_agree_on_the_state(state, house):
    trajectory = house.in_state(state)
    assert [one for one in State if Trajectory.objects.in_state(one).exists()] == [state]
    assert trajectory.is_open == (state in OPEN) == Trajectory.objects.open().exists()


def test_accepting_confirms_who_asked_and_tells_the_desk(house):
    trajectory = house.asked_by_els()
    assert not trajectory.sponsor and not Trajectory.objects.of(house.els).exists()
    with pytest.raises(Refused):
        trajectory.accept(by=house.els, at=house.tick())
    trajectory.accept(by=house.sam, at=house.tick())
    assert fresh(trajectory).sponsor.person == house.els and fresh(trajectory).state == State.REQUESTED
    told = Letter.objects.filter(kind="new_request")
    assert {letter.person for letter in told} == {house.wim, house.kim}
    assert all(f"/coordinatie/{trajectory.pk}/" in letter.url for letter in told)
    with pytest.raises(Refused):
        trajectory.accept(by=house.sam, at=house.tick())


def test_a_decline_is_read_once_and_then_gone(house):
    trajectory = house.asked_by_els()
    trajectory.decline(by=house.sam, at=house.tick(), sentence="Sam begint nu niet.")
    assert fresh(trajectory).state == State.DECLINED
    seen = look(Ending.objects.readable_by(house.els), by=house.els, at=house.tick())
    assert [ending.sentence for ending in seen] == ["Sam begint nu niet."]
    trajectory.read_decline(by=house.els, at=house.tick())
    assert not Ending.objects.readable_by(house.els).exists() and not Trajectory.objects.visible_to(house.els).exists()
    assert Trajectory.objects.visible_to(house.sam).exists()


def test_after_a_yes_one_withdraws_instead_and_the_sponsor_reads_that_once(house):
    trajectory = house.asked_by_els()
    trajectory.accept(by=house.sam, at=house.tick())
    with pytest.raises(Refused):
        trajectory.decline(by=house.sam, at=house.tick(), sentence="Nee.")
    trajectory.withdraw(by=house.sam, at=house.tick())
    assert Letter.objects.filter(kind="stopped", person=house.els).count() == 1
    assert Trajectory.objects.visible_to(house.els).exists()
    trajectory.read_decline(by=house.els, at=house.tick())
    assert not Trajectory.objects.visible_to(house.els).exists()


def test_who_asked_withdraws_and_it_is_gone_for_them_at_once(house):
    trajectory = house.asked_by_els()
    with pytest.raises(Refused):
        trajectory.withdraw(by=house.sam, at=house.tick())  # the client answers; who asked withdraws
    trajectory.withdraw(by=house.els, at=house.tick())
    assert not Trajectory.objects.visible_to(house.els).exists()
    assert Letter.objects.filter(kind="stopped", person=house.sam).exists()


def test_reading_ends_nothing_while_it_is_open(house):
    trajectory = house.asked_by_els()
    trajectory.read_decline(by=house.els, at=house.tick())
    assert Trajectory.objects.visible_to(house.els).exists()


def test_before_the_clients_yes_nothing_is_stopped_and_who_asked_reads_nothing(house):
    trajectory = house.asked_by_els()
    with pytest.raises(Refused, match="say no instead"):
        trajectory.stop(by=house.sam, at=house.tick(), reason="no_time", sentence="Dit is van mij.")
    assert fresh(trajectory).state == State.REQUESTED and not Ending.objects.exists()


@pytest.mark.parametrize(("fact", "shared"), [("stopped_at", False), ("stopped_at", True), ("declined_at", False)])
def test_who_asked_reads_only_the_sentence_of_a_no_and_only_once_it_is_theirs(fact, shared, house):
    trajectory = house.asked_by_els()
    at = house.tick()
    Trajectory.objects.filter(pk=trajectory.pk).update(**{fact: at})
    trajectory.endings.create(trajectory=trajectory, worded_at=at, sentence="Dit is van mij.", shared_at=at if shared else None)
    assert not Ending.objects.readable_by(house.els).exists()
    assert Trajectory.objects.visible_to(house.els).exists() == (fact == "declined_at")


def test_nobody_found_is_for_a_coordinator_who_is_no_party(house):
    trajectory = house.asked(sponsor=house.els)
    for who in (house.iris, house.sam, house.noor):
        with pytest.raises(Refused):
            trajectory.nobody_found(by=who, at=house.tick(), sentence="Niemand.")
    trajectory.nobody_found(by=house.wim, at=house.tick(), sentence="Niemand.")
    assert {letter.person for letter in Letter.objects.filter(kind="stopped")} == {house.sam, house.els}


def test_hold_and_resume_lead_back_to_where_it_was(house):
    for state in (State.INTAKE, State.AGREED, State.RUNNING, State.CLOSING):
        trajectory = house.in_state(state)
        trajectory.hold(by=trajectory.coach.person, at=house.tick(), look_again_on=day_of(house.at) + WEEK)
        assert fresh(trajectory).state == State.ON_HOLD and trajectory.holds.filter(until_at=None).count() == 1
        trajectory.resume(by=house.sam, at=house.tick())
        assert fresh(trajectory).state == state and not trajectory.holds.filter(until_at=None).exists()
        trajectory.stop(by=house.sam, at=house.tick(), reason="no_time")


def test_the_last_yes_to_the_agreement_given_at_rest_leads_on_when_it_resumes():
    talk = opened()
    version = proposed(talk)
    for person in talk.everyone[1:]:
        if person == talk.els:
            talk.trajectory.hold(by=talk.sam, at=now(), look_again_on=today() + WEEK)
        version.agree(by=person, at=now())
    assert talk.trajectory.state == State.ON_HOLD and talk.trajectory.agreed_at is None
    talk.trajectory.resume(by=talk.sam, at=now())
    assert talk.trajectory.state == State.AGREED


@pytest.mark.parametrize("another", ["coach", "sponsor"])
def test_after_a_change_of_party_at_rest_it_waits_for_the_yes_of_who_sits_there_now(house, another):
    """What the one before agreed to is put to all of them again, and until each said yes it is no agreement of theirs (R4)."""
    trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
    version = offered(house, trajectory)
    fresh(trajectory).hold(by=house.sam, at=house.tick(), look_again_on=day_of(house.at) + WEEK)
    for who in (house.sam, house.els):
        Agreement.objects.get(pk=version.pk).agree(by=who, at=house.tick())
    if another == "coach":
        handed_over(house, fresh(trajectory))
    else:
        fresh(trajectory).name_sponsor(house.iris, by=house.sam, at=house.tick())
    fresh(trajectory).resume(by=house.sam, at=house.tick())
    assert fresh(trajectory).state == State.INTAKE and newest(trajectory).number == 2
    *first, last = [seat.person for seat in newest(trajectory).waits_for()]
    for who in first:
        newest(trajectory).agree(by=who, at=house.tick())
    assert fresh(trajectory).state == State.INTAKE
    newest(trajectory).agree(by=last, at=house.tick())
    assert fresh(trajectory).state == State.AGREED


def test_the_last_yes_to_the_first_goal_given_at_rest_leads_on_when_it_resumes():
    talk = opened(sponsor=False)
    agreed(talk)
    goal = said_yes(drawn_up(talk), talk.sam)
    assert talk.trajectory.state == State.AGREED
    talk.trajectory.hold(by=talk.sam, at=now(), look_again_on=today() + WEEK)
    said_yes(goal, talk.noor)
    assert talk.trajectory.state == State.ON_HOLD and talk.trajectory.started_at is None
    talk.trajectory.resume(by=talk.noor, at=now())
    assert talk.trajectory.state == State.RUNNING


def test_the_day_to_look_again_lies_ahead(house):
    trajectory = house.in_state(State.RUNNING)
    with pytest.raises(Refused, match="still to come"):
        trajectory.hold(by=house.sam, at=house.tick(), look_again_on=day_of(house.at))


@pytest.mark.parametrize("leaver", ["sam", "noor"])
def test_a_coordinator_acts_only_while_a_seat_is_empty(house, leaver):
    trajectory = house.in_state(State.RUNNING)
    for verb in ("hold", "stop"):
        facts = {"look_again_on": day_of(house.at) + WEEK} if verb == "hold" else {"reason": "coach_unavailable"}
        with pytest.raises(Refused, match="coach and client"):
            getattr(trajectory, verb)(by=house.wim, at=house.tick(), **facts)
    person = getattr(house, leaver)
    person.is_active = False
    person.save()
    trajectory.hold(by=house.wim, at=house.tick(), look_again_on=day_of(house.at) + WEEK)
    with pytest.raises(Refused):
        trajectory.resume(by=trajectory.client.person, at=house.tick())
    trajectory.stop(by=house.wim, at=house.tick(), reason="coach_unavailable", sentence="Iets van de coördinator")
    assert fresh(trajectory).state == State.STOPPED
    ending = look(Ending.objects.all(), by=house.sam, at=house.tick())[0]
    assert ending.sentence == neutral("coach_unavailable") and ending.by_part == ""


def test_a_sponsor_neither_holds_nor_stops(house):
    trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
    for verb, facts in (("hold", {"look_again_on": day_of(house.at) + WEEK}), ("stop", {"reason": "no_time"})):
        with pytest.raises(Refused):
            getattr(trajectory, verb)(by=house.els, at=house.tick(), **facts)


def stopped(house, **facts):
    trajectory = house.intake(trajectory=house.asked(sponsor=house.els))
    facts = {"by": house.sam, "reason": "no_time", "sentence": "Er is nu te weinig ruimte."} | facts
    trajectory.stop(at=house.tick(), **facts)
    return fresh(trajectory), Ending.objects.get(trajectory=trajectory)


def test_a_reason_is_one_of_the_list_and_each_has_its_sentence(house):
    trajectory = house.in_state(State.RUNNING)
    with pytest.raises(Refused):
        trajectory.stop(by=house.sam, at=house.tick(), reason="because")
    assert all(neutral(key).endswith(".") for key in REASONS)


def test_the_other_one_says_yes_to_the_sentence_and_then_the_sponsor_reads_it(house):
    _trajectory, ending = stopped(house)
    assert not Ending.objects.readable_by(house.els).exists()
    with pytest.raises(Refused):
        ending.confirm(by=house.sam, at=house.tick())
    ending.confirm(by=house.noor, at=house.tick())
    read = look(Ending.objects.readable_by(house.els), by=house.els, at=house.tick())
    assert [one.sentence for one in read] == ["Er is nu te weinig ruimte."]
    with pytest.raises(Refused):
        ending.confirm(by=house.noor, at=house.tick())


def test_other_words_turn_the_question_round(house):
    _trajectory, ending = stopped(house)
    with pytest.raises(Refused):
        ending.say_otherwise(by=house.sam, at=house.tick(), base=1, sentence="Van mezelf")
    ending.say_otherwise(by=house.noor, at=house.tick(), base=1, sentence="We stoppen samen.")
    with pytest.raises(Refused):
        ending.confirm(by=house.noor, at=house.tick())
    ending.confirm(by=house.sam, at=house.tick())
    with pytest.raises(Stale):
        _stopped, other = stopped(house)
        other.say_otherwise(by=house.noor, at=house.tick(), base=7, sentence="Te laat")


def test_a_stranger_has_nothing_to_say_about_it(house):
    _trajectory, ending = stopped(house)
    for who in (house.iris, house.els, house.wim):
        with pytest.raises(Refused):
            ending.confirm(by=who, at=house.tick())


def test_after_five_working_days_the_neutral_sentence_goes_out(house):
    Organisation.objects.create(name="Huis")
    trajectory, ending = stopped(house)
    at = trajectory.stopped_at
    neutral_sentences(at + timedelta(days=4))
    assert Ending.objects.get(pk=ending.pk).shared_at is None
    neutral_sentences(at + timedelta(days=12))
    neutral_sentences(at + timedelta(days=13))  # a second run of the day changes nothing
    read = look(Ending.objects.readable_by(house.els), by=house.els, at=house.tick())[0]
    with override(house.els.language):
        assert read.sentence == neutral("no_time")
    assert Letter.objects.filter(kind="stopped", person=house.els).count() == 1


def test_a_declined_or_stopped_one_never_opens_again(house):
    for state in (State.DECLINED, State.STOPPED, State.CLOSED):
        assert all(state not in step.sources for step in STEPS.values())
