"""What did we agree on, and how does a machine see that it is kept? Each guard brings an example that it must catch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Guard:
    """`finds(source)` returns the offences in one file as sentences; `over()` gives the files; `bad` must be caught, `good` must not."""

    finds: Callable[[str], list[str]]
    over: Callable[[], Iterable[Path]]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    @property
    def name(self):
        return self.finds.__name__
