"""Does the client decide who sits where, and does who leaves read nothing from then on?"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.models import Letter
from coaching.refusals import Refused
from tests.trajectories.parties_story import handed_over, offered
from tests.trajectories.requests_story import fresh, person
from trajectories.models import Agreement, HandOver, Part, Question, Release, Request, State, Trajectory
from trajectories.models.requests import propose

pytestmark = pytest.mark.django_db


def test_the_client_names_a_sponsor_who_then_is(house, intake):
    intake.name_sponsor(house.els, by=house.sam, at=house.tick())
    assert fresh(intake).sponsor.person == house.els


def test_a_coordinator_proposes_one_who_reads_nothing_until_the_client_says_so(house, intake):
    intake.name_sponsor(house.els, by=house.wim, at=house.tick())
    assert not Trajectory.objects.visible_to(house.els).exists()
    letter = Letter.objects.get(kind="sponsor_changed")
    assert letter.person == house.sam and "/opdrachtgever/" in letter.url
    with pytest.raises(Refused):
        intake.confirm_sponsor(by=house.noor, at=house.tick())
    intake.confirm_sponsor(by=house.sam, at=house.tick())
    assert Trajectory.objects.visible_to(house.els).exists()
    with pytest.raises(Refused):
        fresh(intake).confirm_sponsor(by=house.sam, at=house.tick())


def test_a_refused_sponsor_leaves_no_seat(house, intake):
    intake.name_sponsor(house.els, by=house.wim, at=house.tick())
    intake.refuse_sponsor(by=house.sam, at=house.tick())
    assert not fresh(intake).parts.filter(person=house.els).exists()
    with pytest.raises(Refused):
        intake.refuse_sponsor(by=house.sam, at=house.tick())


@pytest.mark.parametrize("answer", ["confirm", "refuse"])
def test_before_the_request_is_accepted_there_is_no_answer_about_its_sponsor(house, client, answer):
    """The yes to the request is one to the sponsor too; who asked keeps the seat from which they follow it."""
    trajectory = house.asked_by_els()
    coming = trajectory.unconfirmed_sponsor
    client.force_login(house.sam)
    place = reverse(f"trajectories:sponsor_{answer}", args=[trajectory.pk])
    assert "First say yes or no to the request itself" in client.post(place, {"read": str(coming.pk)}, follow=True).text
    assert fresh(trajectory).unconfirmed_sponsor == coming and not fresh(trajectory).sponsor
    page = client.get(reverse("trajectories:sponsor_name", args=[trajectory.pk]), follow=True)
    assert page.redirect_chain[0][0] == reverse("trajectories:request", args=[trajectory.pk])
    assert "/opdrachtgever/" not in page.text and reverse("trajectories:accept", args=[trajectory.pk]) in page.text
    fresh(trajectory).accept(by=house.sam, at=house.tick())
    assert fresh(trajectory).sponsor == coming and Trajectory.objects.visible_to(house.els).exists()


@pytest.mark.parametrize("manages", [True, False])
def test_the_client_hears_that_a_sponsor_is_the_coachs_own_manager(house, intake, client, manages):
    type(house.noor).objects.filter(pk=house.noor.pk).update(manager=house.els if manages else house.iris)
    place, said = reverse("trajectories:sponsor_name", args=[intake.pk]), "Els Vermeer is also Noor’s manager"
    search = {"sponsor_find": "Vermeer", "find": "sponsor"}
    client.force_login(house.wim)
    assert said not in client.post(place, search).content.decode()
    client.force_login(house.sam)
    assert (said in client.post(place, search).content.decode()) == manages
    intake.name_sponsor(house.els, by=house.wim, at=house.tick())
    assert (said in client.get(place).content.decode()) == manages


@pytest.mark.parametrize("answer", ["confirm", "refuse"])
def test_an_answer_on_an_old_page_is_no_answer_about_another_sponsor(house, intake, client, answer):
    place = reverse(f"trajectories:sponsor_{answer}", args=[intake.pk])
    intake.name_sponsor(house.els, by=house.wim, at=house.tick())
    els = fresh(intake).unconfirmed_sponsor
    fresh(intake).name_sponsor(person("Tess Kuiper", unit=house.works), by=house.wim, at=house.tick())
    client.force_login(house.sam)
    for read in ({"read": str(els.pk)}, {}):
        assert "Meanwhile somebody else was proposed" in client.post(place, read, follow=True).content.decode()
        assert fresh(intake).unconfirmed_sponsor.name == "Tess Kuiper" and fresh(intake).sponsor is None
    client.post(place, {"read": str(fresh(intake).unconfirmed_sponsor.pk)})
    assert bool(fresh(intake).sponsor) == (answer == "confirm") and fresh(intake).unconfirmed_sponsor is None


def test_what_a_sponsor_asked_is_not_read_by_the_next_one(house):
    trajectory = house.asked_by_els()
    trajectory.accept(by=house.sam, at=house.tick())
    trajectory = house.intake(trajectory=fresh(trajectory))
    otto = person("Otto Dam", unit=house.works)
    assert Request.objects.readable_by(house.els).count() == 1
    fresh(trajectory).name_sponsor(otto, by=house.sam, at=house.tick())
    assert not Request.objects.readable_by(otto).exists() and not Request.objects.open_to(fresh(trajectory).sponsor).exists()
    assert all(Request.objects.readable_by(one).filter(by=house.els).exists() for one in (house.sam, house.noor))


def test_that_another_sponsor_was_proposed_is_told_to_the_two_only(house, intake):
    intake.name_sponsor(house.els, by=house.sam, at=house.tick())
    fresh(intake).name_sponsor(person("Otto Dam", unit=house.works), by=house.wim, at=house.tick())
    names = lambda who: set(Part.objects.readable_by(who).values_list("person__name", flat=True))  # noqa: E731
    assert "Otto Dam" in names(house.sam) & names(house.noor) and "Otto Dam" not in names(house.els)


def test_nobody_agrees_while_a_first_sponsor_waits_for_the_clients_yes(house, intake):
    version = offered(house, intake)
    fresh(intake).name_sponsor(house.els, by=house.wim, at=house.tick())
    with pytest.raises(Refused, match="not confirmed the sponsor"):
        Agreement.objects.get(pk=version.pk).agree(by=house.sam, at=house.tick())
    assert fresh(intake).state == State.INTAKE


def test_a_letter_that_waits_does_not_reach_who_was_replaced(house, intake):
    intake.name_sponsor(house.els, by=house.sam, at=house.tick())
    type(intake).objects.filter(pk=intake.pk).update(agreed_at=house.tick())
    words, at = "Het gaat", house.tick()
    Release.give(fresh(intake), kind=Release.QUESTION, words=words, by=house.sam, at=at)
    waits = Letter.objects.get(person=house.els, kind="something_shared")
    assert waits.dropped_at is None
    fresh(intake).name_sponsor(person("Otto Dam", unit=house.works), by=house.sam, at=at + timedelta(seconds=5))
    waits.refresh_from_db()
    assert waits.dropped_at


def test_who_asked_and_was_replaced_hears_nothing_of_the_end(house):
    trajectory = house.asked_by_els()
    trajectory.accept(by=house.sam, at=house.tick())
    fresh(trajectory).name_sponsor(person("Otto Dam", unit=house.works), by=house.sam, at=house.tick())
    Letter.objects.all().delete()
    fresh(trajectory).nobody_found(by=house.wim, at=house.tick(), sentence="Er is niemand.")
    assert not Letter.objects.filter(person=house.els).exists()


def test_the_former_sponsor_reads_nothing_from_then_on(house, intake):
    otto = person("Otto Dam", unit=house.works)
    intake.name_sponsor(house.els, by=house.sam, at=house.tick())
    fresh(intake).name_sponsor(otto, by=house.sam, at=house.tick())
    assert not Trajectory.objects.visible_to(house.els).exists() and fresh(intake).sponsor.person == otto


@pytest.mark.parametrize(("who", "by"), [("sam", "wim"), ("noor", "sam"), ("wim", "wim"), ("els", "noor"), ("els", "iris")])
def test_who_cannot_be_sponsor_or_name_one(house, intake, who, by):
    with pytest.raises(Refused):
        intake.name_sponsor(getattr(house, who), by=getattr(house, by), at=house.tick())


def test_one_person_has_one_part_also_after_another(house, intake):
    noor, intake = house.noor, handed_over(house, intake)
    for by in (house.sam, house.wim):
        with pytest.raises(Refused, match="had another part"):
            fresh(intake).name_sponsor(noor, by=by, at=house.tick())
    fresh(intake).name_sponsor(house.pia, by=house.sam, at=house.tick())
    fresh(intake).name_sponsor(person("Otto Dam", unit=house.works), by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="had another part"):
        HandOver.propose(fresh(intake), house.pia, by=house.wim, at=house.tick())
    fresh(intake).no_match(by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="had another part"):
        propose(fresh(intake), house.pia, by=house.wim, at=house.tick())
    assert propose(fresh(intake), noor, by=house.wim, at=house.tick()).person == noor, "the same part again is no other part"


def test_no_sponsor_is_named_before_the_client_has_said_yes_or_after_the_end(house):
    asked = house.asked_by_els()
    with pytest.raises(Refused):
        asked.name_sponsor(house.iris, by=house.wim, at=house.tick())
    asked.decline(by=house.sam, at=house.tick(), sentence="Nee.")
    with pytest.raises(Refused):
        asked.name_sponsor(house.iris, by=house.sam, at=house.tick())


def proposed(house, trajectory, to=None):
    return HandOver.propose(trajectory, to or house.bram, by=house.wim, at=house.tick())


@pytest.mark.parametrize("order", ["client first", "coach first"])
def test_the_second_yes_hands_over(house, intake, order):
    hand_over = proposed(house, intake)
    people = [house.sam, house.bram] if order == "client first" else [house.bram, house.sam]
    hand_over.say_yes(by=people[0], at=house.tick())
    assert fresh(intake).coach.person == house.noor
    HandOver.objects.get(pk=hand_over.pk).say_yes(by=people[1], at=house.tick())
    assert fresh(intake).coach.person == house.bram
    assert not Trajectory.objects.visible_to(house.noor).exists()
    with pytest.raises(Refused):
        HandOver.objects.get(pk=hand_over.pk).say_yes(by=people[1], at=house.tick())


@pytest.mark.parametrize("older", [[], ["question"]])
def test_older_words_go_along_only_when_the_client_lets_them(house, intake, older):
    Question.word(intake, by=house.sam, at=house.tick(), words="Hoe zeg ik nee?")
    hand_over = proposed(house, fresh(intake))
    hand_over.say_yes(by=house.bram, at=house.tick())
    for kind in older:
        HandOver.objects.get(pk=hand_over.pk).let_along(kind, by=house.sam, at=house.tick(), goes=True)
    HandOver.objects.get(pk=hand_over.pk).say_yes(by=house.sam, at=house.tick())
    assert Question.objects.readable_by(house.bram).exists() == bool(older)
    assert Request.objects.readable_by(house.bram).exists() == bool(older)
    assert not Question.objects.readable_by(house.noor).exists()


def test_a_no_leaves_everything_as_it_was(house, intake):
    hand_over = proposed(house, intake)
    hand_over.say_no(by=house.bram, at=house.tick())
    assert fresh(intake).coach.person == house.noor and not HandOver.objects.readable_by(house.bram).exists()
    with pytest.raises(Refused):
        hand_over.say_no(by=house.sam, at=house.tick())
    proposed(house, fresh(intake), house.pia)  # another can be proposed then


@pytest.mark.parametrize("to", ["sam", "noor", "wim", "close"])
def test_who_cannot_take_over(house, intake, to):
    with pytest.raises(Refused):
        proposed(house, intake, getattr(house, to))


def test_one_hand_over_at_a_time_and_only_from_the_desk(house, intake):
    for who in (house.sam, house.noor, house.iris):
        with pytest.raises(Refused):
            HandOver.propose(intake, house.bram, by=who, at=house.tick())
    proposed(house, intake)
    with pytest.raises(Refused, match="already"):
        proposed(house, intake, house.pia)


def test_before_there_is_a_coach_it_is_a_proposal_not_a_hand_over(house):
    with pytest.raises(Refused):
        proposed(house, house.asked())


def test_distance_is_looked_at_again_when_the_seat_is_taken(house, intake):
    hand_over = proposed(house, intake)
    hand_over.say_yes(by=house.sam, at=house.tick())
    house.bram.unit = house.care
    house.bram.save()
    with pytest.raises(Refused, match="too close"):
        HandOver.objects.get(pk=hand_over.pk).say_yes(by=house.bram, at=house.tick())
    assert fresh(intake).coach.person == house.noor


def test_a_stranger_can_neither_see_nor_settle_it(house, intake):
    hand_over = proposed(house, intake)
    assert not HandOver.objects.readable_by(house.iris).exists() and not HandOver.objects.readable_by(house.pia).exists()
    for verb in (hand_over.say_yes, hand_over.say_no):
        with pytest.raises(Refused):
            verb(by=house.noor, at=house.tick())


def test_nothing_is_handed_over_after_the_end(house, intake):
    hand_over = proposed(house, intake)
    hand_over.say_yes(by=house.sam, at=house.tick())
    fresh(intake).stop(by=house.sam, at=house.tick(), reason="no_time")
    with pytest.raises(Refused):
        HandOver.objects.get(pk=hand_over.pk).say_yes(by=house.bram, at=house.tick())
    assert fresh(intake).state == State.STOPPED


# distance after a move (R1)
