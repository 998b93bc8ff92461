"""How does it all come into one file? Opened with a trace; a page to read, the same as data, the reports beside it (R26, R27)."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.attempts import TooOften
from coaching.clock import day_of
from coaching.models import Attempt, Person
from coaching.models.attempts import hashed
from coaching.sealed import sealed_fields
from coaching.traces import look
from trajectories.download.account import account, facts, letters
from trajectories.download.chapters import by_kind, data_of, told_of
from trajectories.download.reader import Reader
from trajectories.download.rows import chapters, drafts, own
from trajectories.download.telling import data, decoded, plain

NAME = "rode-draad"  # of the files: nobody's name, nothing of what is in them
STYLE = Path(__file__).with_name("page.css")
AN_HOUR, HOUR = 5, timedelta(hours=1)
ACT = "download"


@transaction.atomic
def may_take_along(person, *, at):
    """Count one download. Raises TooOften after five in an hour: making one opens all that somebody may read."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    trace = hashed(ACT, str(person.pk))
    if Attempt.objects.of(ACT, trace).since(at - HOUR).count() >= AN_HOUR:
        raise TooOften(_("You have made five of these in the past hour. Wait a little."))
    Attempt.objects.create(act=ACT, trace=trace, at=at)


def take_along(*, by, at):
    """All that is kept about `by` and all that they wrote, as the bytes of a ZIP. Leaves the traces of an export. Raises TooOften."""
    may_take_along(by, at=at)
    found = chapters(by)
    for chapter in found:
        _open([*chapter.rows, *chapter.reports, *chapter.addenda], chapter.seat or by, at)
    mine, waiting = _open(own(by), by, at), _open(drafts(by), by, at)
    halfway = [(draft.saved_at, decoded(draft.words or "")) for draft in waiting]
    told = {"at": at, "account": account(by), "chapters": [told_of(one, by) for one in found], "own": by_kind(mine, Reader())}
    told |= {"drafts": [(saved_at, plain(words)) for saved_at, words in halfway], "letters": letters(by), "language": get_language()}
    raw = {"made_at": at.isoformat(), "account": facts(by), "trajectories": [data_of(one, by) for one in found]}
    raw |= {"own": [data(row, Reader()) for row in mine], "letters": [[on.isoformat(), subject] for on, subject in letters(by)]}
    raw |= {"drafts": [{"saved_at": saved_at.isoformat(), "words": words} for saved_at, words in halfway]}
    return _packed(told, raw, [paper for chapter in found for paper in (*chapter.reports, *chapter.addenda)])


def _open(rows, by, at):
    """Rows without sealed words need no opening and leave no trace."""
    rows = list(rows)
    look([row for row in rows if sealed_fields(row)], by=by, at=at, act="exported")
    return rows


def _packed(told, raw, papers):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{NAME}.html", render_to_string("trajectories/download/all.html", told))
        file.writestr(f"{NAME}.css", STYLE.read_text(encoding="utf-8"))
        file.writestr(f"{NAME}.json", json.dumps(raw, ensure_ascii=False, indent=1))
        for paper in papers:
            file.writestr(f"{paper.number}.pdf", paper.pdf)
    return packed.getvalue()


def name_of(at):
    """The name of the file: a day, nobody's name."""
    return f"{NAME}-{day_of(at):%Y-%m-%d}.zip"
