"""Does every sentence have its Dutch, and in whose voice?"""

import os
import shutil
import subprocess
import sys

import polib

from tests.guards import tree

NEVER = ("succesvol", "!")


def untranslated(sources, catalogue):
    """Sentences of the sources (text of a .pot) that have no good Dutch in `catalogue` (text of a .po): missing, fuzzy or empty."""
    known = {(e.msgctxt, e.msgid): e for e in polib.pofile(catalogue) if not e.obsolete}
    offences = []
    for wanted in polib.pofile(sources):
        entry = known.get((wanted.msgctxt, wanted.msgid))
        if entry is None or bool(wanted.msgid_plural) != bool(entry.msgid_plural):
            offences.append(f"missing: {wanted.msgid}")
        elif entry.fuzzy or not all([entry.msgstr] if not entry.msgid_plural else [*entry.msgstr_plural.values()] or [""]):
            offences.append(f"{'fuzzy' if entry.fuzzy else 'empty'}: {wanted.msgid}")
    return offences


def shouted(catalogue):
    """What a wise colleague does not say."""
    entries = polib.pofile(catalogue)
    said = [(entry.msgid, text) for entry in entries for text in [entry.msgid, entry.msgstr, *entry.msgstr_plural.values()]]
    return [f"{msgid}: {text}" for msgid, text in said if any(word in text.lower() for word in (*NEVER, "successful"))]


def differing(catalogue, compiled):
    """Sentences that the compiled catalogue (bytes of a .mo) says otherwise than the written one."""
    return [] if polib.pofile(catalogue).to_binary() == compiled else _differences(catalogue, polib.mofile(compiled))


def _differences(catalogue, compiled):
    def spoken(entries):
        return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in entries}

    written, heard = spoken(e for e in polib.pofile(catalogue) if e.translated()), spoken(compiled)
    return sorted(key[1] for key in written.keys() | heard.keys() if written.get(key) != heard.get(key))


def collected(folder):
    """All sentences of the sources, as the text of a catalogue, gathered in `folder` by Django itself."""
    for name in (*tree.APPS, "templates"):
        shutil.copytree(tree.ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (folder / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--no-location", "--verbosity", "0"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_environment())
    return (folder / "locale" / "nl" / "LC_MESSAGES" / "django.po").read_text()


def _environment():
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
