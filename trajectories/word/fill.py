"""How does a template become a letter? Filled in a sandbox with plain words; what the file says about itself is neutral."""

import io
from datetime import UTC, datetime

from trajectories.report.canonical import plain
from trajectories.word.asking import environment
from trajectories.word.offered import EXAMPLES

LOGO_HIGH = 14  # mm
WHO_MADE_IT = ("author", "last_modified_by", "comments", "keywords", "subject", "category", "content_status", "identifier", "version")


def filled(raw, values, *, title, at=None, logo=b""):
    """The .docx made of template `raw` and `values` (shaped as the examples). Its properties say `title` and `at`, and nothing else."""
    from docx.shared import Mm  # noqa: PLC0415  as below
    from docxtpl import DocxTemplate, InlineImage  # noqa: PLC0415  costs a quarter of a second, and few pages need it

    template = DocxTemplate(io.BytesIO(raw))
    template.init_docx()
    _neutral(template.docx.core_properties, title, at or datetime.now(UTC))
    picture = InlineImage(template, io.BytesIO(logo), height=Mm(LOGO_HIGH)) if logo else ""
    template.render(_plain(values) | {"logo": picture}, environment(), autoescape=True)
    _neutral(template.docx.core_properties, title, at or datetime.now(UTC))
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def example_of(kind):
    """Values to try a template with."""
    return EXAMPLES[kind]


def _neutral(properties, title, at):
    """Templates carry the name of who made them; a letter does not."""
    for name in WHO_MADE_IT:
        setattr(properties, name, "")
    properties.title, properties.revision = title, 1
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)


def _plain(value):
    """Words as they are printed, without signs that XML cannot hold; empty where there are none."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return "" if value is None else plain(str(value))
