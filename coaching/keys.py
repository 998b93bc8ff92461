"""With which keys are words sealed? Read from a file that is not the database and not SECRET_KEY."""

import base64
import binascii
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NAME = re.compile(r"[A-Z0-9]{2}")


def load(path):
    """The keys in `path` as {name: 32 bytes}; the first is the current one. Raises ImproperlyConfigured with a sentence."""
    try:
        lines = Path(path).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The key file {path} cannot be read. Without it no words can be opened or sealed.") from error
    keys = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            name, key = _parsed(line, f"The key file {path}, line {number}")
            if name in keys:
                raise ImproperlyConfigured(f"The key file {path}, line {number}, names {name} a second time.")
            keys[name] = key
    if not keys:
        raise ImproperlyConfigured(f"The key file {path} holds no key. A line is a name of two characters, a space and 32 bytes in base64.")
    return keys


def _parsed(line, where):
    name, _, encoded = line.strip().partition(" ")
    try:
        key = base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        key = b""
    if not NAME.fullmatch(name) or len(key) != 32:
        raise ImproperlyConfigured(f"{where}, is not a key: a name of two capitals or digits, a space and 32 bytes in base64.")
    return name, key


def line(name):
    """A new random key under `name`, as a line of a key file."""
    return f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}\n"


def make(path):
    """Make a key file with one new key, readable by its owner only. Somebody who was first is left alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(line("K1"))


def add_current(path):
    """Put a new key first in the file, in one step, and return its name. Older keys stay, since rows and backups need them."""
    path = Path(path)
    name = _free_name(load(path))
    fresh = path.with_name(f".{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(line(name) + path.read_text(encoding="ascii"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return name


def _free_name(taken):
    names = (f"K{number}" if number < 10 else str(number) for number in range(1, 100))
    return next(name for name in names if name not in taken)


def mark(key):
    """What a database may know of a key: enough to recognise it, nothing to open words with."""
    return hmac.digest(key, b"rode-draad: the mark of a sealing key", "sha256").hex()


class KeyFile(Mapping):
    """The keys of a file, read again when the file changes, so that a running server follows a rotation."""

    def __init__(self, path):
        self.path = Path(path)
        self._stamp, self._keys = self._now(), load(path)

    def _now(self):
        try:
            facts = self.path.stat()
        except OSError:
            return None
        return facts.st_mtime_ns, facts.st_ino

    def _fresh(self):
        stamp = self._now()
        if stamp and stamp != self._stamp:
            self._stamp, self._keys = stamp, load(self.path)
        return self._keys

    def __getitem__(self, name):
        return self._fresh()[name]

    def __iter__(self):
        return iter(self._fresh())

    def __len__(self):
        return len(self._fresh())


def for_development(folder, database):
    """The key file of a development run: made once, beside `database` (a path, or None for a server), before that has any words."""
    path = Path(folder) / "sealing.keys"
    if not path.exists():
        if database and database.exists() and database.stat().st_size:
            raise ImproperlyConfigured(
                f"{database} exists, but its key file {path} does not. Put that back; or delete the database, if it only holds demo data."
            )
        make(path)
    return path


if __name__ == "__main__":  # python -m coaching.keys: the first line of a first key file
    print(line("K1"), end="")
