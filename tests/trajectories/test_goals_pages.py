"""What do the pages of the goals show, keep and refuse? (R5, R6, R20b)"""

import html
import re

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.models import Draft
from coaching.templatetags.house import day_long
from sessions.models import CoachingSession
from tests.makers import make_person
from tests.trajectories.opening import DAY, MINUTE, drawn_up, fresh, goal_words, opened, said_yes
from trajectories.goals_page import goals_page, last_levels
from trajectories.models import Goal, GoalVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened(state="running")


@pytest.fixture
def goal(talk):
    return said_yes(drawn_up(talk), talk.sam, talk.noor)


def at(name, row):
    return reverse(f"trajectories:{name}", args=[row.pk])


def typed(**other):
    return {name: str(value) for name, value in goal_words(**other).items()}


class TestWording:
    def test_a_new_goal(self, talk, client):
        client.force_login(talk.sam)
        answer = client.post(at("goal_new", talk), typed())
        assert answer.url == Goal.objects.get().get_absolute_url()

    def test_what_was_called_then_stands_at_zero(self, talk, client):
        client.force_login(talk.sam)
        client.post(at("goal_new", talk), typed(zero="", weight=""))
        assert "Ik zeg het binnen een week." in client.get(at("goal", Goal.objects.get())).content.decode()
        assert GoalVersion.objects.get().weight == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"then": "ik spaar het op"},
            {"plus_two": ""},
            {"start_level": ""},
            {"start_level": "0"},
            {"due_on": "ooit"},
            {"weight": "10"},
            {"title": ""},
        ],
    )
    def test_what_was_typed_comes_back(self, talk, client, wrong):
        client.force_login(talk.sam)
        answer = client.post(at("goal_new", talk), typed(why="Hierom dus") | wrong)
        assert answer.status_code == 422 and "Hierom dus" in answer.content.decode()
        assert not Goal.objects.exists()

    def test_a_fourth_draws_a_warning_and_no_stop(self, talk, client):
        for _number in range(3):
            drawn_up(talk)
        talk.noor.language = "en"
        talk.noor.save()
        client.force_login(talk.noor)
        assert b"fewer often works better" in client.get(at("goal_new", talk)).content
        assert client.post(at("goal_new", talk), typed()).status_code == 302

    def test_a_new_version(self, talk, goal, client):
        client.force_login(talk.noor)
        assert "Ik spaar het op." in client.get(at("goal_edit", goal)).content.decode()
        client.post(at("goal_edit", goal), typed(title="Scherper") | {"base": "1"})
        page = client.get(at("goal", goal)).content.decode()
        assert "<ins>Scherper</ins>" in page and "Ik zeg het op tijd." in page

    def test_the_other_worded_it_meanwhile(self, talk, goal, client):
        fresh(goal).reword_as(by=talk.noor, at=now(), base=1, **goal_words(title="Van Noor"))
        client.force_login(talk.sam)
        answer = client.post(at("goal_edit", goal), typed(title="Van Sam") | {"base": "1"})
        assert answer.status_code == 409 and "Van Noor" in answer.content.decode() and "Van Sam" in answer.content.decode()

    def test_a_draft_is_kept(self, talk, client):
        client.force_login(talk.sam)
        key = "0b0c9a6e-2f57-4f5e-9d0c-3c1f9b1a7d13"
        client.post(at("goal_new", talk), {"title": "Half een doel", "key": key, "turn": "1"}, headers={"X-Keep": "1"})
        assert Draft.objects.count() == 1 and not Goal.objects.exists()
        assert "Half een doel" in client.get(at("goal_new", talk)).content.decode()

    def test_after_the_end_it_says_why_not(self, talk, goal, client):
        talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
        client.force_login(talk.sam)
        assert client.post(at("goal_edit", goal), typed()).status_code == 422
        assert client.get(at("goal", goal)).status_code == 200


class TestAgreeingAndSharing:
    def test_one_press_each(self, talk, client):
        goal = drawn_up(talk)
        for person in (talk.sam, talk.noor):
            client.force_login(person)
            assert b'name="read" value="1"' in client.get(at("goal", goal)).content
            client.post(at("goal_agree", goal), {"read": "1", "number": "1"})
        assert GoalVersion.objects.get().agreed_at

    @pytest.mark.parametrize("read", [{}, {"read": "1"}, {"read": "9", "number": "1"}, {"read": "x", "number": "x"}])
    def test_no_yes_without_reading(self, talk, client, read):
        goal = drawn_up(talk)
        client.force_login(talk.sam)
        assert client.post(at("goal_agree", goal), read).status_code == 302
        assert not GoalVersion.objects.get().assents.exists()

    def test_a_yes_taken_back(self, talk, client):
        goal = said_yes(drawn_up(talk), talk.sam)
        client.force_login(talk.sam)
        client.post(at("goal_agree", goal), {"take_back": "1", "number": "1"})
        assert not GoalVersion.objects.get().assents.exists()

    def test_the_client_sees_what_will_be_read_and_can_undo(self, talk, goal, client):
        client.force_login(talk.sam)
        before = client.get(at("goal", goal)).content.decode()
        assert before.count("Iemand die meekijkt.") == 2
        client.post(at("goal_share", goal), {"read": "1"})
        assert b'name="undo"' in client.get(at("goal", goal)).content
        client.post(at("goal_share", goal), {"undo": "1"})
        assert fresh(goal).shared_at is None

    @pytest.mark.parametrize("read", [{}, {"read": "0"}, {"read": "x"}])
    def test_nothing_is_shared_unseen(self, talk, goal, client, read):
        client.force_login(talk.sam)
        client.post(at("goal_share", goal), read)
        assert fresh(goal).shared_at is None

    def test_the_sponsor_reads_the_shared_one_without_what_is_private(self, talk, goal, client):
        client.force_login(talk.els)
        assert client.get(at("goal", goal)).status_code == 404
        goal.share(by=talk.sam, at=now() - DAY)
        page = client.get(at("goal", goal)).content.decode()
        assert "Ik zeg het binnen een week." in page and at("goal_edit", goal) not in page and at("goal_let_go", goal) not in page

    def test_worded_anew_before_it_was_agreed_the_sponsor_waits(self, talk, client):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - DAY)
        fresh(goal).reword_as(by=talk.noor, at=now(), base=1, **goal_words(title="Ongelezen"))
        client.force_login(talk.els)
        answer = client.get(at("goal", goal))
        assert answer.status_code == 200 and "Ongelezen" not in answer.content.decode()

    def test_letting_go_and_keeping(self, talk, goal, client):
        client.force_login(talk.noor)
        client.post(at("goal_let_go", goal))
        client.force_login(talk.sam)
        assert at("goal_let_go", goal) in client.get(at("goal", goal)).content.decode()
        client.post(at("goal_let_go", goal), {"keep": "1"})
        assert fresh(goal).let_go_by is None


class TestDoors:
    def test_the_list_is_for_coach_and_client(self, talk, goal, client):
        for person, status in ((talk.noor, 200), (talk.sam, 200), (talk.els, 404), (make_person("Iris Mol"), 404)):
            client.force_login(person)
            assert client.get(at("goals", talk)).status_code == status

    def test_strangers_find_nothing(self, talk, goal, client):
        client.force_login(make_person("Iris Mol"))
        assert {client.get(at(name, goal)).status_code for name in ("goal", "goal_edit")} == {404}
        assert {client.post(at(name, goal)).status_code for name in ("goal_agree", "goal_share", "goal_let_go")} == {404}

    def test_verbs_are_not_read(self, talk, goal, client):
        client.force_login(talk.sam)
        assert {client.get(at(name, goal)).status_code for name in ("goal_agree", "goal_share", "goal_let_go")} == {405}

    def test_the_menu_leads_on(self, talk, client):
        client.force_login(talk.sam)
        assert client.get(reverse("trajectories:my_goals")).url == at("goals", talk)


class TestLevels:
    def test_the_outcome_counts_and_before_it_the_clients_last(self, talk, goal):
        client, coach = talk.seat("client"), talk.seat("coach")
        rows = lambda: last_levels(goal.measurements.readable_by(talk.sam).earliest_first().with_people())  # noqa: E731
        assert rows() == {}
        goal.measure(seat=client, at=now(), level=0, moment="session")
        goal.measure(seat=coach, at=now(), level=2, moment="preparation")
        assert rows()[goal.pk].level == 0
        goal.measure(seat=coach, at=now(), level=1, moment="outcome")
        goal.measure(seat=client, at=now(), level=-1, moment="follow_up")
        assert rows()[goal.pk].level == 1

    def test_the_score_of_all_from_two_goals_on(self, talk, goal, client):
        client.force_login(talk.sam)
        goal.measure(seat=talk.seat("client"), at=now(), level=0, moment="session")
        assert b"T = " not in client.get(at("goals", talk)).content
        second = said_yes(drawn_up(talk), talk.sam, talk.noor)
        second.measure(seat=talk.seat("client"), at=now(), level=0, moment="session")
        assert "50" in client.get(at("goals", talk)).content.decode().split("T = ")[1][:6]

    def test_the_example_of_the_rule_on_the_page(self, talk, client):
        """R6: x = −2, 0, −1, 2, 0, 1 with w = 3, 5, 1, 4, 2, 6 gives 55.00."""
        for level, weight in zip([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], strict=True):
            goal = said_yes(drawn_up(talk, weight=weight), talk.sam, talk.noor)
            goal.measure(seat=talk.seat("client"), at=now(), level=level, moment="session")
        unscored = said_yes(drawn_up(talk), talk.sam, talk.noor)
        page = goals_page(talk.trajectory, talk.sam, at=now())
        assert round(page.t, 2) == 55.00 and [one.goal for one in page.unscored] == [unscored]
        for person in (talk.sam, talk.noor):
            client.force_login(in_english(person))
            shown = client.get(at("goals", talk)).content.decode()
            assert "T = 55.00" in shown and "Goal 7 is not scored and does not count." in shown and "weight 6" in shown
        client.force_login(talk.els)
        assert client.get(at("goals", talk)).status_code == 404

    def test_the_sponsor_reads_the_score_nowhere(self, talk, client):
        for level in (2, 1):
            goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
            goal.share(by=talk.sam, at=now() - DAY)
            goal.measure(seat=talk.seat("client"), at=now(), level=level, moment="session")
        client.force_login(talk.els)
        pages = [reverse("trajectories:sponsor", args=[talk.pk]), *(at("goal", goal) for goal in Goal.objects.all())]
        assert not any("T = " in client.get(page).content.decode() for page in pages)


def in_english(person):
    person.language = "en"
    person.save()
    return person


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
        client.force_login(in_english(person))
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


class TestHelper:
    """Four parts become proposals where nothing was typed; with and without a script."""

    PARTS = {"smart-activity": "zeg het", "smart-quantity": "twee keer per week", "smart-support": "Lotte", "smart-time": "vóór kerst"}

    def proposed(self, talk, client, **typed):
        client.force_login(talk.sam)
        return client.post(at("goal_new", talk), self.PARTS | {"propose": "1"} | typed)

    def value(self, page, name):
        found = re.search(rf'name="{name}"[^>]*?(?:value="([^"]*)"[^>]*>|>\s*([^<]*)</textarea>)', page)
        return html.unescape(found.group(1) or found.group(2) or "").strip()

    def test_it_fills_what_is_empty_and_writes_nothing_down(self, talk, client):
        answer = self.proposed(talk, client, plus_one="Van mijzelf.", why="Hierom.")
        page = answer.content.decode()
        assert answer.status_code == 200 and not Goal.objects.exists()
        assert self.value(page, "title") == self.value(page, "zero") == "Ik zeg het, twee keer per week, met Lotte, vóór kerst."
        assert self.value(page, "plus_one") == "Van mijzelf." and self.value(page, "why") == "Hierom."
        assert self.value(page, "minus_one") == "Ik zeg het, één keer per week, met Lotte, vóór kerst."

    def test_untouched_proposals_follow_and_reworded_ones_stay(self, talk, client):
        before = {f"smart-was_{name}": "Ik zeg het." for name in ("title", "zero")}
        page = self.proposed(talk, client, title="Ik zeg het.", zero="Ik zeg het nú.", **before).content.decode()
        assert self.value(page, "title").startswith("Ik zeg het, twee keer") and self.value(page, "zero") == "Ik zeg het nú."

    def test_the_proposals_are_kept_as_a_draft(self, talk, client):
        self.proposed(talk, client, key="0b0c9a6e-2f57-4f5e-9d0c-3c1f9b1a7d13", turn="3")
        page = client.get(at("goal_new", talk)).content.decode()
        assert self.value(page, "title").startswith("Ik zeg het, twee keer") and self.value(page, "smart-activity") == "zeg het"
        assert '<details class="smart" id="smart" open>' in page

    def test_without_an_activity_it_says_what_to_begin_with(self, talk, client):
        in_english(talk.sam)
        page = self.proposed(talk, client, **{"smart-activity": " "}).content.decode()
        assert "Say first what you do then." in page and self.value(page, "title") == ""

    def test_htmx_gets_the_fields_alone(self, talk, client):
        client.force_login(talk.sam)
        answer = client.post(at("goal_new", talk), self.PARTS | {"propose": "1"}, headers={"HX-Request": "true"})
        assert b"<html" not in answer.content and b'id="goal-words"' in answer.content and at("goals", talk).encode() in answer.content

    def test_while_one_types_the_sentence_is_said(self, talk, goal, client):
        client.force_login(talk.sam)
        for address in (at("goal_new", talk), at("goal_edit", goal)):
            answer = client.post(address, self.PARTS | {"sentence": "1"}, headers={"HX-Request": "true"})
            assert answer.content.decode().count("Ik zeg het, twee keer per week, met Lotte, vóór kerst.") == 1
        assert not Draft.objects.exists()

    def test_what_was_typed_in_the_helper_bars_nobody(self, talk, client):
        client.force_login(talk.sam)
        assert client.post(at("goal_new", talk), typed() | {"smart-activity": "\x00" + "x" * 5000}).status_code == 302

    def test_a_stranger_gets_no_sentence(self, talk, goal, client):
        client.force_login(make_person("Iris Mol"))
        assert client.post(at("goal_edit", goal), {"sentence": "1"}, headers={"HX-Request": "true"}).status_code == 404
