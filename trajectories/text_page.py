"""What stands on the page that one signs? The whole frozen text, who signed it, and what changed since the one before (R23)."""

from difflib import SequenceMatcher

from django.utils import translation
from django.utils.translation import gettext as _

from coaching.clock import now
from coaching.templatetags.house import clock, day_long
from coaching.traces import look
from trajectories.models import Report, ReviewText, Signature
from trajectories.report import canonical, chart, wording
from trajectories.voices import IN_ORDER


class TextPage:
    """The last text of a review as one seat reads it; `text` is None while none was put forward. `act`: what is done with it (R26)."""

    def __init__(self, request, review, *, act="opened"):
        self.review, self.trajectory = review, review.trajectory
        self.seat = self.trajectory.seat_of(request.user)
        rows = list(ReviewText.objects.open_to(self.seat).of_review(review).latest_first()[:2])
        self.row, self.before = (rows + [None, None])[:2]
        self.signatures = list(Signature.objects.open_to(self.seat).of_text(self.row).with_people()) if self.row else []
        look([*rows, *self.signatures], by=self.seat, at=now(), act=act)
        self.text = canonical.from_json(self.row.words) if self.row else None
        self.report = self._report(request) if self.trajectory.closed_at else None

    def _report(self, request):
        return Report.objects.visible_to(request.user).without_bytes().with_trajectory().of_text(self.row).first()

    @property
    def making(self):
        return self.report and self.report.making(now())

    @property
    def own(self):
        return next((one for one in self.signatures if one.seat_id == self.seat.pk), None)

    @property
    def lies_there(self):
        """Whether it can be signed now."""
        return bool(self.review.put_forward_at) and not self.trajectory.closed_at

    @property
    def accord(self):
        seats = {seat.part: seat for seat in self.review.closers}
        signed = {one.seat_id: one for one in self.signatures}
        return [self._one(seats[part], signed.get(seats[part].pk)) for part in IN_ORDER if part in seats]

    def _one(self, seat, signature):
        if signature is None:
            said = _("That is you") if seat.pk == self.seat.pk else _("Not yet")
            return {"part": seat.part, "name": seat.name, "done": False, "text": said}
        when = {"day": day_long(signature.worded_at), "time": clock(signature.worded_at)}
        said = _("Signed on %(day)s, %(time)s") if signature.agrees else _("Read, not agreed, on %(day)s, %(time)s")
        return {"part": seat.part, "name": signature.seat.name, "done": True, "text": said % when}

    @property
    def remarks(self):
        return [(one.seat.name, one.remark) for one in self.signatures if one.remark]

    def shown(self):
        """The text in its own language, as the template shows it."""
        text = self.text
        with translation.override(text.language):
            return {
                "title": wording.title(text),
                "facts": wording.facts(text),
                "headline": wording.headline(text),
                "goals": [(goal, wording.came_to(goal), self._remarks(goal)) for goal in text.goals],
                "voices": [(text.party(voice.part), voice.answers) for voice in text.voices],
                "commitments": [(one, wording.kept(one)) for one in text.commitments],
                "without_third": wording.without_third(text),
            }

    def _remarks(self, goal):
        return [(self.text.party(one.part).first_name, one.words) for one in goal.differently]

    def changes(self):
        """What was struck and what came, against the text before: [(words before, words now)]; either may be empty."""
        if self.before is None:
            return []
        old, new = (spoken(canonical.from_json(row.words)) for row in (self.before, self.row))
        found = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        return [(" ".join(old[a:b]), " ".join(new[c:d])) for what, a, b, c, d in found if what != "equal"]


def spoken(text):
    """All that a text says, sentence by sentence, in the order of reading."""
    said = [text.question or "", text.summary]
    for goal in text.goals:
        level = wording.came_to(goal) if goal.outcome is None else f"{chart.level(goal.outcome)}: {goal.sentence}"
        said += [goal.title, goal.now, goal.then, level, *(one.words for one in goal.differently)]
    said += [text.quote, *(answer.words for voice in text.voices for answer in voice.answers)]
    said += [f"{one.who}: {one.what} {one.when}" for one in text.lasting]
    said += [f"{one.who}: {one.what} {wording.kept(one)}" for one in text.commitments]
    return [words for words in said if words.strip()]
