"""Which reflective questions are there, which fit what one looks for, and which come next? Built-in ones are data (R15)."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from sessions.process_models import said

SOURCE = Path(__file__).with_name("questions.yaml")
LONGEST = 100  # characters of what one searches with


@dataclass(frozen=True)
class Question:
    """A question as it stands in the bank. `book`: one of the nine of the source; `row`: the ReflectiveQuestion, opened, or None."""

    key: str
    phase: str
    themes: tuple
    words: str
    when: str = ""
    book: bool = False
    row: object = field(default=None, repr=False, compare=False)

    @property
    def origin(self):
        """Where it comes from, in a sentence, for its reader; colleagues' questions carry their name."""
        if self.row is None:
            return _("From the book.") if self.book else _("From the bank.")
        return ""

    @property
    def found_by(self):
        """All that a search looks through, folded."""
        return fold(" ".join([self.words, self.when, phases()[self.phase], *(themes()[theme] for theme in self.themes)]))


@cache
def _source():
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def phases():
    """Key -> name of each phase of a conversation, in order."""
    return {key: said(words) for key, words in _source()["phases"].items()}


def themes():
    """Key -> name of each theme."""
    return {key: said(words) for key, words in _source()["themes"].items()}


def built_in():
    """The questions that come with the house, in the language of the page; the nine of the source first."""
    return [
        Question(row["key"], row["phase"], tuple(row["themes"]), said(row["text"]), said(row["when"]), row.get("source") == "book")
        for row in _source()["questions"]
    ]


def bank(rows):
    """All questions: one's own and colleagues' (`rows`, opened), and behind them the built-in ones."""
    return written(rows) + built_in()


def written(rows):
    """Questions that coaches wrote (`rows`, opened) as they stand in the bank."""
    return [Question(row.key, row.phase, (row.theme,) if row.theme else (), row.words, row=row) for row in rows if row.phase in phases()]


def fold(words):
    """Without capitals and accents: "Eén" -> "een"."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def matching(questions, sought="", phase="", theme=""):
    """Those in which every word of `sought` occurs, where it stands in the question itself first; of one phase and theme where given."""
    wanted = fold(sought[:LONGEST]).split()
    found = [
        one
        for one in questions
        if (not phase or one.phase == phase) and (not theme or theme in one.themes) and all(word in one.found_by for word in wanted)
    ]
    return sorted(found, key=lambda one: not all(word in fold(one.words) for word in wanted)) if wanted else found


def by_phase(questions):
    """[(name of the phase, [Question])] in the order of a conversation; phases without any are left out."""
    found = [(name, [one for one in questions if one.phase == key]) for key, name in phases().items()]
    return [(name, some) for name, some in found if some]


def proposals(questions, *, asked=(), favourites=(), phases=("opening",), most=3):
    """A few questions to take along: of the wanted phases, not asked here before; favourites first, then in the order of the bank."""
    wanted = {phase: place for place, phase in enumerate(phases)}
    fresh = [one for one in questions if one.phase in wanted and one.key not in asked]
    return sorted(fresh, key=lambda one: (one.key not in favourites, wanted[one.phase]))[:most]


def after(questions, key):
    """The question behind the one with this key, round and round; the first when there is none such, None when there are none."""
    keys = [one.key for one in questions]
    if not keys:
        return None
    return questions[(keys.index(key) + 1) % len(keys) if key in keys else 0]
