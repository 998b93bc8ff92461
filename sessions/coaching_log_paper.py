"""What do the coaching log and the letter about hours look like as a file? XLSX for the log, PDF for both; names of files name nobody."""

from io import BytesIO

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from coaching import organisation
from coaching.cells import harmless
from coaching.clock import day_of
from coaching.models import Organisation
from sessions.practice import hours_said
from trajectories.report.house_style import current
from trajectories.report.paper import to_pdf

STYLES = ("report.css", "report_sheets.css", "hours_paper.css")
WIDTHS = (34, 20, 10, 14, 14, 14, 14)
AN_HOUR = 60


def columns():
    """The names of the columns, in the order that professional bodies ask for."""
    return [
        _("Client"),
        _("Individual or group"),
        pgettext("of people", "Number"),
        pgettext("column", "Start"),
        pgettext("column", "End"),
        _("Paid hours"),
        _("Unpaid hours"),
    ]


def _way(line):
    return pgettext("hours", "group") if line.group else pgettext("hours", "individual")


def as_sheet(lines):
    """The log as the bytes of an XLSX file; hours are numbers, days are days, and nothing in it is run."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Coaching log")
    sheet.append(columns())
    for line in lines:
        hours = [round(minutes / AN_HOUR, 2) for minutes in (line.paid, line.unpaid)]
        sheet.append([harmless(line.client), _way(line), line.number, line.start, line.end, *hours])
    sheet.append([_("Together"), "", "", None, None, *[round(sum(row) / AN_HOUR, 2) for row in _both(lines)]])
    for row in (sheet[1], sheet[sheet.max_row]):
        for cell in row:
            cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _both(lines):
    """The minutes of all lines: paid and unpaid."""
    return [line.paid for line in lines], [line.unpaid for line in lines]


def _to_pdf(template, at, **facts):
    house = current()
    created = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    beside = {"language": get_language(), "organisation": Organisation.current().name, "created": created, "day": _day(day_of(at))}
    html = render_to_string(template, beside | {"logo": bool(organisation.logo())} | facts)
    return to_pdf(html, STYLES, pictures=house.pictures)


def _day(day):
    return date_format(day, "j F Y")


def as_pdf(lines, person, *, at, year=None):
    """The log as the bytes of a PDF/UA-1 file in the active language; metadata names nobody."""
    paid, unpaid = (sum(minutes) for minutes in _both(lines))
    rows = [
        {"client": line.client, "way": _way(line), "number": line.number, "start": line.start, "end": line.end, "named": line.named}
        | {"paid": hours_said(line.paid) if line.paid else "", "unpaid": hours_said(line.unpaid) if line.unpaid else ""}
        for line in lines
    ]
    together = {"paid": hours_said(paid), "unpaid": hours_said(unpaid), "all": hours_said(paid + unpaid)}
    facts = {"name": _("Coaching log"), "coach": person, "rows": rows, "columns": columns(), "together": together, "year": year}
    return _to_pdf("report/coaching_log.html", at, **facts)


def letter_pdf(letter, person, *, at, year=None):
    """The letter about hours (coaching_log.Letter) as the bytes of a PDF/UA-1 file."""
    facts = {"hours": hours_said(letter.minutes), "start": _day(letter.start), "end": _day(letter.end)}
    facts |= {"sessions": letter.sessions, "clients": letter.clients}
    return _to_pdf("report/hours_letter.html", at, name=_("Letter about coaching hours"), coach=person, letter=facts, year=year)


def name_of(kind, at):
    """The name of the file of a log or letter: what it is and the day."""
    names = {"log": pgettext("file name", "Coaching-log"), "letter": pgettext("file name", "Letter-coaching-hours")}
    return f"{names[kind]}-{day_of(at):%Y-%m-%d}"
