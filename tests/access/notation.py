"""How do we write down who may enter where? In the letters of domain.md's table."""

import uuid
from dataclasses import dataclass, field

from django.urls import get_resolver, reverse

from coaching.open_views import DEVELOPMENT

ENTER, MOVED, HIDDEN, LOGIN, REFUSED, IN = "ENTER", "MOVED", "HIDDEN", "LOGIN", "REFUSED", "IN"

# Fixed moral positions (architecture 23), used everywhere.
CAST = ["noor", "sam", "els", "wim", "bram", "iris", "tess", "otto", "ada", "dirk", "kim", "pia", "lot", "fay"]
NOBODY = "nobody"
OUTSIDE = {NOBODY, "dirk"}  # not logged in, and deactivated with an open session
COORDINATORS = {"wim", "kim"}
ADMINS = {"ada"}
POOL = {"noor", "bram", "pia"}
EVERYONE = set(CAST) - OUTSIDE
# Coach, client and sponsor of each trajectory in the cast's story; "-" for an empty or unconfirmed seat.
SEATS = {
    "running": "noor sam els",  # Bram coached Sam before, Tess was sponsor before
    "closing": "pia kim els",  # nobody reads another's preparation yet; Kim also coordinates
    "meeting": "bram lot els",  # all have handed in, a text is put forward
    "closed": "bram pia els",  # signed, with a report
    "intake": "noor pia -",  # Otto is proposed as sponsor, not confirmed by Pia
    "requested": "- fay -",  # Els asked for it; Fay has not answered
}
ASKERS = {"requested": {"els"}}


@dataclass(frozen=True)
class Row:
    """One address, asked in one way. `at` names a thing of the cast, "trajectory" or "trajectory.thing"."""

    route: str
    method: str = "GET"
    at: str = ""
    enter: str = ""
    moved: str = ""
    path: dict = field(default_factory=dict, hash=False)  # what the address takes besides pk
    sends: dict = field(default_factory=dict, hash=False)

    @property
    def trajectory(self):
        return self.at.split(".")[0]

    def expected(self, key):
        """What this person gets. Who is not named finds nothing; who is not logged in is sent to log in."""
        if key in self.people(self.enter):
            return ENTER if self.method == "GET" else IN
        if key in self.people(self.moved):
            return MOVED if self.method == "GET" else IN
        return LOGIN if key in OUTSIDE else HIDDEN

    def people(self, letters):
        """Who is meant by the letters of table.py."""
        coach, client, sponsor = SEATS.get(self.trajectory, "- - -").split()
        seated = {coach, client, sponsor}
        who = {"C": {coach}, "K": {client}, "S": {sponsor}, "O": COORDINATORS - seated, "R": ASKERS.get(self.trajectory, set())}
        who |= {"A": ADMINS, "P": POOL, "E": EVERYONE, "N": OUTSIDE}
        return set().union(*(who[letter] for letter in letters)) - {"-"}

    def address(self, cast, pk=None):
        """Where it is; with another key instead of the thing's own when `pk` is given."""
        own = {"pk": pk or thing(cast, self.at).pk} if self.at else {}
        return reverse(self.route, kwargs=own | self.path)

    def __str__(self):
        return " ".join([self.method, self.route, self.at, *(f"{name}={value}" for name, value in self.path.items())]).strip()


def thing(cast, name):
    """A thing of the cast by its name; a person by theirs ("iris"), or the unit that they work in ("iris.unit")."""
    if name in cast.things:
        return cast.things[name]
    person, _dot, unit = name.partition(".")
    return getattr(cast.people[person], unit) if unit else cast.people[person]


def page(route, at="", enter="", moved="", **path):
    """Reading: who gets the page, and who is led on to another one. `at` may name several things."""
    return [Row(route, at=thing, enter=enter, moved=moved, path=path) for thing in at.split() or [""]]


def verb(route, at="", may="", sends=None, **path):
    """Acting, by POST only: who may. A sentence that says "not now" counts as being let in."""
    return [Row(route, "POST", thing, enter=may, path=path, sends=sends or {}) for thing in at.split() or [""]]


def form(route, at="", may="", sends=None, **path):
    """A page with a form that posts to itself."""
    return page(route, at, enter=may, **path) + verb(route, at, may, sends, **path)


def routes(resolver=None, space=""):
    """Every named address of the application, "namespace:name"."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            found |= routes(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.add(f"{space}{pattern.name}")
    return found - DEVELOPMENT  # a production has none of those


def open_views(resolver=None, space=""):
    """The addresses that need no login."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            found |= open_views(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif not getattr(pattern.callback, "login_required", True):
            found.add(f"{space}{pattern.name}")
    return found - DEVELOPMENT  # a production has none of those


def elsewhere():
    """A key that no row has."""
    return uuid.uuid4()
