"""Which steps of the day do sessions have? coaching.day finds them here."""

from sessions import calendar, forgetting, halfway, leaving, nudges

__all__ = ["calendar", "forgetting", "halfway", "leaving", "nudges"]
