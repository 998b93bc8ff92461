"""How does HTML become paper? A tagged A4 file from bundled fonts and styles; it fetches nothing; same input, same bytes."""

import atexit
import logging
import os
import threading
import weakref
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
EPOCH = "1767225600"  # a fixed moment for the subsetted fonts' timestamps; the only thing that differed between two runs
_rendering = threading.local()
_kept = weakref.WeakSet()  # of all threads; a thread that ends takes its own along
logging.getLogger("weasyprint").setLevel(logging.ERROR)  # its warnings quote characters of what people wrote


def to_pdf(html, styles):
    """`html` as the bytes of a tagged PDF/UA-1 file. `styles` are file names in static/css.

    Raises `weasyprint.urls.FatalURLFetchingError` when the page asks for anything but those styles and the bundled fonts.
    """
    from weasyprint import HTML  # noqa: PLC0415  costs 0.7 s and needs pango; the site starts without it

    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    fonts, sheets = _bundle(tuple(styles))
    fetcher = bundled_only()()
    document = HTML(string=html, base_url="about:blank", url_fetcher=fetcher)
    pdf = document.write_pdf(stylesheets=sheets, font_config=fonts, finisher=_scope_headers, pdf_variant="pdf/ua-1")
    if fetcher.refused:  # an image within a drawing: WeasyPrint leaves the drawing out and goes on
        raise fetcher.refused
    return pdf


class Bundles(dict):
    """What one thread keeps from one rendering to the next."""

    __hash__ = object.__hash__


@atexit.register
def _forget():
    """While Python still stands: each font map has a folder of its own to clean up."""
    for bundles in _kept:
        bundles.clear()


def _bundle(styles):
    """Fonts and parsed styles, kept per thread: pango's font map is not to be shared between threads."""
    kept = _rendering.__dict__.setdefault("bundles", Bundles())
    _kept.add(kept)
    if styles not in kept:
        from weasyprint import CSS  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        fonts, fetcher = FontConfiguration(), bundled_only()()
        sheets = [CSS(filename=STATIC / "css" / name, font_config=fonts, url_fetcher=fetcher) for name in styles]
        kept[styles] = fonts, sheets
    return kept[styles]


@cache
def bundled_only():
    """The fetcher class that reads bundled print fonts and fails for all else (made late, since weasyprint is imported late)."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    fonts = {(STATIC / "fonts" / "print" / path.name).as_uri(): path for path in (STATIC / "fonts" / "print").glob("*.woff2")}

    class BundledOnly(URLFetcher):
        """Answers with a file from static/fonts/print; every other address ends the rendering."""

        def __init__(self):
            super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
            self.refused = None

        def fetch(self, url, headers=None):
            if url not in fonts:
                self.refused = FatalURLFetchingError("A report is made of what is bundled with it; it fetches nothing.")
                raise self.refused
            return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/woff2"})

    return BundledOnly


def _scope_headers(document, pdf):
    """WeasyPrint links cells to their headers but leaves out /Scope, which PDF/UA readers ask for."""
    for item in pdf.objects:
        with suppress(TypeError, KeyError):
            if item["S"] == "/TH" and "ID" in item:
                item["A"]["Scope"] = "/Column" if item["ID"].string.split("-")[1] == "0" else "/Row"
