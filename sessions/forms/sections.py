"""Which steps does a log have, and which question is asked at each? (R9)"""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import LONG, SHORT
from coaching.forms.widgets import Voice
from sessions.process_models import FREE, built_in

WORDS = re.compile(r"words-([a-z0-9_-]{1,80})")
MOST = 40  # sections with words, of all methods together


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
    elsewhere: bool = False  # of another method than the chosen one


class Sections:
    """The part of a form that holds the sections of a log: those of the chosen method, and those of others that hold words.

    `catalogue`: the methods to choose from. A section that was written down before keeps its title and the question that was asked.
    """

    catalogue = built_in()

    def _make_sections(self, data):
        """A field per section of the chosen method, of the log as it stands, and of `data` (name -> words or a list of them)."""
        stand = {section["key"]: section for section in self.kept}
        posted = [match[1] for match in map(WORDS.fullmatch, data) if match and _filled(data[match[0]])]
        names = [phase.name for phase in self.chosen.phases] + list(stand) + posted[:MOST]
        for name in dict.fromkeys(names):
            if f"words-{name}" not in self.fields:
                section, phase = stand.get(name), self.catalogue.phases.get(name)
                title = section["title"] if section else phase.title if phase else gettext("A section that is no longer there")
                self._add(f"words-{name}", title, section["words"] if section else "")
                self.fields[f"asked-{name}"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def _value(self, name):
        """What is in a field now: posted, else put back, else as it stands."""
        if name not in self.fields:
            return ""
        field = self.fields[name]
        stands = self.get_initial_for_field(field, name)  # not by self[name], which remembers what stood there before a draft was put back
        return (field.bound_data(field.widget.value_from_datadict(self.data, {}, name), stands) if self.is_bound else stands) or ""

    @property
    def chosen(self):
        return self.catalogue.models.get(self._value("model")) or self.catalogue.models[FREE]

    @property
    def steps(self):
        """The steps to draw, in the order of the method; behind them those of another method, or of a retired one, that hold words."""
        own = [phase.name for phase in self.chosen.phases]
        named = [name.removeprefix("words-") for name in self.fields if name.startswith("words-")]
        others = [name for name in named if name not in own and self._value(f"words-{name}").strip()]
        return [self.step(name, self._value(f"asked-{name}")) for name in [*own, *others]]

    def step(self, name, asked=""):
        """One step, with the question `asked` (a key), else the one that was asked when it was written down, else the first."""
        stands = next((section for section in self.kept if section["key"] == name), None)
        phase = self.catalogue.phases.get(name)
        other = phase and any(question.key == asked for question in phase.questions) and not (stands and stands.get("asked", "") == asked)
        question = str(phase.question(asked)) if other or (phase and not stands) else ""
        if stands:
            letter, title = stands["letter"], stands["title"]
            question, asked = (question, asked) if other else (stands["question"], stands.get("asked", ""))
        elif phase:
            letter, title, asked = phase.letter, phase.title, phase.question(asked).key
        else:
            letter, title, asked = "–", self.fields[f"words-{name}"].label, ""
        words = self[f"words-{name}"]
        filled = bool(self._value(f"words-{name}").strip()) or f"words-{name}" in self.errors
        elsewhere = name not in {phase.name for phase in self.chosen.phases}
        return Step(name, letter, title, question, asked, words, filled, bool(phase and len(phase.questions) > 1), elsewhere)

    def as_written(self):
        """The sections to keep: a copy of each title and question with its words (R9); empty ones are left out."""
        drawn = [(step, (self.cleaned_data.get(f"words-{step.name}") or "").strip()) for step in self.steps]
        return [
            {"key": step.name, "letter": step.letter, "title": step.title, "question": step.question, "asked": step.asked, "words": words}
            for step, words in drawn
            if words
        ]


def _filled(value):
    """Whether a posted value (a string) or a kept one (a list) says anything."""
    said = value if isinstance(value, str) else "".join(value or [])
    return bool(said.strip())


def next_question(catalogue, name, asked):
    """The step as it asks its next question; KeyError when there is no such step."""
    phase, question = catalogue.asks_next(name, asked)
    return Step(name, phase.letter, phase.title, str(question), question.key, None, False, True)
