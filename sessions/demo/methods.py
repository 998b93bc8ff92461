"""Which process models did the demo organisation, and a coach in it, make for themselves?"""

from pathlib import Path

import yaml

from sessions.demo.days import clock
from sessions.models import Method

SOURCE = Path(__file__).with_name("methods.yaml")


def read():
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def make_methods(rows, people, days):
    """`rows` in one language; made a few months ago."""
    for number, row in enumerate(rows):
        facts = {"by": people[row["by"]], "at": days.at(-90 + number, clock("16:30")), "shared": row.get("shared", False)}
        Method.make(**facts, name=row["name"], about=row["about"], phases=[_phase(*one) for one in enumerate(row["phases"], start=1)])


def _phase(number, row):
    questions = [{"key": f"q{count}", "words": words} for count, words in enumerate(row["questions"], start=1)]
    return {"key": f"s{number}", "letter": row["letter"], "title": row["title"], "questions": questions}
