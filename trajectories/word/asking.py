"""Does a template ask only for what it may? Its tags are read, not run: names that exist, loops over lists, conditions."""

from django.utils.translation import gettext as _
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coaching.refusals import Refused

MAY_STAND = (nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Not, nodes.And, nodes.Or)
LOOP = {"first": True, "last": True, "index": 1, "length": 1}  # what docxtpl itself asks of a loop
MOST = 400  # tags in one part


def environment():
    """Where templates are filled: nothing to call, nothing to reach, everything escaped."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    made.globals.clear(), made.filters.clear(), made.tests.clear()
    return made


def check(xml, examples):
    """Raises Refused for tags in `xml` (already patched by docxtpl) that are broken, unknown or more than a letter needs."""
    try:
        tree = environment().parse(xml)
    except TemplateSyntaxError as wrong:
        raise Refused(_("A placeholder in this template is not closed or not understood: %(said)s") % {"said": wrong.message}) from wrong
    if len(list(tree.find_all((nodes.Output, nodes.For, nodes.If)))) > MOST:
        raise Refused(_("This template has too many placeholders."))
    _statements(tree.body, examples, outer=None)


def _statements(body, known, *, outer):
    """`known`: name -> example here; `outer` is the name of the loop around it."""
    for node in body:
        if isinstance(node, nodes.For):
            _loop(node, known, outer)
        elif isinstance(node, nodes.If):
            _expression(node.test, known)
            for branch in (node.body, node.elif_, node.else_):
                _statements(branch, known, outer=outer)
        elif isinstance(node, nodes.Output):
            for one in node.nodes:
                _expression(one, known)
        else:
            _too_much(node)


def _loop(node, known, outer):
    """Over a list; within another loop only over a list of its own, so that what comes out never grows faster than what goes in."""
    example = _expression(node.iter, known)
    if not isinstance(example, list) or not isinstance(node.target, nodes.Name) or node.recursive or node.test:
        _too_much(node)
    if outer and _root(node.iter) != outer:
        raise Refused(_("Within a list this template may only go through a list of its own."))
    inner = known | {node.target.name: example[0], "loop": LOOP}
    _statements(node.body, inner, outer=node.target.name)
    _statements(node.else_, known, outer=outer)


def _expression(node, known):
    """The example behind an expression; Refused when there is none."""
    if not isinstance(node, MAY_STAND):
        _too_much(node)
    if isinstance(node, nodes.Name):
        return _found(known, node.name, node.name)
    if isinstance(node, nodes.Getattr):
        of = _expression(node.node, known)
        return _found(of if isinstance(of, dict) else {}, node.attr, _said(node))
    for child in node.iter_child_nodes():
        _expression(child, known)
    return None


def _found(values, name, said):
    if name not in values:
        raise Refused(_("This template asks for “%(name)s”, which does not exist.") % {"name": said})
    return values[name]


def _root(node):
    while isinstance(node, nodes.Getattr):
        node = node.node
    return getattr(node, "name", "")


def _said(node):
    return f"{_said(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else getattr(node, "name", "")


def _too_much(node):
    raise Refused(_("This template does something that a letter does not need (%(what)s).") % {"what": type(node).__name__})
