"""Can every leak of ours still be planted? The proof itself takes minutes: `python -m tests.mutations`."""

import re

import pytest

from tests.guards.tree import ROOT
from tests.mutations.__main__ import asked
from tests.mutations.leaks import LEAKS


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_it_can_still_be_planted(leak):
    planted = {}
    for file, old, new in leak.edits:
        source = planted.setdefault(file, (ROOT / file).read_text())
        assert source.count(old) == 1, f"{file} has changed: plant this leak anew"
        planted[file] = source.replace(old, new)
    assert all(planted[file] != (ROOT / file).read_text() for file in planted)
    for file, source in planted.items():
        if file.endswith(".py"):
            compile(source, file, "exec")


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_the_tests_that_must_find_it_are_there(leak):
    re.compile(leak.says)
    for test in leak.tests:
        file, _sep, name = test.partition("::")
        source = (ROOT / file).read_text()
        assert not name or f"def {name.partition('[')[0]}(" in source


def test_there_are_enough_and_none_twice():
    assert len(LEAKS) >= 20 and len({leak.name for leak in LEAKS}) == len(LEAKS)


def test_asking_for_help_or_for_no_leak_of_that_name_plants_nothing(capsys):
    for words, status in ((["--help"], 0), (["--list"], 0), (["no such leak"], 2)):
        with pytest.raises(SystemExit) as ended:
            asked(words)
        assert ended.value.code == status
    said = capsys.readouterr().out
    assert all(leak.name in said for leak in LEAKS)
    assert asked([LEAKS[0].name]) == [LEAKS[0]]
