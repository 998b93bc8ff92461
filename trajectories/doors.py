"""Who may read what? The table of domain.md, once: a rule per part. Doors, "look along" and the labels on the screen follow from it.

The only file that knows the words coach, client, sponsor and coordinator as rights.
"""

from functools import reduce
from operator import and_, or_

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

COACH, CLIENT, SPONSOR = PARTS = ("coach", "client", "sponsor")
COORDINATOR = "coordinator"
NOTHING, ALL = Q(pk__in=[]), Q(pk__isnull=False)  # never Q(): "Q() | rule" is rule, not everything
SHARED = Q(shared_at__lte=Now())  # a share can lie half a minute ahead: it can be undone
NOT_DECLINED = Q(trajectory__declined_at=None)  # of what did not go ahead the sponsor reads one sentence, also when there was an intake
NOT_ENDED_EARLY = Q(trajectory__stopped_at=None) & NOT_DECLINED  # a stopped trajectory leaves the sponsor date, sentence, agreement
WHOLE = (ALL, NOT_DECLINED, NOT_ENDED_EARLY)  # rules by which a part reads every row, as long as it reads at all
MET = Q(trajectory__intake_at__isnull=False)  # there is a coach; after "no match" it waits for one again
AGREED = Q(trajectory__agreed_at__isnull=False)  # before, the sponsor knows names and what waits for their own yes


def before_rest(*moments):
    """Of the sponsor's rows, those that were put to them before it came to rest; what came meanwhile they read once it goes on."""
    return Q(trajectory__held_at=None) | Q(**{f"{name}__lte": F("trajectory__held_at") for name in moments})


def seated(person, at="trajectory__parts__"):
    """Lookups for: sits here now, confirmed by the client. One seat each (a constraint), so no row comes twice."""
    return {f"{at}person": person, f"{at}until_at": None, f"{at}confirmed_at__isnull": False}


def known(person):
    """Whether there is anybody to open a door for: logged in and not deactivated."""
    return getattr(person, "is_active", False)


class TrajectoryDoors(models.QuerySet):
    def of(self, person):
        """Where this person has a confirmed seat now."""
        return self.filter(**seated(person, "parts__")) if known(person) else self.none()

    def visible_to(self, person):
        """Knows that it exists: its parties of now, and who asked for it until the client has answered."""
        if not known(person):
            return self.none()
        waits = Q(asked_by=person, accepted_at=None, asker_told_at=None, stopped_at=None)
        return self.filter(waits | Q(pk__in=self.model.objects.of(person).values("pk")))

    def knowable_by(self, person):
        """Visible, or chosen to coach it and not yet seated: who may follow the address in a mail."""
        if not known(person):
            return self.none()
        chosen = Q(proposals__person=person, proposals__chosen_at__isnull=False, proposals__ended_at=None)
        own = self.model.objects.visible_to(person).values("pk")
        return self.filter(
            Q(pk__in=own) | Q(pk__in=self.model.objects.filter(chosen, intake_at=None, declined_at=None, stopped_at=None).values("pk"))
        )

    def known_to(self, person):
        """Whose existence is no secret to this person: knowable, or theirs to run from the desk."""
        own = self.model.objects
        return self.filter(Q(pk__in=own.knowable_by(person).values("pk")) | Q(pk__in=own.coordinated_by(person).values("pk")))

    def coordinated_by(self, person):
        """What a coordinator runs: everything in which they are no party themselves (state, dates, numbers; never words)."""
        if not (known(person) and person.coordinates):
            return self.none()
        own = self.model._meta.get_field("parts").related_model.objects.filter(person=person).values("trajectory")
        return self.exclude(pk__in=own)

    def editable_by(self, person):
        """May ever change something in it."""
        return self.of(person)


class ContentQuerySet(models.QuerySet):
    """Words of a trajectory. A subclass gives `reads`: part -> which rows that part may read.

    `older` names the kind of words that a client can release to a new coach, and `shown_from` the moments of a row from which the client
    could read it as it is: only what they read goes along. `sponsor_when` says of the rows that are the sponsor's to read which they read
    in the state of now (domain.md, "What the sponsor sees in each state").
    """

    reads = {}
    sponsor_when = ALL
    older = None
    shown_from = ("worded_at",)

    def _since(self, path):
        """After a hand-over: what all parties read at once, and of the rest what came after, or what the client released per kind."""
        since = Q(**{f"{path}reads_since": None}) | Q(**{f"{path}reads_since__lte": F("worded_at")})
        if self.older:
            until = f"{path}reads_older_{self.older}"
            seen = (Q(**{name: None}) | Q(**{f"{until}__gte": F(name)}) for name in self.shown_from)
            since |= reduce(and_, seen, Q(**{f"{until}__isnull": False})) & self.reads.get(CLIENT, NOTHING)
        return since | self._at_once() | self._agreed_from(part=COACH, until_at=None)  # the one coach of now: `since` binds no other seat

    def _agreed_from(self, **seat):
        """Rows with words that were agreed to from this seat: its own yes stays readable to it, also once they are shared no longer."""
        return NOTHING

    def _at_once(self):
        """What whoever takes over reads from the first moment on: what all parties read."""
        return self.reads.get(SPONSOR, NOTHING)

    def _released(self, seat):
        """What the client released of before, as read from `seat`."""
        until = getattr(seat, f"reads_older_{self.older}") if self.older else None
        if not until:
            return NOTHING
        seen = (Q(**{name: None}) | Q(**{f"{name}__lte": until}) for name in self.shown_from)
        return reduce(and_, seen, self.reads.get(CLIENT, NOTHING))

    def _now(self, part):
        """Which rows this part reads now: the sponsor also by the state."""
        rule = self.reads.get(part, NOTHING)
        return rule & self.sponsor_when if part == SPONSOR else rule

    def open_to(self, seat):
        """As read from one seat, taken or not: sources use it, and "look along as the sponsor" with an unsaved Part."""
        rule = self._now(seat.part)
        if seat.reads_since:
            rule &= Q(worded_at__gte=seat.reads_since) | self._released(seat) | self._at_once() | self._agreed_from(pk=seat.pk)
        return self.filter(rule, trajectory=seat.trajectory_id)

    def coming_to(self, seat):
        """What a sponsor's seat reads now or as soon as the state lets it: what the client is shown before they say yes to somebody."""
        rows = self.all()
        rows.sponsor_when = ALL
        return rows.open_to(seat)

    def readable_by(self, person):
        """What this person may read now, in all trajectories together."""
        if not known(person):
            return self.none()
        path = "trajectory__parts__"
        parts = {part: self._now(part) for part in self.reads if part != COORDINATOR}
        rule = reduce(or_, (Q(**{f"{path}part": part}) & rows for part, rows in parts.items()), NOTHING)
        seated_rows = self.filter(rule & self._since(path), **seated(person))
        return self._with_desk(seated_rows, person) if COORDINATOR in self.reads and person.coordinates else seated_rows

    def _with_desk(self, seated_rows, person):
        """Two separate lists of keys: an OR across the join would give rows twice."""
        trajectory = self.model._meta.get_field("trajectory").related_model
        desk = self.filter(self.reads[COORDINATOR], trajectory__in=trajectory.objects.coordinated_by(person))
        return self.filter(Q(pk__in=seated_rows.values("pk")) | Q(pk__in=desk.values("pk")))

    def editable_by(self, person):
        """Who may read may at most change; the verb says whether now, and a narrower audience overrides this."""
        return self.readable_by(person)

    def latest_first(self):
        return self.order_by("-worded_at", "pk")

    def earliest_first(self):
        return self.order_by("worded_at", "pk")


class OwnQuerySet(models.QuerySet):
    """Notes, stalls, journals: read from the seat they were written in, while its writer sits there.

    A part is not enough: the next coach is a coach too.
    """

    def readable_by(self, person):
        return self.filter(**seated(person, "seat__")) if known(person) else self.none()

    editable_by = readable_by

    def open_to(self, seat):
        return self.filter(seat=seat, seat__until_at=None) if seat.pk and not seat._state.adding else self.none()

    def latest_first(self):
        return self.order_by("-worded_at", "pk")
