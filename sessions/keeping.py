"""May this person go on typing in this log? Asked at every autosave, so in one statement (architecture 17)."""

from django.shortcuts import get_object_or_404

from sessions.models import CoachingSession, Log


def may_go_on(person, pk, *, at):
    """The same answer as sessions.record.may_write, without the words of the session; Http404 for who does not coach here."""
    session = get_object_or_404(CoachingSession.objects.coached_by(person).with_log(), pk=pk)
    log = getattr(session, "log", None)
    own = log is None or log.seat.person_id == person.pk and log.seat.until_at is None
    return own and not (session.cancelled_at or session.missed_at) and Log.is_writable(session, at=at)
