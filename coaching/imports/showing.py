"""How does a page tell what a list would change? Sentences and columns in the language of who looks."""

from coaching.imports import progress
from coaching.imports.columns import KINDS
from coaching.imports.preview import note_of
from coaching.imports.sentences import said
from coaching.independence import Reason, Why

LISTS = ("refused", "added", "changed", "units", "moved", "absent", "close")
SHOWN = 100  # of each kind on the page; the heading says how many there are


def kinds(names):
    """Kinds of columns as people say them."""
    return [KINDS[name] for name in names]


def page(row, seen, *, asker):
    """What the page of an import shows to `asker`: facts for the template, from the preview's values (may be {}).

    What would come too close is for who coordinates: of a trajectory a site administrator does not even know that it exists.
    """
    if "counts" not in seen:
        return {"seen": None, "percent": _percent(row), "done": _done(row)}
    counts = seen["counts"]
    return {
        "seen": seen,
        "counts": counts,
        "refused": [_refused(values) for values in seen["refused"][:SHOWN]],
        "remarks": [{"row": values[0], "said": said(note_of(values))} for values in seen["remarks"][:SHOWN]],
        "added": [_new(*values) for values in seen["added"][:SHOWN]],
        "changed": [_changed(*values) for values in seen["changed"][:SHOWN]],
        "units": seen["units"][:SHOWN],
        "moved": seen["moved"][:SHOWN],
        "absent": [name for _key, name, _email in seen["absent"][:SHOWN]],
        "close": [_close(*values) for values in seen.get("close", [])[:SHOWN]] if asker.coordinates else [],
        "same": seen["same"],
        "more": {name: max(counts.get(name, 0) - SHOWN, 0) for name in LISTS},
        "more_same": counts["same"] - len(seen["same"]),
        "percent": _percent(row),
    }


def _percent(row):
    return min(100, _done(row) * 100 // row.total) if row.total else 0


def _done(row):
    """Rows that were read or compared, or people that were written."""
    return progress.said(row.pk) if row.phase == "writing" else row.done


def _refused(values):
    note = note_of(values)
    return {"row": note.row, "column": KINDS.get(note.kind, ""), "value": note.value, "said": said(note)}


def _close(one, other, reasons, row):
    return {
        "one": one,
        "other": other,
        "row": row,
        "sentences": [str(Reason(Why[why], name=name, unit=unit)) for why, name, unit in reasons],
    }


def _new(row, name, function, unit, manager):
    return {"row": row, "name": name, "function": function, "unit": unit, "manager": manager}


def _changed(row, name, fields):
    return {
        "row": row,
        "name": name,
        "fields": [{"column": KINDS[kind], "before": before, "after": after} for kind, before, after in fields],
    }


def still_here(absent, people):
    """Of those whom a list did not name (key, name, address), who can still log in. `people`: the accounts that the asker may see."""
    active = {str(key) for key in people.filter(is_active=True, pk__in=[key for key, _name, _email in absent]).values_list("pk", flat=True)}
    return [values for values in absent if values[0] in active]
