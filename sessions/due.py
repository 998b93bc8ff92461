"""Which steps of the day do sessions have? coaching.day finds them here."""

from sessions import halfway

__all__ = ["halfway"]
