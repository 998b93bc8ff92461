"""Which numbers about people can be told without telling about a person? Five or more in a cell and in its complement (security.md, 9)."""

from itertools import combinations

FEWEST = 5


def publishable(people, partitions):
    """What may be shown of each figure, as {figure: {"shown": {category: number}, "rest": [categories], "others": number or None}}.

    `people`: the keys of all clients of a closed period; `partitions`: {figure: {category: set of keys}}, each a partition of `people`.
    Empty when they are fewer than five. Looked at together, in order: no sum of cells may lie within another, or within everyone, with a
    difference of one to four people. What cannot be shown by itself is `rest`; `others` is how many those are together.
    """
    everyone = frozenset(people)
    if len(everyone) < FEWEST:
        return {}
    known, told = [everyone], {}
    for figure, partition in partitions.items():
        cells = {category: frozenset(keys) for category, keys in partition.items()}
        shown = _shown(cells, known, everyone)
        rest = [category for category in cells if category not in shown]
        others = frozenset().union(*(cells[category] for category in rest))
        told[figure] = {
            "shown": {category: len(cells[category]) for category in shown},
            "rest": rest,
            "others": len(others) if shown else None,
        }
        known += sums([*(cells[category] for category in shown), others] if shown else [])
    return told


def _shown(cells, known, everyone):
    """The categories that may stand by themselves, in their order: the smallest is taken out until nothing can be worked out."""
    shown = [category for category, keys in cells.items() if FEWEST <= len(keys) <= len(everyone) - FEWEST]
    while shown:
        others = everyone.difference(*(cells[category] for category in shown))
        if not gives_away(sums([*(cells[category] for category in shown), others]), known):
            return shown
        shown.remove(min(shown, key=lambda category: len(cells[category])))
    return []


def sums(cells):
    """All sets that a reader can count by adding up cells, the empty one left out."""
    cells = [cell for cell in cells if cell]
    return [frozenset().union(*some) for size in range(1, len(cells) + 1) for some in combinations(cells, size)]


def gives_away(new, known):
    """Does one of two lists of sets lie within one of the other, or of its own, and leave one to four people?"""
    return any(_few(one, other) for one in new for other in [*known, *new])


def _few(one, other):
    smaller, larger = sorted((one, other), key=len)
    return 0 < len(larger) - len(smaller) < FEWEST and smaller < larger
