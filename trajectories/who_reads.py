"""Who reads which words, said in words? Drawn from the `reads` of the models, so that what we promise is what the doors do (R4)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.utils.translation import get_language

from trajectories.doors import ALL, SPONSOR, OwnQuerySet

SOURCE = Path(__file__).with_name("who_reads.yaml")
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Kind:
    """One kind of words: the model's label, what people call it, the parts that may read some of it. `own`: only its writer may.

    `older`: by which name the client lets older rows along to a new coach; "" when they stay behind.
    """

    label: str
    name: str
    parts: frozenset
    own: bool = False
    older: str = ""


@dataclass(frozen=True)
class Line:
    """A sentence about what the sponsor sees or never sees; `head` can stand out."""

    head: str
    rest: str = ""

    def __str__(self):
        return self.head + self.rest


@cache
def said():
    """The words of who_reads.yaml."""
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def spoken(language=None):
    """nl or en: the language asked for, else the one of this request."""
    short = (language or get_language() or "nl")[:2]
    return short if short in LANGUAGES else "nl"


@cache
def rules():
    """Label -> {part: rule} for every model whose words have a door; None for words of one seat."""
    found = {}
    for model in apps.get_models():
        rows = model._default_manager.none()
        if isinstance(rows, OwnQuerySet):
            found[model._meta.label_lower] = None
        elif reads := getattr(rows, "reads", None):
            found[model._meta.label_lower] = reads
    return found


def sponsor_when(label):
    """Which of the sponsor's rows of this kind the state lets them read; see ContentQuerySet."""
    return getattr(apps.get_model(label)._default_manager.none(), "sponsor_when", ALL)


def who_reads(language=None):
    """Every kind of words with the parts that may read it, as a list of Kind; the names as people call them."""
    names, language = said()["names"], spoken(language)
    found = [(label, reads, names[label][language]) for label, reads in rules().items()]
    return [Kind(label, name, frozenset(reads or ()), own=reads is None, older=_older(label)) for label, reads, name in found]


def _older(label):
    return getattr(apps.get_model(label)._default_manager.none(), "older", None) or ""


def _holds(line, *, seen):
    """Whether the rules bear the line out: the sponsor reads all these kinds, or none; `whole: false`, only part of them."""
    theirs = [(rules()[label] or {}).get(SPONSOR) for label in line["models"]]
    if not line.get("whole", True):
        return all(rule is not None and rule != ALL for rule in theirs)
    return all((rule is not None) == seen for rule in theirs)


def _lines(which, *, seen, client, coach, language):
    language = spoken(language)
    chosen = [line[language] for line in said()[which] if _holds(line, seen=seen)]
    names = {"client": client or said()["anyone"]["client"][language], "coach": coach or said()["anyone"]["coach"][language]}
    return [Line(line["head"].format(**names), line.get("rest", "").format(**names)) for line in chosen]


def sponsor_sees(*, client="", coach="", language=None):
    """What the sponsor gets, as a list of Line. `client` and `coach` are first names; `language` nl or en, else the reader's."""
    return _lines("sees", seen=True, client=client, coach=coach, language=language)


def sponsor_never_sees(*, client="", coach="", language=None):
    """What the sponsor never gets; see sponsor_sees()."""
    return _lines("never", seen=False, client=client, coach=coach, language=language)
