"""Is the addendum one page that everyone can read, neutral to who finds the file, and does its seal change nothing? (R20, R24)"""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from coaching import certificates
from coaching.certificates import Opened
from coaching.clock import now
from tests.trajectories.paper_structure import orphans, outline, untagged
from tests.trajectories.report_paper import CODE, alternatives, opened, pages, reads
from trajectories.report.addendum import AddendumText, Later, as_pdf, of_json
from trajectories.report.canonical import grouped, to_json
from trajectories.report.house_style import House
from trajectories.report.seal import sealed
from trajectories.report.value import Answer, Party, Voice

SAM = Party(part="client", role="Client", name="Sam Bakker", first_name="Sam", function="", unit="")
ELS = Party(part="sponsor", role="Sponsor", name="Els de Groot", first_name="Els", function="", unit="")


def voice(part, *words):
    return Voice(part=part, answers=tuple(Answer(question=f"Question {n}", words=said) for n, said in enumerate(words, 1)))


TEXT = AddendumText(
    number="RD-2026-0007-A1",
    report="RD-2026-0007",
    language="en",
    organisation="Merwestede",
    parties=(SAM, ELS),
    closed_on=date(2026, 7, 22),
    looked_on=date(2026, 10, 26),
    months=3,
    goals=(Later(number=1, title="I leave on time.", outcome=1, now=0, sentence="Four days out of five."),),
    voices=(voice("client", "Mostly", "On Friday I left it lying there."), voice("sponsor", "Entirely", "I see it every week.")),
)
LONG = "Somebody had much to tell about three months and wrote it down in full. " * 6
FULL = replace(
    TEXT,
    goals=tuple(Later(number=n, title=LONG[:150], outcome=None if n == 2 else -1, now=1, sentence=LONG[:200]) for n in (1, 2, 3)),
    voices=tuple(voice(part, "Mostly", *[LONG[:400]] * 3) for part in ("client", "sponsor")),
)


@pytest.fixture(scope="module")
def pdf():
    return as_pdf(TEXT, code=CODE)


@reads
def test_it_says_what_each_said_and_whose_report_it_is_beside(pdf):
    [said] = pages(pdf)
    for words in ("Three months later", "Addendum to closing report RD-2026-0007", "22 July 2026", "26 October 2026", "Sam", "Els"):
        assert words in said
    for words in ("On Friday I left it lying there.", "I see it every week.", "I leave on time.", "Four days out of five."):
        assert words in said
    assert f"Number RD-2026-0007-A1, check code {grouped(CODE)}" in said


@reads
def test_who_says_nothing_is_named_neutrally():
    [said] = pages(as_pdf(replace(TEXT, voices=TEXT.voices[1:], goals=(), silent=("client",), months=6)))
    assert "Six months later" in said and "There are no words of Sam in this addendum." in said


@pytest.mark.parametrize("text", [TEXT, FULL], ids=["usual", "full"])
def test_it_is_one_page_and_tagged_throughout(text):
    with opened(as_pdf(text, code=CODE, house=House(colour="#0b5c4a"))) as document:
        assert len(document.pages) == 1
        assert untagged(document) == [] and orphans(document) == []
        kinds = [kind for _depth, kind in outline(document)]
        assert kinds.count("H1") == 1 and kinds.index("H1") < kinds.index("H2") < kinds.index("H3")
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "en"


def test_the_file_names_nobody(pdf):
    with opened(pdf) as document:
        metadata = bytes(document.Root.Metadata.read_bytes()).decode()
        everything = metadata + str(dict(document.docinfo))
        assert str(document.docinfo["/Title"]) == "Addendum RD-2026-0007-A1" and "/Author" not in document.docinfo
    assert 'pdfuaid:part="1"' in metadata or "<pdfuaid:part>1</pdfuaid:part>" in re.sub(r"\s", "", metadata)
    assert not [name for name in ("Sam", "Bakker", "Els", "Groot", "Friday") if name in everything]


def test_the_drawings_are_told_in_words(pdf):
    told = [words for words in alternatives(pdf) if words]
    assert "Closing talk 22 July 2026, Follow-up 26 October 2026" in told
    assert "At closing +1, now 0, goal reached." in told


def test_the_same_words_give_the_same_bytes_and_come_back_as_they_were(pdf):
    assert as_pdf(of_json(to_json(TEXT)), code=CODE) == pdf
    assert of_json(to_json(TEXT)) == TEXT


def test_the_seal_is_sound_and_changes_no_tag(pdf):
    key, chain = certificates._made("Merwestede", now())
    certificate = Opened(chain[0].public_bytes(Encoding.PEM).decode(), key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    after = sealed(pdf, certificate)
    assert after.startswith(pdf)
    roots = [asn1.Certificate.load(raw) for _kind, _head, raw in pem.unarmor(certificate.chain.encode(), multiple=True)]
    told = validate_pdf_signature(
        PdfFileReader(BytesIO(after)).embedded_signatures[0], ValidationContext(trust_roots=roots, allow_fetching=False)
    )
    assert told.valid and told.intact and told.trusted
    with opened(pdf) as one, opened(after) as other:
        assert outline(one) == outline(other)
