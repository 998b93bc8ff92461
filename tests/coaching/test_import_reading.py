"""Do we read what organisations send, whatever program wrote it? And nothing that only looks like it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.imports import cells
from coaching.imports.columns import folded, heading
from coaching.imports.reading import LARGEST, NotAList, read
from coaching.refusals import Refused
from tests.coaching.staff_list import MESSY, as_csv, as_xlsx, in_english, look, said  # noqa: F401  a fixture

pytestmark = pytest.mark.usefixtures("in_english")
FIVE = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1254"]
REFUSED = {9: "double", 10: "double", 11: "email_wrong", 12: "formula", 15: "manager_unknown"}
REMARKS = {7: "own_manager", 8: "second_unit", 14: "left"}


def right(plan, names=("IJsbrand Jansen", "Süreyya Demirel", "Bas 't Hart"), **but):
    assert [one.line.name for one in plan.added] == list(names)
    assert said(plan.refused) == REFUSED | {12: but.get("formula", "formula")} and said(plan.remarks) == REMARKS
    assert sorted(name for name, _above in plan.units.values()) == ["Huis", "Poli Interne", "Zorg"]
    keys = {one.line.name: one.key for one in plan.added}
    assert [one.manager for one in plan.added] == [keys[names[1]], keys[names[2]], None]
    assert plan.added[0].email == "ij.jansen@huis.example"
    return True


@pytest.mark.parametrize("letters", FIVE)
@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_same_messy_file_in_five_encodings(letters, mark):
    assert right(look(as_csv(MESSY, mark).encode(letters)))


@pytest.mark.parametrize("letters", [one for one in FIVE if one != "cp1252"])
def test_letters_of_other_languages(letters):
    rows = [[cell.replace("Süreyya Demirel", "Süreyya Şahingöz") for cell in row] for row in MESSY]
    assert right(look(as_csv(rows).encode(letters)), ("IJsbrand Jansen", "Süreyya Şahingöz", "Bas 't Hart"))


def test_the_same_messy_file_as_a_workbook():
    """A formula that no program has worked out yet is empty."""
    assert right(look(as_xlsx(MESSY)), formula="no_name")


def test_a_quoted_file_with_old_line_ends_and_a_word_about_its_mark():
    text = as_csv(MESSY, quoting=1).replace("\r\n", "\r")
    assert right(look(text.encode()))
    plan = look(f"sep=;\r\n{as_csv(MESSY[3:4] + MESSY[6:7])}".encode())
    assert [one.line.row for one in plan.added] == [3]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["Naam", "E-mail", "Onderdeel"], {"name", "email", "unit"}),
        (["Full name", "E-mail address", "Department", "Line manager", "Job title"], {"name", "email", "unit", "manager", "function"}),
        (["Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail werk", "Afdeling"], {"first_name", "infix", "last_name", "email", "unit"}),
        (["Pers.nr.", "Naam medewerker", "Emailadres", "Team", "E-mail leidinggevende"], {"number", "name", "email", "unit", "manager"}),
        (["EMPLOYEE ID", "Display Name", "User Principal Name", "Org Unit", "Parent Unit"], {"number", "name", "email", "unit", "parent"}),
    ],
)
def test_columns_are_known_by_name(names, kinds):
    assert heading([names]).kinds.keys() == kinds and not heading([names]).missing


def test_an_address_says_more_than_a_name():
    assert heading([["Naam", "Manager", "Manager e-mail", "E-mail", "Afdeling"]]).kinds["manager"] == 2


def test_what_was_pointed_out_by_hand_counts_and_is_remembered():
    names = ["Wie", "Naam", "Post", "Plek"]
    assert heading([names]).missing == ["email", "unit"]
    by_hand = {0: "name", 2: "email", 3: "unit", 1: ""}
    assert heading([names], chosen=by_hand).kinds == {"name": 0, "email": 2, "unit": 3}
    assert heading([names], remembered={folded(names[at]): kind for at, kind in by_hand.items()}).kinds == {
        "name": 0,
        "email": 2,
        "unit": 3,
    }


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"<x/>")
        box.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    return file.getvalue()


def laughing():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(MESSY))) as old, zipfile.ZipFile(file, "w") as box:
        for part in old.infolist():
            bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' if "sheet2" in part.filename else b""
            box.writestr(part.filename, bad + old.read(part.filename).replace(b'<?xml version="1.0"?>', b""))
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"just one line of words", "employee list"),
        (b"\x00\x01\x02binary", "employee list"),
        (b"\xd0\xcf\x11\xe0 old", "older"),
        (b"PK\x03\x04 not really", "cannot be read"),
        (as_xlsx(MESSY)[:-400], "cannot be read"),
        (bomb(), "unpacks"),
        (laughing(), "cannot be read"),
        (b"x" * (LARGEST + 1), "too large"),
        (b'naam;e-mail;onderdeel\n"' + b"a" * 200_000, "quotation mark"),
        (b"naam;e-mail;onderdeel\n" + b"a;a@x.nl;b\n" * 100_001, "100,000"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_list_is_refused_with_a_sentence(raw, word):
    with pytest.raises(Refused, match=word):
        heading(read(raw).rows)


def test_a_stray_quotation_mark_is_pointed_out():
    plan = look(b'naam;e-mail;onderdeel\nA;a@x.nl;Zorg\n"B;b@x.nl;Zorg\nC";c@x.nl;Zorg\nD;d@x.nl;Zorg\n')
    assert said(plan.refused) == {3: "line_break"} and len(plan.added) == 2


@pytest.mark.parametrize(
    ("cell", "words"),
    [("  Anouk \u00a0 de\u200b Haan ", "Anouk de Haan"), ("e\u0301", "é"), ("ĳs", "ijs"), ('="00123"', "00123"), ("'t Hart", "'t Hart")],
)
def test_cells_are_cleaned(cell, words):
    assert cells.cleaned(cell) == words


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|x", "-A1", "=", "=A"])
def test_formulas_are_no_text(text):
    assert cells.is_formula(text) == (len(text) > 1)


@pytest.mark.parametrize("text", ["31-10-2026", "31/10/2026", "31.10.26", "2026-10-31", "20261031", "31 okt 2026", "31 oktober 2026",
                                  "za 31 okt. 2026", "31 Oct 2026", "2026-10-31 00:00:00", "46326"])  # fmt: skip
def test_dutch_dates(text):
    assert str(cells.day(text)) == "2026-10-31"


@pytest.mark.parametrize("text", ["31-02-2026", "morgen", "13/13/2026", "31 foo 2026", "12"])
def test_what_is_no_date(text):
    assert cells.day(text) is None


@pytest.mark.parametrize(
    ("name", "turned"), [("Vries, Jan de", "Jan de Vries"), ("Jan", "Jan"), ("a, b, c", "a, b, c"), ("Vries,", "Vries,")]
)
def test_names_in_order(name, turned):
    assert cells.in_order(name) == turned


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    try:
        heading(read(raw).rows)
    except Refused as refusal:
        assert isinstance(refusal, NotAList) or str(refusal)


@given(
    st.lists(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12), max_size=8), max_size=8)
)
def test_any_rows_are_planned_or_refused(rows):
    plan = look(as_csv([["naam", "e-mail", "onderdeel", "manager", "uit dienst"], *rows]).encode())
    assert plan.counts["refused"] + plan.counts["added"] <= len(rows) + 1
