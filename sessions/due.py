"""Which steps of the day do sessions have? coaching.day finds them here."""

from sessions import forgetting, halfway

__all__ = ["forgetting", "halfway"]
