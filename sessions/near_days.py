"""Which day does somebody mean by "vr", "+7" or "4 dec"? Pure: today, and the next session if one is planned, are arguments (R28)."""

import re
from datetime import date, timedelta

WEEKDAYS = [
    ("ma", "maandag", "mon", "monday"),
    ("di", "dinsdag", "tue", "tuesday"),
    ("wo", "woensdag", "wed", "wednesday"),
    ("do", "donderdag", "thu", "thursday"),
    ("vr", "vrijdag", "fri", "friday"),
    ("za", "zaterdag", "sat", "saturday"),
    ("zo", "zondag", "sun", "sunday"),
]
MONTHS = [
    ("jan", "januari", "january"),
    ("feb", "februari", "february"),
    ("mrt", "maart", "mar", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
]
NAMED = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}
NEXT = {"volgende", "volgende keer", "volgende sessie", "next", "next time", "next session"}
BACK = timedelta(days=14)  # a day and month without a year lie ahead, or at most this far back; with a weekday that fits, further
FAR_BACK, YEAR = timedelta(days=60), timedelta(days=365)
AHEAD = re.compile(r"(?:\+|over |in )(\d{1,3}) ?(d|dag|dagen|days?|w|week|weken|weeks)?")
NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?")
IN_WORDS = re.compile(r"(\d{1,2})(?:e|th|st|nd|rd)? ([a-z]+)(?: (\d{4}))?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class WrongWeekday(ValueError):
    """The weekday and the date do not go together; `day` is the date."""

    def __init__(self, day):
        super().__init__(str(day))
        self.day = day


def read_day(text, *, today, next_on=None):
    """The day that `text` means, seen from `today`. Raises ValueError when it means none, WrongWeekday when it contradicts itself."""
    said = " ".join(text.casefold().replace(",", " ").split()).rstrip(".")
    if said in NEXT and next_on:
        return next_on
    if said in NAMED:
        return today + timedelta(days=NAMED[said])
    if match := AHEAD.fullmatch(said):
        return today + timedelta(days=int(match[1]) * (7 if (match[2] or "d").startswith("w") else 1))
    first, _space, rest = said.partition(" ")
    weekday = _among(WEEKDAYS, first.rstrip("."))
    if weekday is not None and not rest:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    days = _dated(said if weekday is None else rest, today)
    if weekday is None:
        return next((day for day in days if day >= today - BACK), days[-1])
    fitting = [day for day in days if day.weekday() == weekday and (len(days) == 1 or day <= today + YEAR)]
    if not fitting:
        raise WrongWeekday(next((day for day in days if day >= today), days[-1]))
    return fitting[0]


def _among(names, word):
    return next((number for number, all_ in enumerate(names) if word in all_), None)


def _dated(said, today):
    """The days that a date can be, the earliest first: one with its year, several without."""
    if match := ISO.fullmatch(said):
        return [date(*map(int, match.groups()))]
    if match := NUMBERS.fullmatch(said):
        day, month, year = match.groups()
        return _in_years(int(day), int(month), year, today)
    if (match := IN_WORDS.fullmatch(said.replace(".", ""))) and (month := _among(MONTHS, match[2])) is not None:
        return _in_years(int(match[1]), month + 1, match[3], today)
    raise ValueError(said)


def _in_years(day, month, year, today):
    if year:
        return [date(int(year) + (2000 if len(year) == 2 else 0), month, day)]
    years = range(today.year - 1, today.year + 9)  # 29 February may be far
    days = [found for one in years if (found := _possible(one, month, day)) and found >= today - FAR_BACK]
    if not days:
        raise ValueError(f"{day}-{month}")
    return days


def _possible(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_near(day, *, today):
    """Whether day and month say enough: read_day() gives the same day back."""
    return today - BACK <= day < today + timedelta(days=300)
