"""Which methods give a session its shape, and what do they ask? Data that people read: two YAML files beside this one (R9, R13)."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import yaml
from django.utils.translation import get_language

HERE = Path(__file__).parent
FIRST = "grow"  # the built-in model that a session starts from; the coach can take another, or none
FREE = "free"
OWN = "own-"  # how the key of a method begins that a coach or the organisation made


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
    """A method with its sections. `whose`: "" built in, "own" the coach's, "organisation" everyone's here; `offered`: not retired."""

    key: str
    name_words: dict = field(repr=False)
    about_words: dict = field(repr=False)
    phases: tuple = field(repr=False)
    whose: str = ""
    offered: bool = True

    @property
    def name(self):
        return said(self.name_words)

    @property
    def about(self):
        return said(self.about_words)


@dataclass(frozen=True)
class Catalogue:
    """What one coach can work with: the built-in models, the organisation's and their own; retired ones are known, not offered."""

    models: dict = field(repr=False)

    @cached_property
    def phases(self):
        """Name -> phase, of all models together."""
        return {phase.name: phase for model in self.models.values() for phase in model.phases}

    @property
    def offered(self):
        return [model for model in self.models.values() if model.offered]

    def first(self, key):
        """The key to start from: `key` when it is offered, else GROW."""
        return key if key in self.models and self.models[key].offered else FIRST

    def asks_next(self, name, asked):
        """(phase, question) after question `asked` at the section `name`; KeyError when there is no such section."""
        phase = self.phases[name]
        return phase, phase.after(asked)


def _phase(model, phase):
    questions = tuple(Question(one["key"], {"nl": one["nl"], "en": one["en"]}) for one in phase["questions"])
    return Phase(f"{model}-{phase['key']}", str(phase["letter"]), phase["name"], questions)


def _model(row):
    return ProcessModel(row["key"], row["name"], row["description"], tuple(_phase(row["key"], one) for one in row["phases"]))


@cache
def models():
    """Key -> built-in process model, GROW first and the free form last."""
    rows = yaml.safe_load((HERE / "process_models.yaml").read_text(encoding="utf-8"))["models"]
    return {row["key"]: _model(row) for row in rows}


@cache
def built_in():
    return Catalogue(models())


def _made(row):
    """A Method as a process model; its words are in one language."""

    def phase(one):
        questions = tuple(Question(question["key"], {"nl": question["words"]}) for question in one["questions"])
        return Phase(f"{row.key}-{one['key']}", one["letter"], {"nl": one["title"]}, questions or (Question("", {"nl": ""}),))

    whose = "own" if row.owner_id else "organisation"
    phases = tuple(phase(one) for one in row.phases)
    return ProcessModel(row.key, {"nl": row.name}, {"nl": row.about}, phases, whose, row.retired_at is None)


def with_methods(rows):
    """The built-in models with `rows` (of sessions.models.Method) behind them."""
    made = {row.key: _made(row) for row in rows}
    return Catalogue({**models(), **made}) if made else built_in()


@dataclass(frozen=True)
class Kind:
    """A kind of intervention: what to record of it, and what to ask at the next session."""

    key: str
    name_words: dict = field(repr=False)
    record_words: dict = field(repr=False)
    next_words: dict = field(repr=False)
    for_words: dict = field(repr=False)

    @property
    def name(self):
        return said(self.name_words)

    @property
    def record(self):
        """What to put down of it."""
        return said(self.record_words)

    @property
    def purpose(self):
        """What it is for."""
        return said(self.for_words)

    @property
    def follow_up(self):
        return said(self.next_words)


@cache
def kinds():
    """Key -> kind of intervention; the last one is "other"."""
    rows = yaml.safe_load((HERE / "interventions.yaml").read_text(encoding="utf-8"))["kinds"]
    return {row["key"]: Kind(row["key"], row["name"], row["record"], row["follow_up"], row["for"]) for row in rows}


def kind_of(line):
    """The kind whose name a line begins with, in any language: "Rollenspel, gesprek met Rob" -> "role_play"; "" for a line of its own."""
    start = line.strip().casefold()
    named = ((kind.key, name.casefold()) for kind in kinds().values() for name in kind.name_words.values())
    return next((key for key, name in named if key != "other" and start.startswith(name)), "")
