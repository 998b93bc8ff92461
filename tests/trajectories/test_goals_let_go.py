"""Is letting a goal go asked of both, told to who agreed, and does it stand as let go? (R5)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from tests.trajectories.opening import DAY, drawn_up, fresh, reads_english, said_yes
from trajectories.models import Part, Trajectory
from trajectories.needs import needs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(name, row):
    return reverse(f"trajectories:{name}", args=[row.pk])


def waits(talk, person):
    """What the home of this person asks of them."""
    part = talk.trajectory.seat_of(person).part
    rows = list(Trajectory.objects.seated(person, part).with_moments().with_waiting(person).with_seats())
    return needs(person, part, at=now(), rows=rows)


def test_a_proposal_is_told_to_who_proposed_and_asks_for_the_other(talk, goal, client):
    told = lambda person: [one.title for one in waits(talk, person)]  # noqa: E731
    client.force_login(reads_english(talk.noor))
    page = client.post(at("goal_let_go", goal), follow=True).content.decode()
    assert page.count("You propose to let this goal go. The other one has to say so too.") == 2
    assert "Noor proposes to let a goal go" in told(talk.sam)
    assert not [one for person in (talk.noor, talk.els) for one in told(person) if "let a goal go" in one]
    assert "You propose to let this goal go." in client.get(at("goals", talk)).content.decode()
    client.force_login(reads_english(talk.sam))
    assert "Noor proposes to let this goal go." in client.get(at("goals", talk)).content.decode()
    client.post(at("goal_let_go", goal))
    assert fresh(goal).let_go_at and not [one for one in told(talk.sam) if "let a goal go" in one]


def test_a_former_coachs_proposal_asks_for_nobody(talk, goal):
    goal.let_go(by=talk.noor, at=now())
    Part.objects.filter(part="coach").update(until_at=now())
    assert not [one for one in waits(talk, talk.sam) if "let a goal go" in one.title]


def test_the_sponsor_who_agreed_reads_that_it_was(talk, client):
    goals = [drawn_up(talk, title=title) for title in ("Gedeeld", "Nooit beaamd", "Van ons")]
    for goal in goals[:2]:
        goal.share(by=talk.sam, at=now() - DAY)
    said_yes(goals[0], talk.sam, talk.noor, talk.els)
    said_yes(goals[2], talk.sam, talk.noor)
    for person in (talk.noor, talk.sam):
        for goal in goals:
            fresh(goal).let_go(by=person, at=now())
    client.force_login(reads_english(talk.els))
    answer = client.get(at("sponsor", talk))
    assert [one.title for one in answer.context["page"].let_go] == ["Gedeeld"] and answer.context["page"].goals == []
    assert goals[0].get_absolute_url() in answer.content.decode() and "Nothing shared yet" not in answer.content.decode()
    assert "Let go on" in client.get(goals[0].get_absolute_url()).content.decode()
