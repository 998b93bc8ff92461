"""What is signed? A row: the frozen text with a number. A new number has no signatures, so nothing needs withdrawing (R23)."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.outbox import post
from coaching.refusals import Refused
from coaching.sealed import SealedText
from trajectories.doors import CLIENT, COACH, NOT_ENDED_EARLY, SPONSOR
from trajectories.models.content import Content
from trajectories.models.parts import Part
from trajectories.models.preparations import AtTable
from trajectories.models.reports import Report, next_number
from trajectories.models.review import Review


def _put_to(part, worded_at):
    """Whether a text was put forward when whoever sits in `part` now sat there: in what was put to others speaks who left."""
    sits = Part.objects.current().filter(trajectory=OuterRef("trajectory"), part=part)
    return Exists(sits.filter(confirmed_at__lte=OuterRef(worded_at)))


class ReviewTextQuerySet(AtTable):
    @property
    def reads(self):
        rules = super().reads
        return rules | {part: rules[part] & Q(_put_to(part, "worded_at")) for part in (COACH, SPONSOR)}

    def latest_first(self):
        return self.order_by("-number")


class ReviewText(Content):
    """The sealed output of report.gather(), put forward to sign. No verb changes it; what changes is a next number."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    words = SealedText(seal="review_text")
    objects = ReviewTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="one_text_per_number")]

    @classmethod
    @transaction.atomic
    def put_forward(cls, review, *, by, at, gather):
        """Freeze the text and put it forward. `gather(review, number=, by=, at=) -> str`: the canonical words under that number (R24).

        Whoever had signed an earlier number is told. Raises Refused while the meeting is not done.
        """
        review = Review.locked(review.pk)
        review.trajectory._seat_needed(by, COACH, CLIENT)
        review.must_meet()
        if review.unsettled(at).exists():
            raise Refused(_("One of the goals has no outcome yet. Put down a level, or say that you see it differently."))
        if not review.report_number:
            review.report_number = next_number(at)
        last = review.texts.latest_first().first()
        text = cls.objects.create(
            review=review,
            trajectory=review.trajectory,
            number=last.number + 1 if last else 1,
            worded_at=at,
            words=gather(review, number=review.report_number, by=by, at=at),
        )
        review.put_forward_at = at
        review.save()
        had_signed = set(last.signatures.values_list("seat__person", flat=True)) if last else set()
        url = reverse("trajectories:text", args=[review.trajectory_id])
        for seat in review.closers:
            post("signature_withdrawn" if seat.person_id in had_signed else "please_sign", to=seat.person, url=url, at=at)
        return text

    @classmethod
    @transaction.atomic
    def take_back(cls, review, *, by, at):
        """Change something after all: the text no longer lies there to be signed. Its number and its signatures stay what they were."""
        review = Review.locked(review.pk)
        review.trajectory._seat_needed(by, COACH, CLIENT)
        review.must_be_closing()
        if not review.put_forward_at:
            raise Refused(_("No text lies there to be signed."))
        review.put_forward_at = None
        review.save()


class SignatureQuerySet(AtTable):
    """All who close read the remarks: they are printed."""

    review = "text__review"

    @property
    def reads(self):
        rules = super().reads
        rules |= {part: rules[part] & Q(_put_to(part, "text__worded_at")) for part in (COACH, SPONSOR)}
        own = Q(seat__part=SPONSOR, seat__until_at=None) & NOT_ENDED_EARLY  # also of a closing that was broken off (R27)
        return rules | {SPONSOR: rules[SPONSOR] | own}

    def of_text(self, text):
        return self.filter(text=text)

    def with_people(self):
        return self.select_related("seat__person").order_by("worded_at", "pk")


class Signature(Content):
    """One seat's yes, or "read, not agreed" with a remark, to one text. It can be taken back until the last one is there."""

    text = models.ForeignKey(ReviewText, models.CASCADE, related_name="signatures")
    seat = models.ForeignKey(Part, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    own_levels = models.BooleanField(default=False)  # consents that each one's own level is printed
    remark = SealedText(seal="signature_remark", null=True)
    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "seat"], name="signs_once")]

    @classmethod
    @transaction.atomic
    def sign(cls, review, *, by, at, read, agrees=True, remark="", own_levels=False):
        """Put `by`'s signature under text number `read`, the one that their page showed. Gives the Report when it was the last signature.

        Raises Refused when the text is no longer the last, or "not agreed" comes without a remark.
        """
        review = Review.locked(review.pk)
        seat = review.seat_of(by)
        text = cls._text_to_sign(review, read)
        if not agrees and not remark.strip():
            raise Refused(_("You do not agree. Write in a sentence why; it is printed with your name."))
        if text.signatures.filter(seat=seat).exists():
            raise Refused(_("You have signed this text already."))
        facts = {"worded_at": at, "agrees": agrees, "own_levels": own_levels, "remark": remark.strip() or None}
        cls.objects.create(text=text, trajectory=review.trajectory, seat=seat, **facts)
        if set(text.signatures.values_list("seat", flat=True)) >= {one.pk for one in review.closers}:
            return cls._close(review, text, by=by, at=at)
        return None

    @staticmethod
    def _text_to_sign(review, read):
        review.must_be_closing()
        text = review.texts.latest_first().first()
        if text is None or not review.put_forward_at:
            raise Refused(_("No text lies there to be signed."))
        if text.number != read:
            raise Refused(_("The text changed while you were reading. Read it again before you sign."))
        return text

    @staticmethod
    def _close(review, text, *, by, at):
        """The last signature closes the trajectory; outcomes become measurements; the report is made after the commit."""
        trajectory = review.trajectory
        trajectory._begin("sign", by=by)
        trajectory.closed_at = at
        trajectory.save()
        goals = review.goals(text.worded_at)  # of which the text speaks
        for outcome in review.outcomes.filter(level__isnull=False, goal__in=goals).select_related("goal"):
            outcome.goal.measure(seat=trajectory.client, at=at, level=outcome.level, moment="outcome", thing=review.pk)
        return Report.of(text, at=at)

    @classmethod
    @transaction.atomic
    def take_back(cls, review, *, by, at):
        """Take one's own signature back; others may have signed, the last may not."""
        review = Review.locked(review.pk)
        seat = review.seat_of(by)
        if review.trajectory.closed_at:
            raise Refused(_("Everyone has signed. An addendum can be added; the text stays."))
        review.must_be_closing()
        text = review.texts.latest_first().first()
        gone, _which = cls.objects.filter(text=text, seat=seat).delete()
        if not gone:
            raise Refused(_("You have not signed this text."))
