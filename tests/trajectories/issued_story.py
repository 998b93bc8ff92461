"""A trajectory whose report is there, and its bytes as a reader opens them."""

from coaching.clock import now
from coaching.traces import look
from tests.trajectories.closing_story import make_signed, make_story
from trajectories.doors import CLIENT
from trajectories.models import Report, ReportFile
from trajectories.report.make import make_files


def issued():
    """A story with `report`, made."""
    story = make_story()
    report = make_signed(story, own_levels=True)
    make_files(report.pk)
    story.report = Report.objects.get(pk=report.pk)
    return story


def bytes_of(story, kind=""):
    """The bytes of the report, or of its "white" or "archive" file, opened by the client."""
    client = story.people[CLIENT]
    rows = ReportFile.objects.readable_by(client).of_kind(kind).with_report() if kind else Report.objects.readable_by(client)
    rows = rows.filter(**{"report" if kind else "pk": story.report.pk})
    return look(rows, by=client, at=now())[0].pdf
