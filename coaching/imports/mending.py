"""Which rows must be mended? A file of those alone, with what to do beside each."""

import csv
import io

from django.http import HttpResponse
from django.utils.translation import gettext as _

from coaching.cells import harmless
from coaching.imports.preview import note_of
from coaching.imports.reading import read
from coaching.imports.sentences import said


def download(raw, seen):
    """The heading and the refused rows of the file `raw`, as the preview `seen` has them: CSV for a spreadsheet, named after nobody."""
    rows = read(raw).rows
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in seen["names"]] + [_("What to do")])
    for note in map(note_of, seen["refused"]):
        cells = [*rows[note.row - 1], *[""] * len(seen["names"])][: len(seen["names"])]
        writer.writerow([harmless(cell) for cell in cells] + [f"{said(note)}"])
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="te-verbeteren.csv"'
    return response
