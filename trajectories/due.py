"""Which steps of the day do trajectories have? coaching.day finds them here."""

from trajectories import counting, erasure, looking_back, reminders

__all__ = ["counting", "erasure", "looking_back", "reminders"]
