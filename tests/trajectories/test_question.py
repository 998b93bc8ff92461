"""How does the question sharpen, and when does the sponsor read it? (R3, R20b)"""

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.models import Draft, Letter
from coaching.refusals import Refused
from coaching.traces import look
from tests.makers import make_person
from tests.trajectories.opening import MINUTE, SECOND, agreed, fresh, opened, reads_english
from trajectories.doors import CLIENT, COACH, PARTS, SPONSOR
from trajectories.models import Question, Release, Trajectory
from trajectories.needs import in_trajectories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk():
    return opened()


def page(talk):
    return reverse("trajectories:question", args=[talk.pk])


def worded(talk, by, words="Hoe zeg ik nee?", at=None):
    return fresh(Question.word(talk.trajectory, by=by, at=at or now(), words=words))


class TestWording:
    def test_the_clients_own_is_the_question_at_once(self, talk):
        assert worded(talk, talk.sam).settled_at

    def test_the_coachs_waits_for_the_client(self, talk):
        proposal = worded(talk, talk.noor)
        assert proposal.settled_at is None
        proposal.settle(by=talk.sam, at=now())
        assert fresh(proposal).settled_at

    def test_only_the_client_takes_it_over(self, talk):
        with pytest.raises(Refused):
            worded(talk, talk.noor).settle(by=talk.noor, at=now())

    def test_what_is_the_question_is_not_settled_twice(self, talk):
        with pytest.raises(Refused, match="already"):
            worded(talk, talk.sam).settle(by=talk.sam, at=now())

    def test_the_client_can_go_back_to_an_older_one(self, talk):
        first = worded(talk, talk.sam, at=now() - MINUTE)
        worded(talk, talk.sam)
        first.settle(by=talk.sam, at=now() + SECOND)
        assert Question.objects.latest_settled_first().first() == first

    def test_the_sponsor_words_none_and_reads_none(self, talk):
        with pytest.raises(Refused):
            worded(talk, talk.els)
        worded(talk, talk.sam)
        assert not talk.trajectory.questions.readable_by(talk.els)

    def test_nothing_after_the_end(self, talk):
        talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
        with pytest.raises(Refused, match="stopped"):
            worded(talk, talk.sam)


class TestWaiting:
    def test_the_clients_home_says_that_a_proposal_of_the_coach_waits(self, talk, client):
        said = "Noor proposes words for the coaching question"
        home = lambda: [need.title for need in client.get(reverse("sessions:now")).context["needs"]]  # noqa: E731
        client.force_login(reads_english(talk.sam))
        assert said not in home()
        proposal = worded(talk, talk.noor, at=now() - 2 * MINUTE)
        answer = client.get(reverse("sessions:now"))
        assert said in home() and page(talk) in answer.content.decode()
        proposal.settle(by=talk.sam, at=now() - MINUTE)
        assert said not in home()
        worded(talk, talk.noor, "Waar sta ik?", at=now() - SECOND)
        assert said in home()
        worded(talk, talk.sam)  # words of their own: what came before waits no more
        assert said not in home()

    def test_it_waits_for_the_client_only_and_not_for_a_coach_who_left(self, talk):
        worded(talk, talk.noor)
        rows = Trajectory.objects.with_waiting(talk.sam).with_seats()
        titles = lambda part: [need.title for need in in_trajectories(talk.sam, part, now(), rows.all())]  # noqa: E731
        assert [part for part in PARTS if any("proposes words" in title for title in titles(part))] == [CLIENT]
        talk.seat(COACH).leave(at=now())
        assert not rows.get().waits_question


class TestReleasing:
    def test_the_sponsor_reads_a_copy_after_half_a_minute(self, talk):
        at = now() - MINUTE
        worded(talk, talk.sam, "Hoe laat ik los?", at=at).release(by=talk.sam, at=at)
        worded(talk, talk.sam, "Hoe houd ik vast?")
        assert not talk.trajectory.releases.readable_by(talk.els)  # in the intake the sponsor knows names
        agreed(talk)
        (read,) = look(talk.trajectory.releases.readable_by(talk.els), by=talk.seat(SPONSOR), at=now())
        assert read.words == "Hoe laat ik los?"

    def test_within_half_a_minute_nobody_reads_it_and_it_can_be_undone(self, talk):
        at = now()
        given = worded(talk, talk.sam, at=at).release(by=talk.sam, at=at)
        assert not talk.trajectory.releases.readable_by(talk.els)
        given.take_back(by=talk.sam, at=at + 29 * SECOND)
        assert not Release.objects.exists()
        assert not Letter.objects.waiting().filter(kind="something_shared").exists()

    def test_after_half_a_minute_it_cannot(self, talk):
        at = now()
        given = worded(talk, talk.sam, at=at).release(by=talk.sam, at=at)
        with pytest.raises(Refused, match="cannot take it back"):
            given.take_back(by=talk.sam, at=at + 30 * SECOND)

    def test_the_same_wording_is_not_shared_twice(self, talk):
        wording = worded(talk, talk.sam)
        wording.release(by=talk.sam, at=now())
        with pytest.raises(Refused, match="already"):
            wording.release(by=talk.sam, at=now())

    def test_a_proposal_is_not_shared(self, talk):
        with pytest.raises(Refused, match="First say"):
            worded(talk, talk.noor).release(by=talk.sam, at=now())

    def test_only_the_client_shares(self, talk):
        with pytest.raises(Refused):
            worded(talk, talk.sam).release(by=talk.noor, at=now())

    def test_without_a_sponsor_there_is_nobody_to_share_with(self):
        alone = opened(sponsor=False)
        with pytest.raises(Refused, match="no sponsor"):
            worded(alone, alone.sam).release(by=alone.sam, at=now())


class TestPages:
    def test_wording_and_taking_over(self, talk, client):
        client.force_login(talk.noor)
        assert client.post(page(talk), {"words": "Hoe zeg ik nee?"}).url == page(talk)
        client.force_login(talk.sam)
        answer = client.get(page(talk)).content.decode()
        assert "Hoe zeg ik nee?" in answer
        client.post(reverse("trajectories:question_agree", args=[Question.objects.get().pk]))
        assert Question.objects.get().settled_at

    def test_a_wording_that_waits_is_not_called_refused(self, talk, client):
        worded(talk, talk.noor)
        for person, said in ((talk.sam, "A proposal. It becomes the question when you say so."), (talk.noor, "when Sam says so")):
            client.force_login(reads_english(person))
            shown = client.get(page(talk)).content.decode()
            assert said in shown and "has not taken it over" not in shown

    def test_sharing_and_undoing(self, talk, client):
        wording = worded(talk, talk.sam)
        client.force_login(reads_english(talk.sam))
        release = reverse("trajectories:question_release", args=[wording.pk])
        assert f'name="read_by" value="{talk.seat(SPONSOR).pk}"' in client.get(page(talk)).text
        answer = client.post(release, {"read_by": talk.seat(SPONSOR).pk})
        shared = client.get(answer.url).content.decode()
        assert answer.url == f"{page(talk)}#share" and 'id="share"' in shared
        assert 'name="undo"' in shared and "Shared. You can undo it for half a minute." in shared
        client.post(release, {"undo": "1"})
        assert not Release.objects.exists()

    @pytest.mark.parametrize("told", [{}, {"read_by": "x"}, None])
    def test_it_goes_to_nobody_but_whom_the_page_named(self, talk, client, told):
        """None: the page named Els, and meanwhile it is Otto."""
        wording, els = worded(talk, talk.sam), talk.seat(SPONSOR).pk
        talk.trajectory.name_sponsor(make_person("Otto Kuiper"), by=talk.sam, at=now())
        client.force_login(reads_english(talk.sam))
        release = reverse("trajectories:question_release", args=[wording.pk])
        said = client.post(release, {"read_by": els} if told is None else told, follow=True).text
        assert "Meanwhile Otto is the sponsor. Look once more before you share this." in said and not Release.objects.exists()
        client.post(release, {"read_by": talk.seat(SPONSOR).pk})
        assert Release.objects.count() == 1

    def test_what_was_typed_comes_back(self, talk, client):
        client.force_login(talk.sam)
        answer = client.post(page(talk), {"words": "x" * 601})
        assert answer.status_code == 422 and "x" * 601 in answer.content.decode()

    def test_a_refusal_comes_back_as_a_sentence(self, talk, client):
        talk.trajectory.stop(by=talk.sam, at=now(), reason="no_time")
        client.force_login(talk.sam)
        answer = client.post(page(talk), {"words": "Toch nog?"})
        assert answer.status_code == 422 and not Question.objects.exists()

    def test_a_draft_is_kept_and_shown_again(self, talk, client):
        client.force_login(talk.sam)
        key = "0b0c9a6e-2f57-4f5e-9d0c-3c1f9b1a7d11"
        client.post(page(talk), {"words": "Half", "key": key, "turn": "1"}, headers={"X-Keep": "1"})
        assert Draft.objects.count() == 1 and not Question.objects.exists()
        assert "Half" in client.get(page(talk)).content.decode()

    def test_a_double_post_words_once(self, talk, client):
        client.force_login(talk.sam)
        data = {"words": "Hoe?", "key": "0b0c9a6e-2f57-4f5e-9d0c-3c1f9b1a7d12", "turn": "1"}
        client.post(page(talk), data)
        client.post(page(talk), data)
        assert Question.objects.count() == 1

    def test_hidden_from_strangers_and_the_sponsor(self, talk, client):
        wording = worded(talk, talk.sam)
        for person in (talk.els, make_person("Iris Mol")):
            client.force_login(person)
            assert client.get(page(talk)).status_code == 404
            for name in ("question_agree", "question_release"):
                assert client.post(reverse(f"trajectories:{name}", args=[wording.pk])).status_code == 404

    def test_the_coach_cannot_share(self, talk, client):
        client.force_login(talk.noor)
        release = reverse("trajectories:question_release", args=[worded(talk, talk.sam).pk])
        assert client.post(release).status_code == 404
        assert client.get(release).status_code == 405


def test_what_the_sponsor_has_already_is_not_offered_again(client):
    """Also where the same words were shared from elsewhere."""
    talk = opened()
    question = Question.word(talk.trajectory, by=talk.sam, at=now() - 60 * MINUTE, words="Hoe zeg ik nee?")
    place = reverse("trajectories:question", args=[talk.pk])
    client.force_login(talk.sam)
    assert reverse("trajectories:question_release", args=[question.pk]) in client.get(place).content.decode()
    Release.give(talk.trajectory, by=talk.sam, at=now() - 60 * MINUTE, kind=Release.QUESTION, words="Hoe zeg ik nee?")
    assert reverse("trajectories:question_release", args=[question.pk]) not in client.get(place).content.decode()
