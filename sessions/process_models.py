"""Which methods give a session its shape, and what do they ask? Data that people read: two YAML files beside this one (R9, R13)."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

HERE = Path(__file__).parent
FIRST = "grow"  # the built-in model that a session starts from; the coach can take another, or none
FREE = "free"


def said(words):
    """Words in the language of the page; Dutch where a language has none."""
    return words.get((get_language() or "nl")[:2]) or words["nl"]


@dataclass(frozen=True)
class Question:
    key: str
    words: dict = field(repr=False)

    def __str__(self):
        return said(self.words)


@dataclass(frozen=True)
class Phase:
    """A section of a log. `name` is its key in forms, "grow-goal"; `questions` are asked one at a time."""

    name: str
    letter: str
    title_words: dict = field(repr=False)
    questions: tuple = field(repr=False)

    @property
    def title(self):
        return said(self.title_words)

    def question(self, key):
        """The question with this key; the first one when there is none."""
        return next((one for one in self.questions if one.key == key), self.questions[0])

    def after(self, key):
        """The question that comes after `key`, round and round."""
        keys = [one.key for one in self.questions]
        return self.questions[(keys.index(key) + 1) % len(keys) if key in keys else 0]


@dataclass(frozen=True)
class ProcessModel:
    key: str
    name_words: dict = field(repr=False)
    about_words: dict = field(repr=False)
    phases: tuple = field(repr=False)

    @property
    def name(self):
        return said(self.name_words)

    @property
    def about(self):
        return said(self.about_words)


def _phase(model, phase):
    questions = tuple(Question(one["key"], {"nl": one["nl"], "en": one["en"]}) for one in phase["questions"])
    return Phase(f"{model}-{phase['key']}", str(phase["letter"]), phase["name"], questions)


def _model(row):
    return ProcessModel(row["key"], row["name"], row["description"], tuple(_phase(row["key"], one) for one in row["phases"]))


@cache
def models():
    """Key -> process model, GROW first and the free form last."""
    rows = yaml.safe_load((HERE / "process_models.yaml").read_text(encoding="utf-8"))["models"]
    made = [
        ProcessModel(row["key"], row["name"], row["description"], tuple(_phase(row["key"], one) for one in row["phases"])) for row in rows
    ]
    return {model.key: model for model in made}


@cache
def phases():
    """Name -> phase, of all models together."""
    return {phase.name: phase for model in models().values() for phase in model.phases}


@dataclass(frozen=True)
class Kind:
    """A kind of intervention: what to record of it, and what to ask at the next session."""

    key: str
    name_words: dict = field(repr=False)
    record_words: dict = field(repr=False)
    next_words: dict = field(repr=False)

    @property
    def name(self):
        return said(self.name_words)

    @property
    def follow_up(self):
        return said(self.next_words)


@cache
def kinds():
    """Key -> kind of intervention; the last one is "other"."""
    rows = yaml.safe_load((HERE / "interventions.yaml").read_text(encoding="utf-8"))["kinds"]
    return {row["key"]: Kind(row["key"], row["name"], row["record"], row["follow_up"]) for row in rows}


def kind_of(line):
    """The kind whose name a line begins with, in any language: "Rollenspel, gesprek met Rob" -> "role_play"; "" for a line of its own."""
    start = line.strip().casefold()
    named = ((kind.key, name.casefold()) for kind in kinds().values() for name in kind.name_words.values())
    return next((key for key, name in named if key != "other" and start.startswith(name)), "")
