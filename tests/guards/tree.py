"""Which files does the house have, by kind?"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("coaching", "trajectories", "sessions")
READERS = {"views", "forms", "templatetags", "report"}  # folders (or modules) that show rows to somebody
READING_MODULES = {"exports.py", "context_processors.py", "today.py"}


def place(path):
    """The path as people say it: from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def python():
    """The product's Python, without migrations."""
    return [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def tests():
    return sorted((ROOT / "tests").rglob("*.py"))


def views():
    return [path for path in python() if "views" in path.parts or path.name == "views.py"]


def forms():
    return [path for path in python() if "forms" in path.parts]


def views_and_forms():
    return views() + forms()


def showing():
    """Whatever puts rows before somebody's eyes."""
    return [path for path in python() if READERS & set(path.parts) or path.name in READING_MODULES]


def models():
    return [path for path in python() if "models" in path.parts]


def trajectory_models():
    return [path for path in models() if "coaching" not in path.relative_to(ROOT).parts[:1]]


def templates():
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".txt", ".svg"}]


def pages():
    return [path for path in templates() if path.suffix != ".txt"]


def stylesheets():
    return sorted((ROOT / "static" / "css").rglob("*.css"))


def scripts():
    return sorted((ROOT / "static" / "js").rglob("*.js"))
