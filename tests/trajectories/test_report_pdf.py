"""Is the report on paper readable by everyone, and made without asking anyone?"""

import re
import shutil
import socket
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.urls import FatalURLFetchingError

from tests.trajectories.report_example import ENGLISH, GOALS, MANY, SPONSOR, TWO, marks
from tests.trajectories.report_paper import (
    CODE,
    alternatives,
    draft,
    elements,
    information,
    made,
    opened,
    pages,
    reads,
    three,
)
from trajectories.report.paper import bundled_only, to_pdf
from trajectories.report.render import STYLES, as_pdf


def test_each_ones_own_level_is_printed_only_with_everyones_consent():
    assert any("sponsor −1" in alt for alt in alternatives(three()))
    signed = marks(ENGLISH)
    refused = as_pdf(ENGLISH, (replace(signed[0], own_levels=False), *signed[1:]))
    assert not any("sponsor −1" in alt for alt in alternatives(refused) + alternatives(draft()))


@pytest.mark.parametrize("name", ["three", "draft", "two", "many"])
def test_the_file_is_tagged_and_named_neutrally(name):
    pdf = {"three": three, "draft": draft, "two": lambda: made("two", TWO), "many": lambda: made("many", MANY)}[name]()
    with opened(pdf) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(root.Lang) == ("nl" if name == "draft" else "en")
        assert str(document.docinfo["/Title"]).endswith("RD-2026-0007")
        assert "/Author" not in document.docinfo
        metadata = bytes(root.Metadata.read_bytes()).decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in re.sub(r"\s", "", metadata) or 'pdfuaid:part="1"' in metadata
        everything = metadata + str(dict(document.docinfo))
        for word in ("Youssef", "Annelies", "Marieke", "ruimte", "Merwestede"):
            assert word not in everything


def test_every_drawing_has_words_and_every_heading_cell_a_scope():
    with opened(made("many", MANY)) as document:
        kinds = [str(element.S) for element in elements(document)]
        assert kinds.count("/H1") == 1
        assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/H3")
        headers = [element for element in elements(document) if element.S == "/TH"]
        assert len(headers) == 6
        assert all(header.A.Scope == "/Column" for header in headers)
    assert all(alternatives(made("many", MANY)))


@pytest.mark.parametrize("name", ["three", "draft"])
def test_the_file_does_nothing_and_carries_nothing(name):
    with opened({"three": three, "draft": draft}[name]()) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary):
                assert item.get("/S") not in ("/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm")
                assert not {"/EmbeddedFiles", "/JS", "/AA", "/OpenAction", "/EF"} & set(item.keys())
        assert all("/Annots" not in page for page in document.pages)
        assert all(str(page.MediaBox[2])[:5] == "595.2" for page in document.pages)


def test_made_on_the_moment_of_the_last_signature():
    assert information(three())["/CreationDate"] == "D:20261217135000Z"


def test_the_same_report_gives_the_same_bytes_also_in_another_thread():
    made_there = []
    worker = threading.Thread(target=lambda: made_there.append(as_pdf(ENGLISH, marks(ENGLISH), code=CODE)))
    worker.start()
    worker.join()
    assert made_there == [three()]
    assert as_pdf(ENGLISH, marks(ENGLISH), code=CODE) == three()
    assert as_pdf(ENGLISH, marks(ENGLISH), code=CODE[::-1]) != three()


def test_nothing_is_asked_of_anyone(monkeypatch):
    asked, read = [], bundled_only().fetch
    monkeypatch.setattr(socket.socket, "connect", lambda *_args: pytest.fail("a connection was made"))
    monkeypatch.setattr(bundled_only(), "fetch", lambda self, url, headers=None: asked.append(url) or read(self, url, headers))
    worker = threading.Thread(target=as_pdf, args=(ENGLISH, marks(ENGLISH)))  # a new thread reads its fonts anew
    worker.start()
    worker.join()
    assert len(asked) == 12
    assert all(re.fullmatch(r"file:///.*/static/fonts/print/[a-z0-9-]+\.woff2", url) for url in asked)


@pytest.mark.parametrize(
    "wish",
    [
        '<img src="http://127.0.0.1:9/a.png" alt="a">',
        '<img src="file:///etc/passwd" alt="a">',
        '<img src="data:image/png;base64,AAAA" alt="a">',
        '<link rel="stylesheet" href="https://localhost/a.css">',
        '<style>@import url("file:///etc/hostname");</style>',
        '<p style="background: url(http://127.0.0.1:9/b.png)">b</p>',
        '<svg><image href="http://127.0.0.1:9/c.svg" width="1" height="1"/></svg>',
    ],
)
def test_whatever_the_page_would_fetch_ends_the_rendering(wish):
    with pytest.raises(FatalURLFetchingError):
        to_pdf(f'<html lang="en"><title>t</title>{wish}<p>words</p></html>', STYLES)


@reads
def test_a_white_cover_saves_ink():
    sparing = as_pdf(ENGLISH, marks(ENGLISH), code=CODE, sparing=True)
    assert (ink(three()) > 0.5) and (ink(sparing) < 0.1)


def ink(pdf):
    """Which part of the first page's band is dark, as drawn."""
    drawn = subprocess.run(["pdftoppm", "-gray", "-r", "20", "-f", "1", "-l", "1", "-"], input=pdf, capture_output=True, check=True)
    pixels = drawn.stdout[-165 * 234 :][: 165 * 140]
    return sum(pixel < 128 for pixel in pixels) / len(pixels)


@settings(max_examples=6)
@given(st.text(max_size=60), st.text(max_size=400), st.sampled_from(["مرحبا", "\u202eabc", "👩🏽‍⚕️", "a\0b", "x" * 300, "\n\n", "\ufffe"]))
def test_any_words_make_a_report(question, words, odd):
    goal = replace(GOALS[0], title=odd, now=words, sentence=odd + words)
    text = replace(ENGLISH, question=question + odd, summary=words + odd, quote=odd, goals=(goal,), effort=odd)
    pdf = as_pdf(text, marks(text, agrees=False, remark=odd + words))
    with opened(pdf) as document:
        assert len(document.pages) >= 4
        assert b"\0" not in document.Root.Metadata.read_bytes()


def test_a_moment_is_that_of_the_organisation_and_of_utc():
    summer = replace(marks(ENGLISH)[0], at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    pdf = as_pdf(replace(ENGLISH, parties=(ENGLISH.parties[0], SPONSOR)), (summer,))
    assert information(pdf)["/CreationDate"] == "D:20260701223000Z"
    if shutil.which("pdftotext"):
        assert "2 July 2026, 00:30" in pages(pdf)[-1]
