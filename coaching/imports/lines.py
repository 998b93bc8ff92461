"""Who does each row name? Cleaned, and refused where it cannot be right: row, column, what stands there, and a sentence."""

from dataclasses import dataclass, field

from coaching.imports import cells
from coaching.imports.columns import KINDS, folded

TEXTS = ("name", "first_name", "infix", "last_name", "function", "unit", "parent")
NUMBER_WIDE = 50
EVERY = 5_000  # rows between two signs of progress


@dataclass(slots=True)
class Line:
    """One person as row `row` has them. `manager` is an address, a staff number or a name; `unit` and `parent` are names of units."""

    row: int
    name: str = ""
    email: str = ""
    number: str = ""
    function: str = ""
    unit: str = ""
    parent: str = ""
    manager: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a row: `says` is a key of sentences.SAYS, filled with `facts`; `value` stands in the column `kind`."""

    row: int
    says: str
    kind: str = ""
    value: str = ""
    facts: tuple = ()


@dataclass
class Said:
    """What the rows of a list say together."""

    lines: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    left: list = field(default_factory=list)
    glimpsed: set = field(default_factory=set)


def lines_of(rows, heading, *, today, progress=None):
    """What the rows below the heading say. `progress(rows)` is called now and then.

    Who no longer works here on `today` is in `left`: not added, and absent if they are here. `glimpsed` are the names, addresses and
    numbers in refused rows: nobody may be called absent because of a typing error.
    """
    found = Said()
    kinds = [(kind, heading.kinds[kind]) for kind in KINDS if kind in heading.kinds]
    again = {folded(name) for name in [*heading.names, *heading.below]}
    for number, row in enumerate(rows[heading.first :], heading.first + 1):
        if progress and number % EVERY == 0:
            progress(number)
        said = {kind: cell for kind, place in kinds if place < len(row) and (cell := row[place])}
        if not said or (folded(next(iter(said.values()))) in again and _is_heading(row, again)):
            continue
        one, last_day = _line(number, said, today)
        if isinstance(one, Note):
            found.refused.append(one)
            found.glimpsed.update(_glimpses(said))
        elif last_day:
            found.left.append(one)
            found.remarks.append(Note(number, "left", "left", last_day, (one.name,)))
        else:
            found.lines.append(one)
    return found


def _glimpses(said):
    values = {kind: cells.cleaned(cell) for kind, cell in said.items()}
    return {cells.alike(text) for text in (_name(values), values.get("email", ""), values.get("number", "")) if text}


def _is_heading(row, names):
    """Whether this row says the heading once more, as printed lists do on each page."""
    said = [folded(cell) for cell in row if cell]
    return len(said) > 1 and all(one in names for one in said)


def _line(row, said, today):
    """The line, or the note that says why there is none; and the day on which they left, or ""."""
    values = {}
    for kind, cell in said.items():
        values[kind] = text = cells.cleaned(cell)
        if wrong := _wrong(kind, cell, text):
            return Note(row, wrong, kind, text[:80]), ""
    name = _name(values)
    if cells.is_nothing(name):
        return Note(row, "no_name", "name"), ""
    email = cells.address(values.get("email", ""))
    if email is None:
        return Note(row, "email_wrong" if values.get("email") else "no_email", "email", values.get("email", "")[:80]), ""
    facts = {
        kind: "" if cells.is_nothing(values.get(kind, "")) else values[kind] for kind in ("unit", "parent", "manager", "function", "number")
    }
    if not facts["unit"]:
        return Note(row, "no_unit", "unit"), ""
    return _gone(Line(row, name, email, **facts), values.get("left", ""), today)


def _wrong(kind, cell, text):
    """Why this cell cannot be taken as it is, or ""."""
    if "\n" in cell.strip() or "\r" in cell.strip():
        return "line_break"
    if kind in TEXTS or kind == "manager":
        if cells.is_formula(text):
            return "formula"
        if not text.isascii() or "?" in text:
            return "lost_letters" if cells.lost_letters(text) else "too_long" if len(text) > cells.WIDE else ""
    return "too_long" if len(text) > (NUMBER_WIDE if kind == "number" else cells.WIDE) and kind != "email" else ""


def _name(values):
    whole = values.get("name", "")
    if "last_name" in values and "first_name" in values or not whole:
        parts = [values.get(part, "") for part in ("first_name", "infix", "last_name")]
        whole = " ".join(part for part in parts if not cells.is_nothing(part)) or whole
    return cells.in_order(whole)


def _gone(line, said, today):
    if cells.is_nothing(said):
        return line, ""
    last = cells.day(said)
    if last is None:
        return Note(line.row, "no_date", "left", said[:80]), ""
    return line, said if last < today else ""
