"""What is known of one session, as one seat may read it? Fetched through the doors, opened and traced once."""

import json
from functools import cached_property
from itertools import groupby

from coaching.traces import look
from sessions.models import Action, Intervention, Log, LogVersion, Note, Stall, Takeaway, Topic
from sessions.models.session import touched
from trajectories.doors import CLIENT, COACH
from trajectories.models import GoalVersion


def standing_words(versions):
    """[(goal, version)] in order of number: the agreed wording, else the last one. Goals that were let go stay when `touched`."""
    found = []
    for goal, rows in groupby(versions, key=lambda row: row.goal):
        rows = list(rows)
        version = next((row for row in rows if row.agreed_at), rows[0])
        if goal.let_go_at is None or version.touched:
            found.append((goal, version))
    return found


class Record:
    """One session with its log and all that hangs on it. `seat` is the reader's; everything is opened when it is made."""

    def __init__(self, session, seat, *, at, writing=False):
        self.session, self.seat, self.at = session, seat, at
        self.is_coach, self.is_client = seat.part == COACH, seat.part == CLIENT
        self.log = Log.objects.open_to(seat).of(session).first()
        self.topic = Topic.objects.open_to(seat).of(session).first()
        self.takeaways = list(Takeaway.objects.open_to(seat).of(session)) if session.held_at else []
        self.interventions = list(Intervention.objects.open_to(seat).of(session).in_order()) if self.log else []
        self.actions = list(Action.objects.open_to(seat).of(session).soonest_first()) if self.log else []
        self.goals = standing_words(touched(GoalVersion.objects.open_to(seat), session).latest_first())
        self.note = Note.objects.open_to(seat).of(session).first() if self.is_coach else None
        self.stall = Stall.objects.open_to(seat).of(session).first() if self.is_coach and session.held_at else None
        self.before = list(Intervention.objects.open_to(seat).before(session).in_order()) if writing else []
        self.earlier = self._earlier() if self.log and self.log.version > 1 and not writing else []
        ones = [row for row in (session, self.log, self.topic, self.note, self.stall) if row]
        many = [*self.takeaways, *self.interventions, *self.actions, *self.before, *self.earlier]
        look([*ones, *many, *(version for _goal, version in self.goals)], by=seat, at=at)

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

    @property
    def is_own(self):
        """Whether the log is this seat's to write: there is none yet, or it wrote it. `session` comes with_log_version()."""
        return self.log.seat_id == self.seat.pk if self.log else not self.session.log_version

    @property
    def other(self):
        """Who sits across."""
        trajectory = self.session.trajectory
        return trajectory.client if self.is_coach else trajectory.coach
