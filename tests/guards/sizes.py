"""Can a file be read in one sitting, and does its name say what it is about? (architecture, "The tree")"""

import ast

from tests.guards import Guard, tree
from tests.guards.syntax import functions, line

REFUSED = {"python": 300, "template": 80, "stylesheet": 120, "function": 25}
DRAWERS = {"utils", "util", "utilities", "helpers", "helper", "common", "base", "services", "signals", "misc", "lib", "tools"}


def long_python(source):
    """Past 250 lines a file asks to be split by subject; past 300 it is refused."""
    return _too_long(source, "python")


def long_template(source):
    return _too_long(source, "template")


def long_stylesheet(source):
    return _too_long(source, "stylesheet")


def _too_long(source, kind):
    lines = len(source.splitlines())
    return [f"{lines} lines, at most {REFUSED[kind]}"] if lines > REFUSED[kind] else []


def long_functions(source):
    """The statements of a function, its docstring not counted."""
    offences = []
    for node in functions(source):
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        span = body[-1].end_lineno - body[0].lineno + 1 if body else 0
        if span > REFUSED["function"]:
            offences.append(line(node, f"{node.name} has {span} lines, at most {REFUSED['function']}"))
    return offences


def wordless(source):
    """A module opens with the question that it answers."""
    module = ast.parse(source)
    return ["no docstring"] if module.body and not (ast.get_docstring(module) or "").strip() else []


def drawers(names):
    """File and folder names, one per line, that say nothing about what is inside."""
    return [name for name in names.splitlines() if name and name.rsplit("/", 1)[-1].split(".")[0] in DRAWERS]


def python_and_tests():
    return tree.python() + tree.tests()


GUARDS = [
    Guard(long_python, python_and_tests, bad=("x\n" * 301,), good=("x\n" * 300,)),
    Guard(long_template, tree.templates, bad=("x\n" * 81,), good=("x\n" * 80,)),
    Guard(long_stylesheet, tree.stylesheets, bad=("x\n" * 121,), good=("x\n" * 120,)),
    Guard(
        long_functions,
        tree.python,
        bad=("def f():\n" + "    x = 1\n" * 26,),
        good=('def f():\n    """One.\n\n    Two.\n    """\n' + "    x = 1\n" * 25, "class A:\n    def f(self):\n        return 1"),
    ),
    Guard(wordless, tree.python, bad=("x = 1",), good=('"""What is it?"""\nx = 1', "")),
]
