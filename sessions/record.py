"""What is known of one session, as one seat may read it? Fetched through the doors, opened and traced once."""

import json
from functools import cached_property
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404

from coaching.models import Draft
from coaching.traces import look
from sessions.models import (
    Action,
    AskedQuestion,
    CoachingSession,
    Intervention,
    Log,
    LogVersion,
    Note,
    Stall,
    Steering,
    Takeaway,
    Topic,
)
from sessions.models.session import seats_at, touched
from trajectories.doors import CLIENT, COACH
from trajectories.models import GoalVersion
from trajectories.models.parts import kept_at


def standing_words(versions):
    """[(goal, version)] in order of number: the agreed wording, else the last one. Goals that were let go stay when `touched`."""
    found = []
    for goal, rows in groupby(versions, key=lambda row: row.goal):
        rows = list(rows)
        version = next((row for row in rows if row.agreed_at), rows[0])
        if goal.let_go_at is None or version.touched:
            found.append((goal, version))
    return found


def log_place(seat, pk):
    """Where the drafts of a session's log are kept that are written from one seat (its key)."""
    return kept_at("log", seat, pk)


def reached(person, pk):
    """The session with this key and the seat from which `person` reads it; Http404 when there is none.

    It comes with `readable_log` (through its own door, or None), `number`, `log_version`, and all seats.
    """
    seats = seats_at(pk, person)
    seat = next((row for row in seats if row.person_id == person.pk and row.confirmed_at), None)
    if seat is None:
        raise Http404
    seat.trajectory.seats = seats
    rows = CoachingSession.objects.open_to(seat).numbered().with_log_version()
    rows = rows.with_readable(Log.objects.open_to(seat))
    rows = rows.with_steering(Steering.objects.open_to(seat))
    rows = rows.with_own(note=Note.objects.open_to(seat), stall=Stall.objects.open_to(seat), asked=AskedQuestion.objects.open_to(seat))
    rows = rows.with_topic(Topic.objects.open_to(seat))
    rows = rows.with_last_model(Log.objects.open_to(seat)).with_next(CoachingSession.objects.open_to(seat))
    rows = rows.with_draft(Draft.objects.readable_by(person).half_written(log_place(seat.pk, pk)))
    session = get_object_or_404(rows, pk=pk).as_read_by(seat)
    session.trajectory = seat.trajectory
    session.readable_log = session.log if session.reads_log else None
    return session, seat


def seen(person, pk, *parts):
    """The session with this key and the seat of `person`, who must have one of `parts`; Http404 otherwise. With all seats and `number`."""
    seats = seats_at(pk, person)
    seat = next((row for row in seats if row.person_id == person.pk and row.confirmed_at and row.part in parts), None)
    if seat is None:
        raise Http404
    seat.trajectory.seats = seats
    session = get_object_or_404(CoachingSession.objects.open_to(seat).numbered(), pk=pk).as_read_by(seat)
    session.trajectory = seat.trajectory
    return session, seat


def may_write(session, seat, *, at):
    """Whether the log of a `reached` session is this seat's to write now: the coach's own, and while it can change (R10)."""
    log = session.readable_log
    own = log.seat_id == seat.pk if log else not session.log_version
    stands = not (session.cancelled_at or session.missed_at)
    return seat.part == COACH and own and stands and Log.is_writable(session, at=at)


def may_mark(session, seat, *, at):
    """Whether one's own mark of who steered can still be put down or changed: not once the other could read it (R16)."""
    open_at = getattr(session, f"steered_{seat.part}_open")
    return open_at is None or open_at > at


class Record:
    """One session with its log and all that hangs on it. `seat` is the reader's; everything is opened when it is made.

    `writing`: for the form of the log, with one's own words; what was brought and asked comes with a second request (sessions.views.asked).
    """

    def __init__(self, session, seat, *, at, writing=False):
        self.session, self.seat, self.at = session, seat, at
        self.is_coach, self.is_client = seat.part == COACH, seat.part == CLIENT
        self.log = session.readable_log
        self.topics = self._topics() if session.has_topic and not writing else []
        self.asked = self._asked() if session.has_asked and not writing else []
        self.takeaways = list(Takeaway.objects.open_to(seat).of(session)) if session.held_at else []
        did = Intervention.objects.open_to(seat)
        found = list((did.around(session) if writing else did.of(session)).in_order()) if writing or self.log else []
        self.interventions = [row for row in found if self.log and row.log_id == self.log.pk]
        self.before = [row for row in found if row not in self.interventions]
        self.actions = list(Action.objects.open_to(seat).of(session).with_owner().soonest_first()) if self.log else []
        self.goals = standing_words(touched(GoalVersion.objects.open_to(seat), session).latest_first())
        self.note = Note.objects.open_to(seat).of(session).first() if writing and session.has_note else None
        self.stall = Stall.objects.open_to(seat).of(session).first() if writing and session.has_stall else None
        self.earlier = self._earlier() if self.log and self.log.version > 1 and not writing else []
        ones = [row for row in (session, self.log, self.note, self.stall) if row]
        many = [*self.takeaways, *self.interventions, *self.actions, *self.before, *self.earlier, *self.topics, *self.asked]
        look([*ones, *many, *(version for _goal, version in self.goals)], by=seat, at=at)

    def _topics(self):
        """What is up for a session to come, or was brought for one that was; the most important first."""
        rows = Topic.objects.open_to(self.seat)
        return list((rows.up_for(self.session) if self.session.is_planned else rows.of(self.session)).in_order())

    def _asked(self):
        """Which questions of the bank were asked; to its coach also those that were taken along."""
        return list(AskedQuestion.objects.open_to(self.seat).of(self.session).with_told().in_order())

    def _earlier(self):
        """How a shared log read before it was changed, as long as that is kept."""
        return list(LogVersion.objects.open_to(self.seat).of(self.session).still_kept(self.at).latest_first())

    @cached_property
    def sections(self):
        return self.log.filled_sections if self.log else []

    @property
    def kept(self):
        return json.loads(self.log.sections) if self.log else []

    @property
    def touched(self):
        return [(goal, version) for goal, version in self.goals if version.touched]

    @property
    def by_client(self):
        return next((row for row in self.takeaways if row.seat.part == CLIENT), None)

    @property
    def by_coach(self):
        return next((row for row in self.takeaways if row.seat.part == COACH), None)

    def _steered(self, part):
        return getattr(self.session, f"steered_{part}")

    @property
    def steered(self):
        """This seat's own mark, 1–5, or None (R16)."""
        return self._steered(self.seat.part)

    @property
    def steered_by_other(self):
        return self._steered(CLIENT if self.is_coach else COACH)

    @property
    def may_mark(self):
        return may_mark(self.session, self.seat, at=self.at)

    @property
    def may_write(self):
        return may_write(self.session, self.seat, at=self.at)

    @property
    def may_tick(self):
        """Whether it can be said here which topics were talked about: from the beginning of the session on."""
        return self.session.starts_at <= self.at and self.session.trajectory.is_open

    @property
    def other(self):
        """Who sits across."""
        trajectory = self.session.trajectory
        return trajectory.client if self.is_coach else trajectory.coach
