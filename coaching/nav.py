"""As whom does this person look, and where can they go from here?"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.discreet import is_discreet
from coaching.models import CoachProfile, Person

# Apps that know more about a person add a function here when they are ready: () -> {part: Exists(…)} for the person of OuterRef("pk").
parts_of = []

AS = {
    "coach": _("as coach"),
    "client": _("as client"),
    "sponsor": _("as sponsor"),
    "coordinator": _("as coordinator"),
    "admin": _("as site administrator"),
}
PLACES = {
    "coach": [
        ("sessions:today", pgettext_lazy("menu", "Today"), "today"),
        ("sessions:trajectories", pgettext_lazy("menu", "Trajectories"), "thread"),
        ("sessions:questions", pgettext_lazy("menu", "Questions"), "search"),
        ("sessions:hours", pgettext_lazy("menu", "Coaching hours"), "hours"),
    ],
    "client": [
        ("sessions:now", pgettext_lazy("menu", "Now"), "today"),
        ("trajectories:my_goals", pgettext_lazy("menu", "Goals"), "thread"),
        ("sessions:my_sessions", pgettext_lazy("menu", "Conversations"), "list"),
        ("trajectories:my_agreement", pgettext_lazy("menu", "Agreement"), "lock"),
    ],
    "sponsor": [("trajectories:commissioned", pgettext_lazy("menu", "Trajectory"), "thread")],
    "coordinator": [
        ("trajectories:requests", pgettext_lazy("menu", "Requests"), "list"),
        ("trajectories:coaches", pgettext_lazy("menu", "Coaches"), "people"),
        ("trajectories:running", pgettext_lazy("menu", "Trajectories"), "thread"),
        ("trajectories:figures", pgettext_lazy("menu", "Figures"), "hours"),
    ],
    "admin": [
        ("coaching:accounts", pgettext_lazy("menu", "Accounts"), "people"),
        ("coaching:units", pgettext_lazy("menu", "Units"), "list"),
        ("coaching:staff_list", pgettext_lazy("menu", "Staff list"), "down"),
        ("coaching:organisation", pgettext_lazy("menu", "Organisation"), "star"),
    ],
    "": [("trajectories:ask", pgettext_lazy("menu", "Ask for coaching"), "plus")],
}


@dataclass(frozen=True)
class Item:
    """A place in the menu. `here` when it is the page that is open."""

    name: str
    label: str
    icon: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class As:
    """A part to look from: its name and how it is said ("as coach")."""

    part: str
    words: str


def address(name):
    """Where a named page is, or "" while nobody has written it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Looker:
    """Who looks at this page. Asks the database once."""

    def __init__(self, request):
        self.request, self.person = request, getattr(request, "user", None)
        self.known = bool(getattr(self.person, "is_active", False))

    @cached_property
    def _found(self):
        """All that the menu asks of the database, in one statement: which parts, and one coordinator to turn to."""
        helper = Person.objects.coordinators().by_name()
        asked = {"in_pool": Exists(CoachProfile.objects.filter(person=OuterRef("pk")))}
        asked |= {f"is_{name}": rule for source in parts_of for name, rule in source().items()}
        asked |= {f"help_{name}": Subquery(helper.values(name)[:1]) for name in ("name", "email")}
        return Person.objects.filter(pk=self.person.pk).annotate(**asked).values(*asked).first() or {}

    @cached_property
    def parts(self):
        if not self.known:
            return []
        facts = {"coach": self._found.get("in_pool"), "coordinator": self.person.coordinates, "admin": self.person.administers}
        return [name for name in AS if facts.get(name) or self._found.get(f"is_{name}")]

    @cached_property
    def part(self):
        """As whom they look: from their seat, on a page of one trajectory; else as they chose, or what they are first of all."""
        if self.known and (seen_from := getattr(self.request, "seen_from", "")):
            return seen_from
        return self.person.looks_as if self.known and self.person.looks_as in self.parts else next(iter(self.parts), "")

    @cached_property
    def items(self):
        if not self.known:
            return []
        match = getattr(self.request, "resolver_match", None)
        here = match.view_name if match else ""
        return [Item(name, label, icon, url, name == here) for name, label, icon in PLACES[self.part] if (url := address(name))]

    @cached_property
    def looks_as(self):
        return As(self.part, AS[self.part]) if self.part else None

    @cached_property
    def others(self):
        return [As(name, AS[name]) for name in self.parts if name != self.part]

    @property
    def session_ends(self):
        """The moment at which this login ends, in ISO 8601; "" for the anonymous."""
        began = self.person.last_login if self.known else None
        return (began + timedelta(seconds=settings.SESSION_COOKIE_AGE)).isoformat() if began else ""

    @cached_property
    def help(self):
        name = self._found.get("help_name") if self.known else None
        return Person(name=name, email=self._found["help_email"]) if name else None


def context(request):
    """For every page: nav_items, looks_as, other_parts, help_person, session_ends, discreet. Nothing is asked until a template shows it."""
    looker = Looker(request)
    return {
        "nav_items": SimpleLazyObject(lambda: looker.items),
        "looks_as": SimpleLazyObject(lambda: looker.looks_as),
        "other_parts": SimpleLazyObject(lambda: looker.others),
        "help_person": SimpleLazyObject(lambda: looker.help),
        "session_ends": looker.session_ends,
        "discreet": is_discreet(request),
    }
