"""What does somebody see of a plan before it is taken over? Values that fit in one sealed text."""

from coaching.imports.lines import Note

LISTED = 500  # of each kind; the counts say how many there are


def preview_of(plan, known, rows, heading, close=()):
    """Everything the page shows, as plain values for JSON. Refused rows are there in full, since each must be mended.

    `close` is what beforehand.too_close() says.
    """
    names = {key: name for key, (name, _above) in known.units.items()} | {key: name for key, (name, _above) in plan.units.items()}
    names |= {key: one.name for key, one in known.people.items()} | {one.key: one.line.name for one in plan.added}
    return {
        "counts": plan.counts | {"rows": max(len(rows.rows) - heading.first, 0), "close": len(close)},
        "written": rows.written,
        "first": heading.first,
        "refused": [_noted(note) for note in plan.refused],
        "remarks": [_noted(note) for note in plan.remarks[:LISTED]],
        "added": [
            [one.line.row, one.line.name, one.line.function, names[one.unit], names.get(one.manager, "")] for one in plan.added[:LISTED]
        ],
        "changed": [[one.line.row, one.line.name, _changes(fields, names)] for one, fields in plan.changed[:LISTED]],
        "same": [known.people[key].name for key in plan.same[:LISTED]],
        "absent": [[str(key), known.people[key].name, known.people[key].email] for key in plan.absent[:LISTED]],
        "units": [[name, names.get(above, "")] for name, above in list(plan.units.values())[:LISTED]],
        "close": list(close)[:LISTED],
        "moved": [[names[key], names.get(known.units[key][1], ""), names[above]] for key, above in list(plan.moved.items())[:LISTED]],
    }


def _noted(note):
    return [note.row, note.says, note.kind, note.value, [str(fact) for fact in note.facts]]


def note_of(values):
    """A note as it was, from what was kept of it."""
    row, says, kind, value, facts = values
    return Note(row, says, kind, value, tuple(facts))


def _changes(fields, names):
    return [[kind, _said(before, names), _said(after, names)] for kind, (before, after) in fields.items()]


def _said(value, names):
    return value if isinstance(value, str) else names.get(value, "")
