"""How far is a list while it is being written? Its one transaction hides its rows, so a file beside it says so: a number, nothing else."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def _file(pk):
    return Path(tempfile.gettempdir()) / f"rode-draad-list-{pk}"


def say(pk, done):
    """So many people of list `pk` have been written. Where no file can be kept the page only says that it is being written."""
    with suppress(OSError):
        number = os.open(_file(pk), os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(number, "w") as file:
            file.write(f"{done:09}")


def said(pk):
    """How many were written when that was last said; 0 when nothing was."""
    try:
        return int(_file(pk).read_text())
    except (OSError, ValueError):
        return 0


def forget(pk):
    with suppress(OSError):
        _file(pk).unlink()
