"""What do the pages of the goals show, keep and refuse? (R5, R6, R20b)"""

import re

import pytest
from django.urls import reverse

from coaching.clock import now, today
from coaching.models import Draft
from coaching.templatetags.house import day_full
from tests.makers import make_person
from tests.trajectories.opening import DAY, drawn_up, fresh, goal_words, reads_english, said_yes
from trajectories.goals_page import goals_page
from trajectories.models import Goal, GoalVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
            {"due_on": str(today() - DAY)},
            {"due_on": str(today() + 1100 * DAY)},
            {"due_on": "9999-12-31"},
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

    @pytest.mark.parametrize("agreed", [True, False])
    def test_what_was_agreed_stands_only_where_something_was(self, talk, client, agreed):
        goal = drawn_up(talk)
        if agreed:
            said_yes(goal, talk.sam, talk.noor)
        client.force_login(reads_english(talk.noor))
        page = client.post(at("goal_edit", goal), typed(title="Scherper") | {"base": "1"}, follow=True).content.decode()
        assert "Worded anew. Each of you says yes to it" in page and ("what was agreed stands" in page) == agreed

    def test_a_goal_whose_day_is_over_can_be_worded_anew(self, talk, client):
        goal = drawn_up(talk, due_on=today() - 9 * DAY)
        client.force_login(talk.sam)
        other_day = client.post(at("goal_edit", goal), typed(due_on=today() - 8 * DAY) | {"base": "1"})
        assert other_day.status_code == 422 and "due_on" in other_day.context["form"].errors
        assert client.post(at("goal_edit", goal), typed(due_on=today() - 9 * DAY) | {"base": "1"}).status_code == 302

    def test_the_other_worded_it_meanwhile(self, talk, goal, client):
        fresh(goal).reword_as(by=talk.noor, at=now(), base=1, **goal_words(title="Van Noor"))
        client.force_login(talk.sam)
        answer = client.post(at("goal_edit", goal), typed(title="Van Sam") | {"base": "1"})
        assert answer.status_code == 409 and "Van Noor" in answer.content.decode() and "Van Sam" in answer.content.decode()

    @pytest.mark.parametrize(("writer", "said"), [("noor", "Noor changed it while"), ("sam", "changed in another window")])
    def test_of_two_versions_only_what_differs_is_shown(self, talk, goal, client, writer, said):
        other = {"due_on": today() + 40 * DAY, "start_level": -1}
        fresh(goal).reword_as(by=getattr(talk, writer), at=now(), base=1, **goal_words(title="Anders", why="Hierom dus.") | other)
        client.force_login(reads_english(talk.sam))
        answer = client.post(at("goal_edit", goal), typed(why="Hierom dus.", start_level=-2) | {"base": "1"})
        page = answer.content.decode().split("<main")[1]
        shown = re.findall(r'<p class="faint">(.*?)</p><p class="voice">(.*?)</p>', page)
        assert answer.status_code == 409 and said in page and len(shown) == 6
        assert {"−1", "−2", day_full(other["due_on"])} <= {text for _label, text in shown}

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
            client.post(at("goal_agree", goal), {"read": "1", "asked": str(GoalVersion.objects.get().pk)})
        assert GoalVersion.objects.get().agreed_at

    @pytest.mark.parametrize("read", [{}, {"read": "1"}, {"read": "9", "asked": "it"}, {"asked": "it"}, {"read": "1", "asked": "1"}])
    def test_no_yes_without_reading(self, talk, client, read):
        goal = drawn_up(talk)
        client.force_login(talk.sam)
        asked = {"asked": str(GoalVersion.objects.get().pk)} if read.get("asked") == "it" else {}
        assert client.post(at("goal_agree", goal), read | asked).status_code == 302
        assert not GoalVersion.objects.get().assents.exists()

    def test_a_yes_taken_back(self, talk, client):
        goal = said_yes(drawn_up(talk), talk.sam)
        client.force_login(talk.sam)
        client.post(at("goal_agree", goal), {"take_back": "1", "asked": str(GoalVersion.objects.get().pk)})
        assert not GoalVersion.objects.get().assents.exists()

    def test_the_client_sees_what_will_be_read_and_can_undo(self, talk, goal, client):
        client.force_login(reads_english(talk.sam))
        before = client.get(at("goal", goal)).content.decode()
        assert before.count("Iemand die meekijkt.") == 2
        answer = client.post(at("goal_share", goal), {"read": "1", "shown": "1", "read_by": talk.seat("sponsor").pk})
        shared = client.get(answer.url).content.decode()
        assert answer.url == f"{at('goal', goal)}#reads" and 'id="reads"' in shared
        assert 'name="undo"' in shared and "Shared. You can undo it for half a minute." in shared
        client.post(at("goal_share", goal), {"undo": "1"})
        assert fresh(goal).shared_at is None

    @pytest.mark.parametrize("read", [{}, {"read": "0"}, {"read": "x"}, {"read": "1"}, {"read": "1", "shown": "2"}])
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

    def test_each_reads_what_is_theirs_to_know_about_sharing(self, talk, goal, client):
        goal.share(by=talk.sam, at=now() - DAY)
        said = {}
        for person in talk.everyone:
            client.force_login(reads_english(person))
            said[person] = client.get(at("goal", goal)).content.decode()
        assert "Sam shared this goal with you." in said[talk.els] and "decides whether" not in said[talk.els]
        assert "Once Els has agreed, it cannot be taken back." in said[talk.sam] and "You can share it later" not in said[talk.sam]
        assert "shared this goal with you" not in said[talk.noor] + said[talk.sam]

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
        version = lambda: GoalVersion.objects.with_last_level(goal.measurements.readable_by(talk.sam)).get()  # noqa: E731
        assert version().last_level is None
        goal.measure(seat=client, at=now(), level=0, moment="session")
        goal.measure(seat=coach, at=now(), level=2, moment="preparation")
        assert version().last_level == 0
        goal.measure(seat=coach, at=now(), level=1, moment="outcome")
        goal.measure(seat=client, at=now(), level=-1, moment="follow_up")
        assert version().last_level == 1

    def test_the_page_of_the_trajectory_goes_by_the_same_level(self, talk, goal, client):
        client.force_login(reads_english(talk.sam))
        page = lambda: [(one.level, one.note) for one in client.get(reverse("sessions:detail", args=[talk.pk])).context["page"].goals]  # noqa: E731
        assert page() == [(None, "")]
        goal.measure(seat=talk.seat("client"), at=now() - DAY, level=0, moment="session")
        goal.measure(seat=talk.seat("coach"), at=now(), level=2, moment="preparation")
        assert page() == [(0, "Sam, written down by Noor, after a session")]

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
            client.force_login(reads_english(person))
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
