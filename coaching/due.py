"""Which steps of the day are coaching's own? Each module that has one is imported here; other apps have a module of this name too."""

from coaching import attempts, erasures, outbox, queue
from coaching.imports import lists

__all__ = ["attempts", "erasures", "lists", "outbox", "queue"]
