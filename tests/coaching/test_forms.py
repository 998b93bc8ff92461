"""Do our forms say in a sentence what is wrong, show a draft as it was typed, and draw each widget by its class?"""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.translation import override

from coaching.forms.house import HouseForm
from coaching.forms.widgets import LEVELS, Answers, Chips, Day, Levels, Switch, Voice
from coaching.templatetags.summary import what_is_wrong
from tests.guards.tree import ROOT


class Log(HouseForm):
    held_on = forms.DateField(label="When", widget=Day)
    brought = forms.CharField(label="Brought", required=False, widget=Voice(sees="client coach", who="Sam and you"))
    place = forms.CharField(label="Where", required=False)
    level = forms.TypedChoiceField(label="Level", coerce=int, choices=LEVELS, required=False, empty_value=None, widget=Levels(start=-1))
    fits = forms.ChoiceField(
        label="Fits", required=False, choices=[(-1, "Not yet"), (0, "Yes")], widget=Answers(levels=True, notes={0: "Your goal"})
    )
    used = forms.MultipleChoiceField(label="Used", required=False, choices=[("a", "Asked"), ("b", "Played")], widget=Chips)
    shared = forms.BooleanField(label="Shared", required=False, widget=Switch)


def errors(**data):
    form = Log(data)
    form.is_valid()
    return {name: list(found) for name, found in form.errors.items()}


def test_what_is_missing_is_asked_for():
    assert set(errors()) == {"held_on"}


def test_nul_is_refused_with_a_sentence():
    (sentence,) = errors(held_on="2026-11-19", brought="a\0b")["brought"]
    assert sentence.endswith(".")


@pytest.mark.parametrize("blank", ["\u200b", " \u2060\ufeff\n", "\u00ad\u200d", "\u2800", "\u3164\ufe0f"])
def test_a_text_that_shows_nothing_is_no_text(blank):
    class Asked(HouseForm):
        words = forms.CharField(widget=Voice)
        mail = forms.EmailField(required=False)
        password = forms.CharField(strip=False)

    form = Asked({"words": blank, "mail": blank, "password": blank})
    with override("en"):
        assert {name: list(found) for name, found in form.errors.items()} == {"words": ["Fill this in."]}
    assert form.cleaned_data == {"mail": "", "password": blank}
    assert Asked({"words": f"a{blank}b", "password": "x"}).is_valid()


def test_long_text_has_an_end():
    assert errors(held_on="2026-11-19", brought="a" * 20_000) == {}
    assert set(errors(held_on="2026-11-19", brought="a" * 20_001, place="a" * 1_001)) == {"brought", "place"}


def test_a_limit_of_the_form_itself_stays():
    class Short(HouseForm):
        name = forms.CharField(max_length=5)

    assert len(Short({"name": "abcdef"}).errors["name"]) == 1


def test_a_draft_is_shown_as_it_was_typed():
    words = {"held_on": ["2026-02-31"], "brought": ["<b>half a sen"], "level": ["-1"], "used": ["b", "zzz"], "unknown": ["x"]}
    form = Log().recall(words)
    html = render_crispy_form(form, form.helper)
    assert not form.is_bound
    assert 'value="2026-02-31"' in html and "&lt;b&gt;half a sen" in html
    assert html.count(" checked") == 2


def test_each_widget_is_drawn_by_its_class():
    html = render_crispy_form(Log(), Log().helper)
    assert 'class="steps" data-start="-1"' in html and "−2" in html
    assert 'class="answer"' in html and "Your goal" in html
    assert 'class="chip"' in html and 'class="switch"' in html
    assert 'data-sees="client coach"' in html and 'type="date"' in html


def test_the_error_stands_before_the_control_and_the_summary_leads_to_it():
    form = Log({})
    html = render_crispy_form(form, form.helper)
    assert html.index('class="error-summary"') < html.index('id="id_held_on_error"') < html.index('<input type="date"')
    assert 'href="#id_held_on"' in html and 'aria-describedby="id_held_on_error"' in html and 'tabindex="-1"' in html


def heading(**data):
    """What stands over the errors."""
    form = Log(data)
    form.is_valid()
    return what_is_wrong(form)


def test_the_summary_says_whether_something_is_missing_or_not_right():
    with override("en"):
        assert heading() == "Something is still missing"
        assert heading(held_on="ooit") == "Something is not right yet"
        assert heading(fits="7") == "Something is not right yet"
        form = Log({"held_on": "2026-09-03"})
        form.add_error(None, "This trajectory is closed.")
        assert what_is_wrong(form) == "This could not be done"


def test_a_form_that_keeps_what_is_typed_leaves_the_judging_to_the_server():
    """A field in a folded part cannot be pointed at by the browser: the button would do nothing, without a word."""
    forms = [form for path in (ROOT / "templates").rglob("*.html") for form in re.findall(r"<form[^>]*data-keeps[^>]*", path.read_text())]
    assert len(forms) > 20 and [form for form in forms if "novalidate" not in form] == []
