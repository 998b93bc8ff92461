"""Do models carry the verbs, with the asker as an argument? (architecture 4, 6, 7)"""

import ast

from tests.guards import Guard, tree
from tests.guards.syntax import functions, line, walk

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
PER_THREAD = {"trajectories/report/paper.py"}  # pango's font maps are not to be shared between threads; nobody's person is in it
AMBIENT = {"threading.local", "contextvars", "asgiref.local", "crum"}
# Public writers that nobody asks for, "Class.method": the reason. An entry that no longer occurs fails too.
NOBODY_ASKS = {
    "Life.follow": "what follows from an assent, inside its verb",
    "LogVersion.keep": "what an edit of a shared log leaves behind, inside that verb (R10)",
    "Report.of": "what follows from the last signature, inside that verb (R23)",
    "Part.leave": "how a seat ends, inside a hand-over, a refusal or a stop",
    "LinkInvitation.close": "what follows from an answer, inside its verb",
    "LinkInvitation.keep": "what is typed behind a link is of the invitation, not of a person (R18)",
    "FollowUp.ask": "what `manage.py day` asks months after closing (R20)",
    "Addendum.issue": "what `manage.py day` puts beside a report once the answers are in (R20)",
    "Figures.keep": "what `manage.py day` counts once a half-year is over; of nobody in particular",
}


def askerless(source, listed=NOBODY_ASKS):
    """Every verb is told who asks: `by`, by keyword only. A step inside a verb may be told the asker's `seat` instead."""
    offences = []
    for model in walk(source, ast.ClassDef):
        methods = {node.name: node for node in model.body if isinstance(node, ast.FunctionDef)}
        for name, method in methods.items():
            private = name.startswith("_") or name in {"save", "delete"} or f"{model.name}.{name}" in listed
            told = "by" in {argument.arg for argument in method.args.kwonlyargs} or "seat" in _arguments(method)
            if not (private or told) and _writes(method, methods, set()):
                offences.append(line(method, f"{model.name}.{name} writes without keyword-only `by`"))
    return offences


def _arguments(method):
    return {argument.arg for argument in [*method.args.args, *method.args.kwonlyargs]}


def _writes(method, methods, seen):
    """Whether it writes itself or through a private method of its own class."""
    seen.add(method.name)
    for node in ast.walk(method):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES and (node.func.attr != "update" or node.keywords):
                return True
            own = methods.get(node.func.attr) if getattr(node.func.value, "id", "") in {"self", "cls"} else None
            if own and own.name.startswith("_") and own.name not in seen and _writes(own, methods, seen):
                return True
    return False


def positional_askers(source):
    """`by` and `at` are keywords wherever a verb has them."""
    offences = []
    for node in functions(source):
        named = {argument.arg for argument in node.args.args + node.args.posonlyargs if not node.name.startswith("_")}
        offences += [line(node, f"{node.name}: `{name}` is not keyword-only") for name in sorted(named & {"by"})]
    return offences


def ordered_by_habit(source):
    """A queryset says in what order; Meta.ordering says it everywhere and unseen."""
    metas = [node for node in walk(source, ast.ClassDef) if node.name == "Meta"]
    sets = [node for meta in metas for node in meta.body if isinstance(node, ast.Assign)]
    return [line(node, "Meta.ordering") for node in sets if any(getattr(target, "id", "") == "ordering" for target in node.targets)]


def ambient(source):
    """No thread-local: the asker is an argument."""
    offences = [line(node, "threading.local") for node in walk(source, ast.Attribute) if ast.unparse(node) == "threading.local"]
    for node in walk(source, ast.Import, ast.ImportFrom):
        module = getattr(node, "module", None) or ""
        names = {alias.name for alias in node.names} | {f"{module}.{alias.name}" for alias in node.names} | {module}
        offences += [line(node, name) for name in sorted(names & AMBIENT)]
    return offences


def almighty(source):
    """Nobody stands above the doors: no superuser, no admin site."""
    offences = [line(node, "is_superuser") for node in walk(source, ast.Attribute) if node.attr in {"is_superuser", "is_staff"}]
    offences += [line(node, "is_superuser") for node in walk(source, ast.Name) if node.id in {"is_superuser", "is_staff"}]
    offences += [line(node, "is_superuser=") for node in walk(source, ast.keyword) if node.arg in {"is_superuser", "is_staff"}]
    for node in walk(source, ast.Import, ast.ImportFrom, ast.Constant):
        named = [node.value] if isinstance(node, ast.Constant) else [getattr(node, "module", ""), *(f"{a.name}" for a in node.names)]
        named += [f"{getattr(node, 'module', '')}.{a.name}" for a in getattr(node, "names", [])]
        offences += [line(node, "django.contrib.admin") for name in named if str(name).startswith("django.contrib.admin")][:1]
    return offences


def signalled(source):
    """Verbs call what follows; nothing listens from afar."""
    offences = []
    for node in walk(source, ast.Import, ast.ImportFrom):
        module = getattr(node, "module", None) or ""
        names = [f"{module}.{alias.name}" if module else alias.name for alias in node.names]
        offences += [line(node, name) for name in names if "signals" in name.split(".") or name.startswith("django.dispatch")]
    return offences


def without_font_maps():
    return [path for path in tree.python() if tree.place(path) not in PER_THREAD]


GUARDS = [
    Guard(
        askerless,
        tree.trajectory_models,
        bad=(
            "class Goal:\n    def close(self):\n        self.save()",
            "class Goal:\n    def close(self, by):\n        Goal.objects.create(a=1)",
            "class Goal:\n    def close(self, *, at):\n        self._end(at)\n    def _end(self, at):\n        self.rows.update(a=1)",
        ),
        good=(
            "class Goal:\n    def close(self, *, by, at):\n        self.save()",
            "class Goal:\n    def _close(self):\n        self.save()",
            "class Goal:\n    def measure(self, *, seat, at):\n        self.save()",
            "class Goal:\n    def words(self):\n        facts = {}\n        facts.update(self.x)\n        return facts",
        ),
    ),
    Guard(
        positional_askers,
        tree.trajectory_models,
        bad=("def close(self, by): pass",),
        good=("def close(self, *, by, at): pass", "def state(self, at): pass", "def _mine(self, by): pass"),
    ),
    Guard(
        ordered_by_habit,
        tree.models,
        bad=("class G:\n    class Meta:\n        ordering = ['pk']",),
        good=("class G:\n    class Meta:\n        indexes = []", "ordering = 1"),
    ),
    Guard(
        ambient,
        without_font_maps,
        bad=(
            "import threading\nx = threading.local()",
            "from threading import local",
            "import contextvars",
            "from contextvars import ContextVar",
        ),
        good=("import threading\nx = threading.Lock()", "from django.utils.timezone import localtime"),
    ),
    Guard(
        almighty,
        tree.python,
        bad=("if person.is_superuser: pass", "is_superuser = True", "APPS = ['django.contrib.admin']", "from django.contrib import admin"),
        good=("person.administers", "from django.contrib import messages"),
    ),
    Guard(
        signalled,
        tree.python,
        bad=("from django.db.models.signals import post_save", "from django.dispatch import receiver", "import coaching.signals"),
        good=("from django.db.models import F",),
    ),
]
