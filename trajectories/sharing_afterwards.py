"""Which answers of a check that was handed in may the client still share? Each as it was asked and answered then (R20b)."""

from dataclasses import dataclass

from trajectories.answering import Asked, Page, line_of
from trajectories.questionnaires import Question, questionnaire


@dataclass(frozen=True)
class AskedThen(Asked):
    """A question as it was asked, from the copy that its answer keeps."""

    then: str = ""

    @property
    def title(self):
        return self.then


NOWHERE = Page(0, ())  # a check that was handed in is not answered any more


def lines_of(kept, words, *, goals, titles):
    """The answers of a check that was handed in, as lines to share.

    `goals`: key -> Goal, those that the sponsor reads along; `titles`: key -> what the goal is called.
    """
    found = questionnaire("mid_trajectory")
    releasable = {question.key for question in found.questions if question.releasable}
    given = [_asked_then(row, goals, titles, row["key"] in releasable) for row in kept]
    shared = {goal.pk for goal in goals.values()}
    return [line_of(NOWHERE, asked, str(row["answer"]), words, shared) for row, asked in zip(kept, given, strict=True) if asked]


def _asked_then(row, goals, titles, releasable):
    """None for what is about a goal that the sponsor does not read."""
    goal = goals.get(row.get("goal"))
    if row.get("goal") and goal is None:
        return None
    options = ((str(row["answer"]), row["shown"]),)
    question = Question(row["key"], row["kind"], row["question"], "", options=options, releasable=releasable)
    name = f"{row['key']}-{goal.number}" if goal else row["key"]
    return AskedThen(name, question, about=goal, then=titles.get(row.get("goal"), ""))
