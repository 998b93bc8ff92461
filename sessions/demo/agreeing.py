"""What do they search for and agree on? Question, agreement, goals and commitments."""

from coaching.models import Organisation
from sessions.demo.days import clock
from sessions.demo.tale import Event
from trajectories.agreement_text import freeze
from trajectories.models import Agreement, Commitment, Goal, GoalVersion, Question, Release


def events(row):
    for question in row.get("questions", ()):
        yield Event(question["day"], clock("17:30"), _word, question)
        if "shared_on" in question:
            yield Event(question["shared_on"], clock("17:45"), _release, question)
    for agreement in row.get("agreements", ()):
        yield Event(agreement["agreed"][0]["day"], clock("13:00"), _propose, agreement)
        yield from _assents(agreement["agreed"], "14:30", _agree, {})
    for goal in row.get("goals", ()):
        yield Event(goal["agreed"][0]["day"], clock("13:10"), _draw_up, goal)
        yield from _assents(goal["agreed"], "14:50", _agree_to_goal, {"goal": goal["key"]})
        if "reworded" in goal:
            anew = goal["reworded"]
            yield Event(anew["day"], clock("12:20"), _reword, goal)
            yield from _assents(anew["agreed"], "16:10", _agree_to_goal, {"goal": goal["key"]})
    for commitment in row.get("commitments", ()):
        yield Event(row["agreements"][0]["agreed"][-1]["day"], clock("16:30"), _promise, commitment)


def _assents(agreed, time, act, facts):
    """One after another, each on their own day."""
    for number, one in enumerate(agreed):
        yield Event(one["day"], clock(time) + number, act, facts | one)


def _word(tale, row, *, at):
    Question.word(tale.fresh(), by=tale.people[row["by"]], at=at, words=row["text"])


def _release(tale, row, *, at):
    Release.give(tale.fresh(), by=tale.client, at=at, kind=Release.QUESTION, words=row["text"])


def _propose(tale, row, *, at):
    terms = {name: row[name] for name in ("sessions", "minutes", "place")} | {"own_words": row.get("own_words")}
    terms |= {"starts_on": tale.days.on(row["starts"]), "ends_on": tale.days.on(row["ends"])}
    trajectory = tale.fresh()
    Agreement.propose(trajectory, by=tale.coach, at=at, frozen=freeze(trajectory, terms, Organisation.current()), **terms)


def _agree(tale, row, *, at):
    agreement = Agreement.objects.filter(trajectory=tale.trajectory).latest_first().first()
    agreement.agree(by=tale.people[row["by"]], at=at)


def _draw_up(tale, row, *, at):
    goal = Goal.draw_up(tale.fresh(), by=tale.client, at=at, **_words(tale, row))
    tale.goals[row["key"]] = goal.pk
    if row["shared"]:
        goal.share(by=tale.client, at=at)


def _reword(tale, row, *, at):
    """Some of it in other words, the rest as it was; the levels one by one."""
    anew = row["reworded"]
    words = _words(tale, row | anew | {"levels": row["levels"] | anew.get("levels", {})})
    goal = tale.goal(row["key"])
    goal.reword_as(by=tale.people[anew["by"]], at=at, base=goal.version, **words)


def _words(tale, row):
    words = {name: row[name] for name in GoalVersion.WORDS}
    words |= {name: row["levels"][level] for level, name in GoalVersion.SENTENCES.items()}
    return words | {"due_on": tale.days.on(row["due"]), "start_level": row["start"], "weight": row["weight"]}


def _agree_to_goal(tale, row, *, at):
    version = tale.goal(row["goal"]).versions.latest_first().first()
    version.agree(by=tale.people[row["by"]], at=at, read=version.version)


def _promise(tale, row, *, at):
    due_on = tale.days.on(row["due"]) if row["due"] is not None else None
    commitment = Commitment.promise(tale.fresh(), by=tale.people[row["by"]], at=at, words=row["text"], due_on=due_on)
    if "done" in row:
        commitment.tick(by=tale.people[row["by"]], at=tale.days.at(row["done"], clock("15:10")), done=True)
