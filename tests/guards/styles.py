"""Is every class in the stylesheets worn by some template?"""

import re

from tests.guards import tree

NOISE = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|url\([^)]*\)", re.S)
CLASS = re.compile(r"(?<![\w\d])\.(-?[a-zA-Z_][\w-]*)")
# Classes that no file of ours writes out, and who puts them on.
WORN_ELSEWHERE = {
    "htmx-request": "htmx, while a request runs",
    "htmx-swapping": "htmx, while the old part goes",
    "htmx-settling": "htmx, while the new part comes",
    "htmx-added": "htmx, on what is new",
    "htmx-indicator": "htmx, what shows while a request runs",
    "errorlist": "Django's forms",
}


def classes(stylesheet):
    """The class names in the selectors of one stylesheet."""
    selectors = re.findall(r"[^{};]+(?=\{)", NOISE.sub(" ", stylesheet))
    return {name for selector in selectors if not selector.strip().startswith("@import") for name in CLASS.findall(selector)}


def unworn(stylesheets, wearers, elsewhere=WORN_ELSEWHERE):
    """Class names in `stylesheets` that occur as a word in none of `wearers` (templates, Python, scripts) and are not worn `elsewhere`.

    A name that is put together (`mark--{{ part }}`) counts for all that begin so.
    """
    everything = " ".join(wearers)
    words, begun = set(re.findall(r"-?[a-zA-Z_][\w-]*", everything)), tuple(set(re.findall(r"([a-zA-Z_][\w-]*(?:--|__))\{", everything)))
    named = set().union(*(classes(sheet) for sheet in stylesheets))
    return sorted(name for name in named - words - set(elsewhere) if not name.startswith(begun))


def wearers():
    return [path.read_text() for path in [*tree.templates(), *tree.python(), *tree.scripts()]]
