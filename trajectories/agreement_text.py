"""What does one version of the agreement say, in full, and where does it differ from the one before? (R4, R7, R27)"""

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from re import findall

import yaml
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.models import Person
from coaching.refusals import Refused
from trajectories.who_reads import LANGUAGES, Line, spoken, sponsor_never_sees, sponsor_sees

SOURCE = Path(__file__).with_name("agreement.yaml")
GETS, NEVER, OWN = "sponsor_gets", "sponsor_never", "own_words"  # sections that the page draws in its own way


@dataclass(frozen=True)
class Section:
    """One heading of the agreement with its text, or with a list of Line."""

    key: str
    heading: str
    body: str = ""
    points: tuple = ()


@dataclass(frozen=True)
class Difference:
    """A section that changed: `old` and `new` are lists of (changed, text); either is empty when the section is not in that version."""

    heading: str
    old: tuple
    new: tuple


@cache
def said():
    """The words of agreement.yaml."""
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def form_of(trajectory):
    """three_party where a sponsor is confirmed, else two_party."""
    return "three_party" if trajectory.sponsor else "two_party"


def freeze(trajectory, terms, organisation):
    """The whole text of a version, to be kept under its number: {"nl": [section, …], "en": […]}, sections as plain dicts for JSON.

    `terms`: sessions, minutes, starts_on, ends_on, place, own_words. What the sponsor gets and never gets is drawn from who_reads.
    Raises Refused while there is no coach to agree with.
    """
    if not (trajectory.coach and trajectory.client):
        raise Refused(_("There is no coach yet. First someone takes that seat; then you agree together."))
    coordinator = Person.objects.coordinators().by_name().first()
    return {language: _sections(trajectory, terms, organisation, coordinator, language) for language in LANGUAGES}


def _sections(trajectory, terms, organisation, coordinator, language):
    names = _names(trajectory)
    facts = {**names, **_facts(terms, organisation, coordinator, language)}
    form = form_of(trajectory)
    chosen = [one for one in said()["sections"] if form in one["parties"]]
    sections = [_section(one["key"], one[language]["heading"], one[language]["body"].format(**facts)) for one in chosen]
    if trajectory.sponsor:
        who = {"client": names["client"], "coach": names["coach"], "language": language}
        for key, lines in ((GETS, sponsor_sees(**who)), (NEVER, sponsor_never_sees(**who))):
            sections.append(_section(key, said()[key][language].format(**names), points=[[line.head, line.rest] for line in lines]))
    if terms.get("own_words"):
        sections.append(_section(OWN, said()["own_words"][language], terms["own_words"]))
    return sections


def _section(key, heading, body="", points=()):
    return {"key": key, "heading": heading, "body": body, "points": list(points)}


def _names(trajectory):
    """First names, and whole ones where two are called the same."""
    seats = {part: trajectory.seat(part) for part in ("client", "coach", "sponsor")}
    first = [seat.first_name for seat in seats.values() if seat]
    return {part: (seat.first_name if first.count(seat.first_name) == 1 else seat.name) if seat else "" for part, seat in seats.items()}


def _facts(terms, organisation, coordinator, language):
    """What the sentences leave open, as it is said in one language."""
    with override(language):
        starts, ends = (date_format(terms[name], "j F Y") for name in ("starts_on", "ends_on"))
    months = ("content_months", "report_months", "private_days")
    return {
        "organisation": organisation.name,
        "coordinator": coordinator.name if coordinator else said()["coordinator"][language],
        "sessions": conversations(terms["sessions"], language),
        "minutes": length(terms["minutes"], language),
        "starts": starts,
        "ends": ends,
        "place": terms["place"],
        "follow_up_months": looked_back_after(organisation, language),
        **{name: getattr(organisation, name) for name in months},
    }


def looked_back_after(organisation, language=None):
    """ "3", or "3 en 6" where the organisation asks a second time (R20)."""
    again = organisation.follow_up_again_months
    both = {"nl": "{} en {}", "en": "{} and {}"}[spoken(language)]
    return both.format(organisation.follow_up_months, again) if again else str(organisation.follow_up_months)


def conversations(count, language=None):
    """ "Vijf gesprekken": in words up to twelve."""
    language = spoken(language)
    words = said()["numbers"][language]
    one, more = said()["conversations"][language]
    return f"{words[count] if count < len(words) else count} {one if count == 1 else more}"


def length(minutes, language=None):
    """ "een uur" where people say it so, else "50 minuten"."""
    language = spoken(language)
    return said()["lengths"][language].get(minutes) or said()["minutes"][language].format(n=minutes)


def titled(*, three):
    """ "Afspraken tussen drie", or between two."""
    return said()["title"]["three_party" if three else "two_party"][spoken()]


def sections(agreement, language=None):
    """The kept text of an opened version, as a list of Section in the reader's language."""
    kept = json.loads(agreement.frozen).get(spoken(language), [])
    return [
        Section(one["key"], one["heading"], one.get("body", ""), tuple(Line(*point) for point in one.get("points", ()))) for one in kept
    ]


def differences(old, new):
    """What changes between two lists of Section, as a list of Difference in the order of the new one; removed sections come last.

    What the form for three says otherwise than the one for two (roles, roles_two) stands side by side.
    """
    before, after = ({one.key.removesuffix("_two"): one for one in side} for side in (old, new))
    order = [*after, *(key for key in before if key not in after)]
    found = []
    for key in order:
        was, becomes = (_text(side.get(key)) for side in (before, after))
        if was != becomes:
            found.append(Difference((after.get(key) or before[key]).heading, *compared(was, becomes)))
    return found


def _text(section):
    if section is None:
        return ""
    return section.body or "\n".join(str(point) for point in section.points)


def compared(was, becomes):
    """Two texts word by word: ((changed, text), …) of the old and of the new."""
    old, new = findall(r"\s+|\S+", was), findall(r"\s+|\S+", becomes)
    left, right = [], []
    for what, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        changed = what != "equal"
        left += [(changed, "".join(old[i:j]))] if i < j else []
        right += [(changed, "".join(new[k:m]))] if k < m else []
    return tuple(left), tuple(right)
