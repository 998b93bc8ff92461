"""Does asking, answering and choosing work on the pages, without a script, and come back with what was typed?"""

import re
import uuid

import pytest
from django.urls import reverse

from coaching.models import Draft
from coaching.refusals import Refused
from coaching.traces import look
from tests.trajectories.requests_story import fresh, person, queries_of
from trajectories.models import Proposal, State, Trajectory, Wish
from trajectories.models.requests import propose_all

pytestmark = pytest.mark.django_db
WORDS = "Ik durf geen nee te zeggen."


@pytest.fixture
def go(client):
    """Ask for a page of these tests, or post to it, as somebody."""

    def going(who, name, *args, send=None, query="", **facts):
        client.force_login(who)
        address = reverse(f"trajectories:{name}", args=args) + query
        return client.get(address, **facts) if send is None else client.post(address, send, **facts)

    return going


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
    assert wish.words == "About: Een nieuwe rol\nCan meet: Tuesday"
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


def test_a_name_that_nobody_has_finds_nobody(house, go):
    sends = {"client_find": "x" * 60_000, "about": "Voor Sam"}
    assert "Voor Sam" in go(house.els, "ask", query="?for=other", send={"find": "client"} | sends).content.decode()
    answer = go(house.els, "ask", query="?for=other", send=sends)
    assert answer.status_code == 422 and "Voor Sam" in answer.content.decode()


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


def test_what_is_for_the_coordinator_names_who_wrote_it(house, go):
    trajectory = house.asked_by_els()
    assert "For the coordinator, from Els Vermeer" in go(house.sam, "request", trajectory.pk).content.decode()
    go(house.sam, "accept", trajectory.pk, send={})
    go(house.sam, "request_edit", trajectory.pk, send={"about": "Mijn vraag", "for_coordinator": "Liever na vieren."})
    said = go(house.wim, "match", trajectory.pk).content.decode()
    assert "For you, from Els Vermeer" in said and "For you, from Sam Verhagen" in said and "What Sam let you know" not in said
    said = go(house.sam, "request", trajectory.pk).content.decode()
    assert said.count("For the coordinator, from Els Vermeer") == 1 and "from Sam" not in said and "Liever na vieren." in said


def test_who_asks_for_themselves_is_named_as_the_one_who_wrote(house, go):
    said = go(house.wim, "match", house.asked().pk).content.decode()
    assert "What Sam let you know" in said and "For you, from Sam Verhagen" in said


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


def test_the_page_says_who_knows_that_it_was_asked(house, go):
    alone = house.asked()
    assert "nobody but the coordinator knows" in go(house.sam, "request", alone.pk).content.decode()
    fresh(alone).withdraw(by=house.sam, at=house.tick())
    invited = house.asked(sponsor=house.els)
    said = go(house.sam, "request", invited.pk).content.decode()
    assert f"only {house.els.first_name} and the coordinator know" in said and "not what you write" in said
    assert go(house.els, "request", invited.pk).status_code == 200, "and so it is"


def test_a_no_that_is_too_long_comes_back_as_it_was_typed(house, go):
    trajectory, typed = house.asked_by_els(), "Ik kies nu iets anders. " * 30
    answer = go(house.sam, "decline", trajectory.pk, send={"sentence": typed})
    assert answer.status_code == 422 and typed.strip() in answer.content.decode() and "sentence" in answer.context["form"].errors
    assert "<details open" in answer.content.decode() and fresh(trajectory).state == State.REQUESTED
    fresh(trajectory).decline(by=house.sam, at=house.tick(), sentence="Nu niet.")
    assert go(house.sam, "decline", trajectory.pk, send={"sentence": typed}).status_code == 302, "answered already: the refusal says so"


def folded(page, route, trajectory):
    """What is said before a button that cannot be taken back, in a fold of its own."""
    action = re.escape(reverse(f"trajectories:{route}", args=[trajectory.pk]))
    found = re.search(rf'<details><summary>[^<]+</summary>\s*<form[^>]* action="{action}">(.*?)</form></details>', page, re.S)
    assert found and page.count(f'action="{reverse(f"trajectories:{route}", args=[trajectory.pk])}"') == 1
    return found[1]


def test_withdrawing_says_first_what_the_other_reads(house, go):
    alone = house.asked()
    assert "reads:" not in folded(go(house.sam, "request", alone.pk).content.decode(), "withdraw", alone)
    fresh(alone).withdraw(by=house.sam, at=house.tick())
    asked, said = house.asked_by_els(), "reads: “The request was withdrawn.”"
    assert f"Sam {said}" in folded(go(house.els, "request", asked.pk).content.decode(), "withdraw", asked)
    fresh(asked).accept(by=house.sam, at=house.tick())
    assert f"Els {said}" in folded(go(house.sam, "request", asked.pk).content.decode(), "withdraw", asked)


def test_no_match_says_first_what_happens(house, go, intake):
    for who in (house.sam, house.noor):
        said = folded(go(who, "request", intake.pk).content.decode(), "no_match", intake)
        assert "waits for another coach" in said and "cannot be undone" in said


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


def test_they_hear_it_of_each_coach_and_of_who_may_become_the_sponsor(house, go):
    type(house.noor).objects.filter(pk__in=[house.noor.pk, house.bram.pk]).update(manager=house.iris)
    trajectory, _proposal = house.proposed(trajectory=house.asked(sponsor=house.els))
    house.proposed(house.bram, trajectory)
    fresh(trajectory).name_sponsor(house.iris, by=house.wim, at=house.tick())
    said = _in_english(house, go, trajectory)
    assert all(f"Iris Molenaar is also {name}’s manager" in said for name in ("Noor", "Bram"))


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


def test_talking_first_on_the_page(house, go):
    trajectory = house.asked_by_els()
    assert go(house.els, "talk_first", trajectory.pk, send={}).status_code == 404
    go(house.sam, "talk_first", trajectory.pk, send={})
    assert fresh(trajectory).talk_first_at and "You asked for it on" in go(house.sam, "request", trajectory.pk).content.decode()
    said = go(house.els, "request", trajectory.pk).content.decode()
    assert "Waits for the answer of Sam" in said and "talk" not in said.split("<main")[1].split("</main")[0].lower()
    desk = go(house.wim, "match", trajectory.pk).content.decode()
    assert "Sam wants to talk with you first" in desk and house.sam.email in desk


def test_days_themes_and_languages_are_one_text_that_reads(house, go):
    house.bram.coach_profile.languages = ["Turks", "Nederlands"]
    house.bram.coach_profile.save()
    typed = {"about": WORDS, "themes": "Een nieuwe rol", "days": ["tue", "am"], "languages": "Turks", "wishes": "Buiten de zorg."}
    page = go(house.sam, "ask").content.decode()
    assert "In the morning" in page and "Turks" in page
    go(house.sam, "ask", send=typed | {"with_sponsor": "without"})
    [wish] = look(Wish.objects.readable_by(house.wim), by=house.wim, at=house.tick())
    assert wish.words == "About: Een nieuwe rol\nCan meet: Tuesday, in the morning\nLanguage: Turks\nBuiten de zorg."
    assert "as was asked" in go(house.wim, "match", Trajectory.objects.get().pk).content.decode()


def test_a_request_can_go_on_from_an_earlier_trajectory(house, go):
    assert "Does this go on" not in go(house.sam, "ask").content.decode()
    earlier = house.in_state(State.CLOSED)
    assert "With Noor Bakker, until" in go(house.sam, "ask").content.decode()
    typed = {"about": WORDS, "with_sponsor": "without"}
    assert go(house.iris, "ask", send=typed | {"continues": str(earlier.pk)}).status_code == 302  # not theirs to name: it is not asked
    assert Trajectory.objects.latest("asked_at").continues is None
    assert go(house.sam, "ask", send=typed | {"continues": str(uuid.uuid4())}).status_code == 422
    go(house.sam, "ask", send=typed | {"continues": str(earlier.pk)})
    trajectory = Trajectory.objects.latest("asked_at")
    assert trajectory.continues == earlier
    for who, name in ((house.sam, "request"), (house.wim, "match")):
        assert "The trajectory with Noor Bakker" in go(who, name, trajectory.pk).content.decode()
    house.chosen(house.bram, trajectory)
    assert "Noor Bakker" not in go(house.bram, "request", trajectory.pk).content.decode()


def test_nobody_goes_on_from_what_is_not_theirs_or_still_runs(house):
    running = house.in_state(State.RUNNING)
    other, house.sam = house.sam, person("Lot Jansen", unit=house.care)
    for continues in (running, house.in_state(State.DECLINED)):
        with pytest.raises(Refused):
            house.asked(continues=continues)
    house.sam = other


def test_the_clients_home_says_what_waits_for_them(house, go, client):
    """From asked to chosen: the home of the client never says that we are looking when there is somebody to choose."""

    def home():
        client.force_login(house.sam)
        return client.get(reverse("sessions:now")).content.decode()

    trajectory = house.asked()
    assert "We are looking for a coach who fits" in home()
    propose_all(trajectory, [house.noor, house.bram], by=house.wim, at=house.tick())
    assert "Whom would you like to meet?" in home() and "Two coaches have been proposed" in home()
    Proposal.objects.get(person=house.noor).choose(by=house.sam, at=house.tick())
    assert "You chose Noor" in home() and "Noor lets you know" in home()
