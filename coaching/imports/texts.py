"""What stands in a CSV file? In which letters, and with what between the columns, the file does not say: it is found out."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter

from django.utils.translation import gettext as _

from coaching.refusals import Refused

BETWEEN = ";,\t|"
SAMPLE = 30  # rows that show what stands between columns
TURKISH = frozenset(b"\xd0\xde\xf0\xfe\xdd\xfd")  # Ğ Ş ğ ş İ ı; the same bytes are letters of Iceland elsewhere
ICELANDIC = frozenset(b"\xc6\xe6")  # Æ æ, which Turkish has not


def rows_of(raw):
    """The rows of a text file, one by one, and how it was written, for who looks at it. Raises Refused when it is no text."""
    text, letters = decoded(raw)
    mark = between(text)
    return _rows(text, mark), f"CSV, {letters}"


def decoded(raw):
    """The text, and the name of the letters it was written in."""
    for mark, codec, name in ((BOM_UTF8, "utf-8-sig", "UTF-8"), (BOM_UTF16_LE, "utf-16", "UTF-16"), (BOM_UTF16_BE, "utf-16", "UTF-16")):
        if raw.startswith(mark):
            return raw.decode(codec, errors="replace"), name
    if b"\x00" in raw:
        raise Refused(_("This is not an employee list. It needs a heading with name, e-mail and unit."))
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        used = set(raw)
        codec = "cp1254" if TURKISH & used and not ICELANDIC & used else "cp1252"
        return raw.decode(codec, errors="replace"), f"Windows-{codec[2:]}"


def between(text):
    """What separates the columns: the mark that gives the most rows the same number of columns."""
    head = text[:5].lower()
    if head.startswith("sep=") and text[4:5]:
        return text[4]
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:SAMPLE]
    return max(BETWEEN, key=lambda mark: _evenness(lines, mark))


def _evenness(lines, mark):
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    except csv.Error:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0))
    return (rows if width > 1 else 0, width)


def _rows(text, mark):
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for number, row in enumerate(rows):
            named = number == 0 and row and row[0][:4].lower() == "sep="
            yield [] if named else row
    except csv.Error as broken:
        sentence = _("Something is wrong around row %(number)s: perhaps a quotation mark that is opened and not closed.")
        raise Refused(sentence % {"number": rows.line_num}) from broken
