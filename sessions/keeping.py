"""May this person go on typing in this log? Asked at every autosave, so in one statement (architecture 17)."""

from django.shortcuts import get_object_or_404

from sessions.models import CoachingSession, Log


def seat_to_go_on(person, pk, *, at):
    """The key of the seat from which they may; None where sessions.record.may_write says no. Http404 for who does not coach here."""
    session = get_object_or_404(CoachingSession.objects.coached_by(person).with_log().with_seat_of(person), pk=pk)
    log = getattr(session, "log", None)
    own = log is None or log.seat.person_id == person.pk and log.seat.until_at is None
    may = own and not (session.cancelled_at or session.missed_at) and Log.is_writable(session, at=at)
    return session.seat_key if may else None
