"""Can coach or client close without a report once thirty days have passed, and what does the sponsor read then? (R23)"""

from datetime import timedelta

import pytest
from django.urls import reverse

from coaching.clock import day_of, end_of, now
from coaching.models import Letter
from coaching.refusals import Refused
from coaching.traces import look
from tests.trajectories.closing_story import all_in, begin, fresh, make_story
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Ending, Report, State

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


@pytest.fixture
def story():
    return begin(make_story(), at=now() - timedelta(days=31))


def close(story, part=COACH, **facts):
    fresh(story.trajectory).close_without_report(by=story.people[part], **{"at": now(), "reason": "no_time"} | facts)


@pytest.mark.parametrize("part", [COACH, CLIENT])
def test_after_thirty_days_either_of_the_two_may(story, part):
    close(story, part)
    row = fresh(story.trajectory)
    assert (row.state, row.ended_as, row.signed_at) == (State.CLOSED, "no_time", None)
    assert not Report.objects.exists()


def test_not_before_the_thirtieth_day_is_over(story):
    opens = end_of(day_of(fresh(story.trajectory).closing_at), after=30)
    with pytest.raises(Refused):
        close(story, at=opens - MOMENT)
    close(story, at=opens)
    assert fresh(story.trajectory).state == State.CLOSED


@pytest.mark.parametrize(("part", "reason"), [(SPONSOR, "no_time"), (COACH, "made_up"), (COACH, "withdrawn")])
def test_it_is_refused_to_the_sponsor_and_without_a_reason_from_the_list(story, part, reason):
    with pytest.raises(Refused):
        close(story, part, reason=reason)
    assert fresh(story.trajectory).state == State.CLOSING


def test_it_is_refused_outside_the_closing():
    story = make_story()
    with pytest.raises(Refused):
        close(story)


def test_the_sponsor_reads_the_neutral_sentence_and_not_the_reason(story, client):
    close(story)
    client.force_login(story.people[SPONSOR])
    page = client.get(reverse("trajectories:sponsor", args=[story.trajectory.pk])).content.decode()
    [ending] = Ending.objects.readable_by(story.people[SPONSOR])
    look([ending], by=story.people[SPONSOR], at=now())
    assert ending.sentence in page
    assert "Geen ruimte in het werk" not in page
    assert reverse("trajectories:report", args=[story.trajectory.pk]) not in page
    assert Letter.objects.filter(kind="stopped", person=story.people[SPONSOR]).exists()


@pytest.mark.parametrize("part", [COACH, CLIENT, SPONSOR])
def test_no_page_promises_a_report_or_signatures(story, client, part):
    all_in(story)
    close(story)
    client.force_login(story.people[part])
    for name in ("trajectory", "meeting", "text", "prepare", "agreement"):
        answer = client.get(reverse(f"trajectories:{name}", args=[story.trajectory.pk]), follow=True)
        page = answer.content.decode()
        assert answer.status_code in (200, 404), name
        assert reverse("trajectories:report", args=[story.trajectory.pk]) not in page
        assert "Iedereen heeft getekend" not in page


def test_the_page_asks_a_reason_once_it_may(story, client):
    address = reverse("trajectories:close_without_report", args=[story.trajectory.pk])
    client.force_login(story.people[CLIENT])
    assert 'name="reason"' in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": "no_time"}).status_code == 302
    assert fresh(story.trajectory).state == State.CLOSED


def test_the_page_says_until_when_before_that(client):
    story = begin(make_story())
    client.force_login(story.people[COACH])
    address = reverse("trajectories:close_without_report", args=[story.trajectory.pk])
    assert 'name="reason"' not in client.get(address).content.decode()
    assert client.post(address, {"reason": "no_time"}).status_code == 422
    client.force_login(story.people[SPONSOR])
    assert client.get(address).status_code == 404
