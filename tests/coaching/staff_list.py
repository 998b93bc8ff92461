"""A staff list as organisations really send them, and how tests look at one."""

import csv
import io
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from coaching.imports.columns import heading
from coaching.imports.known import Known
from coaching.imports.lines import lines_of
from coaching.imports.plan import planned
from coaching.imports.reading import read

TODAY = date(2026, 11, 22)
# Title, doubled heading, columns that lead nowhere, two units, two people with one address, formulas, managers below their people.
MESSY = [
    ["Personeelslijst november", "", "", "", "", "", "", ""],
    [],
    ["Medewerker", "", "", "Plek", "", "Leidinggevende", "", ""],
    ["Naam", "E-mailadres", "Functie", "Afdeling", "Valt onder", "Naam", "Uit dienst", ""],
    ["Jansen, IJsbrand", "IJ.Jansen@Huis.example", "planner", "Poli Interne", "Zorg", "Süreyya Demirel", "", ""],
    ["Süreyya Demirel", "s.demirel@huis.example", "hoofd", "Zorg", "Huis", "Bas 't Hart", "", ""],
    ["Bas 't Hart", "b.hart@huis.example", "bestuurder", "Huis", "", "Bas 't Hart", "", ""],
    ["Jansen, IJsbrand", "ij.jansen@huis.example", "planner", "Zorg", "", "Süreyya Demirel", "", ""],
    ["Anouk de Haan", "gedeeld@huis.example", "", "Zorg", "", "", "", ""],
    ["Lotte Vis", "gedeeld@huis.example", "", "Zorg", "", "", "", ""],
    ["Rob de Graaf", "r.graaf@", "", "Zorg", "", "", "", ""],
    ['=HYPERLINK("x")', "link@huis.example", "", "Zorg", "", "", "", ""],
    ["Naam", "E-mailadres", "Functie", "Afdeling", "Valt onder", "Naam", "Uit dienst", ""],
    ["Weg van Hier", "weg@huis.example", "", "Zorg", "", "", "31-10-2026", ""],
    ["Els Smit", "e.smit@huis.example", "", "Zorg", "", "Niemand Hier", "", ""],
    [],
    ["", "", "", "", "", "", "", ""],
]


def as_csv(rows, mark=";", **facts):
    file = io.StringIO()
    csv.writer(file, delimiter=mark, lineterminator="\r\n", **facts).writerows(rows)
    return file.getvalue()


def as_xlsx(rows):
    book, file = Workbook(), io.BytesIO()
    book.active.title = "Toelichting"
    page = book.create_sheet("Medewerkers")
    for row in rows:
        page.append(row)
    page.merge_cells("A3:C3")
    book.save(file)
    return file.getvalue()


def look(raw, known=None, today=TODAY):
    """The plan for a file (bytes) where `known` is here already."""
    rows = read(raw)
    head = heading(rows.rows)
    return planned(lines_of(rows.rows, head, today=today), set(head.kinds), known or Known())


def said(notes):
    return {note.row: note.says for note in notes}


def listed(*rows, head="naam;e-mail;onderdeel;valt onder;manager"):
    """A tidy list of a few rows, as bytes; each is a text with semicolons."""
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def in_english():
    """Sentences as they stand in the source, whoever asks."""
    with override("en"):
        yield
