"""Is what we agreed kept, everywhere, and would each guard notice if it were not? (architecture 25)"""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.guards import Guard, catalogue, doors, models, sealing, sizes, styles, syntax, templates, tree, verbs, views

GUARDS = [guard for subject in (doors, views, sealing, templates, sizes, verbs) for guard in subject.GUARDS]
BITES = [pytest.param(guard, bad, id=f"{guard.name}-{number}") for guard in GUARDS for number, bad in enumerate(guard.bad)]
PASSES = [pytest.param(guard, good, id=f"{guard.name}-{number}") for guard in GUARDS for number, good in enumerate(guard.good)]
# Files that may mark text as safe, with the reason. Short, and an entry that is no longer needed fails.
MAY_MARK_SAFE = {}
DUTCH = tree.ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module", autouse=True)
def trees_are_let_go():
    """A million nodes are of no use to other tests."""
    yield
    syntax.nodes.cache_clear()


def offences(guard: Guard):
    return [f"{tree.place(path)}: {offence}" for path in guard.over() for offence in guard.finds(path.read_text())]


def for_the_real_models(guard):
    """The guards that need to know names of fields and accessors get them from the models as they are now."""
    if guard.finds is doors.undoored:
        finds = partial(doors.undoored, accessors=models.accessors(), words=models.queryset_words())
    elif guard.finds is sealing.copied:
        finds = sealing.with_fields(models.sealed_names())
    elif guard.finds is templates.tokenless_includes:
        finds = partial(templates.tokenless_includes, needing=templates.needing_token())
    else:
        return guard
    return Guard(finds, guard.over, guard.bad, guard.good)


@pytest.mark.parametrize(("guard", "bad"), BITES)
def test_the_guard_bites(guard, bad):
    assert guard.finds(bad)


@pytest.mark.parametrize(("guard", "good"), PASSES)
def test_the_guard_lets_pass(guard, good):
    assert guard.finds(good) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_the_house_keeps_it(guard):
    found = offences(for_the_real_models(guard))
    assert not found, "\n" + "\n".join(found)


def test_reverse_accessors_of_the_models_are_known():
    finds = partial(doors.undoored, accessors={"goals"}, words={"agreed"})
    assert finds("x = trajectory.goals.agreed()") and finds("x = trajectory.goals.get(pk=1)")
    assert finds("x = trajectory.goals.readable_by(p).agreed()") == []


def test_nobody_marks_text_as_safe():
    marking = {
        tree.place(p) for p in tree.python() if {"mark_safe", "SafeString", "html_safe"} & set(p.read_text().replace("(", " ").split())
    }
    assert marking == set(MAY_MARK_SAFE)


def test_files_are_named_after_their_subject():
    assert sizes.drawers("coaching/utils.py\ntemplates/helpers.html") and not sizes.drawers("coaching/goals.py")
    files = [*tree.python(), *tree.tests(), *tree.stylesheets(), *tree.scripts(), *tree.templates()]
    names = {tree.place(path) for path in files if tree.place(path) != "templates/base.html" and path.name != "base.css"}
    assert sizes.drawers("\n".join(sorted(names))) == []


def test_listed_exceptions_still_occur():
    occurring = "\n".join(path.read_text() for path in tree.trajectory_models())
    assert [name for name in verbs.NOBODY_ASKS if f"def {name.split('.')[1]}(" not in occurring] == []


LAYERS = """[importlinter]
root_packages =
    coaching
    trajectories
    sessions

[importlinter:contract:layers]
name = sessions -> trajectories -> coaching
type = layers
layers =
    sessions
    trajectories
    coaching
"""


def linted(folder, *arguments):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_imports_run_one_way():
    kept = linted(tree.ROOT)
    assert kept.returncode == 0, kept.stdout


@pytest.mark.parametrize(
    ("app", "wrong"), [("coaching", "trajectories"), ("coaching", "sessions"), ("trajectories", "sessions"), ("sessions", None)]
)
def test_the_import_contract_bites(tmp_path, app, wrong):
    for name in tree.APPS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / app / "goals.py").write_text(f"import {wrong}\n" if wrong else "import trajectories, coaching\n")
    (tmp_path / "contract.ini").write_text(LAYERS)
    assert linted(tmp_path, "--config", "contract.ini").returncode == (1 if wrong else 0)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_of_words_has_a_door():
    assert models.doorless(models.ours()) == []


def test_only_these_kinds_of_rows_are_seen():
    assert models.seen(models.ours()) == []


def test_every_table_of_words_names_its_term():
    sealed = [model for model in models.ours() if models.is_sealed(model)]
    named = models.named_in_dossier()
    assert models.termless(sealed, set()) == sorted(model._meta.label for model in sealed)
    if any(model.__module__.startswith("trajectories") for model in sealed):
        assert named is not None, "There are words to keep, but trajectories/sources.py has no list `dossier` that says for how long."
    assert models.termless(sealed, named or set(sealed)) == []


def test_every_class_is_worn():
    assert styles.unworn([".a .b-c:hover, .d{x:.5em} .m--coach{}"], ['<p class="a m--{{ part }}">', "kind = 'd'"]) == ["b-c"]
    assert styles.unworn([path.read_text() for path in tree.stylesheets()], styles.wearers()) == []


POT = 'msgid "One"\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n\nmsgid "Three"\nmsgstr ""\n'


def test_the_catalogue_guards_bite():
    half = 'msgid "One"\nmsgstr "Een"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Twee"\n'
    assert catalogue.untranslated(POT, half) == ["fuzzy: Two", "missing: Three"]
    assert catalogue.untranslated(POT, POT.replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Een"'))[0] == "empty: Two"
    assert catalogue.shouted('msgid "Done"\nmsgstr "Succesvol bewaard"\n\nmsgid "Hi"\nmsgstr "Hoi!"\n') != []
    assert catalogue.shouted(half) == []


def test_every_sentence_has_its_dutch(tmp_path):
    assert catalogue.untranslated(catalogue.collected(tmp_path), DUTCH.read_text()) == []


def test_nobody_shouts():
    assert catalogue.shouted(DUTCH.read_text()) == []


def test_the_compiled_catalogue_is_the_written_one():
    assert catalogue.differing(DUTCH.read_text(), DUTCH.with_suffix(".mo").read_bytes()) == []
