"""What happens between the conversations? The journal, the progress check and what is released of it, a rest."""

from sessions.demo.days import clock
from sessions.demo.tale import Event
from sessions.models import Journal
from trajectories.models import CheckIn, HandOver, Release
from trajectories.questionnaires import LEVEL, questionnaire


def events(row):
    for entry in row.get("journal", ()):
        yield Event(entry["day"], clock("21:15"), _journal, entry)
    for check_in in row.get("check_ins", ()):
        yield Event(check_in["invited"], clock("07:30"), _begin, check_in)
        if "answered" in check_in:
            yield Event(check_in["answered"], clock("12:50"), _hand_in, check_in)
        if "released" in check_in:
            yield Event(check_in["released"]["day"], clock("13:05"), _release, check_in)
    if "held" in row:
        yield Event(row["held"]["day"], clock("11:30"), _hold, row["held"])
    if "another_coach" in row:
        yield Event(row["another_coach"]["day"], clock("16:40"), _ask_for_another_coach, row["another_coach"])
    if "hand_over" in row:
        yield Event(row["hand_over"]["day"], clock("11:00"), _propose_who_takes_over, row["hand_over"])


def _journal(tale, row, *, at):
    Journal.write(tale.fresh(), by=tale.client, at=at, words=row["text"])


def _begin(tale, row, *, at):
    CheckIn.begin(tale.fresh(), by=None, at=at)


def _hand_in(tale, row, *, at):
    said = row["answers"]
    levels = [(tale.goal(key), level, said["goal_example"].get(key, "")) for key, level in said["goal_level"].items()]
    check_in = tale.fresh().checkins.open().get()
    answers = kept_answers(tale, "mid_trajectory", said)
    check_in.hand_in(by=tale.client, at=at, answers=answers, levels=levels, steers=said["steers"], confidence=said["confidence"])


def kept_answers(tale, key, said):
    """The copies of the questions of questionnaire `key` with what was answered: per goal first, then the rest."""
    asked = questionnaire(key).questions
    per_goal = [question for question in asked if question.goals]
    rows = [_of_goal(tale, question, goal, said) for goal in said.get("goal_level", {}) for question in per_goal]
    once = [question.kept(said[question.key]) for question in asked if not question.goals and question.key in said]
    return [row for row in rows if row] + once


def _of_goal(tale, question, key, said):
    answer = said[question.key].get(key)
    if answer is None:
        return None
    row = question.kept(answer, goal=tale.goals[key])
    if question.kind == LEVEL:
        row["shown"] = next(goal["levels"][answer] for goal in tale.row["goals"] if goal["key"] == key)
    return row


def _release(tale, row, *, at):
    """The client's own summary, and the levels that they chose to show."""
    told = row["released"]
    check_in = tale.fresh().checkins.latest_handed_in().first()
    levels = [(tale.goal(key), row["answers"]["goal_level"][key]) for key in told["goals"]]
    facts = {"kind": Release.CHECK_IN, "words": told["summary"], "levels": levels, "check_in": check_in}
    Release.give(tale.fresh(), by=tale.client, at=at, **facts)


def _ask_for_another_coach(tale, row, *, at):
    tale.fresh().ask_for_another_coach(by=tale.people[row["by"]], at=at)


def _propose_who_takes_over(tale, row, *, at):
    HandOver.propose(tale.fresh(), tale.people[row["to"]], by=tale.people[row["by"]], at=at)


def _hold(tale, row, *, at):
    tale.fresh().hold(by=tale.people[row["by"]], at=at, look_again_on=tale.days.on(row["look_again"]))
