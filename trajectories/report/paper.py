"""How does HTML become paper? Laid out once from bundled fonts and styles, as tagged A4; it fetches nothing; same input, same bytes."""

import atexit
import logging
import os
import threading
import weakref
from copy import copy
from functools import cache
from pathlib import Path
from urllib.request import OpenerDirector
from warnings import catch_warnings, simplefilter

from django.conf import settings

from trajectories.report import standards

STATIC = Path(settings.BASE_DIR) / "static"
EPOCH = "1767225600"  # a fixed moment for the subsetted fonts' timestamps; the only thing that differed between two runs
HANDED = "handed:"  # the address of a picture that the caller handed over
_rendering = threading.local()
_kept = weakref.WeakSet()  # of all threads; a thread that ends takes its own along
logging.getLogger("weasyprint").setLevel(logging.ERROR)  # its warnings quote characters of what people wrote


def to_pdf(html, styles, **handed):
    """`html` as the bytes of a tagged PDF/UA-1 file without a place for a seal; see `Paper`."""
    return Paper(html, styles, **handed).pdf()


class Paper:
    """One document on paper, laid out once and written as often as there are kinds of file: the layout costs most.

    `styles` are file names in static/css, `rules` is CSS of this one document, `pictures` maps names to the bytes of PNGs that the
    page may show as "handed:<name>". Raises `weasyprint.urls.FatalURLFetchingError` when the page asks for anything else.
    """

    def __init__(self, html, styles, *, rules="", pictures=None):
        from weasyprint import CSS, HTML  # noqa: PLC0415  costs 0.7 s and needs pango; the site starts without it

        os.environ["SOURCE_DATE_EPOCH"] = EPOCH
        self.fetcher = bundled_only()(pictures)
        fonts, sheets = _bundle(tuple(styles))
        if rules:
            sheets = [*sheets, CSS(string=rules, font_config=fonts, url_fetcher=self.fetcher)]
        page = HTML(string=html, base_url="about:blank", url_fetcher=self.fetcher)
        self.document = page.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")

    def with_first_page_of(self, other):
        """The same pages behind another first one."""
        paper = copy(self)
        paper.document = self.document.copy([other.document.pages[0], *self.document.pages[1:]])
        return paper

    def pdf(self, *, seal=""):
        """The bytes as PDF/UA-1. `seal` names the place for a seal to who hears the page read out; without it there is none."""
        return self._written("pdf/ua-1", seal)

    def archive(self, values, *, seal=""):
        """The bytes as PDF/A-3a that also says PDF/UA-1, with `values` (a `standards.Values`) as an attachment."""
        return self._written("pdf/a-3a", seal, attachments=[standards.attachment(values)])

    def _written(self, variant, seal, **options):
        def finish(document, pdf):
            standards.scope_headers(pdf)
            if seal:
                standards.leave_place_for_seal(pdf, seal)
            if variant == "pdf/a-3a":
                standards.say_it_is_accessible_too(pdf)

        with catch_warnings():
            simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of its colour profile to the garbage collector
            written = self.document.write_pdf(finisher=finish, pdf_variant=variant, **options)
        if self.fetcher.refused:  # an image within a drawing: WeasyPrint leaves the drawing out and goes on
            raise self.fetcher.refused
        return written


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
        """Answers with a file from static/fonts/print or a picture that it was handed; every other address ends the rendering."""

        def __init__(self, pictures=None):
            OpenerDirector.__init__(self)  # not that of URLFetcher: it reads every certificate authority, and there is nothing to open
            self._fail_on_errors, self.refused = True, None
            self.pictures = {f"{HANDED}{name}": raw for name, raw in (pictures or {}).items()}

        def fetch(self, url, headers=None):
            if url in self.pictures:
                return URLFetcherResponse(url, self.pictures[url], {"Content-Type": "image/png"})
            if url not in fonts:
                self.refused = FatalURLFetchingError("A report is made of what is bundled with it; it fetches nothing.")
                raise self.refused
            return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/woff2"})

    return BundledOnly
