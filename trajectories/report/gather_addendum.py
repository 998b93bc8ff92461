"""What does the addendum of this round say? What each handed in for it, no more than all who read the report may read (R20, R20b)."""

from django.utils import translation

from coaching.clock import day_of
from coaching.models import Organisation
from coaching.traces import look
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Goal, Outcome, Release
from trajectories.models.preparations import read_answers
from trajectories.questionnaires import LEVEL
from trajectories.report import canonical, value
from trajectories.report.addendum import AddendumText, Later
from trajectories.report.gather import party

IN_ORDER = (CLIENT, SPONSOR)


def gather(report, *, rows, number, at):
    """The canonical JSON of the addendum to `report` of the follow-ups `rows` of one round. Each row is opened by who wrote it."""
    organisation, trajectory = Organisation.current(), report.trajectory
    with translation.override(organisation.language):
        said = {row.part: _said(row, at) for row in rows}
        parties = [party(seat) for part in IN_ORDER if (seat := trajectory.seat(part))]
        text = AddendumText(
            number=number,
            report=report.number,
            language=organisation.language,
            organisation=organisation.name,
            parties=tuple(parties),
            closed_on=report.closed_on,
            looked_on=day_of(at),
            months=rows[0].months,
            goals=tuple(_goals(trajectory, said.get(CLIENT, []))),
            voices=tuple(_voice(part, said[part]) for part in IN_ORDER if _words(said.get(part, []))),
            silent=tuple(part for part in IN_ORDER if part in said and not said[part]),
        )
        return canonical.to_json(text)


def _said(row, at):
    """What may be printed of a row: nothing of a client's that was taken back, or that was never for others."""
    if not row.handed_in_at or (row.part == CLIENT and not Release.objects.filter(follow_up=row).exists()):
        return []
    look([row], by=row.seat, at=at, act="printed")
    return [one for one in read_answers(row.answers) if one["seen"]]


def _words(rows):
    return [one for one in rows if one["kind"] != LEVEL]


def _voice(part, rows):
    return value.Voice(part=part, answers=tuple(value.Answer(question=one["question"], words=str(one["shown"])) for one in _words(rows)))


def _goals(trajectory, rows):
    given = {one["goal"]: one for one in rows if one["kind"] == LEVEL}
    outcomes = Outcome.objects.filter(trajectory=trajectory, review__abandoned_at=None, goal__in=list(given))
    levels = {str(goal): level for goal, level in outcomes.values_list("goal", "level")}
    for goal in Goal.objects.filter(pk__in=list(given)).order_by("number"):
        one = given[str(goal.pk)]
        level = levels.get(str(goal.pk))
        yield Later(number=goal.number, title=one["title"], outcome=level, now=int(one["answer"]), sentence=one["shown"])
