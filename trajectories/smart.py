"""How do four parts become a goal in one sentence, and one sentence per level by varying them? Pure, in the reader's language (R5).

Activity, support, quantity and time, as in: Bovend'Eerdt, T. J. H., Botell, R. E., & Wade, D. T. (2009). Writing SMART rehabilitation
goals and achieving goal attainment scaling: a practical guide. Clinical Rehabilitation, 23(4), 352–361. What comes out is a proposal.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajectories.quantity import varied

SENTENCES = {2: "plus_two", 1: "plus_one", 0: "zero", -1: "minus_one", -2: "minus_two"}  # as GoalVersion has them

# After these an "I" is the subject of a clause inside the sentence, in Dutch and in English; after other words it turns the sentence round.
OPENS_A_CLAUSE = (
    " wat dat als of zodat omdat doordat hoe wie waar waarom waarmee waarin waarvan waarover wanneer zodra voordat nadat terwijl tot "
    "totdat en maar want dan die toen tenzij what that if when whether how because so why who whom which where before after until as while "
    "and but or than once moment time "
)


@dataclass(frozen=True)
class Parts:
    """What somebody typed: what they do, how often or how much, with what help, by when. Each may be empty."""

    activity: str = ""
    quantity: str = ""
    support: str = ""
    time: str = ""

    def __post_init__(self):
        small = {*_small(), *_openers()}
        for name in ("activity", "quantity", "support", "time"):
            words = _trimmed(getattr(self, name))
            object.__setattr__(self, name, _lowered(words) if name == "activity" or _first(words) in small else words)
        object.__setattr__(self, "activity", _lowered(_without(_i(), self.activity)))
        object.__setattr__(self, "support", _without(_openers()[0], self.support))

    @property
    def follows(self):
        """Whether the activity can follow "I": not where it has an "I" of its own as subject, as in "emails I answer at once"."""
        words = self.activity.lower().split()
        return not any(
            word == _i().lower() and f" {words[at - 1].strip(',')} " not in OPENS_A_CLAUSE for at, word in enumerate(words) if at
        )

    @property
    def helped(self):
        """The support as it stands in the sentence, with its preposition."""
        if not self.support or _first(self.support) in _openers():
            return self.support
        return f"{_openers()[0]} {self.support}"

    @property
    def alone(self):
        """The goal without that support; "" when there is none, or it cannot be said so."""
        if not self.support or _first(self.support) in _openers():
            return ""
        return _("also without %(support)s") % {"support": self.support}


def sentence(parts):
    """The goal in one sentence, in the first person; "" while it is not said what somebody does, or not so that it follows "I"."""
    if not parts.follows:
        return ""
    return _said(parts.activity, parts.quantity, parts.helped, parts.time)


def proposals(parts, *, now="", start=-2):
    """Field of a goal -> a proposal for it: the goal itself and the five sentences. {} while it is not said what somebody does.

    `now` is how it is, in somebody's own words: that is the sentence of the `start` level (−2 or −1).
    """
    if not (parts.activity and parts.follows):
        return {}
    levels = {2: _far_over(parts), 1: _over(parts), 0: sentence(parts), -1: _under(parts), -2: _far_under(parts, start)}
    if how_it_is := " ".join(now.replace("\x00", "").split()):
        levels[start] = how_it_is
    found = {SENTENCES[level]: said for level, said in levels.items()}
    return found | {"title": sentence(parts)} | ({"support": _sentence_of(parts.helped)} if parts.helped else {})


def fill(typed, proposed, before):
    """`typed` with proposals where a field is empty, or still says what was proposed `before`. Other words are never touched.

    All three are field -> text. Returns (the words, the fields that were filled).
    """
    free = {name for name in proposed if not typed.get(name, "").strip() or typed[name].strip() == before.get(name, "").strip() != ""}
    return typed | {name: proposed[name] for name in free}, free


def _over(parts):
    """+1: the same without the help; else more of it; else also when it is hard."""
    if parts.alone:
        return _said(parts.activity, parts.quantity, parts.alone, parts.time)
    more = varied(parts.quantity, 1)
    return _said(parts.activity, more or parts.quantity, parts.helped, parts.time, "" if more else _("also when it is busy or tense"))


def _far_over(parts):
    """+2: more of it and without the help; else without effort."""
    more = varied(parts.quantity, 2 if not parts.alone else 1)
    ease = "" if more and parts.alone else _("without having to think about it")
    return _said(parts.activity, more or parts.quantity, parts.alone or parts.helped, parts.time, ease)


def _under(parts):
    """−1: less of it, with the help."""
    less = varied(parts.quantity, -1)
    if not parts.quantity:
        less = _("now and then")
    if less:
        return _said(parts.activity, less, parts.helped, parts.time)
    if _first(parts.quantity) in _noes():  # "but not yet not more often"
        return _said(parts.activity, parts.helped, _("but less than at the start"))
    return _said(parts.activity, parts.helped, _("but not yet %(quantity)s") % {"quantity": parts.quantity})


def _far_under(parts, start):
    """−2: where it starts, or back behind the start."""
    if start == -1:
        return _said(parts.activity, _("but less than at the start"))
    return _("I do not manage this yet: I %(activity)s.") % {"activity": parts.activity}


def _said(activity, *more):
    """ "I" and the activity, and what is more after commas."""
    if not activity:
        return ""
    said = ", ".join(part for part in (f"{_i()} {activity}", *more) if part)
    return said if said.endswith(("…", "?", "!")) else f"{said}."


def _sentence_of(words):
    return f"{words[:1].upper()}{words[1:]}."


def _i():
    return pgettext("opens a sentence", "I")


def _openers():
    """Words with which the support may begin; the first is put before it when none of them stands there."""
    return pgettext("words that open a support, the first is the usual one", "with without together by through via thanks").split()


def _noes():
    return pgettext("words that say no", "not no never none").split()


def _first(words):
    return words.split(" ", 1)[0].lower()


def _without(opener, words):
    """`words` without this first word."""
    return words[len(opener) + 1 :] if words.lower().startswith(f"{opener.lower()} ") else words


def _small():
    """Words that take no capital inside a sentence; any other may be a name."""
    return pgettext("small words that open a part", "a an the my our every each at in on by before after within once twice").split()


def _trimmed(words):
    """On one line, without the stop at the end."""
    return " ".join(words.replace("\x00", "").split()).strip(" .,;")


def _lowered(words):
    """Small at the beginning, but for a word in capitals."""
    second = words[1:2]
    return words[:1].lower() + words[1:] if second.islower() or second in ("", " ") else words
