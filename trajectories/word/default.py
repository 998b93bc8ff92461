"""What does a letter look like when the organisation has no template of its own? Built here, and to download as a beginning."""

import io
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trajectories.word.offered import AGREEMENT

INK, SOFT, THREAD, LINE = "15213A", "596475", "C71529", "D1D8E1"
PROMISE = ["{{ one.who }}", "{{ one.what }}", "{{ one.when }}"]
SANS, SERIF = "Arial", "Georgia"  # on every machine; ours are not


def built(kind):
    """The .docx template of this kind, in the active language."""
    return _built(kind, get_language())


@cache
def _built(kind, language):
    letter = Letter()
    (_agreement if kind == AGREEMENT else _report)(letter)
    return letter.saved()


def when(words, style, line):
    """A line that stands there only when there are words."""
    return (("Normal", f"{{%p if {words} %}}"), (style, line), ("Normal", "{%p endif %}"))


class Letter:
    """A document that is written from above to below, in four styles."""

    def __init__(self):
        from docx import Document  # noqa: PLC0415  costs a tenth of a second
        from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415

        self.mm, self.pt, self.colour = Mm, Pt, RGBColor.from_string
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
        self._style("Normal", SANS, 10, INK, after=4)
        self._style("Title", SERIF, 24, INK, after=10)
        self._style("Heading 1", SANS, 13, INK, bold=True, before=16, after=4)
        self._style("Heading 2", SANS, 10, INK, bold=True, before=8, after=1)
        self._style("Quote", SERIF, 11, INK, after=4)
        self._style("Caption", SANS, 8, SOFT, after=0)

    def _style(self, name, font, size, colour, *, bold=False, before=0, after=0):
        style = self.document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = font, self.pt(size), bold, False
        style.font.color.rgb = self.colour(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(f"{{{fonts.nsmap['w']}}}{script}", font)
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        style.paragraph_format.space_before, style.paragraph_format.space_after = self.pt(before), self.pt(after)
        for border in style.element.pPr.findall(f"{{{fonts.nsmap['w']}}}pBdr"):
            style.element.pPr.remove(border)

    def say(self, words, style="Normal"):
        return self.document.add_paragraph(words, style)

    def head(self):
        """The house at the top, above a thread."""
        self.say("{%p if logo %}"), self.say("{{ logo }}"), self.say("{%p else %}")
        self.say("{{ organisation }}", "Heading 2"), self.say("{%p endif %}")
        line = self.say("")
        self._border(line, THREAD, 12)
        line.paragraph_format.space_after = self.pt(18)

    def _border(self, paragraph, colour, eighths):
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
            below.set(qn(f"w:{name}"), value)
        borders.append(below)
        paragraph._p.get_or_add_pPr().append(borders)

    def each(self, item, of, *lines):
        """`lines` (style, words) once per item of a list."""
        self.say(f"{{%p for {item} in {of} %}}")
        for style, words in lines:
            self.say(words, style)
        self.say("{%p endfor %}")

    def table(self, item, of, heads, cells, widths):
        """A table with a row per item of a list; its first row says what the columns are, also to who hears it."""
        from docx.oxml import OxmlElement  # noqa: PLC0415

        table = self.document.add_table(rows=4, cols=len(heads))
        for row, words in zip(table.rows, (heads, [f"{{%tr for {item} in {of} %}}"], cells, ["{%tr endfor %}"]), strict=True):
            for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
                cell.width = self.mm(width)
                cell.paragraphs[0].text = words[place] if place < len(words) else ""
                cell.paragraphs[0].style = self.document.styles["Caption" if row is table.rows[0] or words is heads else "Normal"]
                if words in (heads, cells):
                    self._border(cell.paragraphs[-1], LINE, 4)
        first = table.rows[0]._tr.get_or_add_trPr()
        first.append(OxmlElement("w:tblHeader"))
        self.say("").paragraph_format.space_after = self.pt(0)

    def saved(self):
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()


def _agreement(letter):
    letter.head()
    letter.say("{{ title }}", "Title")
    letter.say("{{ standing }}", "Caption")
    letter.say(_("Who agrees"), "Heading 1")
    heads = [_("Name"), _("Part"), _("Agreed")]
    letter.table("one", "parties", heads, ["{{ one.name }}", "{{ one.role }}", "{{ one.said }}"], (60, 40, 60))
    letter.say("{%p for section in sections %}")
    letter.say("{{ section.heading }}", "Heading 1")
    letter.say("{%p if section.body %}"), letter.say("{{ section.body }}"), letter.say("{%p endif %}")
    letter.each("point", "section.points", ("List Bullet", "{{ point }}"))
    letter.say("{%p endfor %}")
    letter.say("{%p if commitments %}"), letter.say(_("What each promises"), "Heading 1")
    letter.table(
        "one", "commitments", [_("Who"), _("What"), _("When")], ["{{ one.who }}", "{{ one.what }}", "{{ one.when }}"], (40, 80, 40)
    )
    letter.say("{%p endif %}")


def _report(letter):
    letter.head()
    letter.say("{{ title }}", "Title")
    letter.each("fact", "facts", ("Caption", "{{ fact }}"))
    letter.table(
        "one", "parties", [_("Name"), _("Part"), _("Work")], ["{{ one.name }}", "{{ one.role }}", "{{ one.function }}"], (60, 40, 60)
    )
    letter.say("{%p if summary %}"), letter.say("{{ summary }}", "Quote"), letter.say("{%p endif %}")
    letter.say(_("From start to now"), "Heading 1")
    letter.say("{%p if headline %}"), letter.say("{{ headline }}"), letter.say("{%p endif %}")
    _goals(letter)
    letter.say(_("In their own words"), "Heading 1")
    letter.say("{%p if quote %}"), letter.say("‘{{ quote }}’", "Quote"), letter.say("{%p endif %}")
    letter.say("{%p for voice in voices %}"), letter.say("{{ voice.who }}", "Heading 2")
    letter.each("answer", "voice.answers", ("Caption", "{{ answer.question }}"), ("Quote", "{{ answer.words }}"))
    letter.say("{%p endfor %}")
    letter.say("{%p if differences %}"), letter.say("{{ differences }}"), letter.say("{%p endif %}")
    _end(letter)


def _goals(letter):
    letter.say("{%p for goal in goals %}"), letter.say("{{ goal.number }}. {{ goal.title }}", "Heading 2")
    letter.say(_("At the start") + " ({{ goal.start }})", "Caption"), letter.say("{{ goal.now }}", "Quote")
    letter.say("{%p if goal.then %}"), letter.say(_("Agreed"), "Caption")
    letter.say("{{ goal.then }}", "Quote"), letter.say("{%p endif %}")
    letter.say(_("Now") + "{% if goal.outcome %} ({{ goal.outcome }}){% endif %}", "Caption"), letter.say("{{ goal.came_to }}", "Quote")
    letter.each("remark", "goal.remarks", ("Normal", "{{ remark.who }}: {{ remark.words }}"))
    letter.say("{%p endfor %}")


def _end(letter):
    letter.say(_("What makes it last"), "Heading 1")

    letter.table("one", "lasting", [_("Who"), _("What"), _("When")], PROMISE, (40, 80, 40))
    letter.say("{%p if commitments %}")
    letter.table("one", "commitments", [_("Promised"), _("What"), _("What became of it")], PROMISE, (40, 80, 40))
    letter.say("{%p endif %}")
    letter.say("{{ effort }}"), letter.say("{%p if without_third %}"), letter.say("{{ without_third }}"), letter.say("{%p endif %}")
    letter.say(_("Signed"), "Heading 1")
    said, remark = "{{ one.role }}. {{ one.said }}", when("one.remark", "Quote", "{{ one.remark }}")
    letter.each("one", "signatures", ("Heading 2", "{{ one.name }}"), ("Caption", said), *remark)
    letter.say(_("A copy in the form of a letter. The report itself is the sealed PDF with this number:") + " {{ number }}.", "Caption")
