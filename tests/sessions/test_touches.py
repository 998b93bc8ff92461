"""When was a goal last worked on, for both, and does the coach hear that it was left lying? (R8)"""

import pytest
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now
from coaching.templatetags.house import day_long
from sessions.models import CoachingSession, Log
from tests.makers import make_log, make_person
from tests.trajectories.opening import DAY, MINUTE, drawn_up, opened, reads_english, said_yes
from trajectories.goals_page import goals_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return opened(state="running")


def at(name, row):
    return reverse(f"trajectories:{name}", args=[row.pk])


class TestTouched:
    """R8: when it was last worked on, for both; that it was left lying, for the coach."""

    @staticmethod
    def held(talk, day, *goals):
        session = CoachingSession.plan(talk.trajectory, by=talk.noor, at=now() - 60 * DAY, starts_at=now() - day * DAY, minutes=60)
        session.hold_it(by=talk.noor, at=now() - day * DAY + 61 * MINUTE)
        session.goals.set(goals)
        return session

    @pytest.fixture
    def old(self, talk):
        return said_yes(drawn_up(talk), talk.sam, talk.noor, at=now() - 50 * DAY)

    def seen(self, client, person, *pages):
        client.force_login(reads_english(person))
        return [client.get(page).content.decode() for page in pages]

    def test_never(self, talk, old, client):
        for page in self.seen(client, talk.sam, at("goal", old), at("goals", talk)):
            assert "Not worked on in a session yet." in page

    def test_the_last_held_session_that_worked_on_it(self, talk, old, client):
        self.held(talk, 40, old)
        last = self.held(talk, 20, old)
        self.held(talk, 10)
        for person in (talk.sam, talk.noor):
            for page in self.seen(client, person, at("goal", old), at("goals", talk), reverse("sessions:detail", args=[talk.pk])):
                assert f"Last worked on in the session of {day_long(last.starts_at)}." in page
                assert "did not touch it" not in page

    def test_three_that_left_it_lying_are_pointed_out_to_the_coach(self, talk, old, client):
        self.held(talk, 40, old)
        for day in (30, 20, 10):
            self.held(talk, day)
        for page in self.seen(client, talk.noor, at("goal", old), at("goals", talk), reverse("sessions:detail", args=[talk.pk])):
            assert "The last three sessions did not touch it." in page
        for page in self.seen(client, talk.sam, at("goal", old), at("goals", talk), reverse("sessions:detail", args=[talk.pk])):
            assert "did not touch it" not in page

    def test_what_was_cancelled_or_is_to_come_counts_for_nothing(self, talk, old):
        for day in (30, 20, 10):
            CoachingSession.plan(talk.trajectory, by=talk.noor, at=now() - 60 * DAY, starts_at=now() - day * DAY, minutes=60)
        page = goals_page(talk.trajectory, talk.noor, at=now())
        assert [(one.worked.last_at, one.worked.untouched) for one in page.goals] == [(None, 0)]

    def test_it_is_told_with_the_log_and_not_before(self, talk, old, client):
        """Which goals were worked on belongs to the log: the client hears it once that is shared, a next coach not of before they came."""
        session = self.held(talk, 20)
        make_log(session, goals=[old])
        pages = at("goal", old), at("goals", talk), reverse("sessions:detail", args=[talk.pk])
        with override("en"):
            said = f"Last worked on in the session of {day_long(session.starts_at)}."
        assert all(said in page for page in self.seen(client, talk.noor, *pages))
        assert not any(said in page for page in self.seen(client, talk.sam, *pages))
        Log.objects.get().share(by=talk.noor, at=now() - MINUTE)
        assert all(said in page for page in self.seen(client, talk.sam, *pages))
        talk.trajectory.coach.leave(at=now())
        new = make_person("Bram Smit", coach=True)
        facts = {"from_at": now(), "confirmed_at": now(), "reads_since": now(), "reads_older_question": now()}
        talk.trajectory.parts.create(person=new, part="coach", **facts)
        assert "Not worked on in a session yet." not in self.seen(client, new, pages[0])[0]  # they cannot know
        talk.trajectory.parts.filter(person=new).update(reads_older_sessions=now())
        assert all(said in page for page in self.seen(client, new, *pages))
