"""How do the figures of a period read? A heading, a sentence, bars and a table of each; the same rows as a spreadsheet."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import Workbook

from coaching.cells import harmless

HEADS = {
    "asked": (gettext_lazy("Who asked"), gettext_lazy("The initiative for each trajectory")),
    "waited": (gettext_lazy("How long people waited"), gettext_lazy("From the request to the first conversation with a coach")),
    "outcomes": (gettext_lazy("Where the goals came"), gettext_lazy("What the closing review settled, against the level agreed on")),
    "voices": (
        gettext_lazy("Do client and sponsor see the same"),
        gettext_lazy("Their levels before the meeting, on the goal where they differed most"),
    ),
    "response": (gettext_lazy("Progress checks answered"), gettext_lazy("Of the checks that were asked for during the trajectory")),
    "lasting": (gettext_lazy("Did it last"), gettext_lazy("What clients answered three months after closing")),
    "unit": (gettext_lazy("By unit"), gettext_lazy("The unit of the client")),
}
CATEGORIES = {
    ("asked", "client"): gettext_lazy("The employee"),
    ("asked", "sponsor"): gettext_lazy("The sponsor, with a yes of the employee"),
    ("waited", "week"): gettext_lazy("Within a week"),
    ("waited", "fortnight"): gettext_lazy("One to two weeks"),
    ("waited", "longer"): gettext_lazy("Longer than two weeks"),
    ("outcomes", "reached"): gettext_lazy("All goals as agreed, or beyond"),
    ("outcomes", "in_part"): gettext_lazy("Some of the goals"),
    ("outcomes", "not_yet"): gettext_lazy("On the way"),
    ("outcomes", "without"): gettext_lazy("No level settled"),
    ("voices", "same"): gettext_lazy("The same level"),
    ("voices", "one_apart"): gettext_lazy("One level apart"),
    ("voices", "further"): gettext_lazy("Further apart"),
    ("voices", "one_voice"): gettext_lazy("Not two voices"),
    ("response", "all"): gettext_lazy("All of them"),
    ("response", "some"): gettext_lazy("Some of them"),
    ("response", "none"): pgettext_lazy("progress checks", "None"),
    ("lasting", "fully"): gettext_lazy("Yes, entirely"),
    ("lasting", "mostly"): gettext_lazy("Mostly"),
    ("lasting", "partly"): gettext_lazy("In part"),
    ("lasting", "gone"): gettext_lazy("No"),
    ("lasting", "silent"): gettext_lazy("No answer"),
    ("unit", ""): gettext_lazy("Other units"),
}


@dataclass(frozen=True)
class Shown:
    """One figure as it is shown. `rows`: (label, number or None, what is shown); `sentence`: the whole of it in words."""

    key: str
    head: str
    sub: str
    rows: list
    sentence: str


def figures_of(period):
    """The figures of a period (Figures), each a Shown."""
    return [_shown(period, key, period.told[key]) for key in HEADS if key in period.told]


def _shown(period, key, told):
    names = {
        category: CATEGORIES.get((key, category)) or period.names.get(key, {}).get(category, "")
        for category in [*told["shown"], *told["rest"]]
    }
    rows = [(str(names[category]), number, str(number)) for category, number in told["shown"].items()]
    rest = [str(names[category]) for category in told["rest"] if names[category]]
    if told["others"]:
        label = _("Other units") if key == "unit" else ", ".join(rest)
        rows.append((_("Together: %(rest)s") % {"rest": label} if len(rest) > 1 else label, told["others"], str(told["others"])))
    elif rest and key != "unit":
        rows += [(label, None, _("fewer than five")) for label in rest]
    said = [_("%(label)s: %(shown)s") % {"label": label, "shown": shown} for label, _number, shown in rows]
    head, sub = HEADS[key]
    return Shown(key, head, sub, rows if told["shown"] else [], ". ".join(said))


def as_sheet(period):
    """The same rows as an XLSX file, bytes: figure, category, clients."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Figures")
    sheet.append([_("Figure"), _("Category"), _("Clients")])
    sheet.append([_("Clients who closed a trajectory"), f"{period.first_day.isoformat()} – {period.last_day.isoformat()}", period.clients])
    for figure in figures_of(period):
        for label, number, shown in figure.rows:
            sheet.append([str(figure.head), harmless(label), number if number is not None else shown])
    for column, width in zip("ABC", (44, 44, 16), strict=True):
        sheet.column_dimensions[column].width = width
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
