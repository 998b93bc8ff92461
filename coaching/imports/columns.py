"""What does each column hold? Known by its name, in Dutch and English; pointed out by hand where it is not, and remembered."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coaching.imports.reading import NotAList

KINDS = {
    "name": pgettext_lazy("column", "name"),
    "first_name": pgettext_lazy("column", "first name"),
    "infix": pgettext_lazy("column", "part before the last name"),
    "last_name": pgettext_lazy("column", "last name"),
    "email": pgettext_lazy("column", "e-mail"),
    "number": pgettext_lazy("column", "staff number"),
    "function": pgettext_lazy("column", "function"),
    "unit": pgettext_lazy("column", "unit"),
    "parent": pgettext_lazy("column", "unit above"),
    "manager": pgettext_lazy("column", "manager"),
    "left": pgettext_lazy("column", "last day"),
}
ABOUT = {
    "parent": gettext_lazy("the unit that this unit belongs to"),
    "manager": gettext_lazy("e-mail, staff number or name"),
    "left": gettext_lazy("of who leaves or has left"),
}
# Most telling first: of two columns of one kind, the earlier word wins.
WORDS = {
    "name": "naam volledigenaam naammedewerker medewerkernaam medewerker werknemer roepnaamachternaam volledige_naam name fullname"
    " employeename employee displayname weergavenaam",
    "first_name": "roepnaam voornaam voornamen firstname givenname forename",
    "infix": "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels tussen infix prefix surnameprefix middlename",
    "last_name": "achternaam geboortenaam familienaam lastname surname familyname",
    "email": "emailwerk werkemail zakelijkemail emailzakelijk emailadreswerk email emailadres mail mailadres workemail emailaddress"
    " businessemail userprincipalname upn",
    "number": "personeelsnummer personeelsnr medewerkernummer medewerkersnummer medewerkernr werknemernummer werknemersnummer persnr"
    " pnr employeenumber employeeid staffnumber staffid personnelnumber",
    "function": "functie functienaam functieomschrijving functietitel rol jobtitle function title position role job",
    "unit": "onderdeel organisatieonderdeel organisatieeenheid afdeling afdelingsnaam team teamnaam eenheid unit orgunit department"
    " organisationunit organizationunit organisationalunit businessunit",
    "parent": "bovenliggendonderdeel bovenliggendeafdeling bovenliggendeeenheid onderdeelboven valtonder onderdeelvan hoortbij sector"
    " cluster directie divisie parent parentunit unitabove parentdepartment division",
    "manager": "leidinggevendeemail emailleidinggevende managermail manageremail emailmanager leidinggevendeemailadres"
    " emailadresleidinggevende managersemail leidinggevendenummer leidinggevendepersoneelsnummer personeelsnummerleidinggevende"
    " managernumber managerid manageremployeeid leidinggevende manager naamleidinggevende leidinggevendenaam managernaam managername"
    " direktleidinggevende directleidinggevende chef teamleider teamleidernaam supervisor linemanager reportsto",
    "left": "uitdienst datumuitdienst uitdienstdatum uitdiensttreding einddatum einddatumdienstverband laatstewerkdag enddate lastday"
    " leavingdate terminationdate",
}
KNOWN = {word: (kind, rank) for kind, words in WORDS.items() for rank, word in enumerate(words.replace("_", "").split())}
# Over several columns stands sometimes whose they are: of the person themselves says nothing.
OF_ONESELF = {
    "medewerker",
    "werknemer",
    "persoon",
    "persoonsgegevens",
    "gegevens",
    "employee",
    "person",
    "personal",
    "dienstverband",
    "werk",
}
OWN_ALWAYS = {"unit", "parent", "left"}  # these are of the person, even below a heading of their manager
LESS = 100
DEEP = 12  # rows within which the heading must stand


@dataclass
class Heading:
    """`names` as the file has them; `kinds`: kind -> place of the column; `first`: how many rows stand above the first person.

    `below` are the names in the lower of two rows.
    """

    names: list
    kinds: dict = field(default_factory=dict)
    first: int = 1
    below: list = field(default_factory=list)

    @property
    def missing(self):
        """What must still be pointed out: kinds without which nobody can be added."""
        named = [] if {"name", "last_name"} & self.kinds.keys() else ["name"]
        return named + [kind for kind in ("email", "unit") if kind not in self.kinds]


def folded(text):
    """A name of a column without what people write differently: capitals, accents, spaces, stops."""
    plain = unicodedata.normalize("NFKD", str(text or "")).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)[:100]


def heading(rows, *, remembered=None, chosen=None):
    """Where the heading stands and what it says. `remembered`: folded name -> kind; `chosen`: place -> kind, by hand for this file.

    A heading may take two rows, the upper one saying whose the columns below are; lines above it are passed over.
    Raises NotAList when no row can be one.
    """
    tried = [one for at in range(min(DEEP, len(rows))) for one in _at(rows, at, remembered or {})]
    best = max(tried, key=lambda one: (len(one.kinds), -one.first), default=None)
    if best is None or len(best.kinds) < 2:
        best = next((Heading(_names(row), {}, at + 1) for at, row in enumerate(rows[:DEEP]) if len(_names(row)) > 1), None)
        if best is None:
            raise NotAList(_("This is not an employee list. It needs a heading with name, e-mail and unit."))
        best.kinds = _kinds(best.names, remembered or {})
    if chosen:
        best.kinds = _with(best, chosen)
    return best


def _at(rows, at, remembered):
    names = _names(rows[at])
    yield Heading(names, _kinds(names, remembered), at + 1)
    if at + 1 < len(rows):
        below = _names(rows[at + 1])
        both = _joined(names, below)
        yield Heading(both, _kinds(both, remembered, below), at + 2, below)


def _names(row):
    return [" ".join(str(cell or "").split()) for cell in row]


def _joined(upper, lower):
    """Two rows as one: a cell over several columns is only filled in the first."""
    whose, names = "", []
    for place in range(max(len(upper), len(lower))):
        above, below = (row[place] if place < len(row) else "" for row in (upper, lower))
        whose = above or whose
        own = folded(whose) in OF_ONESELF
        names.append(below if own or not whose else f"{whose} {below}" if below else above)
    return names


def _kinds(names, remembered, below=()):
    """kind -> place. What was once said by hand goes before what we know ourselves; `below` are the names without what stands above."""
    found = {}
    for place, name in enumerate(names):
        kind, rank = _known(folded(name), remembered)
        if not kind and place < len(below):
            kind, rank = _known(folded(below[place]), {})
            kind, rank = (kind, rank + LESS) if kind in OWN_ALWAYS or not _of_a_manager(name) else ("", 0)
        if kind in KINDS and (kind not in found or rank < found[kind][0]):
            found[kind] = (rank, place)
    return {kind: place for kind, (_rank, place) in found.items()}


def _known(key, remembered):
    """The kind of a column with this folded name, and how well the name says so: the lower the better."""
    return (remembered[key], -1) if key in remembered else KNOWN.get(key, ("", 0))


def _of_a_manager(name):
    return any(word in folded(name) for word in ("leidinggevende", "manager", "supervisor", "chef"))


def _with(best, chosen):
    """The kinds as someone pointed them out; a column that they left alone keeps its own."""
    by_hand = {int(place): kind for place, kind in chosen.items()}
    kinds = {kind: place for kind, place in best.kinds.items() if place not in by_hand and kind not in by_hand.values()}
    return kinds | {kind: place for place, kind in by_hand.items() if kind in KINDS and place < len(best.names)}
