"""What does an addendum say, and how does it look? One page beside a report: what client and sponsor answered months later (R20)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajectories.report import stitches
from trajectories.report.canonical import from_json, grouped, to_json
from trajectories.report.chart import level, level_word
from trajectories.report.house_style import LOGO, House
from trajectories.report.paper import HANDED, Paper
from trajectories.report.value import Party, Voice
from trajectories.report.wording import capital, day, spelled

STYLES = ("report.css", "report_cover.css", "report_sheets.css", "addendum.css")
SIZES = ("roomy", "usual", "close", "closest")  # the first that keeps it one page
OURS = House()


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A goal that the client let be seen: `outcome` at closing (None: no level was settled), `now` months later with its sentence."""

    number: int
    title: str
    outcome: int | None
    now: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddendumText:
    """The words of an addendum, frozen. `silent` holds the parts that were asked and of whom nothing stands here."""

    number: str
    report: str
    language: str
    organisation: str
    parties: tuple[Party, ...]
    closed_on: date
    looked_on: date
    months: int
    goals: tuple[Later, ...] = ()
    voices: tuple[Voice, ...] = ()
    silent: tuple[str, ...] = ()

    def party(self, part):
        return next((one for one in self.parties if one.part == part), None)


def of_json(words):
    """The AddendumText of canonical JSON. Raises ValueError for anything that does not fit."""
    return from_json(words, AddendumText)


def as_pdf(text, *, code="", house=OURS, seal=True):
    """One A4 page as the bytes of a PDF/UA-1 file, with a place for the seal unless `seal` is False; same arguments, same bytes."""
    text = of_json(to_json(text))
    with translation.override(text.language):
        place = _("Seal of %(organisation)s") % {"organisation": text.organisation} if seal else ""
        for size in SIZES:
            html = render_to_string("report/addendum.html", page(text, code=code, house=house, size=size))
            paper = Paper(html, STYLES, rules=house.rules, pictures=house.pictures)
            if len(paper.document.pages) == 1:
                break
        return paper.pdf(seal=place)


def page(text, *, code, house=OURS, size="usual"):
    """What the template shows, as plain values; the language is the active one."""
    paper = house.paper(sparing=False)
    return {
        "text": text,
        "size": size,
        "name": kind_and_number(text),
        "title": title(text),
        "client": text.party("client"),
        "logo": f"{HANDED}{LOGO}" if house.logo else "",
        "thread_colour": paper["thread"],
        "thread": stitches.behind(text.closed_on, text.looked_on, paper=paper),
        "created": datetime.combine(text.looked_on, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "goals": [_goal(one) for one in text.goals],
        "voices": [{"party": text.party(one.part), "answers": one.answers} for one in text.voices],
        "silent": _silent(text),
        "closed": day(text.closed_on),
        "looked": day(text.looked_on),
        "code": grouped(code),
    }


def kind_and_number(text):
    """All that metadata may say: what it is and which (R24)."""
    return _("Addendum %(number)s") % {"number": text.number}


def title(text):
    return capital(ngettext("%(n)s month later", "%(n)s months later", text.months) % {"n": spelled(text.months)})


def _goal(one):
    then = level(one.outcome) if one.outcome is not None else ""
    said = {"then": then, "now": level(one.now), "word": level_word(one.now)}
    if not then:
        told = _("At closing no level was settled; now %(now)s, %(word)s.") % said
    else:
        told = _("At closing %(then)s, now %(now)s, %(word)s.") % said
    return {"goal": one, "then": then, "now": said["now"], "told": told, "same": one.outcome == one.now}


def _silent(text):
    """Neutral sentences: who does not stand here is neither explained nor missed."""
    names = [party.first_name for part in text.silent if (party := text.party(part))]
    return [_("There are no words of %(name)s in this addendum.") % {"name": name} for name in names]
