"""What does a coach of the demo have of their own: questions, favourites, a page of learning; and who steered, what was asked?"""

from functools import partial

from sessions import question_bank
from sessions.demo.days import clock
from sessions.demo.tale import Event
from sessions.models import AskedQuestion, Favourite, Flight, Learning, LogConsent, ReflectiveQuestion, Steering, Topic
from trajectories.doors import CLIENT, COACH


def events(row):
    """Around the conversations: after each the marks and what was asked; and what belongs to the coach alone."""
    for number, session in enumerate(row.get("sessions", ()), start=1):
        end = clock(session["at"]) + session["minutes"]
        yield from _after(session | {"number": number}, end)
    own = row.get("craft", {})
    for question in own.get("questions", ()):
        yield Event(question["day"], clock("17:10"), _question, question)
    for page in own.get("learning", ()):
        yield Event(page["day"], clock("17:20"), _learn, page)
    if "hours" in own:
        yield Event(-15, clock("17:30"), _fly, own)
    if "name_in_log" in own:
        yield Event(own["name_in_log"], clock("20:05"), _name, own)
    if "favourites" in own:
        yield Event(-30, clock("17:15"), _favour, own)


def _after(session, end):
    if session["state"] != "held":
        return
    if session.get("logged", True) and "preparation" in session:
        yield Event(session["day"], end + 21, _reach, session)
    if "questions" in session:
        yield Event(session["day"], end + 22, _ask, session)
    for part in session.get("steered", {}):
        yield Event(session["day"], end + 26, partial(_steer, part=part), session)


def _reach(tale, row, *, at):
    """What was brought for a session that was logged was talked about in it."""
    session = tale.session(row["number"])
    for topic in Topic.objects.up_for(session).waiting():
        topic.reach(by=tale.coach, at=at, session=session, done=True)


def _ask(tale, row, *, at):
    known = {one.key: one.words for one in question_bank.built_in()}
    for key in row["questions"]:
        AskedQuestion.take_along(tale.session(row["number"]), by=tale.coach, at=at, question=key, words=known[key])


def _steer(tale, row, *, at, part):
    people = {COACH: tale.coach, CLIENT: tale.client}
    Steering.mark(tale.session(row["number"]), by=people[part], at=at, steered=row["steered"][part])


def _question(tale, row, *, at):
    question = ReflectiveQuestion.word(by=tale.coach, at=at, words=row["text"], phase=row["phase"], theme=row.get("theme", ""))
    if row.get("shared"):
        question.share(by=tale.coach, at=at)


def _learn(tale, row, *, at):
    Learning.write(by=tale.coach, at=at, words=row["text"])


def _favour(tale, row, *, at):
    for key in row["favourites"]:
        Favourite.mark(by=tale.coach, question=key, on=True)


def _fly(tale, row, *, at):
    """Hours of elsewhere, as the coach typed them in one evening."""
    same = ("kind", "minutes", "people", "paid", "group")
    rows = [{name: one[name] for name in same if name in one} | _from_until(tale, one) for one in row["hours"]]
    Flight.enter(rows, by=tale.coach)


def _from_until(tale, one):
    return {"on": tale.days.on(one["from"]), "until_on": tale.days.on(one["until"])}


def _name(tale, row, *, at):
    LogConsent.give(tale.fresh(), by=tale.client, at=at)
