"""How does a staff list go from upload to taken over? Read, looked at, taken over whole or put aside; nothing is kept for longer."""

import json
import logging
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.clock import day_of, now
from coaching.day import due
from coaching.imports import progress
from coaching.imports.beforehand import too_close
from coaching.imports.beside import beside
from coaching.imports.carry_out import carry_out
from coaching.imports.columns import KINDS, folded, heading
from coaching.imports.known import as_it_is
from coaching.imports.lines import lines_of
from coaching.imports.plan import digest, planned
from coaching.imports.preview import preview_of
from coaching.imports.reading import LARGEST, read
from coaching.models import ColumnName, Import
from coaching.refusals import Refused
from coaching.traces import look
from coaching.units import alone

log = logging.getLogger(__name__)
SMALL = 200_000  # bytes: some two thousand rows, read within the second
SHOWN = 3  # rows that show what is in a column


def remembered():
    """Folded name of a column -> kind, as people once pointed out."""
    return dict(ColumnName.objects.values_list("name", "kind"))


def bring(raw, file_name, *, by, at):
    """Take in a file (bytes) that `by` chose, and begin to read it. Raises Refused when it is too large."""
    if len(raw) > LARGEST:
        raise Refused(_("This file is too large. Ten megabytes is the maximum."))
    with transaction.atomic():
        Import.objects.readable_by(by).lying().update(put_aside_at=at, file=None, preview=None)
        row = Import.objects.create(by=by, at=at, file_name=file_name[-200:], file=raw, phase="reading", alive_at=at)
        beside(prepare, row.pk, at_once=len(raw) <= SMALL)
    return row


@transaction.atomic
def point_out(row, chosen, *, by, at):
    """Say by hand what columns hold: `chosen` is place -> kind ("" for nothing). It is remembered for lists with the same names."""
    names = shown(row, by=by).get("names", [])
    for place, kind in chosen.items():
        if place < len(names) and (name := folded(names[place])) and kind in {"", *KINDS}:
            ColumnName.objects.update_or_create(name=name, defaults={"kind": kind})
    if not _claim(row, "reading", at, mapping={str(place): kind for place, kind in chosen.items()}, digest=""):
        raise Refused(_("This list is being read. Wait a moment."))
    beside(prepare, row.pk, at_once=len(row.file or b"") <= SMALL)


def take_over(row, *, by, at, seen, sure):
    """Write what the preview with fingerprint `seen` promised. Raises Refused when it is another one, when it is too late, or when they
    did not say that they are `sure`: it cannot be taken back.
    """
    if not sure:
        raise Refused(_("Look at what would change, and say so beside the button. Taking over cannot be taken back."))
    if row.state != "ready" or row.digest != seen:
        raise Refused(_("This list is not as you saw it. Look once more at what would change."))
    if not row.counts.get("changes"):
        raise Refused(_("There is nothing to take over: everything in the list is so already."))
    with transaction.atomic():
        if not _claim(row, "reading", at):
            raise Refused(_("This list is being read. Wait a moment."))
        beside(write, row.pk, at_once=row.counts.get("rows", 0) <= 2_000)


@transaction.atomic
def put_aside(row, *, by, at):
    """Forget a list that was not taken over: its file and its preview are gone at once."""
    if row.state in {"done", "busy"}:
        raise Refused(_("This list has been taken over already.") if row.state == "done" else _("This list is being read. Wait a moment."))
    Import.objects.filter(pk=row.pk).update(put_aside_at=at, file=None, preview=None)


def shown(row, *, by):
    """What the page shows of this list, as values; {} when there is nothing (any more)."""
    look([row], by=by, at=now())
    return json.loads(row.preview) if row.preview else {}


def _claim(row, phase, at, **facts):
    """Begin to work on a list, unless somebody does already or its file is gone."""
    return Import.objects.lying().filter(pk=row.pk, file__isnull=False).update(phase=phase, alive_at=at, done=0, failure="", **facts)


def _sign(pk, phase):
    """Say now and then how far we are; in a statement of its own, since everything else is one transaction."""

    def progress(done, total=0):
        facts = {"total": total} if total else {}
        Import.objects.filter(pk=pk).update(phase=phase, done=done, alive_at=now(), **facts)

    return progress


def prepare(pk):
    """Read the file and make the preview."""
    _worked(pk, _prepare)


def write(pk):
    """Read the file once more and write what it says, if that is still what the preview promised."""
    try:
        _worked(pk, _write)
    finally:
        progress.forget(pk)


def _worked(pk, work):
    row = Import.objects.select_related("by").get(pk=pk)
    look([row], by=row.by, at=now())
    with override(row.by.language):
        try:
            facts = work(row)
        except Refused as refusal:
            facts = {"failure": str(refusal)[:300], "file": None}
        except Exception:
            log.exception("A staff list was not finished.")
            facts = {"failure": _("Something went wrong on our side. Nothing was changed. Try again."), "file": None}
    _keep(row, phase="", **facts)


def _keep(row, **facts):
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))


def _prepare(row):
    rows = read(row.file, progress=_sign(row.pk, "reading"))
    head = heading(rows.rows, remembered=remembered(), chosen=row.mapping)
    words = {"names": head.names, "kinds": head.kinds, "samples": _samples(rows.rows, head), "missing": head.missing}
    if head.missing:
        return {"preview": json.dumps(words), "digest": ""}
    sign = _sign(row.pk, "comparing")
    sign(0, len(rows.rows))
    return _looked_at(row, rows, head, words, progress=sign)[2]


def _looked_at(row, rows, head, words, progress=None):
    """The plan as things are now, what it was made of, and what to keep of it."""
    known = as_it_is()
    plan = planned(lines_of(rows.rows, head, today=day_of(now()), progress=progress), set(head.kinds), known)
    found = preview_of(plan, known, rows, head, close=too_close(plan, known, by=row.by))
    return plan, known, {"preview": json.dumps(words | found), "digest": digest(plan, known), "counts": found["counts"]}


def _samples(rows, head):
    """What the first rows have in each column, to recognise it by."""
    below = rows[head.first : head.first + SHOWN]
    return [[str(line[place])[:40] for line in below if place < len(line) and line[place]] for place in range(len(head.names))]


def _write(row):
    rows = read(row.file, progress=_sign(row.pk, "reading"))
    words = json.loads(row.preview)
    head = heading(rows.rows, remembered=remembered(), chosen=row.mapping)
    words = {name: words[name] for name in ("names", "kinds", "samples", "missing")}
    sign = _sign(row.pk, "comparing")
    sign(0, len(rows.rows))
    looked = _looked_at(row, rows, head, words, progress=sign)
    _sign(row.pk, "writing")(0, len(looked[0].added) + len(looked[0].changed))
    with transaction.atomic():  # others cannot write meanwhile (SQLite): the thinking was done before
        alone()
        plan, _known, facts = looked if as_it_is() == looked[1] else _looked_at(row, rows, head, words)
        if facts["digest"] != row.digest:
            return facts | {"preview": json.dumps(json.loads(facts["preview"]) | {"anew": True})}
        at = now()
        carry_out(plan, at=at, language=row.by.language, progress=partial(progress.say, row.pk))
        _keep(row, carried_out_at=at, file=None, counts=facts["counts"])
    return {}


@due
def give_up(at):
    """Who was reading has died: nothing was written, and the list can be brought again."""
    with override(None):
        sentence = _("Reading this list was broken off. Nothing was changed. Try again.")
    Import.objects.silent(at).update(phase="", failure=sentence, file=None)


@due
def forget(at):
    """Files not taken over within a day, and previews of a week."""
    Import.objects.with_old_file(at).update(file=None, preview=None, put_aside_at=at)
    Import.objects.with_old_preview(at).update(preview=None)
