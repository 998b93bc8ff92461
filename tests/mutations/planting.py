"""What is a leak that we plant ourselves?"""

from dataclasses import dataclass

FORMER, CANARIES = "tests/access/test_former_parties.py", "tests/access/test_canaries.py"
UNSAID, UNDO, WALK = "tests/access/test_unsaid.py", "tests/trajectories/test_undo.py", "tests/trajectories/test_walk.py"
ACCESS, TAKEN, SEEN = "tests/access/test_access.py", "tests/access/test_download.py", "tests/trajectories/test_sponsor_sees.py"
ENTERS = f"{ACCESS}::test_who_enters"


@dataclass(frozen=True)
class Leak:
    """`edits`: (file, text that stands there once, what comes in its place). `tests`: those that must fail; `says`: a pattern of why."""

    name: str
    edits: tuple
    tests: tuple
    says: str


def leak(name, file, old, new, *tests, says, more=()):
    return Leak(name, ((file, old, new), *more), tests, says)
