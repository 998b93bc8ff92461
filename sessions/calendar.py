"""Does each person's own calendar hold what it should? What was last sent is compared with what stands; the difference is mailed (R17)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from coaching.clock import now
from coaching.day import due
from coaching.enclosures import Enclosure, enclosing
from coaching.following import following
from coaching.models import CalendarChoice, Person
from coaching.models.calendars import INVITATIONS
from coaching.outbox import put, send_letter
from coaching.tasks import job
from coaching.templatetags.house import clock, day_full
from coaching.traces import Eyes, look
from coaching.zone import after_moving
from sessions import ical
from sessions.models import CoachingSession
from sessions.models.appointments import MEETS_IN
from sessions.models.invitations import Invitation, uid_of
from sessions.series import from_wall
from trajectories.doors import CLIENT, COACH
from trajectories.models import Part, Trajectory

KEPT = timedelta(days=30)  # an invitation to what has been is of no use to anybody


@following
def settle_after(thing, at):
    """A session, a seat, a trajectory or a person changed: settle the trajectories in which that can be seen."""
    if isinstance(thing, Person):
        keys = Part.objects.current().filter(person=thing, part__in=(COACH, CLIENT)).values_list("trajectory", flat=True)
    else:
        keys = [thing.pk if isinstance(thing, Trajectory) else thing.trajectory_id]
    for key in keys:
        settle.soon(str(key), at.isoformat())


@job
def settle(trajectory, at):
    """Settle one trajectory (a key) after a change at `at` (ISO)."""
    at = max(now(), datetime.fromisoformat(at))
    here = CoachingSession.objects.of_trajectories([trajectory])
    if here.coming(at).exists() or Invitation.objects.standing(at).filter(session__trajectory=trajectory).exists():
        _settle(trajectory, at)


@due
def keep_the_wall(at):
    """When the zone or its rules change, a session keeps what the clock on the wall says, and its moment follows (R28)."""
    for row in CoachingSession.objects.coming(at - timedelta(days=1)).only("wall", "starts_at"):
        if row.wall and (moment := from_wall(row.wall)) != row.starts_at:
            CoachingSession.objects.filter(pk=row.pk, wall=row.wall).update(starts_at=moment)


after_moving.append(keep_the_wall)


@due
def reconcile(at):
    """Compare everywhere what each person should have with what was last sent; what differs goes into the outbox. Twice changes nothing.

    The only place that knows what follows from planning, moving, calling off, a hand-over, a hold, a stop, a leave and a changed choice.
    """
    sent = Invitation.objects.standing(at).values_list("session__trajectory", flat=True)
    planned = CoachingSession.objects.coming(at).order_by().values_list("trajectory", flat=True)
    for key in {*sent, *planned}:
        _settle(key, at)


@transaction.atomic
def _settle(key, at):
    """One trajectory; whoever else is at it waits."""
    trajectory = Trajectory.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if trajectory is None:
        return
    room = _room(trajectory)
    wanted = _wanted(room, at)
    told = Invitation.objects.filter(session__trajectory=key).select_related("person", "session")
    had = {(row.session_id, row.person_id): row for row in told}
    for pair, (session, seat, facts) in wanted.items():
        row = had.get(pair)
        if row is None or row.ended_at or row.facts != facts:
            _tell(row or Invitation(session=session, person=seat.person), facts, at=at, url=session.get_absolute_url())
    for pair, row in had.items():
        if pair not in wanted and not row.ended_at and row.starts_at > at:
            stands = row.session.is_planned and row.session.starts_at > at and row.person_id in {seat.person_id for seat in room}
            off = ("invitation_out", row.session.get_absolute_url()) if stands else ("invitation_off", reverse("coaching:home"))
            _tell(row, row.facts, at=at, off=off[0], url=off[1])


def _room(trajectory):
    """The seats of coach and client, when both are there and may meet; else none."""
    room = [seat for seat in trajectory.seats if seat.confirmed_at and seat.part in (COACH, CLIENT) and seat.person.is_active]
    return room if len(room) == 2 and trajectory.state in MEETS_IN else []


def _wanted(room, at):
    """What should stand in whose calendar: {(session, person) keys: (session, seat, facts)}."""
    choices = {choice.person_id: choice for choice in CalendarChoice.objects.filter(person__in=[seat.person_id for seat in room])}
    wanted = {}
    for seat in room:
        choice = choices.get(seat.person_id) or CalendarChoice(person=seat.person)
        if choice.way == INVITATIONS:
            for session in CoachingSession.objects.open_to(seat).coming(at):
                facts = session.starts_at, session.minutes, _place_of(session, seat, choice)
                wanted[session.pk, seat.person_id] = session, seat, facts
    return wanted


def _place_of(session, seat, choice):
    """When the place that this person asked for was worded; None when there is none for them."""
    return session.worded_at if choice.with_place and session.as_read_by(seat).place is not None else None


def _tell(row, facts, *, at, url, off=""):
    """The next REQUEST of one session to one person, or CANCEL with a letter of kind `off`, into the outbox.

    An earlier one that has not left yet never will.
    """
    kind = off or ("invitation" if row._state.adding or row.ended_at else "invitation_changed")
    row.sequence = 0 if row._state.adding else row.sequence + 1
    row.starts_at, row.minutes, row.place_of = facts
    row.said_at, row.ended_at = at, at if off else None
    row.letter = put(kind, to=row.person, url=url, at=at)
    row.save()
    send_letter.soon(str(row.letter.pk), at.isoformat())


@enclosing("invitation", "invitation_changed", "invitation_out", "invitation_off")
def enclosed(letter, at):
    """What an invitation carries: the date in words, and the calendar's own text. None when a later one took its place."""
    row = Invitation.objects.told_by(letter).select_related("session", "person").first()
    if row is None:
        return None
    place = _place(row, at)
    facts = {"uid": row.uid, "starts_at": row.starts_at, "minutes": row.minutes, "said_at": row.said_at}
    entry = ical.Entry(**facts, sequence=row.sequence, ended=bool(row.ended_at), place=place)
    with override(letter.person.language):
        words = f"{day_full(row.starts_at)}, {clock(row.starts_at)}–{clock(entry.ends_at)}" + (f"\n{place}" if place else "")
        return Enclosure(words, ical.invitation(entry, to=letter.person.email), ical.method(entry))


def _place(row, at):
    """The place, opened for who asked for it and may read it now; traced once a day."""
    if row.ended_at or row.place_of is None:
        return ""
    return _opened([row.session], row.person, at).get(row.session_id, "")


def _opened(sessions, person, at):
    """{key: place} of these sessions, as far as `person` may read it; as many statements for many trajectories as for one."""
    seats = Part.objects.current().confirmed().filter(person=person, trajectory__in={session.trajectory_id for session in sessions})
    mine = {seat.trajectory_id: seat for seat in seats.filter(part__in=(COACH, CLIENT))}
    rows = [session.as_read_by(mine[session.trajectory_id]) for session in sessions if session.trajectory_id in mine]
    found = {}
    for part in (COACH, CLIENT):
        here = [row for row in rows if row.place is not None and mine[row.trajectory_id].part == part]
        # A calendar asks every hour; one line a day says the same.
        day = at.replace(hour=0)
        found |= {session.pk: session.place for session in look(here, by=Eyes(person.pk, part), at=day, act="exported")}
    return found


def feed_of(choice, at):
    """The text (bytes) of the feed of a CalendarChoice: what stands now, from a month ago on; the place where that was asked for."""
    person = choice.person
    mine = CoachingSession.objects.readable_by(person).standing().since(at - KEPT).with_trajectory().in_order()
    rows = [row for row in mine if row.held_at or row.trajectory.state in MEETS_IN]
    places = _opened([row for row in rows if row.starts_at > at], person, at) if choice.with_place else {}
    with override(person.language):
        return ical.feed(
            ical.Entry(uid_of(row.pk, person.pk), row.starts_at, row.minutes, row.worded_at, place=places.get(row.pk, "")) for row in rows
        )


@due
def forget_invitations(at):
    """A month after the conversation."""
    Invitation.objects.over_before(at - KEPT).delete()
