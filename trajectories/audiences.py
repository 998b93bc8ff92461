"""Who has a seat, who had one, and what can each read? Drawn from the `reads` of the models, for the client's page (R25, R26)."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.clock import day_of
from trajectories.doors import CLIENT, COACH, COORDINATOR, PARTS, SPONSOR, WHOLE
from trajectories.who_reads import rules, who_reads

ORDER = (CLIENT, COACH, SPONSOR, COORDINATOR)


@dataclass(frozen=True)
class Audience:
    """Kinds of words with the same readers: `sees` for the stitches, `text` who that is; `partly` reads only what was shared of it."""

    kinds: str
    sees: str
    text: str
    partly: str = ""


@dataclass(frozen=True)
class Sitter:
    """Somebody with a seat, now or before; `reads` says what they read and since when."""

    part: str
    name: str
    role: str
    reads: str


def audiences(trajectory):
    """Every kind of words of this trajectory with who reads it, from open to closed; empty seats are left out."""
    names = {CLIENT: _("you"), COORDINATOR: _("the coordinator")}
    names |= {part: trajectory.seat(part).first_name for part in (COACH, SPONSOR) if trajectory.seat(part)}
    groups = {}
    for kind in who_reads():
        readers = tuple(part for part in ORDER if part in kind.parts and part in names)
        partly = tuple(part for part in readers if part in PARTS and (rules()[kind.label] or {})[part] not in WHOLE)
        if readers:
            groups.setdefault((readers, partly), []).append(kind.name)
    found = sorted(groups.items(), key=lambda one: (-len(one[0][0]), len(one[0][1]), one[1]))
    return [_audience(kinds, readers, partly, names) for (readers, partly), kinds in found]


def _audience(kinds, readers, partly, names):
    joined = get_text_list(list(dict.fromkeys(kinds)), _("and"))
    sees = " ".join("desk" if part == COORDINATOR else part for part in readers)
    text = get_text_list([names[part] for part in readers], _("and"))
    some = get_text_list([names[part] for part in partly], _("and"))
    return Audience(_first_up(joined), sees, _first_up(text), _only_shared(some))


def _only_shared(names):
    return _("%(names)s: what was shared or handed in") % {"names": _first_up(names)} if names else ""


def _first_up(words):
    return words[:1].upper() + words[1:]


def sitters(parts):
    """Who sits here now and who did, in the order in which they came."""
    return [Sitter(part.part, part.name, part.get_part_display(), _reads(part)) for part in parts]


def _day(moment):
    return date_format(day_of(moment), "j F Y")


def _reads(part):
    if part.until_at:
        return _("from %(begin)s to %(end)s; reads nothing any more") % {"begin": _day(part.from_at), "end": _day(part.until_at)}
    if not part.confirmed_at:
        return _("proposed; reads nothing until you have confirmed it")
    if not part.reads_since:
        return _("since %(begin)s") % {"begin": _day(part.from_at)}
    older = {
        "question": _("the question and your private goals"),
        "sessions": _("logs, actions and yield"),
        "check_ins": _("progress checks"),
    }
    given = [words for kind, words in older.items() if getattr(part, f"reads_older_{kind}")]
    since = _("since %(begin)s; of what is yours and older, only what all of you may read") % {"begin": _day(part.from_at)}
    return since + (_(", and %(kinds)s") % {"kinds": get_text_list(given, _("and"))} if given else "")
