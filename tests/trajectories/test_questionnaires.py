"""Can the organisation word its questions and ask its own, and does every old answer keep the question that it was given to? (R18)"""

import json

import pytest
from django.urls import reverse

from coaching.clock import now
from coaching.refusals import Refused
from coaching.traces import look
from tests.makers import make_person
from tests.trajectories.closing_story import make_story
from tests.trajectories.link_story import asked, opened, say, step
from tests.trajectories.link_story import invite as invited
from trajectories.doors import CLIENT, COACH
from trajectories.models import CheckIn, Measurement, OwnQuestion, Release
from trajectories.models.own_questions import MOST
from trajectories.questionnaires import KINDS, questionnaire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CHECK = "mid_trajectory"
WORDS = {"label_nl": "Hoe gaat het écht?", "label_en": "How is it really going?", "hint_nl": "", "hint_en": "Between us."}


@pytest.fixture
def ada():
    return make_person("Ada", administers=True)


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def at(name, *args):
    return reverse(f"trajectories:{name}", args=args)


def add(ada, kind, **more):
    options = [["1", "Ja", "Yes"], ["2", "Nee", "No"]] if kind == "choice" else []
    return OwnQuestion.add(CHECK, by=ada, at=now(), kind=kind, **{**WORDS, "options": options, **more})


def test_other_words_are_asked_in_both_languages_and_taken_back(desk):
    before = questionnaire(CHECK, "en").question("steers").label
    assert desk.post(at("questionnaire_words", CHECK, "steers"), WORDS).url == at("questionnaire", CHECK)
    assert questionnaire(CHECK, "en").question("steers").label == "How is it really going?"
    assert (
        questionnaire(CHECK, "nl").question("steers").label
        == "Hoe gaat het écht?"
        in desk.get(at("questionnaire", CHECK)).text.replace("How is it really going?", "Hoe gaat het écht?")
    )
    assert questionnaire(CHECK, "en").question("steers").options  # the answers stay
    desk.post(at("questionnaire_remove", CHECK, "steers"))
    assert questionnaire(CHECK, "en").question("steers").label == before and not OwnQuestion.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_asked_and_answered_and_keeps_its_question(client, ada, kind):
    own, story = add(ada, kind), make_story()
    check = CheckIn.begin(story.trajectory, by=story.people[COACH], at=now())
    client.force_login(story.people[CLIENT])
    name, number, who = (f"{own.key}-1", 1, 9) if kind == "level" else (own.key, 9, 10)
    answer = {"level": "1", "text": "Eerlijk gezegd goed", "choice": "2", "scale5": "4", "yes_no": "yes"}[kind]
    page = client.get(reverse("trajectories:check_in_step", args=[check.pk, number])).text
    assert "Hoe gaat het écht?" in page
    client.post(reverse("trajectories:check_in_step", args=[check.pk, number]), {name: answer})
    last = client.get(reverse("trajectories:check_in_step", args=[check.pk, who])).text
    assert f"sees-{name}" not in last  # never a sponsor's
    client.post(reverse("trajectories:check_in_hand_in", args=[check.pk]), {"key": "x", f"sees-{name}": "on"})
    own.reword(by=ada, at=now(), **WORDS | {"label_en": "Something else"})
    own.remove(by=ada)
    [kept] = json.loads(look([CheckIn.objects.get()], by=story.people[CLIENT], at=now())[0].answers)
    shown = {"level": "plus_one van doel 1", "text": answer, "choice": "Nee", "scale5": "grotendeels", "yes_no": "Ja"}[kind]
    assert (kept["question"], kept["shown"]) == ("Hoe gaat het écht?", shown)
    assert "Hoe gaat het écht?" in client.get(check.get_absolute_url()).text
    assert not Release.objects.exists() and not Measurement.objects.filter(moment="check_in").exists()


def test_it_is_asked_by_link_too(ada):
    own, story = add(ada, "yes_no"), asked()
    browser = opened(invited(story))
    assert "How is it really going?" in browser.get(step(10)).text
    assert say(browser, 10, **{own.key: "no"}).url == step(11)


def test_what_does_not_fit_comes_back(desk):
    add_at = at("questionnaire_add", CHECK)
    answer = desk.post(add_at, WORDS | {"kind": "choice", "options": "Eén antwoord | One answer"})
    assert answer.status_code == 422 and "Eén antwoord" in answer.text
    assert desk.post(add_at, WORDS | {"kind": "essay"}).status_code == 422
    assert desk.post(add_at, WORDS | {"kind": "choice", "options": "Ja | Yes\nNee | No"}).status_code == 302
    assert desk.post(at("questionnaire_add", "after_session"), WORDS | {"kind": "level"}).status_code == 422
    assert desk.get(at("questionnaire_add", "closing_client")).status_code == 404 == desk.get(at("questionnaire", "none")).status_code
    assert desk.get(at("questionnaire_words", CHECK, "none")).status_code == 404


def test_ten_of_ones_own_at_most_and_only_by_who_administers(ada):
    for _number in range(MOST):
        add(ada, "text")
    with pytest.raises(Refused):
        add(ada, "text")
    iris = make_person("Iris")
    row = OwnQuestion.objects.first()
    for verb in (lambda: add(iris, "text"), lambda: row.remove(by=iris), lambda: row.reword(by=iris, at=now(), **WORDS)):
        with pytest.raises(Refused):
            verb()
    with pytest.raises(Refused):
        OwnQuestion.word(CHECK, "steers", by=iris, at=now(), **WORDS)
