"""Do sealed words stay sealed until look() opens them? (architecture 19, 20)"""

import ast
from functools import partial

from tests.guards import Guard, tree
from tests.guards.doors import DOORS, MANAGERS
from tests.guards.syntax import called, chain, line, texts, walk

OPENERS = {"opened", "open_boxes", "reseal"}
MAY_OPEN = {"coaching/sealed.py", "coaching/traces.py", "coaching/resealing.py"}
CIPHERS = {"AESGCM", "Fernet"}


def opened(source):
    """Only look() opens boxes, since it leaves the trace in the same transaction."""
    offences = [line(node, f"{called(node)}()") for node in walk(source, ast.Call) if called(node) in OPENERS]
    for node in walk(source, ast.ImportFrom):
        offences += [line(node, f"imports {a.name}") for a in node.names if a.name in OPENERS | CIPHERS]
    return offences


def copied(source, sealed=frozenset({"words", "then"})):
    """A box belongs to its row: F(), update(), values() and order_by() carry it elsewhere."""
    offences = []
    for node in walk(source, ast.Call):
        name = called(node)
        if name == "F":
            named = _ends(texts(node.args))
        elif name == "update" and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords if not _nothing(keyword.value)}
        elif name in {"bulk_update", "values", "values_list", "order_by"}:
            named = _ends(texts([*node.args, *(keyword.value for keyword in node.keywords)]))
        else:
            continue
        offences += [line(node, f"{name}() of sealed {field}") for field in sorted(named & sealed)]
        if name in {"values", "values_list"} and not node.args and not node.keywords and (DOORS | MANAGERS) & set(chain(node)):
            offences.append(line(node, f"{name}() of every column"))
    return offences


def _nothing(node):
    """Emptying a column is no copy: an erasure does it."""
    return isinstance(node, ast.Constant) and node.value is None


def _ends(names):
    return {name.lstrip("-").rsplit("__", 1)[-1] for name in names}


def everything_else():
    return [path for path in tree.python() if tree.place(path) not in MAY_OPEN]


def with_fields(sealed):
    """The guard against copies, for the sealed fields that the models have."""
    finds = partial(copied, sealed=frozenset(sealed))
    finds.__name__ = "copied"
    return finds


GUARDS = [
    Guard(
        opened,
        everything_else,
        bad=("x = field.opened(row)", "open_boxes(row)", "from coaching.sealed import open_boxes", "from x import AESGCM"),
        good=("look(rows, by=p, at=at)", "row.opened_at", "from coaching.traces import look"),
    ),
    Guard(
        copied,
        tree.python,
        bad=(
            "Goal.objects.update(old=F('words'))",
            "x = F('goal__then')",
            "rows.update(words='x')",
            "Goal.objects.bulk_update(rows, ['then'])",
            "rows.values('pk', 'words')",
            "rows.values_list('goal__words', flat=True)",
            "Goal.objects.readable_by(p).values()",
            "rows.order_by('-words')",
        ),
        good=(
            "rows.update(shared_at=at)",
            "x = {}.values()",
            "rows.values_list('pk', flat=True)",
            "F('worded_at')",
            "rows.update(words=None)",
        ),
    ),
]
