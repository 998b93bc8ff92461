"""Which days count as working days? Weekends and the organisation's own days off do not (R28)."""

from datetime import date, timedelta

from coaching.models.organisation import Organisation

SATURDAY = 5


def days_off():
    """The organisation's own days off, as a set of dates. Entries that are no date are passed over."""
    found = set()
    for text in Organisation.current().days_off:
        try:
            found.add(date.fromisoformat(text))
        except (TypeError, ValueError):
            continue
    return frozenset(found)


def is_working_day(day, off=frozenset()):
    return day.weekday() < SATURDAY and day not in off


def next_working_day(day, off=frozenset()):
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, off):
        day += timedelta(days=1)
    return day


def add_working_days(day, count, off=frozenset()):
    """The working day that is `count` working days after `day`; 0 gives `day` itself, working day or not. Negative counts go back."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, off)
    return day


def working_days_between(start, today, off=frozenset()):
    """How many working days have come since `start`: those after `start` up to and including `today`. Never negative."""
    days = range(1, (today - start).days + 1)
    return sum(is_working_day(start + timedelta(days=n), off) for n in days)


def working_days_over(start, count, *, today, off=frozenset()):
    """Whether a term of `count` working days that began on `start` is over: it ends at the end of the last one (R28)."""
    return today > add_working_days(start, count, off)
