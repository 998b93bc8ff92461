"""Are rows reached through a door, and only through one? (architecture 1, 2; R25)"""

import ast

from tests.guards import Guard, tree
from tests.guards.syntax import called, chain, line, walk

DOORS = {"visible_to", "readable_by", "editable_by", "open_to"}
DOORS |= {"coordinated_by", "asked_for_by", "seated", "knowable_by"}  # narrower doors of trajectories, each made of one of the above
SAFE = DOORS | {"none"}
NO_MODELS = {"pdf"}  # the objects of a PDF
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# What only a queryset can do; `get`, `count`, `values` and the like are also said to dictionaries and lists.
QUERIES = {"all", "filter", "exclude", "first", "last", "exists", "earliest", "latest", "order_by", "aggregate", "annotate"}
QUERIES |= {"values_list", "in_bulk", "iterator", "select_related", "prefetch_related", "distinct", "select_for_update"}
AMBIGUOUS = {"get", "count", "values", "contains", "create", "update", "delete", "add", "remove", "set"}


def undoored(source, accessors=frozenset(), words=frozenset()):
    """Rows reached without asking who asks. `accessors`: reverse names of the models (goals, parts); `words`: what their querysets say."""
    offences = []
    aliases = _aliases(source)
    for node in walk(source, ast.Attribute, ast.Call):
        if isinstance(node, ast.Attribute):
            offences += _bare_manager(node)
        else:
            offences += _query(node, aliases) or _accessor(node, accessors, words) or _shortcut(node)
    return offences


def _aliases(source):
    """Names that stand for a bare attribute: `goals = trajectory.goals`."""
    assigned = walk(source, ast.Assign, ast.NamedExpr)
    pairs = [(t, node.value) for node in assigned for t in getattr(node, "targets", None) or [node.target]]
    return {target.id for target, value in pairs if isinstance(target, ast.Name) and isinstance(value, ast.Attribute)}


def _bare_manager(node):
    if getattr(node.value, "id", "") in NO_MODELS:
        return []
    goes_on = isinstance(node.parent, ast.Attribute)
    manager = node.attr in MANAGERS or (node.attr.endswith("_set") and goes_on)
    return [line(node, f".{node.attr} without a door")] if manager and not (goes_on and node.parent.attr in SAFE) else []


def _query(node, aliases):
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in QUERIES:
        return []
    receiver = node.func.value
    names = chain(receiver)
    if SAFE & set(names) or MANAGERS & set(names):  # the second is reported by itself
        return []
    if isinstance(receiver, ast.NamedExpr):
        receiver = receiver.target
    if isinstance(receiver, ast.Name):
        return [line(node, f"{receiver.id}.{node.func.attr}() without a door")] if receiver.id in aliases else []
    return [line(node, f".{names[0]}.{node.func.attr}() without a door")] if isinstance(receiver, ast.Attribute) else []


def _accessor(node, accessors, words):
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
        name, verb = node.func.value.attr, node.func.attr
        if verb in {"get", "count"} and node.args and not node.keywords and "Q" not in chain(node.args[0]):
            return []  # a dictionary's or a list's
        if name in accessors and verb in (QUERIES | AMBIGUOUS | words) - SAFE and not SAFE & set(chain(node.func.value)):
            return [line(node, f".{name}.{verb}() without a door")]
    return []


def _shortcut(node):
    if called(node) in {"get_object_or_404", "get_list_or_404"} and node.args:
        first = node.args[0]
        if isinstance(first, ast.Name) and first.id[:1].isupper():
            return [line(node, f"{called(node)}({first.id}) without a door")]
    return []


def joined(source):
    """`|` between two doors gives rows twice, and `Q() | rule` is only the rule."""
    offences, behind_doors = [], set()
    for node in walk(source, ast.Assign):
        if isinstance(node.value, ast.Call) and DOORS & set(chain(node.value)):
            behind_doors |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in walk(source, ast.BinOp, ast.AugAssign):
        if isinstance(node.op, ast.BitOr):
            sides = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.target, node.value]
            if any(_is_door(side, behind_doors) for side in sides):
                offences.append(line(node, "| between doors"))
            if any(isinstance(side, ast.Call) and called(side) == "Q" and not side.args and not side.keywords for side in sides):
                offences.append(line(node, "Q() | is not everything; say ALL"))
    for node in walk(source, ast.Call):
        if called(node) == "union" and DOORS & set(chain(node)):
            offences.append(line(node, "union of doors"))
    return offences


def _is_door(node, behind_doors):
    if isinstance(node, ast.Name):
        return node.id in behind_doors
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and bool(DOORS & set(chain(node)))


GUARDS = [
    Guard(
        undoored,
        tree.showing,
        bad=(
            "Trajectory.objects.get(pk=1)",
            "rows = Goal.objects",
            "x = trajectory.sessions.all()",
            "x = trajectory.parts.filter(person=p)",
            "x = trajectory.goal_set.first()",
            "goals = trajectory.goals\nx = goals.all()",
            "if (logs := session.logs).exists(): pass",
            "x = get_object_or_404(Goal, pk=pk)",
            "Goal._default_manager.all()",
            "x = trajectory.goals.select_related('trajectory').order_by('pk')",
        ),
        good=(
            "x = trajectory.sessions.visible_to(person)",
            "Goal.objects.readable_by(person).agreed().latest_first().first()",
            "x = get_object_or_404(trajectory.goals.editable_by(person), pk=pk)",
            "goals = trajectory.goals.readable_by(p)\nx = goals.first()",
            "x = request.POST.get('x'); y = {}.values(); form.fields['x'].queryset = T.objects.none(); z = self.notes.get(str(name), '')",
            "x = thread(seat); y = forloop.first; z = pdf.objects",
        ),
    ),
    Guard(
        joined,
        tree.python,
        bad=(
            "x = A.objects.visible_to(p) | B.objects.readable_by(p)",
            "mine = A.objects.visible_to(p)\nall = mine | other",
            "rule = Q() | Q(pk=1)",
            "x = A.objects.visible_to(p).union(B.objects.visible_to(p))",
            "rule |= Q()",
        ),
        good=("x = Q(pk=1) | Q(pk=2)", "a = {} | {'x': 1}", "rule &= Q()", "x: int | None = None"),
    ),
]
