"""In which unit does each person work, and under which unit is that one?"""

import uuid

from coaching.imports.cells import alike
from coaching.imports.circles import circles
from coaching.imports.lines import Note
from coaching.imports.near import index, nearest


class Places:
    """Names of units turned into keys. `new`: key -> name of units that are not here yet."""

    def __init__(self, known):
        self.known, self.new, self._keys, self._near = known, {}, {}, None

    def key(self, name):
        """The key of the unit with this name, a new one where there is none; None where two have it."""
        if name not in self._keys:
            folded = alike(name)
            if folded not in self._keys:
                here = self.known.unit_keys.get(folded, [])
                self._keys[folded] = (here[0] if len(here) == 1 else None) if here else self._make(name)
            self._keys[name] = self._keys[folded]
        return self._keys[name]

    def _make(self, name):
        key = uuid.uuid4()
        self.new[key] = name
        return key

    def settle(self, meant):
        """Give everyone in `meant`, in the order of rows, a unit. Returns the tree that they state (key -> key above) and refusals."""
        stated, refused = {}, []
        for one in meant:
            line = one.line
            one.unit = self.key(line.unit)
            above = self.key(line.parent) if line.parent else None
            if one.unit is None or (line.parent and above is None):
                kind, name = ("unit", line.unit) if one.unit is None else ("parent", line.parent)
                refused.append(Note(line.row, "unit_two", kind, name))
            elif above is not None:
                earlier = stated.setdefault(one.unit, (above, line))
                if earlier[0] != above:
                    refused.append(
                        Note(line.row, "unit_elsewhere", "parent", line.parent, (earlier[1].row, earlier[1].parent, line.parent))
                    )
        tree = {unit: above for unit, (above, _line) in stated.items()}
        return tree, refused + self._mistyped(meant, tree) + self._circles(meant, tree)

    def _mistyped(self, meant, tree):
        """A new unit of which nothing is said but a name that looks like one we know."""
        if not self.known.units or not self.new:
            return []
        self._near = self._near or index(name for name, _parent in self.known.units.values())
        loose = self.new.keys() - tree.keys() - set(tree.values())
        meant_for = {key: near for key in loose if (near := nearest(self.new[key], self._near))}
        return [Note(one.line.row, "unit_near", "unit", one.line.unit, (meant_for[one.unit],)) for one in meant if one.unit in meant_for]

    def _circles(self, meant, tree):
        above = {key: parent for key, (_name, parent) in self.known.units.items()} | tree
        caught = {key for circle in circles(above, tree) for key in circle if key in tree}
        return [
            Note(one.line.row, "unit_circle", "parent", one.line.parent, (one.line.unit,))
            for one in meant
            if one.unit in caught and one.line.parent
        ]
