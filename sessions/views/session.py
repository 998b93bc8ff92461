"""What is known of one conversation, and which ones were there? The page of a session, the client’s list."""

from coaching.access import respond
from coaching.clock import day_of, now
from coaching.traces import look
from sessions.models import CoachingSession, Takeaway
from sessions.record import Record, reached
from trajectories.doors import CLIENT
from trajectories.models import Trajectory


def session(request, pk):
    """The log as its reader may see it, what it yielded and in whose words, the preparation, the actions."""
    row, seat = reached(request.user, pk)
    return shown(request, Record(row, seat, at=now()))


def shown(request, record):
    row, at = record.session, record.at
    context = {"record": record, "session": row, "log": record.log, "other": record.other, "today": day_of(at)}
    context |= {"is_past": row.starts_at <= at, "is_open": row.trajectory.is_open, "stands": not (row.cancelled_at or row.missed_at)}
    if record.log:
        context |= {"can_undo": record.log.can_be_undone(at), "is_read": record.log.is_read_by_client(at)}
    return respond(request, "sessions/session.html", context)


def my_sessions(request):
    """The client's conversations: what is planned, what was, and what it yielded."""
    row = Trajectory.objects.seated(request.user, CLIENT).with_seats().current_first().first()
    context = {"trajectory": row}
    if row:
        seat, at = row.seat_of(request.user), now()
        sessions = list(CoachingSession.objects.open_to(seat).numbered().in_order())
        yields = list(Takeaway.objects.open_to(seat).earliest_first().select_related("seat"))
        look([*sessions, *yields], by=seat, at=at)
        said = {}
        for one in yields:
            said.setdefault(one.session_id, []).append(one)
        context |= {"seat": seat, "coming": [one for one in sessions if row.is_open and one.is_planned and one.starts_at > at]}
        context |= {"were": [(one, said.get(one.pk, [])) for one in reversed(sessions) if not (one.is_planned and one.starts_at > at)]}
    return respond(request, "sessions/my_sessions.html", context)
