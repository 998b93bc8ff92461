"""How many hours has somebody coached? Minutes of held sessions in which one was coach, 60 to the hour (R29)."""

from collections import Counter

from coaching.clock import day_of
from sessions.models import CoachingSession


def minutes_by_year(person):
    """[(year, minutes, number of sessions)], the latest year first. Dates and minutes only: they stay, whatever becomes of the words."""
    minutes, numbers = Counter(), Counter()
    for starts_at, length in CoachingSession.objects.flown_by(person).values_list("starts_at", "minutes"):
        year = day_of(starts_at).year
        minutes[year] += length
        numbers[year] += 1
    return [(year, minutes[year], numbers[year]) for year in sorted(minutes, reverse=True)]


def as_hours(minutes):
    """90 -> (1, 30): whole hours, and the minutes that are left."""
    return divmod(minutes, 60)
