"""What time is it, and on which day does that fall here? Views ask; verbs are told (R28)."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from django.utils import timezone

from coaching.zone import zone


def now():
    """The moment, in UTC."""
    return timezone.now()


def day_of(at):
    """The organisation's day on which moment `at` falls."""
    return timezone.localtime(at, zone()).date()


def today():
    return day_of(now())


def end_of(day, *, after=0):
    """The moment at which day `day` plus `after` days is over: a term of n days ends at the end of the nth day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=after + 1), time.min), zone())


def months_after(day, months):
    """The same day of the month, `months` later; the last one of a shorter month. Beyond the calendar its first or last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
