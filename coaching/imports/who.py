"""Which person is meant by each line: somebody who is here, or somebody new? And who is above them?"""

import uuid
from dataclasses import dataclass

from coaching.imports.cells import address, alike, in_order
from coaching.imports.lines import Note


@dataclass(slots=True)
class Meant:
    """A line with the person it means: `key` of who is here, or a new one; `was` is that person as they are now, or None."""

    line: object
    key: object
    was: object
    email: str
    manager: object = None
    manager_row: int = 0  # where the manager stands, when they are new themselves
    unit: object = None


class Whose:
    """Lines turned into people, one by one: `meant` (row -> Meant), and what is refused or remarked on the way."""

    def __init__(self, known):
        self.known, self.meant, self.refused, self.remarks = known, {}, {}, []
        self.mentioned = set()  # keys of people here that some line speaks of, right or wrong
        self.first = {}  # address or number -> line
        self.rows = {}  # key -> row

    def take(self, line):
        """Find out who is meant by a line."""
        earlier = self.first.get(line.email) or (line.number and self.first.get(("number", line.number)))
        if earlier:
            self._again(line, earlier)
            return
        self.first[line.email] = line
        if line.number:
            self.first["number", line.number] = line
        self._match(line)

    def _again(self, line, earlier):
        if alike(line.name) != alike(earlier.name):
            says = "double" if line.email == earlier.email else "double_number"
            for one, other in ((line, earlier), (earlier, line)):
                kind, value = ("email", one.email) if says == "double" else ("number", one.number)
                self._refuse(Note(one.row, says, kind, value, (other.row,)))
        elif alike(line.unit) != alike(earlier.unit):
            self.remarks.append(Note(line.row, "second_unit", "unit", line.unit, (line.name, earlier.row, line.unit)))
        else:
            self.remarks.append(Note(line.row, "again", "name", line.name, (line.name, earlier.row)))

    def _refuse(self, note):
        self.refused.setdefault(note.row, note)
        self.meant.pop(note.row, None)

    def _match(self, line):
        numbered, addressed = self.known.by_number.get(line.number), self.known.by_email.get(line.email)
        self.mentioned.update(one.key for one in (numbered, addressed) if one)
        was = numbered or addressed
        if numbered and addressed and numbered is not addressed:
            self._refuse(Note(line.row, "email_taken", "email", line.email, (addressed.name,)))
        elif was and not numbered and line.number and was.number:
            self._refuse(Note(line.row, "number_differs", "number", line.number, (was.number,)))
        elif was and was.key in self.rows:
            self._refuse(Note(line.row, "double", "email", line.email, (self.rows[was.key],)))
        else:
            self._accept(line, was)

    def _accept(self, line, was):
        found = Meant(line, was.key if was else uuid.uuid4(), was, line.email)
        self.meant[line.row] = found
        self.rows[found.key] = line.row
        if was and was.email.lower() != line.email and was.fixed:
            found.email = was.email
            self.remarks.append(Note(line.row, "address_own", "email", line.email, (was.name, was.email)))
        if was and not was.active:
            self.remarks.append(Note(line.row, "inactive", "name", line.name, (was.name,)))


class Chain:
    """Managers found by address, number or name, among all who are here and all in the list."""

    def __init__(self, known, meant):
        self.known, self.rows = known, {one.key: one.line.row for one in meant if one.was is None}
        self.by_email = {one.email: one.key for one in meant}
        self.by_number = {one.line.number: one.key for one in meant if one.line.number}
        self.meant, self._names = meant, None

    def find(self, one):
        """Put the manager of `one` (Meant) in its place. Returns a Note when that cannot be, or when it is remarkable."""
        said, line = one.line.manager, one.line
        keys = self._keys(said) if said else set()
        if not said or keys == {one.key}:
            return Note(line.row, "own_manager", "manager", said, (line.name,)) if said else None
        if len(keys) != 1:
            return Note(line.row, "manager_two" if keys else "manager_unknown", "manager", said[:80], () if keys else (line.name,))
        one.manager = next(iter(keys))
        one.manager_row = self.rows.get(one.manager, 0)
        return None

    def _keys(self, said):
        if "@" in said:
            email = address(said)
            key = self.by_email.get(email) or getattr(self.known.by_email.get(email), "key", None)
        else:
            key = self.by_number.get(said) or getattr(self.known.by_number.get(said), "key", None)
        return {key} if key else set() if "@" in said else self.names.get(alike(in_order(said)), set())

    @property
    def names(self):
        """Name -> keys of everyone so called; asked for only when a list names managers by name."""
        if self._names is None:
            self._names = {}
            renamed = {one.key for one in self.meant}
            stay = ((one.name, one.key) for one in self.known.people.values() if one.active and one.key not in renamed)
            for name, key in [*stay, *((one.line.name, one.key) for one in self.meant)]:
                self._names.setdefault(alike(name), set()).add(key)
        return self._names
