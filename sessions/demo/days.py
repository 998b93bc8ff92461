"""On which day does an offset fall, when nobody works at the weekend?"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from coaching.zone import zone

SATURDAY = 5
DAY = 24 * 60


def clock(written):
    """ "10:30" as minutes since midnight."""
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)


class Days:
    """Offsets from `today` as days. What lies behind stays behind today, and the order never changes."""

    def __init__(self, today):
        self.today = today

    def on(self, offset):
        """A weekend's day is the Monday after it, or the Friday before when that Monday has not been yet."""
        day = self.today + timedelta(days=offset)
        weekend = day.weekday() - SATURDAY
        if weekend < 0:
            return day
        monday = day + timedelta(days=2 - weekend)
        return monday - timedelta(days=3) if offset < 0 and monday >= self.today else monday

    def at(self, offset, minutes):
        """The moment `minutes` after midnight of that day, by the clock on the wall (R28); before it when negative."""
        day = self.on(offset) + timedelta(days=minutes // DAY)
        wall = datetime.combine(day, time(minutes % DAY // 60, minutes % 60))
        return timezone.make_aware(wall, zone())
