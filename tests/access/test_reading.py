"""Does the reader of the canary test read everything that a file says? A reader that skips a part would miss what is in it."""

import io
import zipfile

import pikepdf
from django.http import HttpResponse
from docx import Document

from tests.access.visiting import found, text
from tests.trajectories.report_example import ENGLISH, marks
from trajectories.report.house_style import House
from trajectories.report.render import as_files

WORD = "kanariebcdfg"


def reads(raw):
    return found((WORD,), text(HttpResponse(raw))) == {WORD}


def a_pdf(change):
    document, made = pikepdf.open(io.BytesIO(as_files(ENGLISH, marks(ENGLISH), code="", house=House())[2])), io.BytesIO()
    change(document)
    document.save(made)
    return made.getvalue()


def test_of_a_pdf_also_what_no_page_shows():
    def attached(document):
        document.attachments["values.json"] = pikepdf.AttachedFileSpec(document, f'{{"a": "{WORD}"}}'.encode())

    def figure(document):
        next(item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure").Alt = WORD

    def titled(document):
        document.docinfo["/Subject"] = WORD

    def described(document):
        with document.open_metadata() as metadata:
            metadata["dc:description"] = WORD

    assert not reads(a_pdf(lambda document: None))
    assert all(reads(a_pdf(change)) for change in (attached, figure, titled, described))


def test_of_a_letter_every_part_and_a_word_that_tags_cut():
    def letter(write):
        document, made = Document(), io.BytesIO()
        write(document)
        document.save(made)
        return made.getvalue()

    def cut(document):
        line = document.add_paragraph()
        line.add_run(WORD[:5]), line.add_run(WORD[5:])

    assert not reads(letter(lambda document: None))
    assert reads(letter(lambda document: document.add_paragraph(WORD))) and reads(letter(cut))
    assert reads(letter(lambda document: setattr(document.core_properties, "comments", WORD)))
    assert reads(letter(lambda document: setattr(document.sections[0].footer.paragraphs[0], "text", WORD)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", f"<t>{WORD}</t>")
    assert reads(made.getvalue())
