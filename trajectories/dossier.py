"""Which words are kept for how long after a trajectory has ended? One line per table; the order is the order of erasing (R27)."""

from dataclasses import dataclass
from datetime import timedelta

from coaching.clock import day_of, end_of, months_after
from coaching.models import Certificate, Draft, Import, Organisation
from trajectories import models, sources

PRIVATE, DECLINED, CONTENT, RECORD, ITS_OWN = "private", "declined", "content", "record", "its own"


@dataclass(frozen=True)
class Kept:
    """A table of words: the term for which it is kept, and how its rows reach their trajectory.

    `empties` names columns that go while the row stays; a table with a term of its own (ITS_OWN) is erased by a step of its own.
    """

    model: type
    term: str
    path: str = "trajectory"
    empties: tuple = ()


def ended_by(term, at, organisation=None):
    """The moment before which a trajectory must have ended for `term` to be over at `at`. Terms of n days end at the end of the nth day."""
    organisation = organisation or Organisation.current()
    today = day_of(at)
    if term == PRIVATE:
        return end_of(today - timedelta(days=organisation.private_days + 1))
    if term == DECLINED:
        return end_of(today - timedelta(days=91))
    months = organisation.content_months if term == CONTENT else organisation.report_months
    return end_of(months_after(today, -months) - timedelta(days=1))


sources.dossier += [
    Kept(models.Request, CONTENT),
    Kept(models.Wish, CONTENT),
    Kept(models.ForCoordinator, CONTENT),
    Kept(models.CheckIn, CONTENT),
    Kept(models.Preparation, CONTENT),
    Kept(models.Measurement, RECORD),
    Kept(models.Release, RECORD),
    Kept(models.Commitment, RECORD),
    Kept(models.Remark, RECORD),
    Kept(models.Lasting, RECORD),
    Kept(models.Outcome, RECORD),
    Kept(models.Signature, RECORD),
    Kept(models.ReviewText, RECORD),
    Kept(models.Review, RECORD),
    Kept(models.GoalVersion, RECORD),
    Kept(models.Goal, RECORD),
    Kept(models.Agreement, RECORD),
    Kept(models.Question, RECORD),
    Kept(models.Ending, RECORD),
    Kept(models.ReportFile, RECORD, path="report__trajectory", empties=("pdf",)),
    Kept(models.FollowUp, RECORD),  # asked months after closing: it belongs with its addendum and its levels
    Kept(models.Addendum, RECORD, empties=("pdf", "words")),
    Kept(models.Report, RECORD),  # its bytes; number, code, hash and dates stay
    Kept(Draft, ITS_OWN),  # thirty days: erasure.forget_drafts
    Kept(models.LinkInvitation, ITS_OWN),  # until handed in or fourteen days have passed: models.links.forget_links
    Kept(Certificate, ITS_OWN),  # the house's own key, gone when the next one takes over
    Kept(Import, ITS_OWN),  # until it is carried out or a day has passed: coaching.imports
]
