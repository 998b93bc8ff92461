"""Does a view only open doors, ask forms, call verbs and answer? (architecture 6, 7, 12, 14, 16)"""

import ast

from tests.guards import Guard, tree
from tests.guards.syntax import called, functions, line, walk

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERIES = {"filter", "exclude"}
OURS_TO_SET = {"self", "response", "request", "answer"}
DRAWING = {"render", "render_to_string", "TemplateResponse", "SimpleTemplateResponse"}


def written_by_hand(source):
    """Saving is a verb of the model; neither a view nor a form does it."""
    calls = walk(source, ast.Call)
    return [
        line(node, f".{called(node)}() outside a verb") for node in calls if isinstance(node.func, ast.Attribute) and called(node) in WRITES
    ]


def facts_set(source):
    """A view sets no field of a row."""
    offences = []
    for node in walk(source, ast.Assign, ast.AugAssign, ast.AnnAssign):
        for target in getattr(node, "targets", None) or [node.target]:
            for part in getattr(target, "elts", [target]):
                if isinstance(part, ast.Attribute) and getattr(part.value, "id", "") not in OURS_TO_SET:
                    offences.append(line(node, f".{part.attr} is set outside a verb"))
    return offences + [line(node, "setattr()") for node in walk(source, ast.Call) if called(node) == "setattr"]


def queried(source):
    """Querysets have words; a view uses those."""
    calls = walk(source, ast.Call)
    return [line(node, f".{called(node)}( in a view") for node in calls if isinstance(node.func, ast.Attribute) and called(node) in QUERIES]


def drawn_elsewhere(source):
    """Only respond() answers with a template, since it sets Vary and knows fragments."""
    offences = [
        line(node, f"{called(node)}()") for node in walk(source, ast.Call) if isinstance(node.func, ast.Name) and called(node) in DRAWING
    ]
    for node in walk(source, ast.ImportFrom):
        offences += [line(node, f"imports {a.name}") for a in node.names if a.name in DRAWING and str(node.module).startswith("django")]
    return offences


def verbs_by_get(source):
    """A view that only runs a verb and goes on says @require_POST."""
    offences = []
    for view in functions(source):
        names = {called(node) for node in ast.walk(view) if isinstance(node, ast.Call)}
        calls = [node for node in ast.walk(view) if isinstance(node, ast.Call) and called(node) != "look"]
        acts = any(keyword.arg == "by" for node in calls for keyword in node.keywords)
        looks_at_method = any(isinstance(node, ast.Attribute) and node.attr in {"method", "posted", "POST"} for node in ast.walk(view))
        is_view = view.args.args and view.args.args[0].arg == "request" and not view.name.startswith("_")
        marked = any("require_POST" in ast.unparse(decorator) for decorator in view.decorator_list)
        if is_view and acts and "redirect" in names and "respond" not in names and not looks_at_method and not marked:
            offences.append(line(view, f"{view.name} runs a verb without @require_POST"))
    return offences


GUARDS = [
    Guard(
        written_by_hand,
        tree.views_and_forms,
        bad=("goal.save()", "Goal.objects.create(x=1)", "rows.update(x=1)", "draft.delete()"),
        good=("goal.reword(by=p, at=now())", "save(goal)", "response.delete_cookie('x')"),
    ),
    Guard(
        facts_set,
        tree.views,
        bad=("goal.closed_at = now()", "trajectory.a, x = 1, 2", "setattr(goal, 'x', 1)", "goal.weight += 1"),
        good=("request.session['x'] = 1", "response.status_code = 409", "form.fields['x'].queryset[0] = q", "goal = 1"),
    ),
    Guard(
        queried,
        tree.views,
        bad=("x = rows.filter(pk=1)", "x = T.objects.visible_to(p).exclude(a=1)"),
        good=("x = T.objects.visible_to(p).running()", "x = filter(None, rows)"),
    ),
    Guard(
        drawn_elsewhere,
        tree.views,
        bad=("from django.shortcuts import render", "x = render(request, 'a.html')", "return_ = TemplateResponse(request, 'x')"),
        good=("from django.shortcuts import redirect", "x = respond(request, 'a.html', {})", "x = page.render(1)"),
    ),
    Guard(
        verbs_by_get,
        tree.views,
        bad=("def close(request, pk):\n    t.close(by=request.user, at=now())\n    return redirect('x')",),
        good=(
            "@require_POST\ndef close(request, pk):\n    t.close(by=request.user, at=now())\n    return redirect('x')",
            "def read(request, pk):\n    look(rows, by=request.user, at=now())\n    return redirect('x')",
            "def edit(request):\n    if request.method == 'POST':\n        t.x(by=request.user)\n        return redirect('x')",
        ),
    ),
]
