"""What stands in an XLSX file? The values that were last shown; formulas, macros, links and pictures are not looked at."""

import io
import zipfile
from warnings import catch_warnings, simplefilter

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from coaching.refusals import Refused

UNPACKED = 200 * 1024 * 1024  # bytes: a list of 100,000 people takes a quarter of it
PARTS = 2_000
HEAD = 4096  # bytes
SAMPLE = 30  # rows


def is_zip(raw):
    return raw.startswith(b"PK\x03\x04")


def is_old(raw):
    """An .xls, or an .xlsx behind a password: both lie in the same kind of box."""
    return raw.startswith(b"\xd0\xcf\x11\xe0")


def rows_of(raw):
    """The rows of the sheet that has the most filled cells in its first rows, one by one. Raises Refused when it cannot be opened."""
    try:
        _looked_over(raw)
        with catch_warnings():
            simplefilter("ignore")  # about styles and extensions that we do not read
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        yield from _rows(_fullest(book.worksheets))
    except Refused:
        raise
    except Exception as broken:  # whatever a damaged file makes of it
        raise Refused(_("This Excel file cannot be read. Save it anew as .xlsx or CSV.")) from broken


def _looked_over(raw):
    """A few kilobytes can unpack to gigabytes, and XML can name entities; a real workbook does neither."""
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        parts = box.infolist()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise Refused(_("This is not an Excel file. Save the list as .xlsx or CSV."))
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Refused(_("This file unpacks to more than we take. Save the list alone, as CSV."))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with box.open(part) as file:
                    if b"<!DOCTYPE" in file.read(HEAD).upper().replace(b"\x00", b""):
                        raise Refused(_("This Excel file cannot be read. Save it anew as .xlsx or CSV."))


def _fullest(pages):
    """A workbook often opens with an empty page or one of notes."""
    if not pages:
        raise Refused(_("This file is empty."))
    return max(pages, key=_filled)


def _filled(page):
    page.reset_dimensions()  # some programs write a wrong one
    return sum(cell is not None for row in page.iter_rows(max_row=SAMPLE, values_only=True) for cell in row)


def _rows(page):
    for row in page.iter_rows(values_only=True):
        yield [cell if cell is None or isinstance(cell, str) else _text(cell) for cell in row]


def _text(cell):
    """Numbers as people typed them; moments as ISO days, which the reading of dates knows."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.date().isoformat() if hasattr(cell, "date") else str(cell)
