"""On which moments does a series fall? What the clock on the wall says stays the same on both nights of daylight saving (R28)."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from coaching.zone import zone as here

MOST = 26  # sessions in one series
LONGEST = timedelta(days=366)
WALL = "%Y-%m-%dT%H:%M"


def days_of(first, *, weeks, count=None, until=None):
    """Every `weeks` weeks from day `first`: `count` days, or those up to and including day `until`; never more than MOST."""
    last = min(until or first + LONGEST, first + LONGEST)
    days = [first + timedelta(weeks=weeks * n) for n in range(min(count or MOST, MOST))]
    return [day for day in days if day <= last]


def moment(day, time, zone=None):
    """That time of day on that day, here. A time that is skipped in spring is an hour later; of one that comes twice it is the first."""
    return timezone.make_aware(datetime.combine(day, time.replace(fold=0)), zone or here())


def wall_of(at, zone=None):
    """What the clock on the wall says at moment `at`: "2026-10-25T10:00", here."""
    return timezone.localtime(at, zone or here()).strftime(WALL)


def from_wall(text, zone=None):
    """The moment at which the clock on the wall says `text`."""
    read = datetime.strptime(text, WALL)  # noqa: DTZ007 it is made aware in the next line
    return moment(read.date(), read.time(), zone)


def moved_along(at, *, before, after, zone=None):
    """Where moment `at` of a series goes when another one moves from `before` to `after`: as many days on, at the new time of day."""
    zone = zone or here()
    was, is_now, mine = (timezone.localtime(one.astimezone(UTC), zone) for one in (before, after, at))  # as the clock shows a skipped time
    return moment(mine.date() + (is_now.date() - was.date()), is_now.time().replace(tzinfo=None), zone)
