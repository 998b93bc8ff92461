"""What is collected from all apps? Eight lists, to which an app adds a function when it is ready; a test pins them (architecture)."""

from dataclasses import dataclass
from datetime import datetime

thread = []  # (trajectory, seat) -> [Entry]: stitches of the red thread that this seat may know of
needs = []  # (person, part, at, rows) -> [Need]: what waits for a person in a part; rows: their trajectories
dossier = []  # Kept(model, …): what a download holds, an erasure empties, and for how long it is kept
places = []  # ([key]) -> {key: Place}: of which session or goal a thing is, for the list of who looked
flown = []  # ([person key]) -> {key: minutes}: how long somebody has coached, never whom (R29)
touches = []  # (trajectory, {goal key: agreed_at}) -> {goal key: Worked}: when sessions last worked on each goal (R8)
tellings = {}  # model label -> (opened row) -> [(label, words)]: how a row is told to the client who lets it go along (trajectories.older)
counts = []  # ([trajectory]) -> {pk: {"held": n, "planned": n}}: how many sessions, never which


def tells(label):
    """Say how a row of this model is told, line by line; without it its sealed fields stand below each other."""

    def keep(function):
        tellings[label] = function
        return function

    return keep


def stitches(function):
    """Add a source of thread entries."""
    thread.append(function)
    return function


def needed(function):
    """Add a source of what waits for a person."""
    needs.append(function)
    return function


def placed(function):
    """Add a source of places of things."""
    places.append(function)
    return function


def counted(function):
    """Add a source of numbers."""
    counts.append(function)
    return function


def flies(function):
    """Add a source of minutes that were coached."""
    flown.append(function)
    return function


def minutes_flown(keys):
    """The total of coached minutes of each of these people; zero where nobody counts."""
    minutes = dict.fromkeys(keys, 0)
    for source in flown:
        for key, more in source(list(keys)).items():
            minutes[key] += more
    return minutes


def numbers_of(trajectories):
    """How many sessions were held and are planned, per trajectory key; zero where nobody counts."""
    numbers = {trajectory.pk: {"held": 0, "planned": 0} for trajectory in trajectories}
    for source in counts:
        for key, more in source(trajectories).items():
            numbers[key] |= more
    return numbers


@dataclass(frozen=True)
class Worked:
    """When a held session last worked on a goal, or None; `untouched`: how many held ones in a row since, 0 while that is not yet much."""

    last_at: datetime | None = None
    untouched: int = 0
    partly: bool = False  # told to who came later: that nothing they read worked on it says nothing of before

    @property
    def tells(self):
        return bool(self.last_at or self.untouched or not self.partly)


def touching(function):
    """Add a source of when goals were worked on."""
    touches.append(function)
    return function


def worked_on(trajectory, seat, agreed):
    """Worked per goal key, of the `agreed` goals {key: agreed_at}, as `seat` (coach or client: it tells days of sessions) may know."""
    found = {}
    for source in touches:
        found |= source(trajectory, seat, agreed)
    return found
