"""Which steps of the day do trajectories have? coaching.day finds them here."""

from trajectories import erasure, reminders

__all__ = ["erasure", "reminders"]
