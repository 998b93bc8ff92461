"""Who looked? No trace, no text: look() is the only way to open sealed rows (R26, architecture 20)."""

from collections import namedtuple
from datetime import timedelta

from django.db import transaction

from coaching.clock import day_of
from coaching.models import Trace
from coaching.sealed import open_boxes

Eyes = namedtuple("Eyes", "person_id part")  # who looks, in which part, where no one seat is meant: a home that shows several trajectories
KEPT = timedelta(days=3 * 365)


def look(rows, *, by, at, act="opened"):
    """Open the sealed words of `rows` (of any kinds together) for `by`, a seat or a person, and trace it: one statement in one transaction.

    `act` is opened, changed, exported or printed; `at` the moment in UTC. A row that only `by` can read leaves no trace.
    """
    rows = list(rows)
    person = getattr(by, "person_id", None) or by.pk
    with transaction.atomic(savepoint=False):
        leave([row for row in rows if not row.private_to(person)], person=person, part=getattr(by, "part", ""), at=at, act=act)
        return [open_boxes(row) for row in rows]


def leave(rows, *, person, part, at, act):
    """Write the lines; a second one in the same hour changes nothing."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    facts = {"person_id": person, "part": part, "act": act, "hour": hour, "keep_until": day_of(at + KEPT)}
    lines = [Trace(kind=row._meta.label_lower, thing=row.pk, dossier=row.dossier, **facts) for row in rows]
    if lines:
        Trace.objects.bulk_create(lines, ignore_conflicts=True)
