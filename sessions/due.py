"""Which steps of the day do sessions have? coaching.day finds them here."""

from sessions import calendar, forgetting, halfway, hours, leaving, nudges

__all__ = ["calendar", "forgetting", "halfway", "hours", "leaving", "nudges"]
