"""Is the right question found, and does a coach's own one reach nobody before it is shared? (R15)"""

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from coaching.clock import now
from coaching.models import Trace
from coaching.refusals import Refused
from coaching.traces import look
from sessions import question_bank
from sessions.models import AskedQuestion, Favourite, ReflectiveQuestion
from tests.makers import DAY, make_person, make_session, make_trajectory
from tests.sessions.test_log import address, as_

pytestmark = pytest.mark.django_db
BANK = question_bank.built_in()
KEYS = [one.key for one in BANK]
ADD, FAVOURITE = "/vragen/nieuw/", "/vragen/favoriet/"


@pytest.fixture
def trajectory():
    return make_trajectory(sponsor=make_person("Els Jansen"))


@pytest.fixture
def coach(trajectory):
    return trajectory.coach.person


@pytest.fixture
def colleague():
    return make_person("Bram Smit", coach=True)


def word(coach, words="Wat doe jij als niemand kijkt?", **facts):
    return ReflectiveQuestion.word(by=coach, at=now(), words=words, phase="reality", **facts)


def shown(person, **sought):
    return as_(person).get("/vragen/", sought).content.decode()


def test_the_nine_of_the_source_are_there():
    nine = [one.words for one in BANK if one.book]
    assert len(nine) == 9 and len(set(KEYS)) == len(KEYS) > 90
    assert "Wat heb je nodig om verder te komen?" in nine and "Waar zit voor jou de uitdaging?" in nine


def test_every_question_stands_in_a_phase_and_under_themes():
    assert all(one.phase in question_bank.phases() and set(one.themes) <= set(question_bank.themes()) and one.themes for one in BANK)
    assert sum(len(some) for _name, some in question_bank.by_phase(BANK)) == len(BANK)


def test_all_words_must_occur_whatever_the_accents_and_what_stands_in_the_question_comes_first():
    found = question_bank.matching(BANK, "EEN kernzin")
    assert [one.key for one in found] == ["src_core_sentence"]
    found = question_bank.matching(BANK, "leren")  # a phase of that name, and a question
    in_words = ["leer" in question_bank.fold(one.words) for one in found]
    assert len(found) > 3 and in_words == sorted(in_words, reverse=True) or all(not one for one in in_words)
    assert question_bank.matching(BANK, "xyzzy") == []


@given(st.text(max_size=40), st.sampled_from(["", *question_bank.phases()]), st.sampled_from(["", *question_bank.themes()]))
def test_what_is_found_fits(sought, phase, theme):
    for one in question_bank.matching(BANK, sought, phase, theme):
        assert phase in ("", one.phase) and (not theme or theme in one.themes)
        assert all(part in one.found_by for part in question_bank.fold(sought).split())


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)))
def test_a_proposal_was_not_asked_before_and_favourites_come_first(asked, favourites):
    found = question_bank.proposals(BANK, asked=asked, favourites=favourites, phases=tuple(question_bank.phases()), most=5)
    assert not {one.key for one in found} & asked
    liked = [one.key in favourites for one in found]
    assert liked == sorted(liked, reverse=True)
    assert sum(liked) == min(5, len(favourites - asked))


def test_another_question_goes_round_and_round():
    some, seen = BANK[:4], []
    one = question_bank.after(some, "")
    for _turn in some:
        seen.append(one)
        one = question_bank.after(some, one.key)
    assert seen == some and one == some[0] and question_bank.after([], "x") is None


def test_search_as_you_type_gets_the_list_alone_and_works_without_a_script(coach):
    whole = shown(coach, q="kernzin")
    part = as_(coach, hx_request="true").get("/vragen/", {"q": "kernzin"}).content.decode()
    for page in (whole, part):
        assert "in één kernzin" in page and "Waar ben je naar op zoek" not in page
    assert "<html" in whole and "<html" not in part
    assert "Geen vraag met die woorden" in shown(coach, q="xyzzy")


def test_the_example_in_the_search_field_finds_something():
    for language in ("nl", "en"):
        with override(language):
            example = gettext("for example: boundaries").split(": ")[1]
            assert len(question_bank.matching(question_bank.built_in(), example)) > 3


def test_another_question_in_place(coach):
    first = question_bank.matching(BANK, phase="stall")
    part = as_(coach, hx_request="true").get("/vragen/", {"phase": "stall", "after": first[0].key}).content.decode()
    assert first[1].words in part and first[0].words not in part and "<html" not in part
    assert first[0].words in shown(coach, phase="stall", after=first[0].key)


def test_only_who_coaches_has_questions(trajectory):
    for person in (trajectory.client.person, trajectory.sponsor.person, make_person("Iris de Boer")):
        assert as_(person).get("/vragen/").status_code == 404
        assert as_(person).post(FAVOURITE, {"question": "src_then"}).status_code == 404
        assert as_(person).get(ADD).status_code == 404


def test_ones_own_is_read_by_nobody_else_until_it_is_shared(coach, colleague, trajectory):
    row = word(coach)
    assert row.words in shown(coach, phase="reality") and row.words not in shown(colleague, phase="reality")
    assert as_(colleague).get(address("question_share", row)).status_code == 404
    as_(coach).post(address("question_share", row), {"recognised": "nobody"})
    page = shown(colleague, phase="reality")
    assert row.words in page and coach.name in page
    assert not ReflectiveQuestion.objects.readable_by(trajectory.client.person).exists()
    assert not Trace.objects.filter(thing=row.pk).exists()


def test_sharing_asks_whether_anyone_could_be_recognised(coach):
    row = word(coach)
    page = as_(coach).get(address("question_share", row)).content.decode()
    assert row.words in page and coach.name in page
    assert as_(coach).post(address("question_share", row), {}).status_code == 422
    assert as_(coach).post(address("question_share", row), {"recognised": "perhaps"}).url == address("question_change", row)
    assert not ReflectiveQuestion.objects.get().shared_at


def test_adding_leads_to_that_screen_when_it_is_to_be_shared(coach):
    typed = {"words": "Wat doe jij als niemand kijkt?", "phase": "reality", "theme": "grenzen"}
    assert as_(coach).post(ADD, typed).url == "/vragen/"
    answer = as_(coach).post(ADD, typed | {"words": "En wat als iedereen kijkt?", "share": "on"})
    assert answer.url == address("question_share", ReflectiveQuestion.objects.earliest_first().last())
    assert not ReflectiveQuestion.objects.filter(shared_at__isnull=False).exists()


@pytest.mark.parametrize("typed", [{"words": ""}, {"words": "x" * 301}, {"phase": "nergens"}, {"theme": "niets"}])
def test_nonsense_comes_back(coach, typed):
    answer = as_(coach).post(ADD, {"words": "Dit blijft", "phase": "goal"} | typed)
    assert answer.status_code == 422 and not ReflectiveQuestion.objects.exists()


def test_other_words_until_it_is_shared(coach):
    row = word(coach)
    as_(coach).post(address("question_change", row), {"words": "Wat doe je dan?", "phase": "will"})
    assert look([ReflectiveQuestion.objects.get()], by=coach, at=now())[0].words == "Wat doe je dan?"
    row.share(by=coach, at=now())
    answer = as_(coach).post(address("question_change", row), {"words": "Toch anders", "phase": "will"})
    assert answer.status_code == 422 and "Toch anders" in answer.content.decode()


def test_others_do_not_change_it(coach, colleague):
    row = word(coach)
    for verb in ("share", "retire"):
        with pytest.raises(Refused):
            getattr(row, verb)(by=colleague, at=now())
    assert as_(colleague).post(address("question_retire", row)).status_code == 404


def test_never_asked_it_is_gone_and_once_asked_it_is_only_retired(coach, trajectory):
    never, once = word(coach), word(coach, "Wat heb je gezegd?")
    session = make_session(trajectory)
    AskedQuestion.take_along(session, by=coach, at=now(), question=once.key, words="Wat heb je gezegd?")
    for row in (never, once):
        as_(coach).post(address("question_retire", row))
    assert list(ReflectiveQuestion.objects.values_list("pk", flat=True)) == [once.pk]
    assert not ReflectiveQuestion.objects.readable_by(coach).exists()
    assert "Wat heb je gezegd?" in as_(coach).get(address("asked", session)).content.decode()


def test_favourites_are_ones_own(coach, colleague):
    as_(coach).post(FAVOURITE, {"question": "src_then", "on": "on"})
    as_(coach).post(FAVOURITE, {"question": "src_then", "on": "on"})
    assert Favourite.objects.readable_by(coach).keys() == {"src_then"} and not Favourite.objects.readable_by(colleague).exists()
    assert "Wat deed je toen?" in shown(coach, favourites="on") and "Waar ben je naar op zoek" not in shown(coach, favourites="on")
    answer = as_(coach, hx_request="true").post(FAVOURITE, {"question": "src_then"})
    assert answer.status_code == 204 and not Favourite.objects.exists()
    assert as_(coach).post(FAVOURITE, {"question": "bestaat-niet", "on": "on"}).status_code == 404
    other = word(colleague)
    assert as_(coach).post(FAVOURITE, {"question": other.key, "on": "on"}).status_code == 404


def test_asked_before_is_marked_per_trajectory_and_can_be_left_out(coach, trajectory):
    session = make_session(trajectory, starts_at=now() - 2 * DAY)
    AskedQuestion.take_along(session, by=coach, at=now(), question="src_then", words="Wat deed je toen?")
    page = shown(coach, phase="reality")
    assert f"Gesteld aan {trajectory.client.first_name}, sessie 1" in page
    page = shown(coach, phase="reality", met=str(trajectory.pk), fresh="on")
    assert "Wat deed je toen?" not in page and "Toon deze ook" in page
    assert "Gesteld aan" not in shown(make_person("Bram Smit", coach=True), phase="reality")


def test_the_marks_of_a_former_coach_are_closed_to_them(coach, trajectory):
    AskedQuestion.take_along(make_session(trajectory), by=coach, at=now(), question="src_then", words="Wat deed je toen?")
    trajectory.coach.leave(at=now())
    assert "Gesteld aan" not in shown(coach, phase="reality")
