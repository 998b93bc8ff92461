"""What does the addendum of this round say? What each handed in for it, no more than all who read the report may read (R20, R20b)."""

from django.utils import translation

from coaching.clock import day_of
from coaching.models import Organisation
from coaching.traces import look
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Goal, Outcome, Review
from trajectories.models.preparations import read_answers
from trajectories.numbered import places
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
            goals=tuple(_goals(trajectory.seat(CLIENT), said[CLIENT])) if said.get(CLIENT) else (),
            voices=tuple(_voice(part, said[part]) for part in IN_ORDER if _words(said.get(part, []))),
            silent=tuple(part for part in IN_ORDER if part in said and not said[part]),
        )
        return canonical.to_json(text)


def _said(row, at):
    """What may be printed of a row: nothing of a client's that was taken back, or that was never for others."""
    if not row.is_let_go:
        return []
    look([row], by=row.seat, at=at, act="printed")
    return [one for one in read_answers(row.answers) if one["seen"]]


def _words(rows):
    return [one for one in rows if one["kind"] != LEVEL]


def _voice(part, rows):
    return value.Voice(part=part, answers=tuple(value.Answer(question=one["question"], words=str(one["shown"])) for one in _words(rows)))


def _goals(seat, rows):
    """Through the door of `seat`: the levels of the goals in these answered rows, beside what was settled, by the report's number."""
    given = {one["goal"]: one for one in rows if one["kind"] == LEVEL}
    review = Review.objects.open_to(seat).current().first()
    settled = list(Outcome.objects.open_to(seat).of_review(review).in_order()) if given else []
    levels, called = {str(one.goal_id): one.level for one in settled}, places(_looked_back_on(review, seat) if given else ())
    for goal in sorted(Goal.objects.open_to(seat).filter(pk__in=list(given)), key=lambda goal: goal.number):
        one, level = given[str(goal.pk)], levels.get(str(goal.pk))
        number = called.setdefault(goal.pk, len(called) + 1)
        yield Later(number=number, title=one["title"], outcome=level, now=int(one["answer"]), sentence=one["shown"])


def _looked_back_on(review, seat):
    """The goals of the report, which numbers them: one that was settled at the table and then let go is not among them."""
    return [version.goal for version in review.versions(seat, at=review.trajectory.closed_at)]
