"""Who in the coach pool has room? By how many they coach and when they are there; never by how that went (R7). Pure: it works on values."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from coaching.models import Person
from trajectories.matching import room_in_words
from trajectories.models.room import has_room, is_available

SHOWN = 9  # coaches who fit, on one page
UNFIT_SHOWN = 12  # of those who do not; the others are found by name


@dataclass(frozen=True)
class Place:
    """One coach: `free` places on the day that was looked at, and whether they take part then."""

    person: Person
    free: int
    takes_part: bool
    on: date

    @classmethod
    def of(cls, person, *, on):
        """`person` as room.pool_for() brings them."""
        open_now = has_room(person, on, load=person.load)
        return cls(
            person, max(person.coach_profile.room_for - person.load, 0) if open_now else 0, is_available(person.coach_profile, on), on
        )

    @property
    def profile(self):
        return self.person.coach_profile

    @property
    def room(self):
        return room_in_words(self.person)


def with_room(coaches, *, most, on):
    """Who has room: the first `most` of them, those with the most places first; how many have none, and how many more have some."""
    places = [Place.of(coach, on=on) for coach in coaches]
    free = sorted((place for place in places if place.free), key=lambda place: (-place.free, place.person.name))
    return {"with_room": free[:most], "more_room": max(len(free) - most, 0), "without_room": len(places) - len(free)}


def narrowed(places, *, q="", theme="", room=""):
    """Those whose name, unit, theme, language or place holds all words of `q`, with that theme, and with room when that is asked."""
    return [place for place in called(places, q) if (not theme or theme in place.profile.themes) and (place.free or not room)]


def called(places, q):
    """Those of places (Place or matching.Fit) whose name, unit, theme, language or place holds all words of `q`."""
    words = q.replace("\x00", "").casefold().split()[:5]
    return [place for place in places if _holds(place, words)] if words else list(places)


def _holds(place, words):
    profile = place.profile
    said = " ".join([place.person.name, str(place.person.unit or ""), *profile.themes, *profile.languages, profile.place]).casefold()
    return all(word in said for word in words)


def themes(places):
    """The themes of these coaches, by name."""
    return sorted({theme for place in places for theme in place.profile.themes})


@dataclass(frozen=True)
class Sought:
    """What a page shows of a match: those ticked before, one page of the others who fit, the first few who do not, each searched by `q`."""

    q: str
    ticked: list
    page: Page
    close: list
    full: list
    more_close: int
    more_full: int
    number: int  # of the others who fit and answer to the search
    search: bool  # whether there are so many that one wants to


def sought(found, *, q="", page=1, ticked=()):
    """Search in `found` (a matching.Match). `ticked`: keys of coaches, as texts, who stay in sight whatever is searched for."""
    kept = [fit for fit in found.fitting if str(fit.person.pk) in ticked]
    others = called([fit for fit in found.fitting if fit not in kept], q)
    close, full = called(found.close, q), called(found.full, q)
    many = len(found.fitting) > SHOWN or max(len(found.close), len(found.full)) > UNFIT_SHOWN
    return Sought(
        q=q,
        ticked=kept,
        page=Paginator(others, SHOWN).get_page(page),
        close=close[:UNFIT_SHOWN],
        full=full[:UNFIT_SHOWN],
        more_close=max(len(close) - UNFIT_SHOWN, 0),
        more_full=max(len(full) - UNFIT_SHOWN, 0),
        number=len(others),
        search=many or bool(q),
    )
