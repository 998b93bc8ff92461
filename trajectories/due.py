"""Which steps of the day do trajectories have? coaching.day finds them here."""

from trajectories import erasure

__all__ = ["erasure"]
