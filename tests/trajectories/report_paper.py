"""What do the tests of the report look at? Reports made once, their words, and their structure."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from tests.trajectories.report_example import ENGLISH, THREE, marks
from trajectories.report.render import as_pdf

CODE = "01ABC01ABC01ABC01ABC"
reads = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
_made = {}


def made(name, text, signatures=None, **options):
    """A PDF that several tests look at, made once: each costs a third of a second."""
    if name not in _made:
        _made[name] = as_pdf(text, marks(text) if signatures is None else signatures, **options)
    return _made[name]


def three():
    return made("three", ENGLISH, code=CODE)


def draft():
    return made("draft", THREE, (), draft=True, code=CODE)


def pages(pdf):
    """The words of each page, white space evened out."""
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in told.split("\f")[:-1]]


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def information(pdf):
    with opened(pdf) as document:
        return {name: str(value) for name, value in document.docinfo.items()}


def elements(pdf):
    """Every element of the structure tree, in reading order."""

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            for kid in element.get("/K", ()):
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot.K[0]))


def alternatives(pdf):
    with opened(pdf) as document:
        return [str(element.get("/Alt", "")) for element in elements(document) if element.S == "/Figure"]
