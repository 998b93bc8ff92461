"""Is the seal on a report sound, does it change nothing else, and is one changed byte found? (R24)"""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from coaching import certificates
from coaching.certificates import Opened
from coaching.clock import now
from tests.trajectories.paper_structure import orphans, outline, untagged
from tests.trajectories.report_example import ENGLISH, TWO, marks
from tests.trajectories.report_paper import CODE
from trajectories.report import seal
from trajectories.report.house_style import House
from trajectories.report.render import as_files

REPORT, WHITE, ARCHIVE = range(3)
_made = {}


def made():
    """Certificate, the three files before their seal, and after; made once."""
    if not _made:
        key, chain = certificates._made("Zorggroep Merwestede", now())
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        _made["certificate"] = Opened(chain[0].public_bytes(Encoding.PEM).decode(), private)
        _made["before"] = as_files(ENGLISH, marks(ENGLISH), code=CODE, house=House())
        _made["after"] = [seal.sealed(pdf, _made["certificate"]) for pdf in _made["before"]]
    return _made


@pytest.fixture(params=[REPORT, WHITE, ARCHIVE], ids=["report", "white", "archive"])
def pair(request):
    """One file before and after its seal."""
    return made()["before"][request.param], made()["after"][request.param]


def checked(pdf):
    """What pyHanko says of the only signature, trusting our own certificate."""
    roots = [asn1.Certificate.load(raw) for _kind, _head, raw in pem.unarmor(made()["certificate"].chain.encode(), multiple=True)]
    signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
    return validate_pdf_signature(signature, ValidationContext(trust_roots=roots, allow_fetching=False))


def test_the_seal_is_a_sound_pades_of_the_whole_file(pair):
    _before, after = pair
    status = checked(after)
    assert status.bottom_line and status.intact and status.trusted
    assert status.coverage.name == "ENTIRE_FILE" and status.modification_level == ModificationLevel.NONE
    with pikepdf.open(BytesIO(after)) as document:
        assert document.Root.AcroForm.Fields[0].V.SubFilter == "/ETSI.CAdES.detached"
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_finds_it_sound_and_a_changed_one_not(pair, tmp_path):
    _before, after = pair
    for raw, verdict in ((after, "Signature is Valid"), (changed(after), "Digest Mismatch")):
        (tmp_path / "report.pdf").write_bytes(raw)
        told = subprocess.run(["pdfsig", tmp_path / "report.pdf"], capture_output=True, text=True, check=False).stdout
        assert verdict in told and "Total document signed" in told


def changed(pdf):
    """The same file with one byte of a drawn page changed."""
    place = pdf.index(b"stream\n") + 200
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_one_changed_byte_anywhere_is_found(pair):
    _before, after = pair
    assert not checked(changed(after)).intact
    place = after.index(b"/Lang") + 7
    assert not checked(after[:place] + b"x" + after[place + 1 :]).intact


def test_the_seal_comes_after_the_bytes_and_changes_no_tag(pair):
    before, after = pair
    assert after.startswith(before)
    with pikepdf.open(BytesIO(before)) as plain, pikepdf.open(BytesIO(after)) as sealed:
        assert outline(plain) == outline(sealed) and len(outline(sealed)) > 200
        assert untagged(sealed) == orphans(sealed) == []
        assert plain.Root.Metadata.read_bytes() == sealed.Root.Metadata.read_bytes()
        assert dict(plain.docinfo) == dict(sealed.docinfo)
        assert sealed.Root.MarkInfo.Marked and sealed.Root.ViewerPreferences.DisplayDocTitle and str(sealed.Root.Lang) == "en"


def test_its_place_has_no_size_and_is_told_in_words(pair):
    with pikepdf.open(BytesIO(pair[1])) as document:
        assert ["/Annots" in page for page in document.pages] == [False] * (len(document.pages) - 1) + [True]
        (field,) = document.pages[-1].Annots
        assert [float(one) for one in field.Rect] == [0, 0, 0, 0] and field.F == 4
        assert str(field.TU) == "Seal of Zorggroep Merwestede"
        assert outline(document)[-1] == (1, "Form")


def test_until_the_seal_the_same_report_gives_the_same_bytes():
    assert as_files(ENGLISH, marks(ENGLISH), code=CODE, house=House()) == made()["before"]


def test_a_time_stamp_of_an_authority_goes_in_when_there_is_one(monkeypatch):
    certificate = made()["certificate"]
    signer = seal._signer(certificate)
    stamps = DummyTimeStamper(tsa_cert=signer.signing_cert, tsa_key=signer.signing_key, fixed_dt=datetime(2026, 12, 17, 14, tzinfo=UTC))
    monkeypatch.setattr(seal, "_timestamper", lambda: stamps)
    assert stamped(seal.sealed(made()["before"][REPORT], certificate)) and not stamped(made()["after"][REPORT])


def stamped(pdf):
    """Whether a time stamp hangs on the signature."""
    told = PdfFileReader(BytesIO(pdf)).embedded_signatures[0].signer_info["unsigned_attrs"].native or []
    return "signature_time_stamp_token" in [one["type"] for one in told]


def test_an_authority_that_does_not_answer_means_no_seal(settings):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(Exception, match="timestamp|Timestamp|127.0.0.1"):
        seal.sealed(made()["before"][REPORT], made()["certificate"])


# the archival file


def attached(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        return {name: json.loads(spec.get_file().read_bytes()) for name, spec in document.attachments.items()}


def test_the_archival_file_says_what_it_is_and_carries_its_values():
    with pikepdf.open(BytesIO(made()["after"][ARCHIVE])) as document:
        said = re.sub(r"\s+", " ", document.Root.Metadata.read_bytes().decode())
        assert 'pdfaid:part="3"' in said and 'pdfaid:conformance="A"' in said and 'pdfuaid:part="1"' in said
        assert "PDF/UA identification schema" in said and said.count("<rdf:RDF") == said.count("</rdf:RDF>") == 1
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1" and "/ID" in document.trailer
        (about,) = document.Root.AF
        assert about.AFRelationship == "/Data" and str(about.EF.F.Subtype) == "/application/json"
        fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    ((name, values),) = attached(made()["after"][ARCHIVE]).items()
    assert name == "Closing-report-RD-2026-0007.json"
    assert values["text"]["goals"][0]["outcome"] == 1 and values["text"]["question"] == ENGLISH.question
    assert values["signatures"][0] == {
        "part": "client", "name": "Youssef El Amrani", "at": "2026-12-17T13:48:00+00:00", "agrees": True, "remark": ""
    }  # fmt: skip
    assert values["code"].replace(" ", "") == CODE


def test_only_the_archival_file_carries_something():
    assert attached(made()["after"][REPORT]) == attached(made()["after"][WHITE]) == {}


def test_each_ones_own_level_stands_in_the_values_only_with_everyones_consent():
    (values,) = attached(made()["after"][ARCHIVE]).values()
    assert {one["part"]: one["level"] for one in values["text"]["goals"][1]["own"]} == {"client": 1, "sponsor": -1, "coach": 0}
    refused = marks(TWO, own_levels=False)
    (values,) = attached(as_files(TWO, refused, code=CODE, house=House())[ARCHIVE]).values()
    assert [goal["own"] for goal in values["text"]["goals"]] == [[]] and "level" not in json.dumps(values)
    (values,) = attached(as_files(TWO, marks(TWO), code=CODE, house=House())[ARCHIVE]).values()
    assert {one["part"] for one in values["text"]["goals"][0]["own"]} == {"client", "coach"}  # a sponsor who did not close
