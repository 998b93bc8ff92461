"""What would a staff list change? Added, changed, left alone, refused and absent, before anything is written. Pure: it works on values."""

import hashlib
from dataclasses import dataclass, field

from coaching.imports.cells import alike
from coaching.imports.circles import circles
from coaching.imports.lines import Note
from coaching.imports.places import Places
from coaching.imports.who import Chain, Whose


@dataclass
class Plan:
    """`changed` holds pairs (Meant, {field: (before, after)}); units and managers in it are keys. `units`: key -> (name, key above) of new
    ones; `moved`: key -> key above. `absent` are keys of people who are here, and of whom the list says nothing.
    """

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    absent: list = field(default_factory=list)
    units: dict = field(default_factory=dict)
    moved: dict = field(default_factory=dict)

    @property
    def changes(self):
        return len(self.added) + len(self.changed) + len(self.units) + len(self.moved)

    @property
    def counts(self):
        names = ("added", "changed", "same", "refused", "absent", "units", "moved")
        return {name: len(getattr(self, name)) for name in names} | {"changes": self.changes}


def planned(said, kinds, known):
    """The plan for what a list says (lines.Said), with columns of these `kinds`, where `known` is what is here (known.Known)."""
    whose = Whose(known)
    for line in said.lines:
        whose.take(line)
    refused = dict(whose.refused)
    chain = Chain(known, list(whose.meant.values()))
    for note in filter(None, map(chain.find, list(whose.meant.values()))):
        if note.says == "own_manager":
            whose.remarks.append(note)
        else:
            refused[note.row] = note
    places = Places(known)
    standing, tree = _settled(whose, places, refused, known, "manager" in kinds)
    plan = Plan(refused=sorted([*said.refused, *refused.values()], key=lambda note: note.row))
    plan.remarks = sorted([*said.remarks, *whose.remarks], key=lambda note: note.row)
    plan.absent = _absent(known, whose, said, refused)
    _place(plan, places, standing, tree, known)
    for one in standing:
        _compare(plan, one, kinds)
    return plan


def _settled(whose, places, refused, known, managed):
    """Who is left when every refusal has had its consequences, and the tree of units that they state."""
    reports = {}
    for row, one in whose.meant.items():
        if one.manager_row:
            reports.setdefault(one.manager_row, []).append(row)
    waiting = list(refused)
    while True:
        while waiting:
            for row in reports.get(waiting.pop(), []):
                if row not in refused:
                    line = whose.meant[row].line
                    refused[row] = Note(row, "manager_refused", "manager", line.manager[:80], (whose.meant[row].manager_row,))
                    waiting.append(row)
        standing = [one for row, one in whose.meant.items() if row not in refused]
        tree, found = places.settle(standing)
        found += _managing_each_other(standing, known) if managed else []
        waiting = [note.row for note in found]
        refused |= {note.row: note for note in reversed(found)}
        if not waiting:
            return standing, tree


def _managing_each_other(standing, known):
    above = {key: one.manager for key, one in known.people.items()} | {one.key: one.manager for one in standing}
    mine = {one.key: one for one in standing}
    found = []
    for circle in circles(above, mine):
        names = [mine[key].line.name if key in mine else known.people[key].name for key in circle]
        told = " → ".join([*names[:6], *(["…"] if len(names) > 6 else []), names[0]])
        found += [
            Note(mine[key].line.row, "manager_circle", "manager", mine[key].line.manager[:80], (told,)) for key in circle if key in mine
        ]
    return found


def _absent(known, whose, said, refused):
    """Whom the list does not speak of, not even in a row that was refused."""
    glimpsed = set(said.glimpsed)
    for line in said.lines:
        if line.row in refused:
            glimpsed.update((alike(line.name), line.email, line.number))
    return [
        key
        for key, one in known.people.items()
        if one.active
        and key not in whose.mentioned
        and not (glimpsed and {alike(one.name), one.email.lower(), one.number or "-"} & glimpsed)
    ]


def _place(plan, places, standing, tree, known):
    used = {one.unit for one in standing} | set(tree.values())
    plan.units = {key: (name, tree.get(key)) for key, name in places.new.items() if key in used}
    plan.moved = {key: above for key, above in tree.items() if key in known.units and known.units[key][1] != above}


def _compare(plan, one, kinds):
    was, line = one.was, one.line
    if was is None:
        plan.added.append(one)
        return
    pairs = [("name", was.name, line.name), ("email", was.email, one.email), ("unit", was.unit, one.unit)]
    if line.number:
        pairs.append(("number", was.number or "", line.number))
    if "function" in kinds:
        pairs.append(("function", was.function, line.function))
    if "manager" in kinds:
        pairs.append(("manager", was.manager, one.manager))
    fields = {name: (before, after) for name, before, after in pairs if before != after}
    if fields:
        plan.changed.append((one, fields))
    else:
        plan.same.append(was.key)


def digest(plan, known):
    """A fingerprint of what a plan promises, the same for the same promise whatever keys were made up for it."""
    names = {key: name for key, (name, _parent) in known.units.items()} | {key: name for key, (name, _parent) in plan.units.items()}
    emails = {key: one.email for key, one in known.people.items()} | {one.key: one.email for one in plan.added}
    said = hashlib.sha256()
    for one in plan.added:
        line = one.line
        said.update(repr((line.name, one.email, line.number, line.function, names[one.unit], emails.get(one.manager))).encode())
    for one, fields in plan.changed:
        shown = [(name, names.get(b) or emails.get(b, b), names.get(a) or emails.get(a, a)) for name, (b, a) in fields.items()]
        said.update(repr((one.key, shown)).encode())
    said.update(repr([(name, names.get(above)) for name, above in plan.units.values()]).encode())
    said.update(repr([(str(key), names.get(above)) for key, above in plan.moved.items()]).encode())
    said.update(repr([(note.row, note.says) for note in plan.refused]).encode())
    return said.hexdigest()
