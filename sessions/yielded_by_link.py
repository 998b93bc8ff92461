"""How does a client say by the link in a mail what a session yielded? One page, one minute (R12, R18)."""

from contextlib import suppress

from coaching import links
from coaching.clock import now
from coaching.refusals import Refused
from sessions.models import CoachingSession, Steering, Takeaway
from trajectories.answering import Asked, Page
from trajectories.by_link import Kind, kinds, path_of
from trajectories.questionnaires import questionnaire


def row(thing):
    """The session with this key: held, in a trajectory that goes on, and its client has said nothing yet."""
    found = CoachingSession.objects.held().without(Takeaway.objects.by_client()).filter(pk=thing).select_related("trajectory").first()
    return found if found and found.trajectory.is_open else None


def pages(session, *, at):
    """All on one page."""
    return [Page(1, tuple(Asked(question.key, question) for question in questionnaire("after_session").questions))]


def hand_in(session, said, *, by, at):
    """The answers as after logging in; who steered stays blind as it does there (R16)."""
    words = next((line.answer for line in said.given if line.asked.name == "takeaway"), "")
    answers = [row for row in said.answers if row["key"] not in ("takeaway", "steered")]
    scales = {name: said.number(name) for name in ("mattered", "way")}
    Takeaway.write(session, by=by, at=at, words=words, answers=answers, by_link=True, **scales)
    if steered := said.number("steered"):
        with suppress(Refused):  # marked before, and the other one has read it: that stays
            Steering.mark(session, by=by, at=at, steered=steered)


kinds["yield"] = Kind("yield", "after_session", "sessions:takeaway", row, pages, hand_in)


def address(letter):
    return path_of(letter, at=now())


links.PATHS["morning_after_client"] = address
