"""Read in a staff list from the command line: look first, then take over whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coaching.clock import day_of, now
from coaching.imports.carry_out import carry_out
from coaching.imports.columns import KINDS, folded, heading
from coaching.imports.known import as_it_is
from coaching.imports.lines import lines_of
from coaching.imports.lists import remembered
from coaching.imports.plan import planned
from coaching.imports.reading import read
from coaching.imports.sentences import said
from coaching.models import Import, Organisation
from coaching.refusals import Refused
from coaching.units import alone

WORDS = {"added": "added", "changed": "changed", "same": "as they were", "refused": "refused", "absent": "not in the list"}


class Command(BaseCommand):
    help = "Read in a staff list (CSV or XLSX). All or nothing; the same list twice changes nothing; who is absent is only listed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--map", action="append", default=[], metavar="NAME=KIND", help=f"what a column holds: {', '.join(KINDS)}")
        parser.add_argument("--without-refused", action="store_true", help="take over the rest when rows are refused")

    def handle(self, *, file, dry_run, map, without_refused, **options):
        try:
            rows = read(file.read_bytes(), progress=self._progress("read"))
            head = heading(rows.rows, remembered=remembered() | dict(map_of(map)))
            if head.missing:
                missing, names = ", ".join(head.missing), ", ".join(head.names)
                raise CommandError(f'No column found for: {missing}. The columns are: {names}. Use --map "name of column=kind".')
            at = now()
            with transaction.atomic():
                alone()
                plan = planned(lines_of(rows.rows, head, today=day_of(at)), set(head.kinds), as_it_is())
                self._tell(plan, rows)
                if plan.refused and not (dry_run or without_refused):
                    raise CommandError("Nothing was changed. Mend these rows, or use --without-refused to take over the others.")
                if not dry_run and plan.changes:
                    self._write(plan, file, at)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Nothing was changed: this was a dry run." if dry_run else "Done." if plan.changes else "Nothing to change.")

    def _write(self, plan, file, at):
        language = Organisation.current().language
        carry_out(plan, at=at, language=language, progress=self._progress("written"))
        Import.objects.create(by=None, at=at, file_name=file.name[-200:], carried_out_at=at, counts=plan.counts)

    def _tell(self, plan, rows):
        for note in plan.refused:
            column = f", {KINDS[note.kind]}" if note.kind else ""
            self.stderr.write(f"row {note.row}{column}: {note.value!r}. {said(note)}")
        for note in plan.remarks:
            self.stdout.write(f"row {note.row}: {said(note)}")
        counts = plan.counts
        self.stdout.write(f"{rows.written}. " + ", ".join(f"{counts[name]} {word}" for name, word in WORDS.items()) + ".")
        self.stdout.write(f"{counts['units']} new units, {counts['moved']} units moved.")

    def _progress(self, word):
        def progress(rows):
            if self.stderr.isatty():
                self.stderr.write(f"\r{rows} {word}", ending="")

        return progress


def map_of(pairs):
    """Pairs (folded name of a column, kind). Raises CommandError."""
    for pair in pairs:
        name, _equals, kind = pair.rpartition("=")
        if not name or kind not in {"", *KINDS}:
            raise CommandError(f"{pair} is not a column=kind; the kinds are {', '.join(KINDS)}.")
        yield folded(name), kind
