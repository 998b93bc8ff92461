"""Does a coach, or the organisation, make and adapt its own process models, and do old logs keep their words? (R9)"""

import pytest
from django.test import Client
from django.urls import reverse

from coaching.clock import now
from coaching.drafts import keep
from coaching.refusals import Refused, Stale
from coaching.traces import look
from sessions.models import Log, Method
from sessions.process_models import with_methods
from sessions.record import log_place
from tests.makers import make_person, make_session, make_trajectory
from tests.sessions.test_log_shared import as_

pytestmark = pytest.mark.django_db
FACTS = {"name": "Noors manier", "about": "Als het druk is"}


def phase(title="Aandacht", question="Wat heeft je aandacht?", key="one"):
    return {"key": key, "letter": title[0], "title": title, "questions": [{"key": "first", "words": question}]}


def made(by, *, shared=False, **more):
    return Method.make(by=by, at=now(), shared=shared, **FACTS | {"phases": [phase()]} | more)


@pytest.fixture
def coach():
    return make_person("Noor Visser", coach=True)


@pytest.fixture
def desk():
    return make_person("Wim de Wit", coordinates=True)


@pytest.fixture
def session(coach):
    return make_session(make_trajectory(coach))


def log_of(session):
    return reverse("sessions:log", args=[session.pk])


def posted(**more):
    words = {"name": "Noors manier", "about": "", "title-0": "Aandacht", "letter-0": "A", "questions-0": "Wat nu?\nWat nog?"}
    return words | more


def test_a_coach_makes_one_and_only_that_coach_gets_it(coach, desk):
    assert as_(coach).post(reverse("sessions:method_new"), posted()).status_code == 302
    own = Method.objects.get()
    assert own.owner == coach and [one["words"] for one in own.phases[0]["questions"]] == ["Wat nu?", "Wat nog?"]
    other = make_person("Bram Smit", coach=True)
    assert list(Method.objects.readable_by(coach)) == [own] and not Method.objects.readable_by(other)
    for person in (other, desk):
        assert as_(person).get(reverse("sessions:method", args=[own.pk])).status_code == 404
        assert "Noors manier" not in as_(person).get(reverse("sessions:methods")).content.decode()
    with pytest.raises(Refused):
        own.adapt(by=desk, at=now(), base=1, phases=[], **FACTS)


def test_a_coordinator_makes_one_for_everyone_who_coaches(coach, desk):
    as_(desk).post(reverse("sessions:method_new"), posted(name="Onze manier"))
    shared = Method.objects.get()
    assert shared.owner is None
    assert "Onze manier" in as_(coach).get(reverse("sessions:methods")).content.decode()
    assert as_(coach).get(reverse("sessions:method", args=[shared.pk])).status_code == 404
    with pytest.raises(Refused):
        shared.retire(by=coach, at=now())
    with pytest.raises(Refused):
        made(coach, shared=True)
    with pytest.raises(Refused):
        made(desk)


def test_who_is_both_chooses(desk):
    from coaching.models import CoachProfile  # noqa: PLC0415

    CoachProfile.objects.create(person=desk)
    as_(desk).post(reverse("sessions:method_new"), posted(name="Van mij"))
    as_(desk).post(reverse("sessions:method_new"), posted(name="Van ons", shared="on"))
    assert {(row.name, row.owner) for row in Method.objects.all()} == {("Van mij", desk), ("Van ons", None)}


def test_nobody_else_finds_these_pages(coach):
    own = made(coach)
    for person in (make_person("Iris de Boer"), make_person("Ada Bos", administers=True)):
        for name, path in (("methods", []), ("method_new", []), ("method", [own.pk])):
            assert as_(person).get(reverse(f"sessions:{name}", args=path)).status_code == 404
    assert Client().get(reverse("sessions:methods")).status_code == 302


def test_a_copy_of_one_that_is_there(coach):
    page = as_(coach).get(reverse("sessions:method_new"), {"from": "grow"}).content.decode()
    assert "GROW, op mijn manier" in page and "Wanneer ga je hier tevreden de deur uit?" in page
    assert as_(coach).get(reverse("sessions:method_new"), {"from": "nonsense"}).status_code == 200


def test_it_is_used_and_changed_and_the_old_log_keeps_its_words(coach, session):
    own, mine = made(coach), as_(coach)
    name, on = f"{own.key}-one", f"{session.starts_at:%Y-%m-%d}"
    page = mine.post(log_of(session), {"on": on, "base": "0", "use_model": own.key}).content.decode()
    assert "Wat heeft je aandacht?" in page
    mine.post(log_of(session), {"on": on, "base": "0", "model": own.key, f"words-{name}": "Het rooster", f"asked-{name}": "first"})
    own.adapt(by=coach, at=now(), base=1, name="Anders", about="", phases=[phase("Richting", "Waarheen?")])
    own.retire(by=coach, at=now())
    page = mine.get(log_of(session)).content.decode()
    assert "Wat heeft je aandacht?" in page and "Waarheen?" not in page
    mine.post(log_of(session), {"on": on, "base": "1", "model": own.key, f"words-{name}": "Het rooster, nog", f"asked-{name}": "first"})
    kept = look([Log.objects.get()], by=coach, at=now())[0].filled_sections[0]
    assert (kept["title"], kept["question"], kept["words"]) == ("Aandacht", "Wat heeft je aandacht?", "Het rooster, nog")


def test_words_typed_at_a_section_that_is_gone_are_not_lost(coach, session):
    own, mine = made(coach), as_(coach)
    words = {"model": [own.key], f"words-{own.key}-one": ["Al getypt"]}
    keep(own.pk, words, by=coach, place=log_place(session.trajectory.coach.pk, session.pk), base=0, turn=1, at=now())
    own.adapt(by=coach, at=now(), base=1, phases=[phase("Richting", key="two")], **FACTS)
    page = mine.get(log_of(session)).content.decode()
    assert "Al getypt" in page and "Een vak dat er niet meer is" in page and "Richting" in page
    mine.post(log_of(session), {"on": f"{session.starts_at:%Y-%m-%d}", "base": "0", "model": own.key, f"words-{own.key}-one": "Al getypt"})
    assert look([Log.objects.get()], by=coach, at=now())[0].filled_sections[0]["words"] == "Al getypt"


def test_the_next_log_starts_from_what_was_used_last(coach, session):
    own, mine = made(coach), as_(coach)
    mine.post(log_of(session), {"on": f"{session.starts_at:%Y-%m-%d}", "base": "0", "model": own.key, "takeaway": "Iets"})
    later = make_session(session.trajectory, starts_at=now())
    assert "Wat heeft je aandacht?" in mine.get(log_of(later)).content.decode()
    own.retire(by=coach, at=now())
    assert "Wat heeft je aandacht?" not in mine.get(log_of(later)).content.decode()


def test_out_of_use_and_back(coach):
    own, mine = made(coach), as_(coach)
    mine.post(reverse("sessions:method_retire", args=[own.pk]))
    assert [model.key for model in with_methods(Method.objects.all()).offered][-1] == "free"
    assert "Gebruik weer" in mine.get(reverse("sessions:methods")).content.decode()
    mine.post(reverse("sessions:method_take_up", args=[own.pk]))
    assert with_methods(Method.objects.all()).offered[-1].key == own.key


def test_two_windows_get_both(coach):
    own, mine = made(coach), as_(coach)
    address = reverse("sessions:method", args=[own.pk])
    assert mine.post(address, posted(base="1", **{"title-0": "Eerst"})).status_code == 302
    answer = mine.post(address, posted(base="1", **{"title-0": "Toen"}))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Eerst" in page and "Toen" in page
    with pytest.raises(Stale):
        own.adapt(by=coach, at=now(), base=1, phases=[], **FACTS)
    assert mine.post(address, posted(base="2", **{"title-0": "Toen"})).status_code == 302


def test_keys_stay_so_that_half_written_logs_find_their_question_again(coach):
    own, mine = made(coach), as_(coach)
    words = posted(base="1", **{"title-0": "Nieuw vooraan", "key-0": "", "title-1": "Aandacht!", "key-1": "one"})
    mine.post(reverse("sessions:method", args=[own.pk]), words | {"questions-1": "Wat heeft je aandacht?\nEn nu?"})
    own.refresh_from_db()
    assert own.phases[1]["key"] == "one" and own.phases[1]["questions"][0]["key"] == "first" and own.phases[0]["key"] != "one"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": ""}, "name"),
        ({"title-0": ""}, "title-0"),
        ({"title-0": "", "questions-0": ""}, "title-0"),
        ({"letter-0": "abc"}, "letter-0"),
        ({"questions-0": "\n".join(str(n) for n in range(21))}, "questions-0"),
        ({"questions-0": "x" * 301}, "questions-0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(coach, words, field):
    answer = as_(coach).post(reverse("sessions:method_new"), posted(**words))
    assert answer.status_code == 422 and f'href="#id_{field}"' in answer.content.decode() and not Method.objects.exists()


def test_a_section_moves_up_and_another_is_added_without_a_script(coach):
    mine = as_(coach)
    page = mine.post(reverse("sessions:method_new"), posted(up="1", **{"title-1": "Richting"})).content.decode()
    assert page.index('value="Richting"') < page.index('value="Aandacht"')
    assert 'name="title-3"' in mine.post(reverse("sessions:method_new"), posted(add="1")).content.decode()
    assert mine.post(reverse("sessions:method_new"), posted(up="99999999999")).status_code == 200


def test_the_page_asks_the_same_however_many_there_are(coach, django_assert_max_num_queries):
    for number in range(8):
        made(coach, name=f"Nummer {number}")
    mine = as_(coach)
    with django_assert_max_num_queries(12):
        mine.get(reverse("sessions:methods"))
