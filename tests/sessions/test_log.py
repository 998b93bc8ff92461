"""Does the coach log a session within two minutes, and from when does the client read it? (R9, R10, R13)"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coaching.clock import now
from coaching.models import Draft, Letter, Person
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.models import Action, CoachingSession, Intervention, Log, LogVersion, Note, Stall, Takeaway
from tests.makers import DAY, make_goal, make_log, make_person, make_session, make_trajectory, section
from trajectories.models import Measurement

pytestmark = pytest.mark.django_db
HALF_A_MINUTE = timedelta(seconds=30)


def as_(person, **headers):
    client = Client(headers=headers)
    client.force_login(person)
    return client


def address(name, row):
    return reverse(f"sessions:{name}", args=[row.pk])


@pytest.fixture
def trajectory():
    return make_trajectory()


@pytest.fixture
def session(trajectory):
    return make_session(trajectory)


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def client(trajectory):
    return trajectory.client.person


def posted(session, **more):
    starts = session.starts_at
    return {"on": f"{starts:%Y-%m-%d}", "base": "0", "model": "grow"} | more


def test_three_fields_are_enough(trajectory, session, coach):
    goal = make_goal(trajectory)
    words = posted(session, goals=str(goal.pk), takeaway="Minder is genoeg.", **{"action-0": "Rob bellen", "action_on-0": "2026-12-01"})
    answer = as_(coach).post(address("log", session), words)
    assert answer.status_code == 302 and answer.url == address("session", session)
    session.refresh_from_db()
    log, action = Log.objects.get(), Action.objects.get()
    assert session.held_at and list(session.goals.all()) == [goal] and not log.shared_at
    look([action, takeaway := Takeaway.objects.get()], by=coach, at=now())
    assert (action.words, action.due_on.isoformat(), takeaway.words, takeaway.seat.part) == (
        "Rob bellen", "2026-12-01", "Minder is genoeg.", "coach")  # fmt: skip


def test_only_the_date_is_required_and_says_so(session, coach):
    answer = as_(coach).post(address("log", session), posted(session, on="", note="Blijft staan"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Blijft staan" in page and 'href="#id_on"' in page
    assert as_(coach).post(address("log", session), posted(session)).status_code == 302


def test_date_length_place_and_goals_are_filled_in(session, coach):
    page = as_(coach).get(address("log", session)).content.decode()
    assert 'value="60"' in page and "Kamer 2.14" in page and f'value="{session.local_day:%Y-%m-%d}"' in page


def test_a_log_of_a_day_ahead_is_refused(session, coach):
    answer = as_(coach).post(address("log", session), posted(session, on="2099-01-01", takeaway="Nog niet"))
    assert answer.status_code == 422 and "Nog niet" in answer.content.decode()
    assert not Log.objects.exists()


def test_share_in_one_press_and_the_client_reads_it_half_a_minute_later(session, coach, client):
    as_(coach).post(address("log", session), posted(session, share="1", **{"words-grow-goal": "Kalm beginnen"}))
    log = Log.objects.get()
    assert log.can_be_undone(now())
    page = as_(client).get(address("session", session)).content.decode()
    assert "Kalm beginnen" not in page
    assert as_(client).get(address("log", session)).status_code == 404
    assert "Kalm beginnen" in as_(coach).get(address("session", session)).content.decode()
    Log.objects.update(shared_at=now())
    assert "Kalm beginnen" in as_(client).get(address("session", session)).content.decode()
    assert "Kalm beginnen" in as_(client).get(address("log", session)).content.decode()


def test_sharing_is_undone_within_half_a_minute_and_not_after(session, coach, client):
    make_log(session)
    mine = as_(coach)
    mine.post(address("share", session))
    assert Log.objects.get().shared_at and Letter.objects.waiting().to(client).filter(kind="log_shared").exists()
    mine.post(address("unshare", session))
    assert Log.objects.get().shared_at is None and not Letter.objects.waiting().filter(kind="log_shared").exists()
    log, at = Log.objects.get(), now()
    log.share(by=coach, at=at)
    with pytest.raises(Refused):
        Log.objects.get().unshare(by=coach, at=at + HALF_A_MINUTE)


def test_until_it_is_shared_its_coach_may_throw_it_away(session, coach):
    make_log(session, actions=[("Iets doen", None)], takeaway="Iets")
    as_(coach).post(address("log_throw_away", session))
    session.refresh_from_db()
    assert not Log.objects.exists() and not Action.objects.exists() and not Takeaway.objects.exists() and session.held_at


def test_a_shared_log_is_not_thrown_away_by_one(session, coach):
    log = make_log(session, share_at=now() - HALF_A_MINUTE)
    with pytest.raises(Refused):
        log.throw_away(by=coach, at=now())


@pytest.mark.parametrize("verb", ["share", "unshare", "log_throw_away"])
def test_verbs_of_a_log_are_its_authors(verb, session, client):
    make_log(session, share_at=now() - HALF_A_MINUTE)
    for person in (client, make_person("Iris de Boer")):
        assert as_(person).post(address(verb, session)).status_code == 404
    assert as_(client).get(address(verb, session)).status_code == 405


def test_editing_a_shared_log_keeps_how_it_read(session, coach, client):
    make_log(session, "Zoals het eerst was", share_at=now() - DAY)
    as_(coach).post(address("log", session), posted(session, base="1", **{"words-grow-goal": "Zoals het nu is"}))
    page = as_(client).get(address("session", session)).content.decode()
    assert "Zoals het nu is" in page and "Zoals het eerst was" in page
    assert LogVersion.objects.get().keep_until > now() + 29 * DAY
    assert Log.objects.get().version == 2


def test_an_old_log_keeps_the_question_that_was_asked(session, coach):
    make_log(session, sections=[section("Mijn woorden") | {"question": "Een vraag die niet meer bestaat?", "title": "Oude titel"}])
    page = as_(coach).get(address("log", session)).content.decode()
    assert "Een vraag die niet meer bestaat?" in page and "Oude titel" in page
    as_(coach).post(address("log", session), posted(session, base="1", **{"words-grow-goal": "Mijn nieuwe woorden"}))
    log = look([Log.objects.get()], by=coach, at=now())[0]
    assert log.filled_sections[0]["question"] == "Een vraag die niet meer bestaat?"


def test_another_question_without_a_script_and_with_one(session, coach):
    words = posted(session, other="grow-goal", note="Blijft", **{"asked-grow-goal": "grow_g_reached"})
    page = as_(coach).post(address("log", session), words).content.decode()
    assert "Wanneer ga je hier tevreden de deur uit?" in page and "Blijft" in page and not Log.objects.exists()
    asked = {"step": "grow-goal", "asked-grow-goal": "grow_g_satisfied"}
    part = as_(coach, hx_request="true").get(address("log", session), asked).content.decode()
    assert "Waarom speelt dit juist nu?" in part and "<html" not in part
    assert as_(coach, hx_request="true").get(address("log", session), {"step": "nonsense"}).status_code == 404


def test_another_method_leaves_what_was_typed(session, coach):
    words = posted(session, use_model="oskar", **{"words-grow-goal": "Al getypt"})
    page = as_(coach).post(address("log", session), words).content.decode()
    assert "Al getypt" in page and 'name="words-oskar-outcome"' in page and 'name="words-grow-will"' not in page
    as_(coach).post(address("log", session), posted(session, model="oskar", **{"words-grow-goal": "A", "words-oskar-outcome": "B"}))
    log = look([Log.objects.get()], by=coach, at=now())[0]
    assert log.model == "oskar" and [one["key"] for one in log.filled_sections] == ["oskar-outcome", "grow-goal"]


def test_another_row_without_a_script(session, coach):
    page = as_(coach).post(address("log", session), posted(session, add="1", **{"action-0": "Eén"})).content.decode()
    assert 'name="action-1"' in page and 'value="Eén"' in page


def test_an_action_with_only_a_date_is_asked_what_it_is(session, coach):
    answer = as_(coach).post(address("log", session), posted(session, **{"action-0": "", "action_on-0": "2026-12-01"}))
    assert answer.status_code == 422 and not Action.objects.exists()


def test_private_words_never_reach_the_client(session, coach, client):
    words = posted(session, share="1", note="Voor mezelf alleen", stall="Het haperde", differently="Stiller zijn")
    as_(coach).post(address("log", session), words)
    Log.objects.update(shared_at=now())
    page = as_(client).get(address("session", session)).content.decode()
    assert not any(one in page for one in ("Voor mezelf alleen", "Het haperde", "Stiller zijn"))
    page = as_(coach).get(address("own", session)).content.decode()
    assert all(one in page for one in ("Voor mezelf alleen", "Het haperde", "Stiller zijn"))
    as_(coach).post(address("log", session), posted(session, base="1"))
    assert not Note.objects.exists() and not Stall.objects.exists()


def test_levels_are_kept_of_goals_that_were_worked_on(trajectory, session, coach):
    one, two = make_goal(trajectory), make_goal(trajectory)
    words = posted(session, goals=str(one.pk), **{"level-1": "1", "level-2": "2"})
    as_(coach).post(address("log", session), words)
    measured = Measurement.objects.filter(moment="session")
    assert [(row.goal, row.level, row.seat.part, row.thing) for row in measured] == [(one, 1, "client", session.pk)]
    as_(coach).post(address("log", session), words | {"base": "1"})
    assert measured.count() == 1
    assert not two.measurements.filter(moment="session").exists()


def test_a_level_that_the_coach_wrote_down_says_so(trajectory, session, coach, client):
    goal = make_goal(trajectory)
    as_(coach).post(address("log", session), posted(session, goals=str(goal.pk), **{"level-1": "1"}))
    Person.objects.update(language="en")
    said, pages = "Sam, written down by Noor", [reverse("trajectories:goal", args=[goal.pk])]
    pages += [reverse("trajectories:goals", args=[trajectory.pk]), reverse("sessions:detail", args=[trajectory.pk])]
    assert [said in as_(person).get(page).content.decode() for page in pages for person in (client, coach)] == [True] * 6
    trajectory.coach.leave(at=now())
    goal.measure(seat=trajectory.client, at=now(), level=0, moment="check_in")
    assert [row.recorded_by for row in Measurement.objects.with_recorder().earliest_first()] == [None, "Noor Visser", None]


def test_interventions_are_shared_and_keep_what_was_learned(trajectory, session, coach, client):
    make_log(session, interventions=["Rollenspel, met Rob", "Een eigen ding"], share_at=now() - HALF_A_MINUTE)
    role_play = Intervention.objects.get(number=1)
    assert role_play.kind == "role_play" and Intervention.objects.get(number=2).kind == ""
    later = make_session(trajectory, starts_at=now() - timedelta(hours=2))
    page = as_(coach).get(address("log", later)).content.decode()
    assert "Rollenspel, met Rob" in page and "Hoe ging het toen het echt was?" in page
    as_(coach).post(address("log", later), posted(later, **{f"learned-{role_play.pk}": "Dat zachter praten werkt"}))
    assert "Dat zachter praten werkt" in as_(client).get(address("session", session)).content.decode()
    Log.write(session, by=coach, at=now(), base=1, model="grow", sections=[], goals=[], interventions=["Rollenspel, met Rob"], actions=[])
    kept = look([Intervention.objects.get()], by=coach, at=now())[0]
    assert kept.pk == role_play.pk and kept.learned == "Dat zachter praten werkt"


def test_editing_shows_all_that_was_brought_in(session, coach):
    make_log(session, interventions=["Rollenspel", "Stilte laten", "Een boek"])
    page = as_(coach).get(address("log", session)).content.decode()
    assert all(f'value="{one}"' in page for one in ("Rollenspel", "Stilte laten", "Een boek"))


def test_an_action_of_a_log_is_read_with_it(session, coach, client):
    make_log(session, actions=[("Rob bellen", None)])
    action = Action.objects.get()
    assert as_(client).post(address("action_done", action)).status_code == 404
    log = Log.objects.get()
    log.share(by=coach, at=now() - HALF_A_MINUTE)
    assert as_(client, hx_request="true").post(address("action_done", action), {"done": "on"}).status_code == 204
    action.refresh_from_db()
    assert action.done_at


def test_a_log_is_the_coachs_to_write(session, client):
    for person in (client, make_person("Iris de Boer")):
        assert as_(person).get(address("log", session)).status_code == 404
        assert as_(person).post(address("log", session), posted(session)).status_code == 404


def test_the_next_coach_does_not_change_a_former_coachs_log(trajectory, session):
    make_log(session, "Van toen")
    trajectory.coach.leave(at=now())
    new = make_person("Bram Smit", coach=True)
    trajectory.parts.create(person=new, part="coach", from_at=now(), confirmed_at=now(), reads_since=now())
    page = as_(new).get(address("log", session))
    assert page.status_code == 200 and "Van toen" not in page.content.decode() and 'name="note"' not in page.content.decode()
    fresh = CoachingSession.objects.get(pk=session.pk)
    with pytest.raises(Refused):
        make_log(fresh, base=1)


def test_another_window_first_is_told_with_both_texts(session, coach):
    window = posted(session, **{"words-grow-goal": "Wat ik hier typte", "key": "8a6e0804-2bd0-4672-b79d-d97027f9071a"})
    make_log(session, "Wat er nu staat")
    answer = as_(coach).post(address("log", session), window)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Wat ik hier typte" in page and "Wat er nu staat" in page
    assert as_(coach).post(address("log", session), window | {"base": "1"}).status_code == 302
    log = look([Log.objects.get()], by=coach, at=now())[0]
    assert log.version == 2 and log.filled_sections[0]["words"] == "Wat ik hier typte"
    with pytest.raises(Stale):
        make_log(session, base=1)


def test_the_page_asks_the_same_number_of_times_however_much_there_is(session, coach, django_assert_max_num_queries):
    make_log(session, interventions=["a", "b", "c"], actions=[(str(n), None) for n in range(6)], takeaway="x")
    mine = as_(coach)
    with django_assert_max_num_queries(12):
        mine.get(address("session", session))
    with django_assert_max_num_queries(12):
        mine.get(address("log", session))
    assert not Draft.objects.exists()
