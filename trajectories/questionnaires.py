"""What do we ask at the progress check and before the closing talk? Data in questionnaires.yaml, read once, as frozen values (R18, R21).

The organisation words questions anew and adds its own: models.own_questions.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

from trajectories.models.own_questions import OwnQuestion

SOURCE = Path(__file__).with_name("questionnaires.yaml")
KINDS = LEVEL, TEXT, CHOICE, SCALE, YES_NO = "level", "text", "choice", "scale5", "yes_no"


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
    asks: str
    questions: tuple[Question, ...]

    def question(self, key):
        return next(question for question in self.questions if question.key == key)

    @property
    def once(self):
        """What is asked once, not per goal."""
        return tuple(question for question in self.questions if not question.goals)


def questionnaire(key, language=None):
    """The questionnaire under `key` in `language` (the active one when left out), as the organisation words it. One statement.

    Raises KeyError for an unknown one.
    """
    spoken = "en" if (language or get_language() or "nl").startswith("en") else "nl"
    return _adapted(_all(spoken)[key], list(OwnQuestion.objects.of(key).in_order()), spoken)


def as_it_came(key, language):
    """The questionnaire as it comes with the application."""
    return _all(language)[key]


def named():
    """(key, title, whom it asks) of every questionnaire, in the active language."""
    spoken = "en" if (get_language() or "nl").startswith("en") else "nl"
    return [(one.key, one.title, one.asks) for one in _all(spoken).values()]


def _adapted(built, rows, language):
    if not rows:
        return built
    other = {row.key: row for row in rows if not row.kind}
    asked = [_reworded(question, other[question.key], language) if question.key in other else question for question in built.questions]
    return replace(built, questions=(*asked, *(_own(row, language) for row in rows if row.kind)))


def _reworded(question, row, language):
    return replace(question, label=getattr(row, f"label_{language}"), hint=getattr(row, f"hint_{language}"))


def _own(row, language):
    """A question of the organisation's own: asked of the client, read by the coach, never by a sponsor."""
    words = {"label": getattr(row, f"label_{language}"), "hint": getattr(row, f"hint_{language}")}
    goals = "all" if row.kind == LEVEL else ""
    return Question(key=row.key, kind=row.kind, options=_own_options(row, language), goals=goals, **words)


def _own_options(row, language):
    if row.kind == CHOICE:
        return tuple((value, english if language == "en" else dutch) for value, dutch, english in row.options)
    if row.kind == YES_NO:
        return (("yes", {"nl": "Ja", "en": "Yes"}[language]), ("no", {"nl": "Nee", "en": "No"}[language]))
    return _scale("agree", language) if row.kind == SCALE else ()


@cache
def _scale(name, language):
    scale = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["scales"][name]
    return tuple((str(value), words[language]) for value, words in scale.items())


@cache
def _all(language):
    data = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {one["key"]: _questionnaire(one, data, language) for one in data["questionnaires"]}


def _questionnaire(one, data, language):
    words = {name: one[name][language] for name in ("title", "intro", "thanks")}
    questions = tuple(_question(row, data, language) for row in one["questions"])
    return Questionnaire(key=one["key"], minutes=one["minutes"], asks=one["for"], questions=questions, **words)


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
