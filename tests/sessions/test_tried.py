"""What was tried, to which end, and what did it bring? (R13)"""

import pytest

from coaching.clock import now
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.models import Intervention
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
BOOK, PLAY = "Boek of artikel: Vlieg niet te hoog", "Rollenspel: het gesprek met Rob"


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


@pytest.fixture
def session(trajectory):
    return make_session(trajectory, starts_at=now() - 3 * DAY)


def opened(coach, **where):
    return look([Intervention.objects.get(**where)], by=coach, at=now())[0]


def page(person, name, row):
    return as_(person).get(address(name, row)).content.decode()


def test_details_intention_and_what_was_learned(trajectory, session, coach, client):
    make_log(session, interventions=[PLAY], share_at=now() - DAY)
    row = Intervention.objects.get()
    said = {"words": PLAY + ", drie keer", "intention": "Oefenen voor het echt is", "learned": "Kort beginnen", "base": "1"}
    assert as_(coach).post(address("intervention", row), said).url == address("tried", trajectory)
    now_ = opened(coach)
    assert (now_.kind, now_.intention, now_.learned, now_.version) == ("role_play", "Oefenen voor het echt is", "Kort beginnen", 2)
    for person in (coach, client):
        for name, where in (("tried", trajectory), ("session", session)):
            read = page(person, name, where)
            assert "drie keer" in read and "Oefenen voor het echt is" in read and "Kort beginnen" in read, name
    assert as_(client).get(address("intervention", row)).status_code == 404
    for person in (trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get(address("tried", trajectory)).status_code == 404
        assert as_(person).get(address("reading", trajectory)).status_code == 404


def test_the_kind_asks_what_to_record(session, coach):
    make_log(session, interventions=[PLAY])
    read = page(coach, "intervention", Intervention.objects.get())
    assert "wie welke rol had" in read and "Hoe ging het toen het echt was?" in read and "Iets oefenen voordat het echt is" in read


def test_who_was_first_is_not_overwritten(session, coach):
    make_log(session, interventions=[PLAY])
    row, facts = Intervention.objects.get(), {"by": coach, "at": now(), "words": PLAY, "intention": "", "learned": ""}
    row.detail(base=1, **facts)
    with pytest.raises(Stale):
        row.detail(base=1, **facts)
    answer = as_(coach).post(address("intervention", row), {"words": "Anders", "base": "1"})
    assert answer.status_code == 409 and "Anders" in answer.content.decode() and PLAY in answer.content.decode()


def test_a_line_reworded_in_the_log_keeps_what_hangs_on_it(session, coach):
    make_log(session, interventions=[PLAY, BOOK])
    row = Intervention.objects.get(kind="role_play")
    row.detail(by=coach, at=now(), base=1, words=PLAY, intention="Oefenen", learned="Kort beginnen")
    make_log(session, interventions=[PLAY + " en met Lotte", BOOK], base=1)
    assert opened(coach, kind="role_play").intention == "Oefenen"
    make_log(session, interventions=[BOOK, PLAY + " en met Lotte"], base=2)  # another order
    assert opened(coach, kind="role_play").learned == "Kort beginnen"
    make_log(session, interventions=["Wandelen langs de rivier"], base=3)  # another kind is another thing
    assert opened(coach).intention is None and Intervention.objects.count() == 1


def test_the_next_session_asks_what_it_brought(trajectory, session, coach, client):
    make_log(session, interventions=[PLAY], share_at=now() - 2 * DAY)
    coming = make_session(trajectory, starts_at=now() + DAY)
    assert "Hoe ging het toen het echt was?" in page(coach, "preparation", coming)
    assert "Hoe ging het toen het echt was?" in page(client, "topic", coming)


def test_books_make_a_reading_list_that_the_client_ticks(trajectory, session, coach, client):
    log = make_log(session, interventions=[PLAY, BOOK])
    assert BOOK not in page(client, "reading", trajectory) and BOOK in page(coach, "reading", trajectory)
    log.share(by=coach, at=now() - DAY)
    read = page(client, "reading", trajectory)
    assert BOOK in read and PLAY not in read
    book = Intervention.objects.get(kind="book")
    assert as_(client, hx_request="true").post(address("book_read", book), {"done": "on"}).status_code == 204
    book.refresh_from_db()
    assert book.read_at and "Gelezen" in page(coach, "reading", trajectory)
    as_(client).post(address("book_read", book))
    book.refresh_from_db()
    assert not book.read_at


def test_only_the_client_reads_and_only_books(session, coach, client):
    make_log(session, interventions=[PLAY, BOOK], share_at=now() - DAY)
    book, play = Intervention.objects.get(kind="book"), Intervention.objects.get(kind="role_play")
    for person, row in ((coach, book), (client, play)):
        with pytest.raises(Refused):
            row.read(by=person, at=now(), done=True)
        assert as_(person, hx_request="true").post(address("book_read", row), {"done": "on"}).status_code == 409
    assert as_(client).get(address("book_read", book)).status_code == 405


def test_what_is_missing_comes_back(session, coach):
    make_log(session, interventions=[PLAY])
    answer = as_(coach).post(address("intervention", Intervention.objects.get()), {"words": "", "intention": "Dit blijft", "base": "1"})
    assert answer.status_code == 422 and "Dit blijft" in answer.content.decode()


def test_an_empty_trajectory_says_so(trajectory, client):
    assert "Een goed gesprek mag ook zonder" in page(client, "tried", trajectory)
