"""What does a list of hours of before say? Read as carefully as a staff list: a row that cannot be right comes back with a sentence (R29).

Names of clients in it are not taken over: nobody asked them.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.imports import cells
from coaching.imports.columns import folded
from coaching.imports.reading import read
from coaching.refusals import Refused
from sessions.models.flights import MOST

MOST_ROWS = 2_000
DEEP = 12  # rows within which the heading must stand
WORDS = {
    "on": "start startdatum begin begindatum van vanaf datum dag date day startdate from",
    "until_on": "eind einde einddatum tot totenmet tm end enddate until to",
    "paid": "betaald betaaldeuren urenbetaald paid paidhours hourspaid",
    "unpaid": "onbetaald onbetaaldeuren urenonbetaald probono probonouren unpaid unpaidhours probonohours",
    "hours": "uren uur aantaluren duur hours duration",
    "minutes": "minuten aantalminuten minutes",
    "group": "individueelofgroep individueelgroep individualorgroup individualgroup groep group vorm soort type",
    "people": "aantal aantalingroep aantalpersonen aantaldeelnemers deelnemers number numberingroup participants",
}
KNOWN = {word: kind for kind, words in WORDS.items() for word in words.split()}
TIMES = ("paid", "unpaid", "hours", "minutes")
GROUP, ONE = {"groep", "group", "g", "team"}, {"individueel", "individual", "individu", "i", "1op1", "een", "one", "solo"}
TOTALS = ("totaal", "total", "subtotaal", "subtotal", "som", "sum")
CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(:00)?")
NUMBER = re.compile(r"\d{1,6}([.,]\d+)?")
A_THOUSAND = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
UNIT = re.compile(r"\s*(uur|uren|u|h|hours?|hrs?)\.?$")


@dataclass
class Found:
    """What a list says: `rows` of facts as Flight.enter() takes them, `refused` as (row number, sentence), rows passed over as totals."""

    rows: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    totals: int = 0


class WrongRow(ValueError):
    """A row that cannot be taken, with the sentence that says why."""


def minutes_of(text, *, exact=False):
    """(minutes, "") of "1,5", "1.5", "1:30" or "2 uur"; (0, a sentence) of what is no time. `exact`: from a spreadsheet, not typed."""
    said = UNIT.sub("", text.casefold().strip())
    if found := CLOCK.fullmatch(said):
        minutes = int(found[1]) * 60 + int(found[2])
    elif not exact and A_THOUSAND.fullmatch(said):
        return 0, _("This can be read in two ways. Write thousands without a stop, such as 1250.")
    elif NUMBER.fullmatch(said):
        minutes = round(float(said.replace(",", ".")) * 60)
    else:
        return 0, _("We do not recognise this number of hours. Write it as 1,5 or 1:30.")
    if minutes < 1:
        return 0, _("There are no hours here.")
    return (minutes, "") if minutes <= MOST else (0, _("These are more hours than one entry can hold."))


def too_many(minutes, first, last):
    """A sentence when nobody can coach so long in these days, else ""."""
    days = (last - first).days + 1
    return _("These are more hours than there are in these days.") if minutes > days * 24 * 60 else ""


def read_hours(raw, *, kind, today):
    """The Found of a file (bytes). Raises Refused when there is no list of hours in it."""
    if b"\x00" in raw and not raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")):
        raise Refused(_("This is not a list of hours. Save it as CSV or XLSX."))
    file = read(raw)
    first, places = _heading(file.rows)
    found = Found()
    for number, row in enumerate(file.rows[first:], first + 1):
        said = [cells.cleaned(cell) for cell in row]
        if not any(said) or _is_total(said, places, found):
            continue
        try:
            found.rows += _facts({name: said[at] for name, at in places.items() if at < len(said)}, kind, today, file.written == "XLSX")
        except WrongRow as wrong:
            found.refused.append((number, str(wrong)))
        if len(found.rows) > MOST_ROWS:
            raise Refused(_("There are more than 2,000 rows in this list. Divide it in two."))
    return found


def _heading(rows):
    """How many rows stand above the first entry, and {what: place} of the columns."""
    for number, row in enumerate(rows[:DEEP], 1):
        places = {}
        for place, cell in enumerate(row):
            if kind := KNOWN.get(folded(cell)):
                places.setdefault(kind, place)
        if "on" in places and set(TIMES) & places.keys():
            return number, places
    raise Refused(_("We do not find the columns. The heading needs: start, end, paid hours, unpaid hours."))


def _is_total(said, places, found):
    """A line that adds up the others is passed over."""
    first = next((cell for cell in said if cell), "")
    no_day = places["on"] >= len(said) or not said[places["on"]] or said[places["on"]] == first
    if no_day and folded(first).startswith(TOTALS):
        found.totals += 1
        return True
    return False


def _facts(said, kind, today, exact):
    """The entries that one row makes: one for the paid hours and one for the unpaid."""
    if formula := next((cell for cell in said.values() if cells.is_formula(cell)), ""):
        raise WrongRow(_("A formula stands here: %(what)s. Type the number itself.") % {"what": formula[:40]})
    on, until_on = _days(said, today)
    facts = {"kind": kind, "on": on, "until_on": until_on} | _with_whom(said)
    times = _times(said, exact)
    if wrong := too_many(sum(times.values()), on, until_on):
        raise WrongRow(wrong)
    return [facts | {"minutes": minutes, "paid": paid} for paid, minutes in times.items()]


def _days(said, today):
    on = _day(said.get("on", ""), _("The start date is missing."))
    last = said.get("until_on", "")
    until_on = on if cells.is_nothing(last) else _day(last, "")
    if until_on < on:
        raise WrongRow(_("The last day lies before the first."))
    if until_on > today:
        raise WrongRow(_("This day is still to come."))
    if on.year < 1960:
        raise WrongRow(_("Is the year right?"))
    return on, until_on


def _day(text, missing):
    if cells.is_nothing(text):
        raise WrongRow(missing)
    found = cells.day(text)
    if found is None:
        raise WrongRow(_("We do not recognise this date: %(what)s. Write it as 31-12-2026.") % {"what": text[:40]})
    return found


def _times(said, exact):
    """{paid: minutes} of a row. One column of hours without more is taken as paid."""
    found = Counter()
    for name in TIMES:
        text = said.get(name, "")
        if cells.is_nothing(text) or re.fullmatch(r"0+([.,:]0+)?", text):
            continue
        if name == "minutes":
            if not text.isdecimal() or not 0 < int(text) <= MOST:
                raise WrongRow(_("We do not recognise these minutes: %(what)s. Write a whole number.") % {"what": text[:40]})
            minutes = int(text)
        else:
            minutes, wrong = minutes_of(text, exact=exact)
            if wrong:
                raise WrongRow(f"{text[:40]}: {wrong}")
        found[name != "unpaid"] += minutes
    if not found:
        raise WrongRow(_("There are no hours here."))
    return dict(found)


def _with_whom(said):
    """Individual or group, and how many. "groep 6" says both."""
    way, number = folded(said.get("group", "")), said.get("people", "")
    digits = re.sub(r"\D", "", way)
    group = way.rstrip("0123456789") in GROUP
    if way and not cells.is_nothing(way) and not group and way not in ONE:
        raise WrongRow(_("We do not know whether this is individual or group: %(what)s.") % {"what": said["group"][:40]})
    number = number if not cells.is_nothing(number) else digits if group and digits else "1"
    if not number.isdecimal() or not 0 < int(number) <= 5_000:
        raise WrongRow(_("We do not recognise this number of people: %(what)s.") % {"what": number[:40]})
    return {"group": group, "people": int(number)}


def new_ones(rows, flights):
    """Those of `rows` that are not among `flights` (a list of Flight) yet: reading the same list again changes nothing."""
    there = Counter(flight.facts for flight in flights)
    left = []
    for facts in rows:
        key = tuple(facts[name] for name in ("kind", "on", "until_on", "minutes", "group", "people", "paid"))
        if there[key]:
            there[key] -= 1
        else:
            left.append(facts)
    return left
