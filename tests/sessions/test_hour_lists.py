"""Does a list of hours of before come in as it was meant, and does a row that cannot be right come back with a sentence? (R29)"""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from coaching.refusals import Refused
from sessions.hour_lists import minutes_of, read_hours
from sessions.models import Flight
from tests.makers import make_person
from tests.sessions.test_log import as_

HEAD = "Klant;Individueel of groep;Aantal;Start;Einde;Betaalde uren;Onbetaalde uren"
GOOD = f"""Logboek van Noor\n\n{HEAD}
Jan de Vries;individueel;1;3-3-2019;12-9-2019;6,5;
Team Zuid;groep;8;01-02-2020;;;2:30
Piet;individueel;;2021-05-01;2021-06-30;3;1
Totaal;;;;;9,5;3,5
"""


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def read(text, **facts):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_hours(raw, **{"kind": "prior", "today": date(2026, 11, 22)} | facts)


def told(found):
    return [(row["on"], row["until_on"], row["minutes"], row["paid"], row["group"], row["people"]) for row in found.rows]


EXPECTED = [
    (date(2019, 3, 3), date(2019, 9, 12), 390, True, False, 1),
    (date(2020, 2, 1), date(2020, 2, 1), 150, False, True, 8),
    (date(2021, 5, 1), date(2021, 6, 30), 180, True, False, 1),
    (date(2021, 5, 1), date(2021, 6, 30), 60, False, False, 1),
]


@pytest.mark.parametrize("text", [GOOD, GOOD.encode("cp1252"), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.encode("utf-16")])
def test_a_list_as_it_is_kept(text):
    found = read(text)
    assert told(found) == EXPECTED and found.refused == [] and found.totals == 1


def test_a_spreadsheet():
    book = Workbook()
    for row in (
        HEAD.split(";"),
        ["Jan", "individual", 1, date(2019, 3, 3), date(2019, 9, 12), 6.5, None],
        ["Som", "", "", None, None, 6.5, 0],
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    assert told(read(file.getvalue())) == EXPECTED[:1]


def test_names_of_clients_are_not_taken_over():
    assert "Vries" not in repr(read(GOOD).rows) and "Zuid" not in repr(read(GOOD).rows)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Jan;individueel;1;;;2;", "The start date is missing"),
        ("Jan;individueel;1;31-02-2020;;2;", "do not recognise this date: 31-02-2020"),
        ("Jan;individueel;1;3-3-2020;1-1-2020;2;", "The last day lies before the first"),
        ("Jan;individueel;1;3-3-2031;;2;", "still to come"),
        ("Jan;individueel;1;3-3-1066;;2;", "Is the year right"),
        ("Jan;individueel;1;3-3-2020;;;", "There are no hours here"),
        ("Jan;individueel;1;3-3-2020;;0;0,0", "There are no hours here"),
        ("Jan;individueel;1;3-3-2020;;veel;", "veel: We do not recognise this number of hours"),
        ("Jan;individueel;1;3-3-2020;;-2;", "do not recognise this number of hours"),
        ("Jan;individueel;1;3-3-2020;;1.250;", "can be read in two ways"),
        ("Jan;individueel;1;3-3-2020;;20;8", "more hours than there are in these days"),
        ("Jan;individueel;1;3-3-2020;;=2+2;", "A formula stands here"),
        ("Jan;koor;1;3-3-2020;;2;", "individual or group: koor"),
        ("Jan;groep;veel;3-3-2020;;2;", "number of people: veel"),
    ],
)
def test_a_row_that_cannot_be_right_comes_back(row, sentence):
    found = read(f"{HEAD}\n{row}\nPiet;individueel;1;4-3-2020;;1;")
    [(number, said)] = found.refused
    assert number == 2 and sentence in said and len(found.rows) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Naam;E-mail\nJan;jan@example.org",
        b"\x00\x01\x02" * 40,
        b"\xd0\xcf\x11\xe0oud",
        b"PK\x03\x04geen boek",
        b"start;einde\n1-1-2020;",
    ],
)
def test_what_is_no_list_of_hours_is_refused(raw):
    with pytest.raises(Refused):
        read(raw)


@pytest.mark.parametrize(
    ("text", "minutes"), [("1,5", 90), ("1.5", 90), ("1:30", 90), ("0,75 uur", 45), ("2u", 120), ("1250", 75_000), ("1,333", 0)]
)
def test_hours_as_people_write_them(text, minutes):
    assert minutes_of(text)[0] == minutes
    assert minutes_of("1,333", exact=True) == (80, "")


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def coach(self):
        return make_person("Noor Visser", coach=True, language="en")

    def look(self, coach, text=GOOD):
        file = SimpleUploadedFile("uren.csv", text.encode())
        return as_(coach).post("/vlieguren/lijst/", {"file": file, "kind": "prior"})

    def seen(self, answer):
        return re.search(r'name="seen" value="([^"]+)"', answer.content.decode()).group(1)

    def test_nothing_is_written_before_it_is_taken_over_and_then_once(self, coach):
        answer = self.look(coach)
        assert answer.status_code == 200 and not Flight.objects.exists() and "Vries" not in answer.content.decode()
        for _press in range(2):
            assert as_(coach).post("/vlieguren/lijst/overnemen/", {"seen": self.seen(answer)}).url == "/vlieguren/"
        assert Flight.objects.count() == 4 and sum(row.minutes for row in Flight.objects.all()) == 780
        again = self.look(coach).content.decode()
        assert "4 rows were here already" in again and 'name="seen"' not in again

    def test_what_cannot_come_along_is_shown_beside_what_can(self, coach):
        said = self.look(coach, GOOD + "Kees;individueel;1;ooit;;2;\n").content.decode()
        assert "One row cannot come along" in said and "Row 8" in said and "this date: ooit" in said and 'name="seen"' in said

    def test_another_cannot_take_over_what_one_looked_at(self, coach):
        seen, other = self.seen(self.look(coach)), make_person("Bram Smit", coach=True)
        for sent in (seen, seen[:-4], "", "x"):
            assert as_(other).post("/vlieguren/lijst/overnemen/", {"seen": sent}).url == "/vlieguren/lijst/"
        assert not Flight.objects.exists()

    def test_no_file_and_no_list_come_back(self, coach):
        assert as_(coach).post("/vlieguren/lijst/", {"kind": "prior"}).status_code == 422
        assert self.look(coach, "Naam;E-mail\nJan;jan@example.org").status_code == 422
