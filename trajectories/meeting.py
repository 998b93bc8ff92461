"""What stands on the page of the closing talk? Goals with three voices and an outcome, and what each does to make it last (R21, R22)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coaching.clock import now
from coaching.templatetags.house import level
from coaching.traces import look
from trajectories.forms.review import REMARK, LastingForm, OutcomeForm
from trajectories.models import Lasting, Preparation, Release, Remark
from trajectories.numbered import called, reads_all
from trajectories.voices import IN_ORDER, voices


@dataclass
class GoalAtTable:
    """One goal: its agreed words, what each gave it, what the meeting made of it, and the form for that."""

    version: object
    voices: list
    remarks: dict
    form: OutcomeForm
    seat: object  # whose page it is

    @property
    def level(self):
        return self.version.settled_level

    @property
    def settled(self):
        """Whether the meeting made something of it: a level, or that they see it differently."""
        return self.version.settled_key is not None

    @property
    def apart(self):
        """The two voices that lie furthest apart, where they differ."""
        given = sorted((one for one in self.voices if one.level is not None), key=lambda one: one.level)
        return (given[0], given[-1]) if given and given[0].level != given[-1].level else None

    @property
    def told(self):
        """The seam in words, for who cannot see it."""
        said = [_("%(name)s %(level)s") % {"name": one.name, "level": level(one.level)} for one in self.voices if one.level is not None]
        begun = {"goal": called(self.version.goal, self.seat), "start": level(self.version.start_level)}
        start = _("%(goal)s, started at %(start)s.") % begun
        return f"{start} {', '.join(said)}"

    @property
    def anchors(self):
        """The five words under the seam; a start at −1 leaves room for "further away"."""
        if self.version.start_level != -1:
            return None
        return [_("further away"), _("start"), _("goal reached"), _("more"), _("much more")]


class Meeting:
    """One review at the table, as one of its seats sees it; rows come through that seat's door and are opened in one look."""

    def __init__(self, request, review):
        self.review, self.asker = review, request.user
        self.trajectory, self.seat = review.trajectory, review.trajectory.seat_of(request.user)
        self.seats = sorted(review.closers, key=lambda seat: IN_ORDER.index(seat.part))
        preparations = list(Preparation.objects.open_to(self.seat).of_review(review).handed_in().with_levels())
        self.versions, self.left_out = review.versions_and_left_out(self.seat, at=now())
        self.remarks = list(Remark.objects.open_to(self.seat).of_review(review))
        self.lasting = {row.part: row for row in Lasting.objects.open_to(self.seat).of_review(review)}
        question = list(Release.objects.open_to(self.seat).of_question().latest_first()[:1])
        look([*preparations, *self.versions, *self.remarks, *self.lasting.values(), *question], by=self.seat, at=now())
        self.question = question[0].words if question else ""
        self.voices = voices(preparations)
        self.all_in = {one.part for one in self.voices} >= set(review.parts)

    @property
    def goals(self):
        return [self.goal(version) for version in self.versions]

    def goal(self, version, data=None):
        """One goal with its form; `data` is what was posted for it."""
        remarks = {row.part: row.words for row in self.remarks if row.outcome_id == version.settled_key}
        form = OutcomeForm(
            self.seats,
            data,
            asker=self.asker,
            start=version.start_level,
            prefix=None,
            auto_id=f"id_{version.goal_id}_%s",
            initial=self._initial(version, remarks),
        )
        return GoalAtTable(version, [voice.of_goal(version) for voice in self.voices], remarks, form, self.seat)

    @staticmethod
    def _initial(version, remarks):
        if version.settled_key is None:
            return {"base": 0}
        said = {f"{REMARK}{part}": words for part, words in remarks.items()}
        return {"base": version.settled_base, "level": version.settled_level, "differently": version.settled_level is None} | said

    @property
    def promises(self):
        """Each seat with what it does to make it last: the row, or None, and its form, which begins with what was said beforehand."""
        return [(seat, self.lasting.get(seat.part), self.promise(seat)) for seat in self.seats]

    def promise(self, seat, data=None):
        row = self.lasting.get(seat.part)
        beforehand = next((voice.said("lasting") for voice in self.voices if voice.part == seat.part), "")
        stands = {"base": row.version, "words": row.words, "due_on": row.due_on} if row else {"base": 0, "words": beforehand}
        return LastingForm(data, asker=self.asker, auto_id=f"id_{seat.part}_%s", initial={"part": seat.part} | stands)

    @property
    def missing(self):
        """What the goals without an outcome are called: by their number, or where that would count others, by their title."""
        open_ = [version for version in self.versions if version.settled_key is None]
        return [version.goal.number if reads_all(self.seat) else f"‘{version.title}’" for version in open_]

    @property
    def stage(self):
        return self.review.stage

    @property
    def open(self):
        """Whether something can still be put down."""
        return not (self.review.put_forward_at or self.trajectory.closed_at)
