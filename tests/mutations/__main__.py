"""Plant each leak in a copy of the tree and see whether the tests find it: python -m tests.mutations [words of a name …]

The copy stands in a temporary directory; the tree itself is not touched. First the tests run without any leak. Exit status 1 when a leak
survives, is found for another reason than it should be, or can no longer be planted.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.leaks import LEAKS

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("coaching", "trajectories", "sessions", "templates", "static", "locale", "tests", "manage.py", "pyproject.toml", "README.md")
TEST = [sys.executable, "-m", "pytest", "-q", "-rf", "--tb=short", "--show-capture=no", "-p", "no:cacheprovider"]
NOT_RUN = re.compile(r"ERROR collecting|no tests ran|ImportError|SyntaxError|fixture '.*' not found")


def copied(folder):
    """The tree, without what is not its own."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)


def run(folder, tests):
    """(exit status, what was said). No bytecode: an edit within the same second must count."""
    env = os.environ | {"DEBUG": "1", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    done = subprocess.run([*TEST, *tests], cwd=folder, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def plant(folder, leak):
    """Apply the edits; gives the sources as they were, or None when one no longer fits."""
    before = {}
    for file, old, new in leak.edits:
        source = (folder / file).read_text()
        before.setdefault(file, source)
        if source.count(old) != 1:
            restore(folder, before)
            return None
        (folder / file).write_text(source.replace(old, new))
    return before


def restore(folder, before):
    for file, source in before.items():
        (folder / file).write_text(source)


def verdict(folder, leak):
    """found, or why not; with what was said."""
    before = plant(folder, leak)
    if before is None:
        return "CANNOT BE PLANTED", ""
    try:
        status, said = run(folder, leak.tests)
    finally:
        restore(folder, before)
    if status == 0:
        return "SURVIVES", said
    if status != 1 or NOT_RUN.search(said):
        return "BREAKS THE TESTS", said
    return ("found", said) if re.search(leak.says, said) else ("FOUND FOR ANOTHER REASON", said)


def asked(arguments):
    """The leaks whose name holds one of the words, or all; ends with a sentence where no name does."""
    asks = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__.strip().splitlines()[0])
    asks.add_argument("words", nargs="*", help="plant only the leaks with one of these in their name")
    asks.add_argument("--list", action="store_true", help="name the leaks and plant nothing")
    told = asks.parse_args(arguments)
    chosen = [leak for leak in LEAKS if not told.words or any(word in leak.name for word in told.words)]
    if told.list:
        print("\n".join(leak.name for leak in chosen))
        asks.exit()
    return chosen or asks.error("no leak has such a name; --list names them")


def main(arguments):
    chosen = asked(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        status, said = run(folder, sorted({test for leak in chosen for test in leak.tests}))
        if status:
            print(said[-6000:])
            print("Without any leak these tests fail already.")
            return 1
        missed = 0
        for number, leak in enumerate(chosen, 1):
            began = time.monotonic()
            told, said = verdict(folder, leak)
            missed += told != "found"
            print(f"{number:3}  {told:24}  {time.monotonic() - began:5.0f} s  {leak.name}", flush=True)
            if told not in ("found", "SURVIVES"):
                print(said[-2500:])
    print(f"{len(chosen) - missed} of {len(chosen)} leaks were found.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
