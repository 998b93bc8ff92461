"""What does a letter with the closing report say? The signed text, as the PDF prints it; never more than that (R24)."""

from django.utils import translation

from coaching.clock import now
from coaching.traces import look
from trajectories.models import reports
from trajectories.report import canonical, wording
from trajectories.report.chart import level
from trajectories.report.make import marks


def gathered(report, seat):
    """The text and its signatures of a report that `seat` may read, opened and traced as printed: (ReportText, Marks)."""
    text, signatures = reports.to_print(report.pk)
    look([text, *signatures], by=seat, at=now(), act="printed")
    value = canonical.from_json(text.words)
    return value, marks(value, signatures)


def values(text, signatures, code):
    """Shaped as offered.EXAMPLES["report"], in the language of the text."""
    with translation.override(text.language):
        return {
            "organisation": text.organisation,
            "title": wording.title(text),
            "number": text.number,
            "code": canonical.grouped(code),
            "facts": wording.facts(text),
            "summary": text.summary,
            "headline": wording.headline(text),
            "quote": text.quote,
            "differences": text.differences,
            "effort": text.effort,
            "without_third": wording.without_third(text),
            "parties": [
                {"name": one.name, "role": one.role, "function": one.function, "unit": one.unit, "said": ""} for one in text.parties
            ],
            "goals": [_goal(text, goal) for goal in text.goals],
            "voices": [_voice(text, one) for one in text.voices if text.party(one.part)],
            "lasting": [{"who": one.who, "what": one.what, "when": one.when} for one in text.lasting],
            "commitments": [{"who": one.who, "what": one.what, "when": wording.kept(one)} for one in text.commitments],
            "signatures": [_signature(text, mark) for mark in signatures],
        }


def _goal(text, goal):
    return {
        "number": goal.number,
        "title": goal.title,
        "start": level(goal.start),
        "now": goal.now,
        "then": goal.then,
        "outcome": "" if goal.outcome is None else level(goal.outcome),
        "came_to": wording.came_to(goal),
        "remarks": [{"who": text.party(one.part).first_name, "words": one.words} for one in goal.differently],
    }


def _voice(text, voice):
    answers = [{"question": one.question, "words": one.words} for one in voice.answers]
    return {"who": text.party(voice.part).first_name, "answers": answers}


def _signature(text, mark):
    return {"name": mark.name, "role": text.party(mark.part).role, "said": wording.signed(mark), "remark": mark.remark}
