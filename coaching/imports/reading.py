"""What stands in this file? Rows of text, whatever program wrote them. Nothing in a file is ever run."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coaching.imports import sheets, texts
from coaching.refusals import Refused

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 100_000, 200
BLANKS = 20_000  # this many empty rows in a row are the end: spreadsheets are often formatted to their last row
EVERY = 2_000  # rows between two signs of progress


class NotAList(Refused):
    """There is no staff list in this file."""


@dataclass
class Rows:
    """`rows` are lists of texts or dates, from row 1 on, as a spreadsheet numbers them; `written` says how the file was written."""

    rows: list = field(default_factory=list)
    written: str = ""


def read(raw, *, progress=None):
    """The rows of a file (bytes). `progress(rows)` is called now and then. Raises Refused: too large, not a list, damaged."""
    if len(raw) > LARGEST:
        raise Refused(_("This file is too large. Ten megabytes is the maximum."))
    if sheets.is_old(raw):
        raise NotAList(_("This is an older or a locked Excel file. Save it as .xlsx without a password, or as CSV."))
    if sheets.is_zip(raw):
        found, written = sheets.rows_of(raw), "XLSX"
    else:
        found, written = texts.rows_of(raw)
    return Rows(_bounded(found, progress), written)


def _bounded(found, progress):
    rows, blanks = [], 0
    for row in found:
        filled = _without_end(row)
        blanks = 0 if filled else blanks + 1
        if blanks > BLANKS:
            break
        rows.append(filled)
        if len(rows) - blanks > MOST_ROWS:
            raise Refused(_("There are more than 100,000 rows in this file. Divide it in two."))
        if progress and len(rows) % EVERY == 0:
            progress(len(rows))
    del rows[len(rows) - blanks :]
    if not rows:
        raise NotAList(_("This file is empty."))
    return rows


def _without_end(row):
    """A row without its trailing empty cells."""
    end = min(len(row), MOST_COLUMNS)
    while end and not (row[end - 1] or "").strip():
        end -= 1
    return row[:end]
