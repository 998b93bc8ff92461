"""Are letters filled with words and nothing else, from templates that can do no harm, for the readers of the PDF alone?"""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from PIL import Image

from coaching.models import Trace
from coaching.refusals import Refused
from tests.makers import make_person
from tests.trajectories.issued_story import issued
from tests.trajectories.report_example import ENGLISH, THREE, marks
from trajectories.doors import CLIENT, PARTS
from trajectories.models import LetterTemplate, Trajectory
from trajectories.word import report, template
from trajectories.word.default import built
from trajectories.word.fill import filled
from trajectories.word.offered import AGREEMENT, EXAMPLES, KINDS, REPORT, listed

CODE = "01ABC" * 4


def words_of(raw):
    """All that a .docx says: paragraphs, cells, heads and feet, properties."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))


def said_by(raw):
    document = Document(io.BytesIO(raw))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])


def letter(*lines):
    """A template of these paragraphs."""
    document, made = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


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
        assert goal.title in said and goal.now in said and goal.sentence in said
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


# pages


@pytest.fixture
def story(db):
    return issued()


def at(name, story):
    return reverse(f"trajectories:{name}", args=[story.trajectory.pk])


def test_who_reads_the_pdf_gets_the_letter_and_leaves_a_trace(client, story):
    for part in PARTS:
        client.force_login(story.people[part])
        answer = client.get(at("report_docx", story))
        assert answer["Content-Type"].endswith("wordprocessingml.document") and "{{" not in words_of(answer.content)
        assert story.people[CLIENT].name in said_by(answer.content) and story.people[CLIENT].name not in answer["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert all(person.name not in archive.read("docProps/core.xml").decode() for person in story.people.values())
    assert {one.person_id for one in Trace.objects.filter(act="printed")} == {one.pk for one in story.people.values()}
    client.force_login(make_person("Iris"))
    assert client.get(at("report_docx", story)).status_code == 404


def test_the_agreement_is_a_letter_for_its_parties(cast, client):
    running = Trajectory.objects.get(pk=cast.things["running"].pk)
    place = reverse("trajectories:agreement_docx", args=[running.pk])
    agreed = [one["word"] for one in cast.secrets if one["what"] == "agreement" and one["trajectory"] == "running"]
    for seat in running.seats:
        client.force_login(seat.person)
        said = said_by(client.get(place).content)
        assert all(one.person.name in said for one in running.seats) and agreed and all(word in said for word in agreed)
    client.force_login(cast.people["iris"])
    assert client.get(place).status_code == 404


@pytest.mark.django_db
def test_a_site_administrator_puts_up_a_template_and_takes_it_away(client, story):
    admin = make_person("Ada", administers=True)
    client.force_login(admin)
    page = reverse("trajectories:letter", args=["report"])
    assert client.get(reverse("trajectories:letters")).status_code == client.get(page).status_code == 200
    own = letter("Van het huis: {{ number }}")
    assert client.post(page, {"file": SimpleUploadedFile("eigen.docx", own)})["Location"] == reverse("trajectories:letters")
    assert client.get(reverse("trajectories:letter_template", args=["report"])).content == own
    client.force_login(story.people[CLIENT])
    assert said_by(client.get(at("report_docx", story)).content) == f"Van het huis: {story.report.number}"
    assert client.post(reverse("trajectories:letter_remove", args=["report"])).status_code == 404
    client.force_login(admin)
    client.post(reverse("trajectories:letter_remove", args=["report"]))
    assert not LetterTemplate.objects.exists()
    assert client.get(reverse("trajectories:letter", args=["other"])).status_code == 404


@pytest.mark.django_db
def test_what_is_refused_is_said_and_nothing_is_kept(client):
    client.force_login(make_person("Ada", administers=True))
    page = reverse("trajectories:letter", args=["agreement"])
    for raw in (b"PK", letter("{{ nothing }}"), b"x" * 3_000_000):
        answer = client.post(page, {"file": SimpleUploadedFile("a.docx", raw)})
        assert answer.status_code == 422
    assert client.post(page).status_code == 422 and not LetterTemplate.objects.exists()
