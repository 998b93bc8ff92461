"""What does a letter with the agreement say? The version that the paper shows, with the same readers (R4)."""

from coaching.models import Organisation
from trajectories.agreement_text import GETS, NEVER, sections, titled
from trajectories.report import agreement as paper


def values(printed):
    """`printed` is what report.agreement.printed() opened; shaped as offered.EXAMPLES["agreement"], in the active language."""
    page, told = paper.page(printed), sections(printed.row)
    return {
        "organisation": Organisation.current().name,
        "title": titled(three=any(one.key == GETS for one in told)),
        "version": printed.row.number,
        "standing": " · ".join(page["foot"]),
        "parties": [{"name": one["name"], "role": one["role"], "said": one["said"], "function": "", "unit": ""} for one in page["people"]],
        "sections": [_section(one) for one in told],
        "commitments": [{"who": one["name"], "what": one["words"], "when": one["when"]} for one in page["commitments"]],
    }


def _section(one):
    listed = one.key in (GETS, NEVER)
    return {"heading": one.heading, "body": one.body, "points": [str(point) for point in one.points] if listed else []}
