"""What does a .docx say, and how is a small one made?"""

import io
import zipfile

from docx import Document


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
