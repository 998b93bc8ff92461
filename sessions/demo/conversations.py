"""What happens in the conversations of the demo, and around them? Planned, prepared, held, logged, cancelled."""

import uuid
from functools import partial

from django.utils import timezone

from coaching import drafts
from coaching.clock import day_of
from coaching.zone import zone
from sessions.demo.days import clock
from sessions.demo.tale import Event
from sessions.models import Action, CoachingSession, Intervention, Log, Note, Stall, Takeaway, Topic
from sessions.process_models import kinds, models
from sessions.record import log_place
from sessions.series import days_of, moment


def events(row):
    planned = _first_planned(row)
    before = None
    for number, session in enumerate(row.get("sessions", ()), start=1):
        facts = session | {"number": number, "before": before}
        start, end = clock(session["at"]), clock(session["at"]) + session["minutes"]
        yield Event(*planned, _plan, facts)
        if "preparation" in session:
            yield Event(session["preparation"]["day"], clock("08:05"), _bring_topic, facts)
        if session["state"] == "cancelled":
            yield Event(session["day"], start - session["cancelled"]["hours_before"] * 60, _cancel, facts)
        elif session["state"] == "held":
            yield from _held(session, facts, end)
            before = number if session.get("logged", True) else before
        planned = (session["day"], end + 5)


def _first_planned(row):
    """The day on which all had agreed; before there is an agreement the day of the intake."""
    if "agreements" in row:
        return row["agreements"][0]["agreed"][-1]["day"], clock("17:00")
    return ("intake" in row and row["intake"]["day"], clock("17:00"))


def _held(session, facts, end):
    day = session["day"]
    if session.get("logged", True):
        yield Event(day, end + 20, _log, facts)
        for number, action in enumerate(session.get("actions", ())):
            if "done" in action:
                yield Event(action["done"], clock("12:30"), partial(_tick, number=number), facts)
    else:
        yield Event(day, end + 10, _hold, facts)
        yield Event(day, end + 20, _begin_log, facts)
        for action in session.get("actions", ()):
            if "taken_up" in action:
                yield Event(action["taken_up"], clock("19:55"), _take_up, action)
    yield Event(day, end + 25, _write_privately, facts)
    takeaway = session.get("takeaway", {})
    if takeaway and "recorded" not in takeaway:
        yield Event(takeaway["day"], clock("19:40"), _yield, facts)


def _plan(tale, row, *, at):
    first, series = tale.days.at(row["day"], clock(row["at"])), row.get("series", {"weeks": 1, "times": 1})
    days = days_of(day_of(first), weeks=series["weeks"], count=series["times"])
    facts = {"starts": [moment(day, timezone.localtime(first, zone()).time()) for day in days], "minutes": row["minutes"]}
    planned = CoachingSession.plan_series(tale.fresh(), by=tale.coach, at=at, place=row.get("place", ""), **facts)
    tale.sessions[row["number"]] = planned[0].pk


def _bring_topic(tale, row, *, at):
    for words in (row["preparation"]["text"], *row["preparation"].get("more", ())):
        Topic.bring(tale.session(row["number"]), by=tale.client, at=at, words=words)


def _cancel(tale, row, *, at):
    told = row["cancelled"]
    tale.session(row["number"]).cancel(by=tale.people[told["by"]], at=at, because=told.get("because", ""))


def _hold(tale, row, *, at):
    """It was held and the coach has yet to write it down; the client has said where each goal stands."""
    session = tale.session(row["number"])
    session.hold_it(by=tale.coach, at=at)
    session.goals.set([tale.goals[key] for key in row["goals"]])
    _measure(tale, row, session, at)


def _log(tale, row, *, at):
    session = tale.session(row["number"])
    recorded = row["takeaway"]["text"] if "recorded" in row.get("takeaway", {}) else ""
    log = Log.write(
        session,
        by=tale.coach,
        at=at,
        base=0,
        model=row["model"],
        sections=sections(row),
        goals=[tale.goals[key] for key in row.get("goals", ())],
        interventions=interventions(row),
        actions=[(action["text"], tale.days.on(action["due"])) for action in row.get("actions", ())],
        takeaway=recorded,
    )
    _measure(tale, row, session, at)
    _detail(tale, row, log, at)
    _learn(tale, row, at)
    log.share(by=tale.coach, at=at)


def _measure(tale, row, session, at):
    seat = session.trajectory.client
    for key, said in row.get("levels", {}).items():
        tale.goal(key).measure(seat=seat, at=at, level=said["level"], moment="session", example=said.get("example"), thing=session.pk)


def _detail(tale, row, log, at):
    """What an intervention was for (R13)."""
    arranged = row.get("interventions", ())
    for intervention, line, told in zip(log.interventions.in_order(), interventions(row), arranged, strict=True):
        if "intention" in told:
            facts = {"words": line, "intention": told["intention"], "learned": ""}
            intervention.detail(by=tale.coach, at=at, base=intervention.version, **facts)


def _learn(tale, row, at):
    """What the client learned from what was arranged the time before (R13)."""
    if row["before"]:
        arranged = tale.row["sessions"][row["before"] - 1].get("interventions", [])
        rows = Intervention.objects.filter(log__session=tale.sessions[row["before"]]).in_order()
        for intervention, told in zip(rows, arranged, strict=True):
            intervention.learn(by=tale.coach, at=at, words=told.get("learned", ""))


def sections(row):
    """The sections of a log: a copy of each phase with the question that was asked and what was written (R9)."""
    phases = {phase.name.split("-", 1)[1]: phase for phase in models()[row["model"]].phases}
    return [_section(phases[key], row.get("asked", {}).get(key, ""), words) for key, words in row["sections"].items()]


def _section(phase, asked, words):
    question = phase.question(asked)
    heads = {"key": phase.name, "letter": phase.letter, "title": phase.title, "question": str(question)}
    return heads | {"asked": question.key, "words": words}


def interventions(row):
    """A line each, beginning with the name of its kind."""
    return [f"{kinds()[one['kind']].name}: {one['what']}" for one in row.get("interventions", ())]


def _write_privately(tale, row, *, at):
    session = tale.session(row["number"])
    if "note" in row:
        Note.remember(session.trajectory, by=tale.coach, at=at, words=row["note"], session=session)
    if "stall" in row:
        Stall.mark(session, by=tale.coach, at=at, words=row["stall"]["what"], differently=row["stall"]["differently"])


def _yield(tale, row, *, at):
    said = row["takeaway"]
    facts = {"words": said["text"], "mattered": said.get("mattered"), "way": said.get("way")}
    Takeaway.write(tale.session(row["number"]), by=tale.client, at=at, **facts)


def _tick(tale, row, *, at, number):
    actions = Action.objects.filter(log__session=tale.sessions[row["number"]])
    due_on = tale.days.on(row["actions"][number]["due"])
    actions.open().filter(due_on=due_on).earliest_first().first().tick(by=tale.client, at=at, done=True)


def _take_up(tale, row, *, at):
    Action.take_up(tale.fresh(), by=tale.client, at=at, words=row["text"], due_on=tale.days.on(row["due"]))


def _begin_log(tale, row, *, at):
    """What the coach had typed of the log when they were called away (a draft is in the words of the form)."""
    session = tale.session(row["number"])
    words = {"model": [row["model"]], "goals": [str(tale.goals[key]) for key in row["goals"]]}
    words |= {f"words-{section['key']}": [section["words"]] for section in sections(row)}
    words |= {f"asked-{section['key']}": [section["asked"]] for section in sections(row)}
    words |= {f"did-{number}": [line] for number, line in enumerate(interventions(row))}
    to_come = [action for action in row.get("actions", ()) if "taken_up" not in action]
    for number, action in enumerate(to_come):
        words |= {f"action-{number}": [action["text"]], f"action_on-{number}": [tale.days.on(action["due"]).isoformat()]}
    place = log_place(session.trajectory.coach.pk, session.pk)
    drafts.keep(uuid.uuid4(), words, by=tale.coach, place=place, base=0, turn=1, at=at)
