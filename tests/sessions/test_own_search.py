"""Is what one wrote for oneself found, by oneself alone, without a trace; does a learning journal stay with its writer? (R11, R25–R29)"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.clock import now
from coaching.models import Erased, Person, Trace
from coaching.refusals import Refused
from sessions import own_words
from sessions.leaving import forget_who_left
from sessions.models import Journal, Learning, Note, ReflectiveQuestion, Stall
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
LEARNING = "/leerdagboek/"


class Said:
    def __init__(self, words, differently=None):
        self.words, self.differently = words, differently


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


@given(st.lists(st.text(max_size=30)), st.text(max_size=20))
def test_nothing_is_found_that_does_not_hold_it_and_nothing_is_missed(written, sought):
    rows = [Said(words) for words in written]
    found = own_words.holding(rows, sought)
    wanted = own_words.fold(sought).split()
    assert found == [row for row in rows if all(word in own_words.fold(row.words) for word in wanted)]


def test_capitals_accents_and_what_to_do_differently():
    rows = [Said("Één keer"), Said("Het haperde", "Stiller zijn")]
    assert own_words.holding(rows, "EEN")[0] is rows[0] and own_words.holding(rows, "stiller") == [rows[1]]


def test_ones_own_notes_and_stalls_are_found(trajectory, coach):
    Note.remember(trajectory, by=coach, at=now(), words="Rob lachte bij elke stilte")
    Note.remember(trajectory, by=coach, at=now(), words="Iets heel anders")
    Stall.mark(make_session(trajectory), by=coach, at=now(), words="Te snel", differently="Stilte laten")
    found = as_(coach).post(address("note", trajectory), {"sought": "STILTE"}).content.decode()
    assert "Rob lachte" in found and "Stilte laten" in found and "Iets heel anders" not in found
    part = as_(coach, hx_request="true").post(address("note", trajectory), {"sought": "rob"}).content.decode()
    assert "Rob lachte" in part and "<html" not in part
    assert "Niets met" in as_(coach).post(address("note", trajectory), {"sought": "xyzzy"}).content.decode()
    assert Note.objects.count() == 2 and set(Trace.objects.values_list("kind", "act")) == {("coaching_sessions.coachingsession", "changed")}


def test_the_client_searches_their_journal_and_another_finds_nothing(trajectory, client, coach):
    Journal.write(trajectory, by=client, at=now(), words="Bang dat Rob weggaat")
    assert "weggaat" in as_(client).post(address("journal", trajectory), {"sought": "bang"}).content.decode()
    for person in (coach, trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).post(address("journal", trajectory), {"sought": "bang"}).status_code == 404
    assert not Trace.objects.exists()


def test_notes_of_another_trajectory_are_not_found(trajectory, coach):
    other = make_trajectory(coach=coach)
    Note.remember(other, by=coach, at=now(), words="Over een ander")
    assert "Over een ander" not in as_(coach).post(address("note", trajectory), {"sought": "ander"}).content.decode()


def test_a_long_journal_shows_its_latest_and_finds_all(trajectory, coach):
    for number in range(own_words.AT_ONCE + 5):
        Note.remember(trajectory, by=coach, at=now() - timedelta(hours=number), words=f"Notitie {number:03}")
    page = as_(coach).get(address("note", trajectory)).content.decode()
    assert "Notitie 000" in page and f"Notitie {own_words.AT_ONCE + 2:03}" not in page and "?all=1" in page
    assert f"Notitie {own_words.AT_ONCE + 2:03}" in as_(coach).get(address("note", trajectory), {"all": "1"}).content.decode()
    last = f"{own_words.AT_ONCE + 4:03}"
    assert f"Notitie {last}" in as_(coach).post(address("note", trajectory), {"sought": last}).content.decode()


def test_the_last_note_stands_on_the_page_of_the_trajectory(trajectory, coach):
    Note.remember(trajectory, by=coach, at=now(), words="Let op mijn handen")
    assert "?latest=1" in as_(coach).get(address("detail", trajectory)).content.decode()
    part = as_(coach, hx_request="true").get(address("note", trajectory), {"latest": "1"}).content.decode()
    assert "Let op mijn handen" in part and "<html" not in part


def test_a_learning_journal_has_one_reader_and_hangs_on_nothing(coach, client):
    as_(coach).post(LEARNING, {"words": "Stilte kost mij meer dan de ander"})
    assert "Stilte kost mij" in as_(coach).get(LEARNING).content.decode()
    assert "Stilte kost mij" in as_(coach).post(LEARNING, {"sought": "kost"}).content.decode()
    assert "Stilte kost mij" not in as_(make_person("Bram Smit", coach=True)).get(LEARNING).content.decode()
    assert as_(client).get(LEARNING).status_code == 404 and not Trace.objects.exists()


def test_it_stays_after_the_trajectory_and_goes_when_its_writer_says_so(coach, trajectory):
    row = Learning.write(by=coach, at=now(), words="Voor mezelf")
    trajectory.coach.leave(at=now())
    assert "Voor mezelf" in as_(coach).get(LEARNING).content.decode()
    other = make_person("Bram Smit", coach=True)
    with pytest.raises(Refused):
        row.throw_away(by=other, at=now())
    assert as_(other).post(address("learning_throw_away", row)).status_code == 404
    assert as_(coach).get(address("learning_throw_away", row)).status_code == 405
    as_(coach).post(address("learning_throw_away", row))
    assert not Learning.objects.exists()


def test_an_empty_page_is_not_kept(coach):
    assert as_(coach).post(LEARNING, {"words": " "}).status_code == 422 and not Learning.objects.exists()


def test_own_words_go_ninety_days_after_their_writer_left(coach):
    at = now()
    learned, own = Learning.write(by=coach, at=at, words="Voor mezelf"), _question(coach)
    shared = _question(coach)
    shared.share(by=coach, at=at)
    Person.objects.filter(pk=coach.pk).update(is_active=False)
    assert not Learning.objects.readable_by(Person.objects.get(pk=coach.pk)).exists()
    forget_who_left(at)
    forget_who_left(at + 90 * DAY)
    assert Learning.objects.exists()
    forget_who_left(at + 92 * DAY)
    assert not Learning.objects.exists() and list(ReflectiveQuestion.objects.all()) == [shared]
    assert set(Erased.objects.values_list("thing", flat=True)) == {str(learned.pk), str(own.pk)}
    forget_who_left(at + 93 * DAY)
    assert Erased.objects.count() == 2


def test_who_comes_back_finds_everything(coach):
    at = now()
    Learning.write(by=coach, at=at, words="Voor mezelf")
    Person.objects.filter(pk=coach.pk).update(is_active=False)
    forget_who_left(at)
    Person.objects.filter(pk=coach.pk).update(is_active=True)
    forget_who_left(at + 30 * DAY)
    Person.objects.filter(pk=coach.pk).update(is_active=False)
    forget_who_left(at + 100 * DAY)
    assert Learning.objects.get().left_on is not None


def _question(coach):
    return ReflectiveQuestion.word(by=coach, at=now(), words="Wat doe je dan?", phase="will")
