"""Does the client read exactly what goes along to the next coach, and does that coach read exactly that? (R11, R20b, hand-over)"""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from coaching.models import Letter, Trace
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.templatetags.house import clock, day_full
from sessions.models import Action, CoachingSession, Log, Note
from tests.trajectories.hand_over_story import address, reached, read_through, take_over, written
from tests.trajectories.opening import goal_words
from tests.trajectories.requests_story import fresh, queries_of
from trajectories.doors import ContentQuerySet
from trajectories.models import CheckIn, Goal, HandOver, Question, Trajectory
from trajectories.models.hand_overs import KINDS
from trajectories.older import Reading, going_along, models_of, next_coach, sheet

pytestmark = pytest.mark.django_db
GOES = {
    "question": ["Ik durf geen nee te zeggen.", "Hoe zeg ik nee?", "Een doel voor mijzelf"],
    "sessions": ["Dat zei Noor tegen Sam", "Vragen van wie het is", "Lucht", "Kamer 2.14"],
    "check_ins": ["Het gaat de goede kant op"],
}
NEVER = ["Voor Noor alleen", "Lief dagboek", "Nog niet gedeeld"]
AT_ONCE = ["Een gedeeld doel"]


@pytest.fixture
def proposed(house):
    return HandOver.propose(written(house), house.bram, by=house.wim, at=house.tick())


def test_every_table_with_older_words_is_of_a_kind(house):
    doored = [model for model in apps.get_models() if isinstance(model._default_manager.all(), ContentQuerySet)]
    kinds = {model._default_manager.all().older for model in doored} - {None}
    assert kinds == set(KINDS) and all(models_of(kind) for kind in KINDS)


@pytest.mark.parametrize("kinds", [(), ("question",), ("sessions",), ("check_ins",), KINDS])
def test_the_next_coach_reads_what_the_client_read_and_no_more(house, proposed, kinds):
    for kind in kinds:
        HandOver.objects.get(pk=proposed.pk).let_along(kind, by=house.sam, at=house.tick(), goes=True)
    seen = {
        (m, row.pk) for kind in kinds for m in models_of(kind) for row in going_along(m, next_coach(proposed.trajectory, kind, at=house.at))
    }
    take_over(house, proposed)
    common = {
        (m, row.pk) for kind in KINDS for m in models_of(kind) for row in m.objects.open_to(next_coach(proposed.trajectory, at=house.at))
    }
    assert reached(house.bram) == seen | common
    assert bool(seen) == bool(kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_the_texts_stand_on_the_page_of_their_kind_word_for_word(house, proposed, client, kind):
    client.force_login(house.sam)
    said, _read = read_through(client, proposed, kind)
    assert [words for words in GOES[kind] if words not in said] == []
    elsewhere = [words for other in KINDS if other != kind for words in GOES[other]]
    assert [words for words in [*NEVER, *AT_ONCE, *elsewhere] if words in said] == []


def test_sessions_stand_under_their_own_day_and_levels_under_their_goal(house, proposed, client):
    goal = Goal.objects.filter(trajectory=proposed.trajectory_id).get(shared_at=None)
    goal.measure(seat=fresh(proposed.trajectory).client, at=house.tick(), level=1, moment="session")
    client.force_login(house.sam)
    with translation.override("en"):
        days = [(day_full(row.starts_at), clock(row.starts_at)) for row in CoachingSession.objects.all()]
    said, _read = read_through(client, proposed, "sessions")
    place = '<time datetime="[^"]*">{}</time></p><div><p class="meta">{}</p><p class="voice">Kamer 2.14</p>'
    assert len(set(days)) == 2 and all(re.search(place.format(*when), said) for when in days)
    said = "".join(read_through(client, proposed, kind)[0] for kind in KINDS)
    assert f'<p class="meta">Goal {goal.number}, after a session</p><p class="voice">+1</p>' in said


def test_the_first_page_says_what_is_read_at_once_and_what_stays_closed(house, proposed, client):
    client.force_login(house.sam)
    said = client.get(reverse("trajectories:hand_over", args=[proposed.trajectory_id])).content.decode()
    assert all(words in said for words in AT_ONCE) and "Your journal" in said and "stays closed to" in said
    assert [words for words in [*NEVER, *GOES["question"], *GOES["sessions"]] if words in said] == []
    assert said.count("as far as it was written before") == 3
    client.post(address(proposed, "sessions"), {"goes": "yes", "read": read_through(client, proposed, "sessions")[1]})
    said = client.get(reverse("trajectories:hand_over", args=[proposed.trajectory_id])).content.decode()
    assert said.count("as far as it was written before") == 2 and "as you read it on" in said
    client.post(address(proposed, "sessions"), {"goes": "no"})
    assert HandOver.objects.get(pk=proposed.pk).older == {}


def test_what_is_written_after_the_client_read_does_not_go_along(house, proposed):
    HandOver.objects.get(pk=proposed.pk).let_along("question", by=house.sam, at=house.tick(), goes=True)
    Question.word(fresh(proposed.trajectory), by=house.sam, at=house.tick(), words="Later bedacht")
    take_over(house, proposed)
    assert Question.objects.readable_by(house.bram).count() == 1


def test_a_log_shared_after_the_client_read_does_not_go_along(house, proposed):
    HandOver.objects.get(pk=proposed.pk).let_along("sessions", by=house.sam, at=house.tick(), goes=True)
    Log.objects.get(shared_at=None).share(by=house.noor, at=house.tick())
    house.tick(minutes=5)
    take_over(house, proposed)
    assert Log.objects.readable_by(house.bram).count() == 1 and Log.objects.readable_by(house.sam).count() == 2


def test_from_then_on_everything_is_read(house, proposed):
    take_over(house, proposed)
    assert not Action.objects.readable_by(house.bram).exists()
    Action.take_up(fresh(proposed.trajectory), by=house.sam, at=house.tick(), words="Nieuw")
    assert Action.objects.readable_by(house.bram).count() == 1


def test_the_former_coach_is_shut_out_and_the_notes_are_nobodys(house, proposed):
    for kind in KINDS:
        HandOver.objects.get(pk=proposed.pk).let_along(kind, by=house.sam, at=house.tick(), goes=True)
    take_over(house, proposed)
    assert reached(house.noor) == set() and not Trajectory.objects.visible_to(house.noor).exists()
    assert not any(Note.objects.readable_by(who).exists() for who in (house.noor, house.bram, house.sam))


@pytest.mark.parametrize("who", ["bram", "noor", "els", "wim", "iris"])
def test_the_texts_are_the_clients_alone_to_decide_about(house, proposed, client, who):
    client.force_login(getattr(house, who))
    assert client.get(address(proposed, "question")).status_code == 404
    assert client.post(address(proposed, "question"), {"goes": "yes"}).status_code == 404
    with pytest.raises(Refused):
        proposed.let_along("question", by=getattr(house, who), at=house.tick(), goes=True)


def test_no_other_kind_and_nothing_after_it_was_settled(house, proposed):
    with pytest.raises(Refused, match="Choose one"):
        proposed.let_along("notes", by=house.sam, at=house.tick(), goes=True)
    proposed.say_no(by=house.sam, at=house.tick())
    with pytest.raises(Refused, match="settled"):
        proposed.let_along("question", by=house.sam, at=house.tick(), goes=True)


def test_odd_addresses(house, proposed, client):
    client.force_login(house.sam)
    assert client.get(reverse("trajectories:hand_over_older", args=[proposed.trajectory_id, "notities"])).status_code == 404
    for number in ("0", "99", "x", "-3"):
        assert client.get(address(proposed, "sessions", sheet=number)).status_code == 200


def test_reading_them_is_traced_as_the_clients(house, proposed, client):
    client.force_login(house.sam)
    read_through(client, proposed, "sessions")
    assert Trace.objects.filter(person_id=house.sam.pk, part="client", kind="coaching_sessions.log").exists()


def test_no_page_of_it_asks_more_than_twelve_questions(house, proposed, client):
    for kind in KINDS:
        for number in range(1, sheet(proposed.trajectory, kind, by=house.sam, at=house.at).of + 1):
            read = Reading(str(proposed.pk), kind, number - 1, house.at).mark
            assert queries_of(client, house.sam, address(proposed, kind, sheet=number, read=read)) <= 12, (kind, number)
    place = reverse("trajectories:hand_over", args=[proposed.trajectory_id])
    assert queries_of(client, house.sam, place) <= 12 and queries_of(client, house.bram, place) <= 12


@pytest.mark.parametrize("goes", [False, True])
def test_a_level_of_before_goes_along_with_the_checks_alone(house, proposed, client, goes):
    goal = Goal.objects.get(shared_at__isnull=False)
    goal.measure(seat=fresh(proposed.trajectory).client, at=house.tick(), level=1, moment="check_in")
    place, level = reverse("sessions:detail", args=[proposed.trajectory_id]), f"Goal {goal.number}: started at −2, now at +1"
    if goes:
        HandOver.objects.get(pk=proposed.pk).let_along("check_ins", by=house.sam, at=house.tick(), goes=True)
    take_over(house, proposed)
    client.force_login(house.sam)
    assert level in client.get(place).content.decode()
    client.force_login(house.bram)
    pages = [client.get(at).content.decode() for at in (place, reverse("trajectories:goals", args=[proposed.trajectory_id]))]
    assert [level in page for page in pages] == [goes] * 2
    assert all(f"Goal {goal.number}: started at −2" in page for page in pages)
    assert ("at the progress check" in client.get(goal.get_absolute_url()).content.decode()) == goes


@pytest.mark.parametrize("kinds", [(), KINDS])
def test_a_name_for_outside_does_not_go_along(house, proposed, client, kinds):
    """The client's own words for a link (R18): no sheet shows them, so no next coach reads them, shared goal or not."""
    goal = Goal.objects.get(shared_at__isnull=False)
    goal.name_outside(by=house.sam, at=house.tick(), words="Het gedoe")
    place = goal.get_absolute_url()
    client.force_login(house.noor)
    assert "Het gedoe" in client.get(place).content.decode()
    for kind in kinds:
        HandOver.objects.get(pk=proposed.pk).let_along(kind, by=house.sam, at=house.tick(), goes=True)
    take_over(house, proposed)
    for person, reads in ((house.sam, True), (house.bram, False), (house.els, False)):
        client.force_login(person)
        page = client.get(place)
        assert page.status_code == 200 and ("Het gedoe" in page.content.decode()) == reads
    new = Goal.draw_up(fresh(proposed.trajectory), by=house.bram, at=house.tick(), **goal_words(title="Een nieuw doel"))
    new.name_outside(by=house.sam, at=house.tick(), words="Iets anders")
    client.force_login(house.bram)
    assert "Iets anders" in client.get(new.get_absolute_url()).content.decode()


def test_the_next_coach_is_not_asked_to_log_what_the_former_one_logged(house, proposed, client):
    take_over(house, proposed)
    client.force_login(house.bram)
    said = client.get(reverse("sessions:detail", args=[proposed.trajectory_id])).content.decode()
    assert said.count("before you came is not open to you") == 2 and "Not logged yet" not in said and "Log session" not in said
    assert "No coaching question that you can read yet" in said
    session = CoachingSession.objects.first()
    said = client.get(reverse("sessions:session", args=[session.pk])).content.decode()
    assert said.count("before you came is not open to you") == 2 and "Not logged yet" not in said and "Nothing written" not in said
    assert client.get(reverse("sessions:log", args=[session.pk])).content.decode().count("<textarea") == 0


@pytest.mark.parametrize("goes", [True, False])
def test_the_thread_leads_the_next_coach_to_the_check_only_if_they_may_read_it(house, proposed, client, goes):
    check, detail = CheckIn.objects.get().get_absolute_url(), reverse("sessions:detail", args=[proposed.trajectory_id])
    HandOver.objects.get(pk=proposed.pk).let_along("check_ins", by=house.sam, at=house.tick(), goes=goes)
    take_over(house, proposed)
    assert queries_of(client, house.bram, detail) <= 12
    said = client.get(detail).text
    assert "Mid-point" in said and (f'"{check}"' in said) == goes
    assert client.get(check).status_code == (200 if goes else 404)
    client.force_login(house.sam)
    assert f'"{check}"' in client.get(detail).text


def test_no_letter_of_anything_in_it_still_leaves_for_the_former_coach(house, proposed):
    """Whatever page it leads to, of this app or another; what they get about somebody else they coach stays, and so does a calendar."""
    house.sam, sam = house.iris, house.sam
    other, house.sam = house.intake(), sam
    things = [CheckIn.objects.get(), Goal.objects.first(), CoachingSession.objects.first(), fresh(proposed.trajectory), other]
    Letter.objects.all().delete()
    for kind, thing in zip(("check_in_answered", "goal_to_agree", "appointment_changed", "on_hold", "on_hold"), things, strict=True):
        post(kind, to=house.noor, url=thing.get_absolute_url(), at=house.tick())
    post("invitation_out", to=house.noor, url=things[2].get_absolute_url(), at=house.tick())
    post("check_in_waiting", to=sam, url=things[0].get_absolute_url(), at=house.tick())
    take_over(house, proposed)
    left = Letter.objects.filter(person__in=[house.noor, sam]).exclude(kind="party_changed").exclude(kind="agreement_changed")
    assert set(left.waiting().values_list("kind", "url")) == {
        ("on_hold", other.get_absolute_url()),
        ("invitation_out", things[2].get_absolute_url()),
        ("check_in_waiting", things[0].get_absolute_url()),
    }


def test_a_coach_with_whom_it_was_no_match_gets_no_letter_of_it_any_more(house, intake):
    Letter.objects.all().delete()
    post("please_agree", to=house.noor, url=reverse("trajectories:agreement", args=[intake.pk]), at=house.tick())
    intake.no_match(by=house.sam, at=house.tick())
    assert Letter.objects.get(kind="please_agree").dropped_at and Letter.objects.get(kind="party_changed", person=house.noor)


def test_the_words_that_were_shared_of_the_question_are_the_next_coachs_title(house, proposed, client):
    shared = Question.objects.latest_settled_first().first()
    shared.release(by=house.sam, at=house.tick())
    Question.word(fresh(proposed.trajectory), by=house.sam, at=house.tick(), words="Scherper, en van mij alleen")
    take_over(house, proposed)
    addresses = [reverse(f"sessions:{name}") for name in ("today", "trajectories")]
    addresses += [reverse(name, args=[proposed.trajectory_id]) for name in ("sessions:detail", "trajectories:question")]
    assert [queries_of(client, house.bram, one) <= 12 for one in addresses] == [True] * 4
    for said in (client.get(one).content.decode() for one in addresses):
        assert "Hoe zeg ik nee?" in said and "No coaching question" not in said and "Scherper" not in said
    Question.word(fresh(proposed.trajectory), by=house.sam, at=house.tick(), words="Wat Bram hoort")
    for said in (client.get(one).content.decode() for one in addresses):
        assert "Wat Bram hoort" in said and "No coaching question" not in said


def test_without_any_they_hear_that_there_is_none_that_they_can_read(house, proposed, client):
    take_over(house, proposed)
    client.force_login(house.bram)
    addresses = [reverse("sessions:today"), reverse("trajectories:question", args=[proposed.trajectory_id])]
    assert ["No coaching question that you can read yet" in client.get(one).content.decode() for one in addresses] == [True] * 2
