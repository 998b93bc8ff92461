"""How is a session planned, moved and called off, alone or in a series? (R17)"""

import uuid

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.calendars import gets_invitations
from coaching.following import changed
from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from sessions.series import MOST, moved_along, wall_of
from trajectories.doors import CLIENT, COACH
from trajectories.models import State
from trajectories.models.content import Content

MEETS_IN = {State.INTAKE, State.AGREED, State.RUNNING, State.CLOSING}


class Appointment(Content):
    """When and where two people meet, and what became of it: the verbs of a CoachingSession that come before the conversation.

    `wall` is what the clock on the wall says at its beginning: that stays when the rules of a time zone change, and `starts_at` follows.
    `series` is shared by the sessions that were planned together.
    """

    starts_at = models.DateTimeField()
    wall = models.CharField(max_length=16, blank=True)
    series = models.UUIDField(null=True, db_index=True)
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_part = models.CharField(max_length=10, blank=True)
    missed_at = models.DateTimeField(null=True)
    off_because = SealedText(seal="session_off_because", null=True)  # why it was called off or missed, in the words of who says so

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def plan(cls, trajectory, *, by, at, starts_at, minutes, place=""):
        """Coach or client plans one, in any phase in which they may meet."""
        return cls.plan_series(trajectory, by=by, at=at, starts=[starts_at], minutes=minutes, place=place)[0]

    @classmethod
    @transaction.atomic
    def plan_series(cls, trajectory, *, by, at, starts, minutes, place=""):
        """One session for each of the moments `starts`; several are a series, of which the rest can be moved or called off together."""
        trajectory.lock()
        trajectory.must_be_open()
        seat = trajectory._seat_needed(by, COACH, CLIENT)
        if trajectory.state not in MEETS_IN:
            raise Refused(trajectory.refusal_for(trajectory.state))
        if not 0 < len(starts) <= MOST:
            raise Refused(_("Plan at least one session, and twenty-six at the most."))
        facts = {"trajectory": trajectory, "worded_at": at, "minutes": minutes, "place": place or None}
        facts["series"] = uuid.uuid4() if len(starts) > 1 else None
        rows = [cls(starts_at=moment, wall=wall_of(moment), **facts) for moment in sorted(starts)]
        for row in rows:
            row.save()
        changed(rows[0], at=at)
        if rows[-1].starts_at > at:
            rows[0]._tell_the_other(seat, at)
        return rows

    @property
    def is_planned(self):
        return not (self.held_at or self.cancelled_at or self.missed_at)

    @property
    def is_off(self):
        """Called off, or missed."""
        return bool(self.cancelled_at or self.missed_at)

    @property
    def notice(self):
        """How long before its beginning it was called off (a timedelta, negative when it had begun); None when it was not."""
        return self.cancelled_at and self.starts_at - self.cancelled_at

    @property
    def how_late(self):
        """How long before its beginning it was called off, in words; "" when it was not."""
        if self.notice is None:
            return ""
        hours = int(self.notice.total_seconds() // 3600)
        if self.notice.total_seconds() < 0:
            return _("after it should have begun")
        if hours < 1:
            return _("less than an hour before")
        if hours < 48:
            return ngettext("%(n)s hour before", "%(n)s hours before", hours) % {"n": hours}
        return ngettext("%(n)s day before", "%(n)s days before", hours // 24) % {"n": hours // 24}

    def starts(self, moment):
        """Put its beginning at `moment`, on the wall too. Saves nothing."""
        self.starts_at, self.wall = moment, wall_of(moment)

    def rest_of_series(self):
        """The planned sessions of its series that come after it."""
        if not self.series:
            return type(self).objects.none()
        return type(self).objects.filter(series=self.series, trajectory=self.trajectory_id).planned().since(self.starts_at).in_order()

    def _these(self, rest):
        """This one; with `rest` also those of its series that come after it. Locked."""
        more = self.rest_of_series().exclude(pk=self.pk).select_for_update(of=("self",)) if rest else []
        return [self, *more]

    @transaction.atomic
    def move(self, *, by, at, starts_at, minutes, place="", rest=False):
        """Another time or place; the other is told. With `rest` the later ones of its series move by as many days, to that time."""
        seat, before = self._must_be_planned(by), self.starts_at
        for row in self._these(rest):
            row.starts(starts_at if row is self else moved_along(row.starts_at, before=before, after=starts_at))
            row.minutes, row.place, row.worded_at = minutes, place or None, at
            row.save(update_fields=["starts_at", "wall", "minutes", "place", "worded_at"])
        self._follow(seat, at)

    @transaction.atomic
    def cancel(self, *, by, at, because="", rest=False):
        """Called off by one of the two, who may say why; `notice` tells how late. With `rest` the later ones of its series too."""
        seat = self._must_be_planned(by)
        for row in self._these(rest):
            row.cancelled_at, row.cancelled_by_part, row.off_because = at, seat.part, because or None
            row.save(update_fields=["cancelled_at", "cancelled_by_part", "off_because"])
        self._follow(seat, at)

    @transaction.atomic
    def miss(self, *, by, at, because=""):
        """It should have taken place and did not."""
        self._must_be_planned(by)
        if self.starts_at > at:
            raise Refused(_("This session is still to come. You can move it or call it off."))
        self.missed_at, self.off_because = at, because or None
        self.save(update_fields=["missed_at", "off_because"])

    def _follow(self, seat, at):
        """What both have in their calendars follows; the other is told."""
        changed(self, at=at)
        self._tell_the_other(seat, at)

    def _tell_the_other(self, seat, at):
        """By a letter, unless their calendar tells them."""
        other = self.trajectory.client if seat.part == COACH else self.trajectory.coach
        if other and not gets_invitations(other.person):
            post("appointment_changed", to=other.person, url=self.get_absolute_url(), at=at)

    def _look_again(self):
        """Lock the trajectory, then this row; what became of it is as it is now."""
        self.trajectory.lock()
        rows = type(self)._base_manager.select_for_update(of=("self",))
        for name, moment in rows.values("held_at", "cancelled_at", "missed_at").get(pk=self.pk).items():
            setattr(self, name, moment)

    def must_be_planned(self):
        """Raises Refused, with why, where nothing of it can be prepared, moved or called off any more."""
        self.trajectory.must_be_open()
        if not self.is_planned:
            raise Refused(_("This session has been, or was called off."))

    def _must_be_planned(self, by):
        self._look_again()
        self.must_be_planned()
        return self.trajectory._seat_needed(by, COACH, CLIENT)
