"""Who promises what, and who ticks it? (R5: the learning environment)"""

import re

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.refusals import Refused
from tests.makers import make_person
from tests.trajectories.opening import fresh, opened, reads_english
from trajectories.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened(state="running")


@pytest.fixture
def promised(talk):
    made = Commitment.promise(talk.trajectory, by=talk.els, at=now(), words="Een dagdeel per week zonder dienst")
    return Commitment.objects.get(pk=made.pk)


def done(row):
    return reverse("trajectories:commitment_done", args=[row.pk])


def test_each_party_can_promise_and_reads_it(talk):
    for person in talk.everyone:
        Commitment.promise(talk.trajectory, by=person, at=now(), words="Ik maak ruimte")
    assert {talk.trajectory.commitments.readable_by(person).count() for person in talk.everyone} == {3}


def test_only_who_promised_ticks_it(talk, promised):
    with pytest.raises(Refused, match="Only who promised"):
        promised.tick(by=talk.sam, at=now(), done=True)
    promised.tick(by=talk.els, at=now(), done=True)
    assert fresh(promised).done_at
    promised.tick(by=talk.els, at=now(), done=False)
    assert fresh(promised).done_at is None


def test_nothing_after_the_end(talk, promised):
    talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
    with pytest.raises(Refused, match="stopped"):
        fresh(promised).tick(by=talk.els, at=now(), done=True)
    with pytest.raises(Refused, match="stopped"):
        Commitment.promise(talk.trajectory, by=talk.els, at=now(), words="Te laat")


def test_who_has_no_seat_promises_nothing(talk):
    with pytest.raises(Refused):
        Commitment.promise(talk.trajectory, by=make_person("Iris Mol"), at=now(), words="Ik ook")


def test_adding_leads_back_to_where_it_stands(talk, client):
    add = reverse("trajectories:commitment_add", args=[talk.pk])
    for person, place in ((talk.els, "sponsor"), (talk.sam, "agreement")):
        client.force_login(person)
        assert client.post(add, {"words": "Ik maak ruimte"}).url == reverse(f"trajectories:{place}", args=[talk.pk])


def test_in_the_intake_the_sponsor_stays_with_the_agreement_where_it_stands(client):
    talk = opened()
    client.force_login(talk.els)
    there = [(reverse("trajectories:agreement", args=[talk.pk]), 302)]
    answer = client.post(reverse("trajectories:commitment_add", args=[talk.pk]), {"words": "Ik maak ruimte"}, follow=True)
    assert answer.redirect_chain == there and "Ik maak ruimte" in answer.content.decode()
    answer = client.post(done(Commitment.objects.get()), {"done": "on"}, follow=True)
    assert answer.redirect_chain == there and Commitment.objects.get().done_at


def test_pressed_twice_is_promised_once(talk, client):
    client.force_login(talk.els)
    for words in ("Ik maak ruimte", "Ik maak ruimte", "Ik vraag ernaar"):
        client.post(reverse("trajectories:commitment_add", args=[talk.pk]), {"words": words})
    assert Commitment.objects.count() == 2
    Commitment.promise(talk.trajectory, by=talk.sam, at=now(), words="Ik maak ruimte")
    assert Commitment.objects.count() == 3, "another's promise is another"


@pytest.mark.parametrize("day", ["ooit", "9999-12-31", "0001-01-01"])
def test_what_was_typed_comes_back(talk, client, day):
    client.force_login(talk.els)
    answer = client.post(reverse("trajectories:commitment_add", args=[talk.pk]), {"words": "Dit wel", "due_on": day})
    assert answer.status_code == 422 and "Dit wel" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_ticking(talk, promised, client):
    client.force_login(talk.els)
    client.post(done(promised), {"done": "on"})
    assert fresh(promised).done_at
    assert client.post(done(promised), headers={"HX-Request": "true"}).status_code == 204
    assert fresh(promised).done_at is None


def test_those_of_the_sponsor_before_stand_under_their_name_without_a_box(talk, promised, client):
    reads_english(otto := make_person("Otto Dam"))
    talk.trajectory.name_sponsor(otto, by=talk.sam, at=now())
    own = Commitment.promise(talk.trajectory, by=otto, at=now(), words="Ik ruil een dienst")
    client.force_login(otto)
    shown = client.get(reverse("trajectories:sponsor", args=[talk.pk])).content.decode()
    assert f'id="{own.pk}"' in shown and f'id="{promised.pk}"' not in shown and done(promised) not in shown
    assert re.search(r"Els\s*· the sponsor then\s*· Promised on", shown)
    agreement = client.get(reverse("trajectories:agreement", args=[talk.pk])).content.decode()
    assert re.search(r"Els, promised on [^<]* · the sponsor then", agreement) and done(promised) not in agreement


def test_a_refused_tick_says_so_to_the_page(talk, promised, client):
    reads_english(otto := make_person("Otto Dam"))
    talk.trajectory.name_sponsor(otto, by=talk.sam, at=now())
    client.force_login(otto)
    answer = client.post(done(promised), {"done": "on"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (409, "Only who promised this ticks it.")
    talk.trajectory.name_sponsor(talk.els, by=talk.sam, at=now())
    with pytest.raises(Refused, match="Only who promised"):  # who comes back sits there anew
        fresh(promised).tick(by=talk.els, at=now(), done=True)
    assert fresh(promised).done_at is None


def test_another_cannot_tick_and_a_stranger_finds_nothing(talk, promised, client):
    client.force_login(talk.noor)
    assert client.post(done(promised), {"done": "on"}).status_code == 302
    client.force_login(make_person("Iris Mol"))
    assert client.post(done(promised), {"done": "on"}).status_code == 404
    assert client.get(done(promised)).status_code == 405
    assert fresh(promised).done_at is None
