"""Is this file a template that we can fill? A .docx within bounds, without macros or anything that calls out, asking for what exists."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from coaching.refusals import Refused
from trajectories.word import asking
from trajectories.word.fill import example_of, filled
from trajectories.word.offered import EXAMPLES

LARGEST = 2 * 1024 * 1024  # bytes of the file
UNPACKED = 16 * 1024 * 1024  # bytes of all its parts
PARTS, ONE_XML = 150, 2 * 1024 * 1024
MAY_BE_IN = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/[\w.-]+"
    r"|word/(?:_rels/|theme/|media/|fonts/|glossary/|theme/_rels/)?[\w.-]+|customXml/(?:_rels/)?[\w.-]+"
)
MEDIA = re.compile(r"\.(?:xml|rels|png|jpe?g|gif|odttf|ttf)$", re.I)
HARM = re.compile(rb"<!DOCTYPE|<!ENTITY|macroEnabled|vbaProject|activeX|oleObject|altChunk|attachedTemplate|subDocument", re.I)
OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
FIELDS = re.compile(rb"\b(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|MACROBUTTON|DATABASE|RD|EMBED)\b")
SAID_IN_FIELD = re.compile(rb"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr=\"([^\"]*)\"", re.S)


def checked(raw, kind):
    """`raw` itself, when it can be filled for this kind of letter. Raises Refused with a sentence for who uploaded it."""
    if len(raw) > LARGEST:
        raise Refused(_("This file is too large for a template. Two megabytes is the maximum."))
    for part in _parts(raw):
        _look_into(*part)
    try:
        _ask(raw, EXAMPLES[kind])
        filled(raw, example_of(kind), title="-")
    except Refused:
        raise
    except Exception as broken:  # whatever a damaged or strange file makes of Word's own libraries
        raise Refused(_("This template cannot be filled. Open it in Word, save it as .docx and try again.")) from broken
    return raw


def _parts(raw):
    """Name and bytes of each part, never more than the bounds, whatever the file says of itself."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = archive.infolist()
        if len(entries) > PARTS or len({entry.filename for entry in entries}) != len(entries):
            raise Refused(_("This file has too many parts for a letter."))
        left = UNPACKED
        for entry in entries:
            with archive.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Refused(_("This file becomes too large when it is unpacked."))
            yield entry.filename, content
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError) as broken:
        raise Refused(_("This is not a .docx file.")) from broken


def _look_into(name, content):
    if name.endswith("/"):
        return
    if not MAY_BE_IN.fullmatch(name) or not MEDIA.search(name):
        raise Refused(_("This file holds something that a letter does not need: %(name)s") % {"name": name[:80]})
    if name.endswith((".xml", ".rels")):
        if len(content) > ONE_XML or b"\0" in content:
            raise Refused(_("A part of this file cannot be read: %(name)s") % {"name": name[:80]})
        if found := HARM.search(content):
            raise Refused(_("This file holds something that could do harm: %(what)s") % {"what": found.group().decode()})
        if any(not LINK.search(one) for one in OUTSIDE.findall(content)):
            raise Refused(_("This file fetches something from outside when it is opened. Put pictures into it instead."))
        if any(FIELDS.search(b" ".join(said)) for said in SAID_IN_FIELD.findall(content)):
            raise Refused(_("This file has a field that fetches something or runs something."))


def _ask(raw, examples):
    from docxtpl import DocxTemplate  # noqa: PLC0415  costs a quarter of a second, and few pages need it

    template = DocxTemplate(io.BytesIO(raw))
    template.init_docx()
    for part in template.docx.part.package.iter_parts():
        if part.partname.endswith((".xml",)) and part.partname.startswith("/word/"):
            xml = template.patch_xml(part.blob.decode())
            asking.check(xml, examples)
