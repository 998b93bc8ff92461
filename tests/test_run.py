"""Do the two commands say plainly what they miss?"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def place(tmp_path):
    """A copy of `run` in a folder of its own, and a PATH with nothing but the shell's tools on it."""
    shutil.copy(ROOT / "run", tmp_path / "run")
    shutil.copy(ROOT / "requirements.txt", tmp_path / "requirements.txt")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cmp", "cp", "id", "mkdir"):
        (tools / name).symlink_to(shutil.which(name))
    return tmp_path


def run(place, *arguments, **extra):
    environment = {"PATH": str(place / "tools"), "HOME": str(place)} | extra
    return subprocess.run([str(place / "run"), *arguments], env=environment, capture_output=True, text=True, timeout=30)


def test_only_an_older_python_is_one_clear_line(place):
    script(place / "tools" / "python3", "exit 1")  # 3.11 answers no to the question about its version
    done = run(place)
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("Python 3.12, 3.13 or 3.14 is needed")
    assert not (place / ".venv").exists()


def test_the_question_is_really_about_the_version():
    question = next(line for line in (ROOT / "run").read_text().splitlines() if "version_info" in line).split("'")[1]
    older = question.replace("sys.version_info <", "(3, 11, 9) <")
    assert older != question
    python = os.environ.get("PYTHON", "python3")
    assert subprocess.run([shutil.which(python), "-c", older], timeout=30).returncode == 1


def test_what_is_set_up_is_not_set_up_again(place):
    (place / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(place / "requirements.txt", place / ".venv" / "requirements.txt")
    script(place / ".venv" / "bin" / "python", 'echo "$DEBUG $*"')
    assert run(place).stdout == "1 manage.py serve\n"
    assert run(place, "test", "-x", "tests/a b").stdout == "1 -m pytest -x tests/a b\n"
    assert run(place, "day", "--at", "2026-11-22").stdout == "1 manage.py day --at 2026-11-22\n"
    assert run(place, "check", DEBUG="0").stdout == "0 manage.py check\n"


def test_without_postgresql_its_command_says_so(place):
    (place / "tools" / "ls").symlink_to("/bin/true")
    (place / "tools" / "sort").symlink_to("/bin/true")
    (place / "tools" / "tail").symlink_to("/bin/true")
    command, environment = [str(ROOT / "bin" / "with-postgres"), "true"], {"PATH": str(place / "tools")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["PostgreSQL is missing here (on Debian: sudo apt-get install postgresql)."]
