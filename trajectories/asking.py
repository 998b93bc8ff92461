"""What does a site administrator see of the questionnaires: which there are, and each question with its words in both languages?"""

from dataclasses import dataclass

from trajectories.models import OwnQuestion
from trajectories.questionnaires import CHOICE, KINDS, LEVEL, as_it_came, named

# Where questions can be added, and of which kinds: a level stands against the sentences of a goal, which one session does not ask about.
ADDS = {"mid_trajectory": KINDS, "after_session": tuple(kind for kind in KINDS if kind != LEVEL)}
LANGUAGES = ("nl", "en")
KEPT_OUT = {"share"}  # decided on the last page, where it is no question any more


@dataclass(frozen=True)
class AskedHere:
    """One question. `words`: as the form has them; `row` is the organisation's own wording or question, or None."""

    key: str
    kind: str
    words: dict
    row: object = None

    @property
    def own(self):
        return bool(self.row and self.row.kind)


@dataclass(frozen=True)
class Listed:
    """A questionnaire with its questions."""

    key: str
    title: str
    asks: str
    questions: tuple


def listed(person):
    """Every questionnaire, with how many questions are worded here and how many are added."""
    rows = list(OwnQuestion.objects.readable_by(person))
    return [
        {
            "key": key,
            "title": title,
            "asks": asks,
            "asked": len([one for one in as_it_came(key, "nl").questions if one.key not in KEPT_OUT]),
            "reworded": sum(row.questionnaire == key and not row.kind for row in rows),
            "added": sum(row.questionnaire == key and bool(row.kind) for row in rows),
        }
        for key, title, asks in named()
    ]


def questionnaire_of(person, key):
    """One questionnaire as it is asked now. Raises KeyError for an unknown one."""
    built = {language: as_it_came(key, language) for language in LANGUAGES}
    rows = list(OwnQuestion.objects.readable_by(person).of(key).in_order())
    other = {row.key: row for row in rows if not row.kind}
    asked = [_built(pair, other.get(pair[0].key)) for pair in zip(*(built[one].questions for one in LANGUAGES), strict=True)]
    asked += [AskedHere(row.key, row.kind, _worded(row), row) for row in rows if row.kind]
    title = next(title for name, title, _asks in named() if name == key)
    return Listed(key, title, built["nl"].asks, tuple(one for one in asked if one.key not in KEPT_OUT))


def _built(pair, row):
    dutch, english = pair
    words = {"label_nl": dutch.label, "label_en": english.label, "hint_nl": dutch.hint, "hint_en": english.hint}
    return AskedHere(dutch.key, dutch.kind, _worded(row) if row else words, row)


def _worded(row):
    names = ("label_nl", "label_en", "hint_nl", "hint_en")
    words = {name: getattr(row, name) for name in names}
    return words | ({"options": "\n".join(f"{dutch} | {english}" for _value, dutch, english in row.options)} if row.kind == CHOICE else {})
