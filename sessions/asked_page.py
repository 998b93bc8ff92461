"""What belongs beside a session: the topics that were brought, the questions asked, and one to propose? Opened in one look (R15)."""

from dataclasses import dataclass

from coaching.traces import look
from sessions import question_bank
from sessions.models import AskedQuestion, Favourite, ReflectiveQuestion, Topic

HITS = 8


@dataclass
class Beside:
    """`asked`: of this session, taken along or asked; `before`: asked earlier in this trajectory, (words, numbers of sessions)."""

    topics: list
    asked: list
    before: list
    proposal: object
    hits: list
    sought: str = ""


def beside(session, seat, *, at, sought="", after="", discreet=False):
    """Gather it for the coach of a session; in discreet mode without their own unshared questions."""
    topics = Topic.objects.open_to(seat)
    topics = list((topics.up_for(session) if session.is_planned else topics.of(session)).in_order())
    rows = list(AskedQuestion.objects.open_to(seat).with_told().numbered().in_order())
    own = ReflectiveQuestion.objects.readable_by(seat.person).with_authors().earliest_first()
    own = list(own.shared() if discreet else own)
    look([*topics, *rows, *own], by=seat, at=at)
    bank = question_bank.bank(own)
    favourites = Favourite.objects.readable_by(seat.person).keys()
    taken = {row.question for row in rows}
    fresh = question_bank.proposals(bank, asked=taken, favourites=favourites, phases=_phases(session), most=len(bank))
    return Beside(
        topics=topics,
        asked=[row for row in rows if row.session_id == session.pk],
        before=_before(rows, session),
        proposal=question_bank.after(fresh, after),
        hits=[one for one in question_bank.matching(bank, sought) if one.key not in taken][:HITS] if sought.strip() else [],
        sought=sought,
    )


def _phases(session):
    """Before a session one begins at the beginning; afterwards any phase may have been asked."""
    return tuple(question_bank.phases())


def _before(rows, session):
    """What was asked earlier, each question once, with the numbers of its sessions."""
    found = {}
    for row in rows:
        if row.asked_at and row.session_id != session.pk:
            found.setdefault(row.question, (row.words, []))[1].append(row.nth)
    return list(found.values())
