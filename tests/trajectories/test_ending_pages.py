"""What does a page say that lets a trajectory rest or ends it, before and after the button? (R20b)"""

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.models import Person
from tests.makers import make_person
from tests.trajectories.opening import DAY, MINUTE, opened
from trajectories.models import Ending, HandOver, State
from trajectories.reasons import REASONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return in_english(opened(state="running"))


def in_english(talk):
    Person.objects.update(language="en")
    return talk


@pytest.fixture
def stop(talk):
    return reverse("trajectories:stop", args=[talk.pk])


def test_every_reason_says_what_the_sponsor_would_read(talk, stop, client):
    client.force_login(talk.sam)
    said = client.get(stop).content.decode()
    assert [key for key, (_label, words) in REASONS.items() if f"The sponsor reads: {words}" not in said] == []


def test_without_a_sponsor_there_is_no_sentence(client):
    talk = in_english(opened(sponsor=False, state="running"))
    client.force_login(talk.sam)
    said = client.get(reverse("trajectories:stop", args=[talk.pk])).content.decode()
    assert "The sponsor reads" not in said and 'name="sentence"' not in said


def test_what_was_promised_is_what_they_read(talk, stop, client):
    client.force_login(talk.sam)
    assert client.post(stop, {"reason": "other_job", "sentence": ""}).status_code == 302
    ending = reverse("trajectories:ending_confirm", args=[talk.pk])
    client.force_login(talk.noor)
    form = client.get(ending)
    client.post(ending, {"sentence": str(REASONS["other_job"][1]), "base": form.context["base"]})
    Ending.objects.update(shared_at=now() - MINUTE)
    client.force_login(talk.els)
    said = client.get(reverse("trajectories:sponsor", args=[talk.pk])).content.decode()
    assert str(REASONS["other_job"][1]) in said and str(REASONS["other_job"][0]) not in said


def test_a_reason_is_needed_and_nothing_typed_is_lost(talk, stop, client):
    client.force_login(talk.noor)
    answer = client.post(stop, {"sentence": "Wij ronden samen af."})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Wij ronden samen af." in said and talk.trajectory.state == State.RUNNING
    assert "Why does it stop? Choose" in said and "?:" not in said


def test_the_coach_is_told_whose_trajectory_a_sentence_is_about(talk, stop, client):
    client.force_login(talk.sam)
    client.post(stop, {"reason": "other_job", "sentence": "Ik ga iets anders doen."})
    client.force_login(talk.noor)
    said = client.get(reverse("sessions:today")).content.decode()
    assert f"One sentence about the trajectory of {talk.sam.name} waits for your yes" in said


def test_hidden_from_sponsor_and_stranger(talk, stop, client):
    for person in (talk.els, make_person("Iris Mol")):
        client.force_login(person)
        assert client.get(stop).status_code == 404 and client.post(stop, {"reason": "no_time"}).status_code == 404


def test_once_it_stopped_nothing_is_said_of_a_review_to_come(talk, client):
    talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
    client.force_login(talk.sam)
    assert "Closing review around" not in client.get(reverse("sessions:now")).content.decode()


def test_the_coach_who_is_asked_reads_what_taking_over_means(talk, client):
    wim, bram = (
        make_person(name, language="en", **facts) for name, facts in (("Wim Post", {"coordinates": True}), ("Bram Kok", {"coach": True}))
    )
    HandOver.propose(talk.trajectory, bram, by=wim, at=now())
    client.force_login(bram)
    said = client.get(reverse("trajectories:hand_over", args=[talk.pk])).content.decode()
    assert "Never the private notes" in said and "A no needs no reason" in said and "Noor" not in said
    client.force_login(wim)
    assert "Bram Kok has been proposed as coach" in client.get(reverse("trajectories:match", args=[talk.pk])).content.decode()


@pytest.mark.parametrize(("days", "status"), [(0, 422), (-1, 422), (367, 422), (1, 302), (300, 302)])
def test_the_day_to_look_again_lies_ahead_and_within_a_year(talk, client, days, status):
    client.force_login(talk.sam)
    answer = client.post(reverse("trajectories:hold", args=[talk.pk]), {"look_again_on": str(today() + days * DAY)})
    assert answer.status_code == status and (status == 302 or "look_again_on" in answer.context["form"].errors)
