"""Does this name look like a mistyped other one? Two that differ in one letter, or in what the eye takes for another."""

import re

from coaching.imports.cells import alike

SHORT = 5  # letters; shorter words lie too close together
SEEN_AS = (("rn", "m"), ("vv", "w"), ("ij", "y"))


def plain(name):
    """A name as the eye sees it."""
    text = re.sub(r"[^a-z0-9]", "", alike(name))
    for letters, seen in SEEN_AS:
        text = text.replace(letters, seen)
    return text


def index(names):
    """For `nearest`: every name under itself and under each form of it with one letter left out."""
    found = {}
    for name in names:
        for form in _forms(plain(name)):
            found.setdefault(form, name)
    return found


def nearest(name, index):
    """A name of the index that `name` is probably meant to be, or None. Numbers and single letters make a difference: Team 1, Team B."""
    text = plain(name)
    if len(text) < SHORT:
        return None
    for form in _forms(text):
        other = index.get(form)
        if other and _tail(name) == _tail(other) and re.findall(r"\d+", name) == re.findall(r"\d+", other):
            return other
    return None


def _forms(text):
    return [text] + [text[:at] + text[at + 1 :] for at in range(len(text))] if len(text) >= SHORT else [text]


def _tail(name):
    """The words of one or two letters, such as the B of Team B."""
    return [word for word in alike(name).split() if len(word) < 3]
