"""Which steps does a log have, and which question is asked at each? (R9)"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import LONG, SHORT
from coaching.forms.widgets import Voice
from sessions.process_models import FREE, models, phases


class Words(forms.CharField):
    """Text in a field that a form makes for itself, with the limits and sentences of every other."""

    def __init__(self, *, short=False, rows=3, attrs=None, **facts):
        facts["widget"] = forms.TextInput(attrs=attrs) if short else Voice(rows=rows, attrs=attrs)
        sentence = _("This is too long. Say it shorter.") if short else _("This is too long. 20,000 characters is the most we can keep.")
        super().__init__(required=False, max_length=SHORT if short else LONG, error_messages={"max_length": sentence}, **facts)
        for one in self.validators:
            if isinstance(one, ProhibitNullCharactersValidator):
                one.message = _("There is a character in here that we cannot keep. Type the text again.")

    def widget_attrs(self, widget):
        """No maxlength: a browser would cut off what is pasted without a word."""
        return {}


@dataclass(frozen=True)
class Step:
    """A step as it is drawn: its letter, title and question, and the fields for its words and for which question was asked."""

    name: str
    letter: str
    title: str
    question: str
    asked: str
    words: Any
    filled: bool
    swaps: bool


class Sections:
    """The part of a form that holds the sections of all process models; those of the chosen one are drawn, and those that hold words."""

    def _make_sections(self):
        stand = {section["key"]: section for section in self.kept}
        for name in {**phases(), **stand}:
            section = stand.get(name)
            title = section["title"] if section else phases()[name].title
            self._add(f"words-{name}", title, section["words"] if section else "")
            self.fields[f"asked-{name}"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def _value(self, name):
        """What is in a field now: posted, else put back, else as it stands."""
        return (self[name].value() or "") if name in self.fields else ""

    @property
    def chosen(self):
        return models().get(self._value("model")) or models()[FREE]

    @property
    def steps(self):
        """The steps to draw, in the order of the model; behind them steps of another model, or of a retired one, that hold words."""
        own = [phase.name for phase in self.chosen.phases]
        named = [name.removeprefix("words-") for name in self.fields if name.startswith("words-")]
        others = [name for name in named if name not in own and self._value(f"words-{name}").strip()]
        return [self.step(name, self._value(f"asked-{name}")) for name in [*own, *others]]

    def step(self, name, asked=""):
        """One step, with the question `asked` (a key), else the one that was asked when it was written down, else the first."""
        stands = next((section for section in self.kept if section["key"] == name), None)
        phase = phases().get(name)
        known = phase and any(question.key == asked for question in phase.questions)
        if stands and not known:
            letter, title, question, asked = stands["letter"], stands["title"], stands["question"], stands.get("asked", "")
        else:
            one = phase.question(asked)
            letter, title, question, asked = phase.letter, phase.title, str(one), one.key
        words = self[f"words-{name}"]
        filled = bool(self._value(f"words-{name}").strip()) or f"words-{name}" in self.errors
        return Step(name, letter, title, question, asked, words, filled, bool(phase))

    @classmethod
    def asked_next(cls, name, asked):
        """The step as it asks its next question; KeyError when there is no such step."""
        phase = phases()[name]
        one = phase.after(asked)
        return Step(name, phase.letter, phase.title, str(one), one.key, None, False, True)

    def as_written(self):
        """The sections to keep: a copy of each title and question with its words (R9); empty ones are left out."""
        drawn = [(step, (self.cleaned_data.get(f"words-{step.name}") or "").strip()) for step in self.steps]
        return [
            {"key": step.name, "letter": step.letter, "title": step.title, "question": step.question, "asked": step.asked, "words": words}
            for step, words in drawn
            if words
        ]
