"""What can a machine read in the archival file? The report's values as JSON: all that is printed, and nothing that is not (R24)."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajectories.report.canonical import grouped
from trajectories.report.standards import Values
from trajectories.report.value import of_signers, shows_own_levels

FORM = "rode-draad/closing-report/1"  # changes when the meaning of a name in it does


def values(text, signatures, code):
    """`text` and its signatures for the archival file, in the active language. The file name holds no names."""
    name = pgettext("file name", "Closing-report")
    return Values(
        name=f"{name}-{text.number}.json",
        json=as_json(text, signatures, code),
        about=_("The values of this report, for a machine to read."),
        at=max((mark.at for mark in signatures), default=datetime(2026, 1, 1, tzinfo=UTC)).astimezone(UTC),
    )


def as_json(text, signatures, code):
    """The JSON itself. Each one's own level stands in it only when it is printed too."""
    own = shows_own_levels(text, signatures)
    goals = tuple(of_signers(text, goal) if own else replace(goal, own=()) for goal in text.goals)
    names = ("part", "name", "at", "agrees", "remark")
    signed = [{name: getattr(one, name) for name in names} for one in signatures]
    said = {"form": FORM, "code": grouped(code), "text": asdict(replace(text, goals=goals)), "signatures": signed}
    return json.dumps(said, ensure_ascii=False, indent=1, default=_moment)


def _moment(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A report holds no {type(value).__name__}.")
