"""Which steps of the day do trajectories have? coaching.day finds them here."""

from trajectories import counting, erasure, reminders

__all__ = ["counting", "erasure", "reminders"]
