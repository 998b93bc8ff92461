"""Are letters filled with words and nothing else, from templates that can do no harm, for the readers of the PDF alone?"""

import io
import zipfile

import pytest
from django.utils.translation import override
from docx import Document
from PIL import Image

from coaching.refusals import Refused
from tests.trajectories.letter_parts import letter, said_by, words_of
from tests.trajectories.report_example import ENGLISH, THREE, marks
from trajectories.word import report, template
from trajectories.word.default import built
from trajectories.word.fill import filled
from trajectories.word.offered import AGREEMENT, EXAMPLES, KINDS, REPORT, listed

CODE = "01ABC" * 4


def altered(raw, **parts):
    """`raw` with other bytes in some parts; new ones too."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, parts.pop(name)(content) if name in parts else content)
        for name, content in parts.items():
            after.writestr(name, content(b""))
    return made.getvalue()


# what is filled in


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_our_own_template_passes_its_own_check(kind, language):
    with override(language):
        assert template.checked(built(kind), kind) == built(kind)


def test_the_report_says_all_that_the_pdf_says():
    with override("en"):
        raw = filled(
            built(REPORT), report.values(ENGLISH, marks(ENGLISH), CODE), title="Closing report RD-2026-0007", at=marks(ENGLISH)[-1].at
        )
    said = said_by(raw)
    assert "{{" not in said and "{%" not in said
    for goal in ENGLISH.goals:
        assert goal.title in said and goal.now in said and goal.then in said and goal.sentence in said
    for one in (*ENGLISH.lasting, *ENGLISH.commitments):
        assert one.what in said
    assert all(answer.words in said for voice in ENGLISH.voices for answer in voice.answers)
    assert all(f"{mark.name}\n" in said for mark in marks(ENGLISH)) and "2026, 14:48" in said
    assert ENGLISH.effort in said and "sealed PDF" in said and "RD-2026-0007" in said


def test_it_is_made_of_headings_and_tables_with_a_head():
    raw = filled(built(REPORT), report.values(THREE, marks(THREE), CODE), title="-")
    document = Document(io.BytesIO(raw))
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Title") == 1 and styles.index("Title") < styles.index("Heading 1") < len(styles) - styles[::-1].index("Heading 2")
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables) and len(document.tables) == 3


def test_its_properties_are_neutral():
    document = Document()
    document.core_properties.author = document.core_properties.last_modified_by = "Piet Sjabloonmaker"
    document.core_properties.title = document.core_properties.comments = "{{ title }}"
    document.add_paragraph("{{ title }}")
    file = io.BytesIO()
    document.save(file)
    raw = filled(file.getvalue(), EXAMPLES[REPORT], title="Eindverslag RD-2026-0007", at=marks(THREE)[-1].at)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "Piet" not in words_of(raw) and "ruimte" not in core and "Eindverslag RD-2026-0007" in core and "2026-12-17" in core


@pytest.mark.parametrize(
    "odd", ["{{ 7*7 }} {% for x in y %}", "<w:p>&lt;b> & \"x\" 'y'", "a\nb", "\x00\x07\x0c", "{_{ }_}", "👩🏽‍⚕️ \u202eomgekeerd"]
)
def test_words_stay_words(odd):
    raw = filled(letter("{{ title }}"), EXAMPLES[REPORT] | {"title": f"A{odd}Z"}, title="-")
    said = Document(io.BytesIO(raw)).paragraphs[0].text
    assert said.startswith("A") and said.endswith("Z") and "49" not in said
    if odd.isascii() and odd.isprintable() and "{_{" not in odd:
        assert odd in said
    assert "\n" in said if odd == "a\nb" else True


def test_a_logo_stands_in_it_when_there_is_one():
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    raw = filled(built(REPORT), EXAMPLES[REPORT], title="-", logo=file.getvalue())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())
    assert "Zorggroep Merwestede" not in said_by(raw).split("\n")[:3]


# templates that are refused


def refused(raw, kind=REPORT):
    with override("en"), pytest.raises(Refused) as why:
        template.checked(raw, kind)
    return str(why.value)


@pytest.mark.parametrize(
    "line",
    [
        "{{ nothing }}",
        "{{ goals.title }}",
        "{{ title.__class__ }}",
        "{{ title.upper() }}",
        "{{ title|upper }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 1000000 }}",
        "{{ range(9) }}",
        "{{ goals[0].title }}",
        "{% for a in title %}{% endfor %}",
        "{% for a in goals %}{% for b in goals %}{{ b.title }}{% endfor %}{% endfor %}",
        "{% for a in goals recursive %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{{ title ",
        "{% for a in goals %}",
        "{% if loop.first %}{% endif %}",
    ],
)
def test_only_what_exists_can_be_asked(line):
    assert refused(letter(line))


def test_what_is_asked_of_one_kind_is_no_part_of_another():
    assert "goals" in refused(letter("{%p for goal in goals %}", "{{ goal.title }}", "{%p endfor %}"), AGREEMENT)
    assert template.checked(letter("{%p for goal in goals %}", "{{ goal.title }}", "{%p endfor %}"), REPORT)


def test_a_placeholder_in_a_foot_is_checked_and_filled():
    document, file = Document(), io.BytesIO()
    document.sections[0].footer.paragraphs[0].text = "{{ number }}"
    document.save(file)
    template.checked(file.getvalue(), REPORT)
    assert "RD-2026-0007" in words_of(filled(file.getvalue(), EXAMPLES[REPORT], title="-"))
    document.sections[0].footer.paragraphs[0].text = "{{ nothing }}"
    file = io.BytesIO()
    document.save(file)
    refused(file.getvalue())


RELATED = b'<Relationship Id="rId99" Type="http://x/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'
OUTSIDE, LINKED = RELATED % (b"image", b"http://127.0.0.1/spy.png"), RELATED % (b"hyperlink", b"https://example.org/")
RELS, BODY = "word/_rels/document.xml.rels", "word/document.xml"


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": lambda _raw: b"\xd0\xcf"},
        {"word/embeddings/oleObject1.bin": lambda _raw: b"x"},
        {"word/activeX/activeX1.xml": lambda _raw: b"<x/>"},
        {"[Content_Types].xml": lambda raw: raw.replace(b"document.main+xml", b"document.macroEnabled.main+xml")},
        {RELS: lambda raw: raw.replace(b"</Relationships>", OUTSIDE)},
        {BODY: lambda raw: raw.replace(b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://x "/></w:p>')},
        {BODY: lambda raw: raw.replace(b"<w:body>", b"<w:body><w:p><w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r></w:p>")},
        {BODY: lambda raw: raw.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY y "z">]><w:document', 1)},
        {BODY: lambda raw: raw.decode().encode("utf-16")},
        {"word/big.xml": lambda _raw: b"<x>" + b" " * 20_000_000 + b"</x>"},
        {"../outside.xml": lambda _raw: b"<x/>"},
        {"word/run.exe": lambda _raw: b"MZ"},
        {f"word/extra{number}.xml": lambda _raw: b"<x/>" for number in range(200)},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_what_could_do_harm_is_refused(parts):
    assert refused(altered(letter("{{ title }}"), **parts))


def test_a_plain_link_is_no_harm():
    assert template.checked(altered(letter("{{ title }}"), **{RELS: lambda raw: raw.replace(b"</Relationships>", LINKED)}), REPORT)


@pytest.mark.parametrize("raw", [b"", b"PK", b"%PDF-1.7", b"x" * 3_000_000])
def test_another_file_is_refused(raw):
    assert refused(raw)


def test_a_bomb_is_not_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 400_000_000)
    assert len(made.getvalue()) < template.LARGEST
    assert "unpacked" in refused(made.getvalue())


def test_the_list_of_placeholders_is_what_the_check_knows():
    places = [place for place, _example, many in listed(REPORT) if not many and "[" not in place]
    assert template.checked(letter(*(f"{{{{ {place} }}}}" for place in places)), REPORT) and "title" in places
