"""Can a signature come under a text that its signer did not see? A hundred races on both databases (R23)."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.guards.tree import ROOT
from tests.trajectories.signing_race import NOTHING_MADE, rounds

RACES = 100


@pytest.mark.django_db(transaction=True)
def test_a_hundred_times_sign_against_change(settings, tmp_path):
    settings.TASKS = NOTHING_MADE
    found = rounds(RACES) if connection.vendor == "postgresql" else _beside(tmp_path)
    assert found["wrong"] == []
    assert found["signed"] + found["changed"] == RACES
    assert min(found["signed"], found["changed"]) >= 5, f"one side always wins, so nothing raced: {found}"


def _beside(folder):
    """The races in a process of their own, on a database file."""
    facts = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'race.sqlite3'}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.trajectories.signing_race", str(RACES)],
        cwd=ROOT,
        env=facts,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])
