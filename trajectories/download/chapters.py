"""What is told of one trajectory in a download? Who, when, the words by their kind, and who looked (R26, R27)."""

from coaching.models import Trace
from trajectories.doors import CLIENT
from trajectories.download.reader import reader_of
from trajectories.download.telling import data, kind_of, piece
from trajectories.looks import lines

MOMENTS = ("asked_at", "accepted_at", "intake_at", "agreed_at", "started_at", "closing_at", "closed_at", "stopped_at", "declined_at")


def by_kind(rows, reader):
    """[(kind of words, [Piece])] in the order of `rows`."""
    found = {}
    for row in rows:
        found.setdefault(kind_of(row), []).append(piece(row, reader))
    return list(found.items())


def told_of(chapter, person):
    """One trajectory as the readable page has it."""
    return {
        "trajectory": chapter.trajectory,
        "part": chapter.seat,
        "parties": chapter.parties,
        "kinds": by_kind(chapter.rows, reader_of(chapter)),
        "reports": [report.number for report in chapter.reports],
        "addenda": [addendum.number for addendum in chapter.addenda],
        "looks": [(day, line) for day, line, _hour in lines(_traces(chapter, person), person, seat=chapter.seat)],
    }


def data_of(chapter, person):
    """The same for a machine."""
    row, reader = chapter.trajectory, reader_of(chapter)
    moments = {name: at.isoformat() for name in MOMENTS if (at := getattr(row, name))}
    parties = [
        {"part": one.part, "name": one.name, "from": one.from_at.isoformat(), "until": one.until_at and one.until_at.isoformat()}
        for one in chapter.parties
    ]
    seen = lines(_traces(chapter, person), person, seat=chapter.seat)
    looks = [{"on": day.isoformat(), "hour": line.hour, "part": line.part, "name": line.name, "did": line.did} for day, line, _hour in seen]
    facts = {"id": str(row.pk), "state": str(row.state), "your_part": chapter.seat and chapter.seat.part, "moments": moments}
    return facts | {"parties": parties, "rows": [data(one, reader) for one in chapter.rows], "looks": looks}


def _traces(chapter, person):
    """All of them for the client, everybody else's own: as the page of who looked has it."""
    rows = Trace.objects.of_dossier(chapter.trajectory.pk).latest_first()
    return list(rows if chapter.seat and chapter.seat.part == CLIENT else rows.filter(person_id=person.pk))
