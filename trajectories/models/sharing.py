"""Who reads a goal along, and does it still stand? The client decides about the first, coach and client about the second (R5, R20b)."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.outbox import hold_back, post, withdraw
from coaching.refusals import Refused
from trajectories.doors import CLIENT, COACH, SPONSOR

UNDO = timedelta(seconds=30)  # an act of sharing is not visible for this long, and can be undone


def put_by_sharing(versions, client):
    """Which of a goal's `versions`, newest first, sharing shows the sponsor: the agreed one; a newer one when the client said yes to it,
    or when nothing is agreed yet."""
    agreed = next((version for version in versions if version.agreed_at), None)
    newest = next(iter(versions), None)
    return [one for one in dict.fromkeys([newest, agreed]) if one and (one == agreed or not agreed or one.has_yes_of(client))]


def tell_what_waited(trajectory, *, since, at):
    """What was put to the sponsor after the moment `since`, when they could not read it: now that they can, they hear of it, once."""
    if not trajectory.sponsor or trajectory.held_at:
        return
    for goal in trajectory.goals.standing().filter(shared_at__isnull=False):
        goal.ask_what_waited(since=since, at=at)
    for goal in trajectory.goals.filter(let_go_at__gt=since):
        goal._tell_sponsor(at)
    agreements = trajectory.agreements.latest_first().filter(worded_at__gt=since)[:1]
    for told in (*trajectory.releases.filter(shared_at__gt=since), *agreements):
        told.tell_sponsor(at=at)


def wait_to_tell(trajectory, *, at):
    """It comes to rest at moment `at`: what lies in its half minute the sponsor reads once it goes on, and then tell_what_waited()."""
    for release in trajectory.releases.filter(shared_at__gt=at):
        hold_back(release._letter, at=at)
    for version in trajectory.goalversions.filter(put_at__gt=at).select_related("goal"):
        hold_back(version.goal._letter(version.put_at), at=at)


def unknown_yet(moment, seat):
    """Whether `seat` does not know yet of what was done at `moment` (None: it was not): the sponsor's, while it rests."""
    return moment is not None and seat.part == SPONSOR and not seat.trajectory.shows_sponsor(moment)


class Sharing:
    """The verbs of Goal about the sponsor's eyes and about letting go. `by` is a person, `at` a moment in UTC; all raise Refused."""

    @transaction.atomic
    def share(self, *, by, at, read=None, shown=None, read_by=None):
        """The client lets the sponsor read along, from half a minute later: the agreed version, and an open one that the client stands for.

        So that no other words are shared than those that were seen: `read` is Goal.version as the page showed it, `shown` the numbers
        of the versions in its preview, `read_by` the key of the sponsor's seat that it named (None: of no page).
        """
        self._begin()
        client = self.trajectory._seat_needed(by, CLIENT)
        sponsor = self.trajectory._sponsor_needed(read_by)
        if self.shared_at:
            raise Refused(_("This goal has been shared already."))
        put = put_by_sharing(self.versions.order_by("-number").prefetch_related("assents"), client)
        if read not in (None, self.version) or (shown is not None and not {version.number for version in put} <= shown):
            raise Refused(_("The text changed while you were reading. Read it again before you share it."))
        self.shared_at = at + UNDO
        self.save(update_fields=["shared_at"])
        self.versions.filter(pk__in=[version.pk for version in put]).update(put_at=at + UNDO)
        if any(sponsor in version.waits_for() for version in self.versions.filter(put_at=at + UNDO)):
            self.ask_sponsor(at + UNDO, at=at)

    def ask_sponsor(self, put_at, *, at):
        """The letter to the sponsor leaves when they can read it: after the half minute, once all have agreed, and not while it rests."""
        if not self.trajectory.sponsor_waits:
            url, key = self.get_absolute_url(), self._letter(put_at)
            post("goal_to_agree", to=self.trajectory.sponsor.person, url=url, at=at, not_before=max(put_at, at), once=key)

    def ask_what_waited(self, *, since, at):
        """The letter about a version that was put to the sponsor when they could not read it."""
        for version in self.versions.filter(put_at__gt=since):
            if self.trajectory.sponsor in version.waits_for():
                self.ask_sponsor(version.put_at, at=at)

    @transaction.atomic
    def name_outside(self, *, by, at, words):
        """The client says by which words a link without a login may call this goal, or empties it: then it has its number alone (R18)."""
        self._begin()
        self.trajectory._seat_needed(by, CLIENT)
        self.outside_name = words.strip() or None
        self.outside_named_at = at if self.outside_name else None
        self.save(update_fields=["outside_name", "outside_named_at"])

    def _letter(self, put_at):
        return f"goal:{self.pk}:{put_at.timestamp()}"

    def unask_sponsor(self, put_at, *, at):
        """What was undone within the half minute is not written about either."""
        withdraw(self._letter(put_at), at=at)

    @transaction.atomic
    def unshare(self, *, by, at):
        """Take the sharing back, as long as the sponsor has not agreed. Who waited only for the sponsor waits no longer."""
        self._begin()
        client = self.trajectory._seat_needed(by, CLIENT)
        if not self.shared_at:
            raise Refused(_("This goal is not shared."))
        if self.versions.filter(assents__seat__part=SPONSOR).exists():
            raise Refused(_("The sponsor has agreed to this goal. Sharing can no longer be undone."))
        for put_at in {self.shared_at, *self.versions.filter(put_at__isnull=False).values_list("put_at", flat=True)}:
            if put_at > at:
                self.unask_sponsor(put_at, at=at)
        self.shared_at = None
        self.save(update_fields=["shared_at"])
        self.versions.update(put_at=None)
        for version in self.versions.filter(agreed_at=None):
            version.goal = self
            version._freeze_if_all(at, by=client)

    @transaction.atomic
    def let_go(self, *, by, at):
        """Coach and client let it go together: the first proposes, the other confirms. It stands as let go."""
        self._begin()
        seat = self.trajectory._seat_needed(by, COACH, CLIENT)
        if self.let_go_by_id == seat.pk:
            raise Refused(_("You proposed this. The other one has to say so too."))
        if self.let_go_by_id is None or not self._proposer_sits():
            self.let_go_by = seat
        else:
            self.let_go_at = at
            self._tell_sponsor(at)
        self.save(update_fields=["let_go_by", "let_go_at"])

    def _proposer_sits(self):
        """A former coach's proposal is nobody's any more."""
        return any(seat.pk == self.let_go_by_id for seat in self.trajectory.seats)

    def _tell_sponsor(self, at):
        """That it was let go hears who agreed to it, and while it rests only once it goes on."""
        sponsor = self.trajectory.sponsor
        if sponsor and not self.trajectory.sponsor_waits and self.versions.filter(assents__seat=sponsor.pk).exists():
            post("goal_let_go", to=sponsor.person, url=self.get_absolute_url(), at=at, once=f"let_go:{self.pk}")

    @transaction.atomic
    def hold_on(self, *, by, at):
        """Keep it after all: who proposed to let it go takes that back, or the other one says no."""
        self._begin()
        self.trajectory._seat_needed(by, COACH, CLIENT)
        self.let_go_by = None
        self.save(update_fields=["let_go_by"])

    def _begin(self, by=None):
        """Lock the trajectory, then this goal, as they are now; refuse when words can no longer change. `by`: who may be the sponsor."""
        trajectory = self.trajectory
        trajectory.lock()
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
        self.trajectory = trajectory
        trajectory.must_be_free()
        seat = by and trajectory.seat_of(by)
        if seat and unknown_yet(self.let_go_at, seat):
            raise Refused(_("It rests now. You can do this once it goes on."))
        if self.let_go_at:
            raise Refused(_("This goal has been let go. It stays to be read."))

    def waits_to_be_let_go(self):
        """One of the two proposed it and still sits here."""
        return self.let_go_at is None and self.let_go_by_id is not None and self._proposer_sits()
