"""How do people of the demo look back, months after closing? What the client let go, what the sponsor wrote, the page beside the report."""

from functools import partial

from sessions.demo.between import kept_answers
from sessions.demo.days import clock
from sessions.demo.tale import Event
from trajectories.doors import CLIENT
from trajectories.models import Addendum, FollowUp, Report
from trajectories.questionnaires import LEVEL
from trajectories.report.gather_addendum import gather

LEVELS, STILL = "goal_level", ("still_there", "still_visible")


def events(row):
    for asked in row.get("follow_ups", ()):
        yield Event(asked["asked"], clock("07:30"), _ask, asked)
        for answer in asked.get("answers", ()):
            yield Event(answer["day"], clock("16:05"), _hand_in, answer | {"months": asked["months"]})
        if "issued" in asked:
            yield Event(asked["issued"], clock("07:35"), _issue, asked)


def _ask(tale, row, *, at):
    FollowUp.ask(tale.fresh(), months=row["months"], at=at)


def _hand_in(tale, row, *, at):
    """`shown` names what a client lets go; what a sponsor writes is for all three."""
    part = tale.part_of(row["by"])
    titles = {str(tale.goals[goal["key"]]): goal["title"] for goal in tale.row["goals"]}
    answers = kept_answers(tale, f"follow_up_{part}", row)
    answers = [one | {"seen": part != CLIENT or one["key"] in row["shown"]} | _title(one, titles) for one in answers]
    words = "\n\n".join(f"{one.get('title') or one['question']}\n{one['shown']}" for one in answers if one["seen"])
    levels = [(tale.goal(key), level, LEVELS in row.get("shown", ())) for key, level in row.get(LEVELS, {}).items()]
    mine = FollowUp.objects.of_round(row["months"]).of_part(part).get(trajectory=tale.trajectory)
    still = next((row[key] for key in STILL if key in row), "")
    mine.hand_in(by=tale.people[row["by"]], at=at, answers=answers, still=still, levels=levels, words=words)


def _title(one, titles):
    return {"title": titles[one["goal"]]} if one["kind"] == LEVEL else {}


def _issue(tale, row, *, at):
    rows = list(FollowUp.objects.filter(trajectory=tale.trajectory).of_round(row["months"]).with_trajectory().in_order())
    Addendum.issue(Report.objects.signed_in(tale.trajectory), months=row["months"], at=at, gather=partial(gather, rows=rows, at=at))
