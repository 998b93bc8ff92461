"""What has been erased since a backup was made? The journal of erased keys: in the database, beside the backups, replayed by a restore."""

import json
import os
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from coaching.clock import day_of, today
from coaching.day import due
from coaching.models import Erased
from coaching.refusals import Refused


def write_journal(path):
    """Write the whole journal to `path` in one step: keys and moments, no words."""
    fresh = Path(f"{path}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for line in Erased.objects.in_order():
            facts = {"id": str(line.pk), "kind": line.kind, "thing": line.thing, "at": line.at.isoformat()}
            file.write(json.dumps(facts | {"keep_until": line.keep_until.isoformat()}) + "\n")
    fresh.replace(path)


@due
def keep_journal(at):
    """Outside the database too, where ERASURES_FILE says: a lost database must not take its journal with it."""
    if settings.ERASURES_FILE:
        write_journal(settings.ERASURES_FILE)


@due
def forget_journal(at):
    """Lines older than any backup may be. The table refuses before their day has really come, whatever `--at` says."""
    Erased.objects.filter(keep_until__lt=min(day_of(at), today())).delete()


def read_journal(path):
    """Put the lines of a journal file that this database does not know yet into its own journal."""
    with Path(path).open() as file:
        lines = [Erased(**facts | {"at": datetime.fromisoformat(facts["at"])}) for facts in map(json.loads, file)]
    Erased.objects.bulk_create(lines, ignore_conflicts=True)


def replay():
    """Erase again all that the journal names. Raises Refused when something cannot go. Returns how many lines there are."""
    lines = waiting = list(Erased.objects.in_order())
    while waiting:
        left = [line for line in waiting if not _erase(line)]
        if len(left) == len(waiting):
            facts = {"number": len(left), "kind": left[0].kind}
            raise Refused(_("%(number)s erased things could not be erased again; the first is a %(kind)s.") % facts)
        waiting = left
    return len(lines)


def _erase(line):
    """True when the line is carried out, or its table or column is no more."""
    app, model, *field = line.kind.split(".")
    try:
        rows = apps.get_model(app, model)._base_manager.filter(pk=line.thing)
        with transaction.atomic():
            if field:
                column = rows.model._meta.get_field(field[0])
                rows.update(**{column.name: None if column.null else column.get_default()})
            else:
                rows.delete()
    except (LookupError, FieldDoesNotExist):
        return True
    except (ProtectedError, DatabaseError):
        return False
    return True
