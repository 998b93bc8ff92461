"""What do we ask at the progress check and before the closing talk? Data in questionnaires.yaml, read once, as frozen values (R18, R21)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

SOURCE = Path(__file__).with_name("questionnaires.yaml")
LEVEL, TEXT, CHOICE, SCALE, YES_NO = "level", "text", "choice", "scale5", "yes_no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language. `options` are (value, words); `goals` is "all", "shared" or "" when it is not asked per goal."""

    key: str
    kind: str
    label: str
    hint: str
    options: tuple[tuple[str, str], ...] = ()
    goals: str = ""
    releasable: bool = False

    @property
    def is_text(self):
        return self.kind == TEXT

    def shown(self, answer):
        """An answer as it is read: the words of an option, or the text itself."""
        return dict(self.options).get(str(answer), answer)

    def kept(self, answer, *, goal=None):
        """A copy of the question with its answer, so that nothing reworded changes what was answered. `goal` is its key."""
        row = {"key": self.key, "question": self.label, "kind": self.kind, "answer": answer, "shown": self.shown(answer)}
        return row | {"goal": str(goal)} if goal else row


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions that are asked together, in one language; `minutes` is how long it takes."""

    key: str
    minutes: int
    title: str
    intro: str
    thanks: str
    questions: tuple[Question, ...]

    def question(self, key):
        return next(question for question in self.questions if question.key == key)

    @property
    def once(self):
        """What is asked once, not per goal."""
        return tuple(question for question in self.questions if not question.goals)


def questionnaire(key, language=None):
    """The questionnaire under `key` in `language` (the active one when left out). Raises KeyError for an unknown one."""
    return _all("en" if (language or get_language() or "nl").startswith("en") else "nl")[key]


@cache
def _all(language):
    data = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {one["key"]: _questionnaire(one, data, language) for one in data["questionnaires"]}


def _questionnaire(one, data, language):
    words = {name: one[name][language] for name in ("title", "intro", "thanks")}
    questions = tuple(_question(row, data, language) for row in one["questions"])
    return Questionnaire(key=one["key"], minutes=one["minutes"], questions=questions, **words)


def _question(row, data, language):
    options = data["scales"].get(row.get("scale")) or data["choices"].get(row.get("choices")) or {}
    return Question(
        key=row["key"],
        kind=row["kind"],
        label=row["label"][language],
        hint=row["hint"][language],
        options=tuple((str(value), words[language]) for value, words in options.items()),
        goals=row.get("goals", "") if row.get("per_goal") else "",
        releasable=row.get("releasable", False),
    )
