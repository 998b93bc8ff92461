"""What does a person get from an address, and what is written in the answer?"""

import hashlib
import html
import io
import re
import subprocess
import zipfile
from functools import cache
from http.cookies import SimpleCookie

import pikepdf
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from tests.access.notation import ENTER, HIDDEN, IN, LOGIN, MOVED, NOBODY, REFUSED

HTMX = {False: {}, True: {"HX-Request": "true"}}
TAG = re.compile(r"<[^>]*>")
TOLD = ("/Alt", "/ActualText", "/TU", "/Contents", "/Desc")  # texts of a PDF that no page shows
BROKEN = re.compile(r"[\s\u00ad\u2010-]+")


class Visitor:
    """One person with their open session; nothing but the session is carried from one request to the next."""

    def __init__(self, key, person=None):
        self.key, self.client, self.session = key, Client(), None
        if person is not None:
            self.client.force_login(person)
            self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(self, row, address, *, fragment):
        return self.get(address, fragment=fragment) if row.method == "GET" else self.send(address, row.sends, headers=HTMX[fragment])

    def get(self, address, *, fragment=False):
        return self._anew().get(address, headers=HTMX[fragment])

    def send(self, address, sends, *, headers):
        """A POST by a script of a page that stands open."""
        return self._anew().post(address, sends, headers=headers)

    def _anew(self):
        """The client with its session only; it is the same one each time, since a new one sets up all middleware anew."""
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session} if self.session else {})
        return self.client


def visitors(cast):
    """Everyone of the cast, logged in as they were, and nobody."""
    return {key: Visitor(key, person) for key, person in cast.people.items()} | {NOBODY: Visitor(NOBODY)}


def outcome(response, method, *, fragment, is_open=False):
    """The answer, in a word of the table. A status that no word fits is returned as it is. `is_open`: the address needs no login."""
    status, to = response.status_code, response.get("Location") or response.get("HX-Redirect") or ""
    if status in (301, 302, 303) and to.startswith(resolve_url(settings.LOGIN_URL)) and not is_open:
        return LOGIN if method == "GET" and not fragment else f"{status} to the login page"
    if status == 401 and (not response.content or (method == "POST" and not fragment)):
        return LOGIN  # a script gets no body, a form its words back
    if status in (404, 405):
        return {404: HIDDEN, 405: REFUSED}[status]
    if method == "POST":
        return IN if status in (200, 204, 302, 303, 409, 410, 422, 429) else status
    if status in (302, 303) or to:
        return MOVED
    return ENTER if status in (200, 204, 410) else status  # 410: a link that has lapsed


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def text(response):
    """All that can be read in an answer: its headers and its words, those of a PDF included."""
    content = body(response)
    if response.get("Content-Type", "").startswith("text/calendar"):
        content = content.replace(b"\r\n ", b"")  # a long line goes on in the next
    head = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{head}\n{_said(content)}"


def _said(content):
    """The words of a page, a PDF with what is attached to it, or a packed file such as a .docx."""
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    return _of_parts(content) if content.startswith(b"PK\x03\x04") else html.unescape(content.decode(errors="replace"))


_papers = {}


def _of_parts(content):
    """Every part of a packed file, its properties too; and once more without tags, since a word may be cut by them."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        said = "\n".join(html.unescape(parts.read(name).decode(errors="replace")) for name in parts.namelist())
    return f"{said}\n{TAG.sub('', said)}"


def _of_pdf(content):
    mark = hashlib.sha256(content).digest()
    if mark not in _papers:
        words = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
        facts = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=False).stdout.decode()
        _papers[mark] = f"{words}\n{facts}\n{BROKEN.sub('', words)}\n{_beside(content)}"  # a line may break a word in two
    return _papers[mark]


def _beside(content):
    """What a PDF holds beside its pages: attachments, metadata, alternative texts, the names of its fields."""
    with pikepdf.open(io.BytesIO(content)) as document:
        said = [spec.get_file().read_bytes().decode(errors="replace") for spec in document.attachments.values()]
        said += [f"{name} {spec.filename} {spec.description}" for name, spec in document.attachments.items()]
        metadata = document.Root.get("/Metadata")
        said += [metadata.read_bytes().decode(errors="replace")] if metadata is not None else []
        said += [str(item[key]) for item in document.objects if isinstance(item, pikepdf.Dictionary) for key in TOLD if key in item]
    return "\n".join(said)


@cache
def _pattern(words):
    return re.compile("|".join(re.escape(word) for word in words))


def found(words, said):
    """Which of `words` (a tuple) stand in `said`."""
    return set(_pattern(words).findall(said)) if words else set()


def words_of(cast, key=None):
    """Every secret word; with `key`, only those that this person may not read."""
    return tuple(sorted({secret["word"] for secret in cast.secrets if key is None or key not in secret["readers"]}))
