"""How do the trajectories of the demo end? Looking back with three, signing, or stopping early."""

from sessions.demo.between import kept_answers
from sessions.demo.days import clock
from sessions.demo.tale import Event
from trajectories.models import Ending, Lasting, Outcome, Preparation, ReviewText, Signature
from trajectories.report.gather import gather

LEVELS = "goal_level"


def events(row):
    if "stopped" in row:
        yield Event(row["stopped"]["day"], clock("10:10"), _stop, row["stopped"])
        yield Event(row["stopped"]["day"], clock("11:40"), _confirm, row["stopped"])
    if "review" in row:
        yield from _review(row["review"])


def _review(review):
    yield Event(review["begun"], clock("09:30"), _begin)
    yield Event(review["begun"], clock("09:45"), _plan, review)
    for preparation in review["preparations"]:
        yield Event(preparation["handed_in"], clock("16:20"), _hand_in, preparation)
    if "held" in review:
        day, start = review["held"]["day"], clock(review["held"]["at"])
        yield Event(day, start + 20, _settle, review["outcomes"])
        yield Event(day, start + 30, _promise, {"lasting": review["lasting"]})
        yield Event(day, start + 38, _put_forward)
    for signed in review.get("signed", ()):
        yield Event(signed["day"], clock(signed["at"]), _sign, signed | {"own_levels": review["own_levels"]})


def _begin(tale, row, *, at):
    tale.review_key = tale.fresh().begin_closing(by=tale.coach, at=at).pk


def _plan(tale, row, *, at):
    tale.review().plan(by=tale.coach, at=at, meets_on=tale.days.on(row["meets"]))


def _hand_in(tale, row, *, at):
    by = tale.people[row["by"]]
    levels = [(tale.goal(key), level) for key, level in row[LEVELS].items()]
    answers = [one for one in kept_answers(tale, f"closing_{tale.part_of(row['by'])}", row) if one["key"] != LEVELS]
    Preparation.hand_in(tale.review(), by=by, at=at, answers=answers, levels=levels)


def _settle(tale, row, *, at):
    for key, level in row.items():
        Outcome.settle(tale.review(), tale.goal(key), by=tale.client, at=at, base=0, level=level)


def _promise(tale, row, *, at):
    for one in row["lasting"]:
        due_on = tale.days.on(one["due"]) if "due" in one else None
        facts = {"words": one["text"], "due_on": due_on}
        Lasting.promise(tale.review(), tale.part_of(one["by"]), by=tale.client, at=at, base=0, **facts)


def _put_forward(tale, row, *, at):
    ReviewText.put_forward(tale.review(), by=tale.coach, at=at, gather=gather)


def _sign(tale, row, *, at):
    number = tale.review().texts.latest_first().first().number
    Signature.sign(tale.review(), by=tale.people[row["by"]], at=at, read=number, own_levels=row["own_levels"])


def _stop(tale, row, *, at):
    tale.fresh().stop(by=tale.people[row["by"]], at=at, reason=row["reason"], sentence=row["to_sponsor"])


def _confirm(tale, row, *, at):
    Ending.objects.get(trajectory=tale.trajectory).confirm(by=tale.people[row["agreed_with"]], at=at)
