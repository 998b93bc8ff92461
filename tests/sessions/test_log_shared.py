"""What happens to a log after it was shared: changed, with how it read before; never un-shared; gone only together? (R10, R12)"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coaching.clock import now
from coaching.models import Erased
from coaching.refusals import Refused
from coaching.traces import look
from sessions.forgetting import forget_versions
from sessions.models import Action, CoachingSession, Intervention, Log, LogVersion, Note, Stall, Steering, Takeaway
from tests.makers import DAY, make_log, make_person, make_session, make_trajectory, section

pytestmark = pytest.mark.django_db
HALF_A_MINUTE = timedelta(seconds=30)
FIRST, SECOND = "Zoals het eerst was", "Zoals het nu is"
ALONG = {"interventions": ["Rollenspel, met Rob"], "actions": [("Rob bellen", None)], "takeaway": "Minder is genoeg"}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def address(name, row):
    return reverse(f"sessions:{name}", args=[row.pk])


@pytest.fixture
def session():
    return make_session(make_trajectory(sponsor=make_person("Els Jansen")))


@pytest.fixture
def coach(session):
    return session.trajectory.coach.person


@pytest.fixture
def client(session):
    return session.trajectory.client.person


@pytest.fixture
def log(session):
    """Shared yesterday, with all that hangs on a log."""
    return make_log(session, FIRST, share_at=now() - DAY, **ALONG)


def page_of(session, person):
    return as_(person).get(address("session", session)).content.decode()


def test_until_it_is_shared_every_mark_says_only_you(session, coach, client):
    def marks(name, row):
        said = as_(coach).get(address(name, row)).content.decode()
        return [mark.split("</svg>")[1].split("<")[0] for mark in said.split('class="who"')[1:]]

    only, both = "Nog niet gedeeld: alleen jij", "Jij en Sam"
    log = make_log(session, FIRST, **ALONG)
    action = Action.objects.get()
    assert marks("session", session) == [only] * 3  # the yield, the log and the action
    assert only in marks("detail", session.trajectory) and marks("action", action) == [only] and only in marks("tried", session.trajectory)
    Takeaway.write(session, by=client, at=now(), words="Rust")
    assert marks("session", session) == [both, only, only, only]  # of what it yielded the client's own is theirs to read
    log.share(by=coach, at=now() - DAY)
    assert marks("session", session) == [both] * 3 and only not in marks("detail", session.trajectory) + marks("action", action)


# Editing


def test_how_it_read_before_is_there_for_both_with_all_that_was_read(session, log, coach, client):
    make_log(session, SECOND, base=1, takeaway="Nog minder", interventions=["Een boek"])
    for person in (coach, client):
        page = page_of(session, person)
        assert all(words in page for words in (FIRST, SECOND, "Minder is genoeg", "Nog minder", "Rollenspel, met Rob", "Een boek"))
        assert "nadat het gedeeld was" in page
    assert as_(session.trajectory.sponsor.person).get(address("session", session)).status_code == 404


def test_a_log_that_nobody_read_yet_keeps_no_version(session, client):
    log = make_log(session, FIRST)
    log.share(by=session.trajectory.coach.person, at=now())
    make_log(session, SECOND, base=1)  # within the half minute
    assert not LogVersion.objects.exists()
    Log.objects.update(shared_at=now())
    page = page_of(session, client)
    assert SECOND in page and FIRST not in page


def test_thirty_days_later_the_day_forgets_it(session, log):
    make_log(session, SECOND, base=1)
    version, at = LogVersion.objects.get(), now()
    assert 30 * DAY < version.keep_until - at <= 31 * DAY
    forget_versions(version.keep_until - timedelta(seconds=1))
    assert LogVersion.objects.exists()
    forget_versions(version.keep_until)
    forget_versions(version.keep_until)
    assert not LogVersion.objects.exists()
    assert Erased.objects.filter(kind="coaching_sessions.logversion", thing=str(version.pk)).count() == 1


def test_an_action_in_the_same_words_is_not_added_twice(session, log):
    make_log(session, SECOND, base=1, actions=[("Rob bellen", None), ("Iets anders", None), ("Iets anders", None)])
    assert Action.objects.count() == 2


# Un-sharing


def test_after_half_a_minute_there_is_no_way_back(session, log, coach):
    with pytest.raises(Refused):
        log.unshare(by=coach, at=now())
    as_(coach).post(address("unshare", session))
    as_(coach).post(address("share", session))
    assert Log.objects.get().shared_at == log.shared_at
    assert "verslag/terugnemen" not in page_of(session, coach)


def test_until_then_the_client_sees_nothing_of_it_and_undoing_leaves_nothing(session, coach, client):
    log, at = make_log(session, FIRST, actions=[("Rob bellen", None)], takeaway="Zoals jij het zei"), now()
    log.share(by=coach, at=at)
    page = page_of(session, client)
    assert not any(words in page for words in (FIRST, "Rob bellen", "Zoals jij het zei"))
    log.unshare(by=coach, at=at + HALF_A_MINUTE - timedelta(seconds=1))
    assert Log.objects.get().shared_at is None


# Deleting together


def test_both_must_say_so_whoever_begins(session, log, coach, client):
    for first, second in ((coach, client), (client, coach)):
        as_(first).post(address("log_remove", session))
        as_(first).post(address("log_remove", session))  # asking twice is asking
        assert Log.objects.filter(removal_asked_by__person=first).exists()
        assert "Je vroeg om dit verslag te verwijderen" in page_of(session, first)
        assert f"{first.first_name} wil dit verslag graag verwijderen" in page_of(session, second)
        as_(second).post(address("log_stay", session))
        assert Log.objects.get().removal_asked_by is None
    as_(client).post(address("log_remove", session))
    as_(coach).post(address("log_remove", session))
    assert not (Log.objects.exists() or LogVersion.objects.exists() or Intervention.objects.exists() or Takeaway.objects.exists())
    session.refresh_from_db()
    assert session.held_at and Action.objects.get().log is None
    assert "Rob bellen" in as_(client).get(reverse("sessions:detail", args=[session.trajectory_id])).content.decode()
    assert {"coaching_sessions.log", "coaching_sessions.intervention"} <= set(Erased.objects.values_list("kind", flat=True))


def test_it_waits_on_the_others_home_until_they_answer(session, log, coach, client):
    said, homes = "wil het verslag van sessie 1 verwijderen", {coach: "today", client: "now"}
    for first, second in ((coach, client), (client, coach)):
        as_(first).post(address("log_remove", session))
        pages = {person: as_(person).get(reverse(f"sessions:{home}")).content.decode() for person, home in homes.items()}
        assert f"{first.first_name} {said}" in pages[second] and said not in pages[first]
        as_(second).post(address("log_stay", session))
        assert said not in as_(second).get(reverse(f"sessions:{homes[second]}")).content.decode()


def test_what_the_client_wrote_stays(session, log, coach, client):
    Takeaway.write(session, by=client, at=now(), words="Dit is van mij")
    for person in (coach, client):
        as_(person).post(address("log_remove", session))
    assert "Dit is van mij" in page_of(session, client)


def test_who_asked_can_take_it_back(session, log, coach):
    as_(coach).post(address("log_remove", session))
    as_(coach).post(address("log_stay", session))
    assert Log.objects.get().removal_asked_at is None


def test_others_and_other_moments_are_refused(session, coach, client):
    log = make_log(session, FIRST)
    with pytest.raises(Refused):
        log.remove(by=coach, at=now())
    assert as_(client).post(address("log_remove", session)).status_code == 404
    log.share(by=coach, at=now() - DAY)
    for person in (session.trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).post(address("log_remove", session)).status_code == 404
        with pytest.raises(Refused):
            log.remove(by=person, at=now())
    type(session.trajectory).objects.update(stopped_at=now())
    with pytest.raises(Refused):
        Log.objects.get().remove(by=client, at=now())
    assert as_(client).get(address("log_remove", session)).status_code == 405


# Takeaways: each reads the other's as the table says


def test_each_sees_the_others_takeaway_when_it_may_be_seen(session, coach, client):
    log = make_log(session, FIRST, takeaway="Zoals Sam het zei")
    Takeaway.write(session, by=client, at=now(), words="Zoals ik het zeg")
    assert "Zoals ik het zeg" in page_of(session, coach) and "Zoals Sam het zei" in page_of(session, coach)
    page = page_of(session, client)
    assert "Zoals ik het zeg" in page and "Zoals Sam het zei" not in page
    log.share(by=coach, at=now() - HALF_A_MINUTE)
    page = page_of(session, client)
    assert "Zoals Sam het zei" in page and "Vastgelegd door Noor" in page


def test_only_the_client_changes_the_clients_words(session, log, coach, client):
    Takeaway.write(session, by=client, at=now(), words="Zoals ik het zeg")
    as_(coach).post(address("takeaway", session), {"words": "Beter gezegd"})
    with pytest.raises(Refused):
        Takeaway.write(session, by=coach, at=now(), words="Beter gezegd")
    make_log(session, SECOND, base=1, takeaway="Erbij gezet")
    mine = look(Takeaway.objects.filter(seat=session.trajectory.client), by=client, at=now())
    assert [row.words for row in mine] == ["Zoals ik het zeg"]


def test_the_client_in_two_windows_gets_both_texts(session, log, client):
    mine = as_(client)
    assert mine.post(address("takeaway", session), {"words": "Eerst dit", "base": "0"}).status_code == 302
    answer = mine.post(address("takeaway", session), {"words": "Toen dat", "base": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Eerst dit" in page and "Toen dat" in page
    again = mine.post(address("takeaway", session), {"words": "Toen dat", "base": "1", "again": "1"})
    assert again.status_code == 200 and "Toen dat" in again.content.decode()
    assert mine.post(address("takeaway", session), {"words": "Toen dat", "base": "1"}).status_code == 302


def test_the_client_is_asked_once_after_a_held_session(session, client):
    from coaching.models import Letter  # noqa: PLC0415

    make_log(session, FIRST)
    make_log(session, SECOND, base=1)
    assert Letter.objects.waiting().to(client).filter(kind="morning_after_client").count() == 1


def test_a_section_that_was_reworded_keeps_its_words_in_an_old_log(session, coach):
    old = section("Mijn woorden") | {"title": "Oude titel", "question": "Een oude vraag?", "asked": "grow_g_reached"}
    make_log(session, sections=[old])
    posted = {
        "on": f"{session.starts_at:%Y-%m-%d}",
        "base": "1",
        "model": "grow",
        "words-grow-goal": "Nieuw",
        "asked-grow-goal": "grow_g_reached",
    }
    as_(coach).post(address("log", session), posted)
    kept = look([Log.objects.get()], by=coach, at=now())[0].filled_sections[0]
    assert (kept["title"], kept["question"], kept["words"]) == ("Oude titel", "Een oude vraag?", "Nieuw")


# After the end


def ended(session, days, ending="stopped_at"):
    """The same session, in a trajectory that ended this many days ago, just after it."""
    moment = now() - days * DAY
    CoachingSession.objects.update(starts_at=moment - DAY)
    type(session.trajectory).objects.update(closing_at=moment, **{ending: moment})
    return CoachingSession.objects.select_related("trajectory").get()


@pytest.mark.parametrize("ending", ["stopped_at", "closed_at"])
def test_a_log_is_finished_within_a_fortnight_of_the_end(session, coach, ending):
    make_log(session, FIRST)
    session = ended(session, 14, ending)
    make_log(session, SECOND, base=1)
    for mark in (lambda: Note.remember(session.trajectory, by=coach, at=now(), words="Voor mij", session=session),
                 lambda: Stall.mark(session, by=coach, at=now(), words="Het haperde"),
                 lambda: Steering.mark(session, by=coach, at=now(), steered=2)):  # fmt: skip
        assert mark()
    Log.objects.get().share(by=coach, at=now())
    assert Log.objects.get().shared_at


@pytest.mark.parametrize("ending", ["stopped_at", "closed_at"])
def test_after_that_nothing_of_it_changes(session, coach, ending):
    make_log(session, FIRST)
    session = ended(session, 15, ending)
    verbs = {
        "write": lambda: make_log(session, SECOND, base=1),
        "share": lambda: Log.objects.get().share(by=coach, at=now()),
        "throw away": lambda: Log.objects.get().throw_away(by=coach, at=now()),
        "note": lambda: Note.remember(session.trajectory, by=coach, at=now(), words="Voor mij", session=session),
        "stall": lambda: Stall.mark(session, by=coach, at=now(), words="Het haperde"),
        "steering": lambda: Steering.mark(session, by=coach, at=now(), steered=2),
    }
    for verb in verbs.values():
        with pytest.raises(Refused):
            verb()
    log = Log.objects.get()
    assert log.version == 1 and not log.shared_at and not (Note.objects.exists() or Stall.objects.exists() or Steering.objects.exists())


def test_within_the_fortnight_a_log_that_nobody_read_may_be_thrown_away(session, coach):
    make_log(session, FIRST)
    ended(session, 3)
    Log.objects.get().throw_away(by=coach, at=now())
    assert not Log.objects.exists()
