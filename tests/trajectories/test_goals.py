"""Who words a goal, who must agree, and when does the sponsor read it? (R5, R6, R20b)"""

import pytest

from coaching.clock import now
from coaching.models import Letter, Trace
from coaching.refusals import Refused, Stale
from coaching.traces import look
from tests.trajectories.opening import DAY, MINUTE, SECOND, agreed, drawn_up, fresh, goal_words, opened, said_yes
from trajectories.models import GoalVersion, Measurement, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened(state="running")


def newest(goal):
    return GoalVersion.objects.filter(goal=goal).order_by("-number").first()


def reworded(goal, by, *, base=None, at=None, **other):
    return fresh(goal).reword_as(by=by, at=at or now(), base=base or fresh(goal).version, **goal_words(**other))


def reads(talk, person):
    """The titles that a person can read now."""
    rows = list(talk.trajectory.goalversions.readable_by(person))
    return sorted(row.title for row in look(rows, by=person, at=now()))


class TestAgreeing:
    def test_coach_and_client_are_enough_while_it_is_private(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam)
        assert newest(goal).agreed_at is None
        said_yes(goal, talk.noor)
        assert newest(goal).agreed_at

    def test_the_sponsor_too_when_it_is_shared(self, talk):
        at = now() - MINUTE
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=at)
        said_yes(goal, talk.sam, talk.noor)
        assert newest(goal).agreed_at is None
        said_yes(goal, talk.els)
        assert newest(goal).agreed_at

    def test_the_last_yes_measures_the_start(self, talk):
        goal = said_yes(drawn_up(talk, start_level=-1), talk.sam, talk.noor)
        assert list(goal.measurements.values_list("level", "moment")) == [(-1, "start")]

    def test_the_first_agreed_goal_starts_the_coaching(self):
        talk = opened()
        agreed(talk)
        goal = said_yes(drawn_up(talk), talk.sam)
        assert talk.trajectory.state == State.AGREED
        said_yes(goal, talk.noor)
        assert talk.trajectory.state == State.RUNNING

    def test_no_yes_to_words_that_changed(self, talk):
        goal = drawn_up(talk)
        reworded(goal, talk.noor, title="Anders")
        with pytest.raises(Refused, match="changed while you were reading"):
            newest(goal).agree(by=talk.sam, at=now(), read=1)

    def test_no_yes_to_an_older_version(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        first = newest(goal)
        reworded(goal, talk.noor)
        with pytest.raises(Refused, match="newer version"):
            first.agree(by=talk.sam, at=now(), read=1)

    def test_the_sponsor_says_nothing_about_what_is_private(self, talk):
        with pytest.raises(Refused, match="not been put to you"):
            said_yes(drawn_up(talk), talk.els)

    def test_a_yes_can_be_taken_back_until_all_have_said_it(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam)
        newest(goal).take_back(by=talk.sam, at=now())
        assert not newest(goal).assents.exists()
        said_yes(goal, talk.sam, talk.noor)
        with pytest.raises(Refused, match="Everyone has agreed"):
            newest(goal).take_back(by=talk.sam, at=now())

    def test_the_other_is_asked_once(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam)
        assert Letter.objects.filter(kind="goal_to_agree", person=talk.noor).count() == 1
        said_yes(goal, talk.sam)
        assert Letter.objects.filter(kind="goal_to_agree").count() == 1


class TestRewording:
    def test_until_it_is_agreed_again_the_old_one_holds(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        reworded(goal, talk.noor, title="Anders")
        assert goal.versions.agreed().get().number == 1 and newest(goal).number == 2

    def test_an_open_version_is_worded_again_and_asks_for_a_yes_again(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam)
        reworded(goal, talk.noor)
        assert goal.versions.count() == 1 and not newest(goal).assents.exists()

    def test_nobodys_words_are_overwritten(self, talk):
        goal = drawn_up(talk)
        reworded(goal, talk.noor, base=1, title="Van Noor")
        with pytest.raises(Stale):
            reworded(goal, talk.sam, base=1, title="Van Sam")

    def test_levels_keep_the_version_they_were_given_to(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        reworded(goal, talk.noor, zero="anders")
        said_yes(goal, talk.sam, talk.noor)
        assert [row.version_of_goal.number for row in Measurement.objects.order_by("worded_at")] == [1, 2]

    def test_a_start_is_chosen_with_sentences_and_not_by_other_words(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        for words in ({"title": "Anders"}, {"start_level": -1, "title": "Anders"}, {"start_level": -1, "weight": 3}):
            reworded(goal, talk.noor, **words)
            said_yes(goal, talk.sam, talk.noor)
        starts = Measurement.objects.order_by("worded_at").values_list("version_of_goal__number", "level", "moment")
        assert list(starts) == [(1, -2, "start"), (3, -1, "start")]

    @pytest.mark.parametrize("last", ["noor", "sam"])
    def test_whose_yes_is_the_last_leaves_the_trace_of_it(self, talk, goal, last):
        """Sentences are compared then: by who acts, and nobody else is said to have read them (R26)."""
        one, other = (talk.sam, talk.noor) if last == "noor" else (talk.noor, talk.sam)
        begun = now() - 5 * DAY
        reworded(goal, talk.noor, at=begun, zero="iets anders")
        said_yes(goal, one, at=begun)
        read = Trace.objects.filter(act="opened")
        assert not read.exists()
        said_yes(goal, other, at=begun + DAY)
        part = "coach" if last == "noor" else "client"
        assert newest(goal).agreed_at and set(read.values_list("person_id", "part")) == {(other.pk, part)}

    def test_not_while_a_text_lies_to_be_signed(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        review = talk.trajectory.begin_closing(by=talk.noor, at=now())
        type(review).objects.update(put_forward_at=now())
        for act in (lambda: reworded(goal, talk.noor), lambda: drawn_up(talk), lambda: goal.share(by=talk.sam, at=now())):
            with pytest.raises(Refused, match="put forward to sign"):
                act()

    def test_numbers_go_on(self, talk):
        first, second = drawn_up(talk), drawn_up(talk)
        assert (first.number, second.number) == (1, 2)

    def test_the_sponsor_words_none(self, talk):
        with pytest.raises(Refused):
            drawn_up(talk, by=talk.els)
        with pytest.raises(Refused):
            reworded(drawn_up(talk), talk.els)

    def test_no_measuring_before_it_is_agreed(self, talk):
        with pytest.raises(Refused, match="not been agreed yet"):
            drawn_up(talk).measure(seat=talk.seat("client"), at=now(), level=0, moment="session")


class TestSharing:
    def test_the_sponsor_reads_it_after_half_a_minute(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - 31 * SECOND)
        assert reads(talk, talk.els) == ["Ik zeg het op tijd."]

    def test_not_before(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now())
        assert reads(talk, talk.els) == [] and not talk.trajectory.goals.readable_by(talk.els)

    def test_undone_it_is_not_written_about(self, talk):
        goal, at = drawn_up(talk), now()
        goal.share(by=talk.sam, at=at)
        fresh(goal).unshare(by=talk.sam, at=at + 10 * SECOND)
        assert not Letter.objects.waiting().filter(kind="goal_to_agree").exists()
        assert fresh(goal).shared_at is None and newest(goal).put_at is None

    def test_later_too_as_long_as_the_sponsor_has_not_agreed(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - DAY)
        fresh(goal).unshare(by=talk.sam, at=now())
        assert reads(talk, talk.els) == []

    def test_not_once_the_sponsor_agreed(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - DAY)
        said_yes(goal, talk.els)
        with pytest.raises(Refused, match="can no longer be undone"):
            fresh(goal).unshare(by=talk.sam, at=now())

    def test_unshared_it_no_longer_waits_for_the_sponsor(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - DAY)
        said_yes(goal, talk.sam, talk.noor)
        fresh(goal).unshare(by=talk.sam, at=now())
        assert newest(goal).agreed_at

    def test_no_other_words_than_were_seen(self, talk):
        goal = drawn_up(talk)
        reworded(goal, talk.noor)
        with pytest.raises(Refused, match="changed while you were reading"):
            fresh(goal).share(by=talk.sam, at=now(), read=1)

    @pytest.mark.parametrize("who", ["noor", "els"])
    def test_only_the_client(self, talk, who):
        with pytest.raises(Refused):
            drawn_up(talk).share(by=getattr(talk, who), at=now())

    def test_not_twice_and_not_without_a_sponsor(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now())
        with pytest.raises(Refused, match="shared already"):
            fresh(goal).share(by=talk.sam, at=now())
        alone = opened(sponsor=False)
        with pytest.raises(Refused, match="no sponsor"):
            drawn_up(alone).share(by=alone.sam, at=now())

    def test_a_coachs_proposal_does_not_travel_along(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        reworded(goal, talk.noor, title="Nog niet gelezen door Sam")
        fresh(goal).share(by=talk.sam, at=now() - MINUTE)
        assert reads(talk, talk.els) == ["Ik zeg het op tijd."]

    def test_a_new_version_reaches_the_sponsor_by_the_clients_yes(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        goal.share(by=talk.sam, at=now() - DAY)
        reworded(goal, talk.noor, title="Scherper", at=now() - 2 * MINUTE)
        assert reads(talk, talk.els) == ["Ik zeg het op tijd."]
        said_yes(goal, talk.sam, at=now() - MINUTE)
        assert reads(talk, talk.els) == ["Ik zeg het op tijd.", "Scherper"]

    def test_that_yes_can_be_taken_back_before_the_sponsor_reads(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        goal.share(by=talk.sam, at=now() - DAY)
        reworded(goal, talk.noor, title="Scherper")
        said_yes(goal, talk.sam)
        newest(goal).take_back(by=talk.sam, at=now())
        assert newest(goal).put_at is None

    def test_earlier_private_versions_stay_private(self, talk):
        goal = said_yes(drawn_up(talk, title="Eerst"), talk.sam, talk.noor)
        reworded(goal, talk.sam, title="Daarna")
        said_yes(goal, talk.sam, talk.noor)
        fresh(goal).share(by=talk.sam, at=now() - MINUTE)
        assert reads(talk, talk.els) == ["Daarna"]

    def test_the_sponsor_knows_the_start_and_no_level_in_between(self, talk):
        goal = said_yes(drawn_up(talk), talk.sam, talk.noor)
        goal.share(by=talk.sam, at=now() - MINUTE)
        goal.measure(seat=talk.seat("client"), at=now(), level=0, moment="session")
        assert list(goal.measurements.readable_by(talk.els).values_list("moment", flat=True)) == ["start"]


class TestLettingGo:
    def test_coach_and_client_together(self, talk):
        goal = drawn_up(talk)
        goal.let_go(by=talk.noor, at=now())
        assert fresh(goal).let_go_at is None
        fresh(goal).let_go(by=talk.sam, at=now())
        assert fresh(goal).let_go_at and talk.trajectory.goals.count() == 1

    def test_one_alone_cannot(self, talk):
        goal = drawn_up(talk)
        goal.let_go(by=talk.noor, at=now())
        with pytest.raises(Refused, match="other one"):
            fresh(goal).let_go(by=talk.noor, at=now())

    def test_it_can_be_kept_after_all(self, talk):
        goal = drawn_up(talk)
        goal.let_go(by=talk.noor, at=now())
        fresh(goal).hold_on(by=talk.sam, at=now())
        assert fresh(goal).let_go_by is None

    def test_a_sponsor_who_agreed_is_told(self, talk):
        goal = drawn_up(talk)
        goal.share(by=talk.sam, at=now() - DAY)
        said_yes(goal, talk.els)
        fresh(goal).let_go(by=talk.noor, at=now())
        fresh(goal).let_go(by=talk.sam, at=now())
        assert Letter.objects.get(person=talk.els, kind="goal_let_go").url == goal.get_absolute_url()

    def test_after_that_nothing_changes(self, talk):
        goal = drawn_up(talk)
        for person in (talk.noor, talk.sam):
            fresh(goal).let_go(by=person, at=now())
        acts = (lambda: reworded(goal, talk.sam), lambda: said_yes(goal, talk.sam), lambda: fresh(goal).share(by=talk.sam, at=now()))
        for act in acts:
            with pytest.raises(Refused, match="let go"):
                act()
