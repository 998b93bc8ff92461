"""How do guards read Python? As a tree, with a parent for every node and the chain of names behind a call."""

import ast
from functools import cache


@cache
def nodes(source):
    """Every node of the syntax tree of `source`, which knows its `parent`. Many guards read the same files: each is parsed once."""
    found = list(ast.walk(ast.parse(source)))
    for node in found:
        for child in ast.iter_child_nodes(node):
            child.parent = node
    return found


def walk(source, *kinds):
    return [node for node in nodes(source) if isinstance(node, kinds)]


def chain(node):
    """The names of `a.b(…).c[…].d` from the outside in: ["d", "c", "b", "a"]."""
    names = []
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return [*names, node.id] if isinstance(node, ast.Name) else names


def called(node):
    """The last name of what is called: "filter" in `x.filter(…)`, "F" in `F(…)`."""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", None)


def functions(source):
    return walk(source, ast.FunctionDef, ast.AsyncFunctionDef)


def texts(nodes):
    """The strings among `nodes`, lists of strings included."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield from texts(node.elts)


def line(node, words):
    return f"line {node.lineno}: {words}"
