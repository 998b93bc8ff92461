"""How does all that is kept go into one file and come back, on either database? Words travel sealed; the key file never does."""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from coaching.refusals import Refused

# Log-ins are no content, the queue is no memory (coaching.tasks), and the other two follow from the code.
LEFT_OUT = {"sessions.session", "django_tasks_database.dbtaskresult", "contenttypes.contenttype", "auth.permission"}
# What `migrate` itself puts in an empty database; a restore replaces it.
MADE_BY_MIGRATE = {"coaching.keymark"}


class Exact(DjangoJSONEncoder):
    """Django's own encoder drops microseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def models():
    """Every model with a table of its own that a backup holds."""
    ours = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    return [model for model in ours if model._meta.label_lower not in LEFT_OUT]


def migrations():
    """Which shape the tables have, so that a copy only goes back into the same shape."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def _one_moment():
    """All reads see the database at one moment, and writers do not wait for them."""
    outermost, mode = not connection.in_atomic_block, getattr(connection, "transaction_mode", None)
    if mode:
        connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if mode:
            connection.transaction_mode = mode


class _Hashed(io.TextIOBase):
    """Text that is written on to `file` and hashed on the way."""

    def __init__(self, file):
        self.file, self.hash = file, hashlib.sha256()

    def write(self, text):
        raw = text.encode()
        self.hash.update(raw)
        return self.file.write(raw)


def write(folder, *, at):
    """Copy everything to a new file in `folder`, readable by its owner only, with a manifest of counts and a hash. Returns its path."""
    path = Path(folder) / f"rode-draad-{at:%Y%m%d-%H%M%S-%f}.zip"
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as copy:
                manifest = {"made_at": at.isoformat(), **_write_rows(copy)}
                copy.writestr("manifest.json", json.dumps(manifest, indent=1))
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).rename(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return path


def _write_rows(copy):
    tables = {}
    with _one_moment(), copy.open("rows.jsonl", "w", force_zip64=True) as raw:
        rows = _Hashed(raw)
        for model in models():
            count = model._base_manager.count()
            tables[model._meta.label_lower] = count
            if count:
                every = model._base_manager.order_by("pk").iterator(chunk_size=500)
                serializers.serialize("jsonl", every, stream=rows, cls=Exact, ensure_ascii=False)
        return {"migrations": migrations(), "tables": tables, "sha256": rows.hash.hexdigest()}


def manifest_of(path):
    """The manifest of the copy at `path`, after its rows proved to be the ones that were written. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as copy, copy.open("rows.jsonl") as rows:
            manifest = json.loads(copy.read("manifest.json"))
            found = hashlib.file_digest(rows, "sha256").hexdigest()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(_("%(path)s is not a whole backup.") % {"path": path}) from error
    if found != manifest["sha256"]:
        raise Refused(_("%(path)s was changed or damaged since it was made.") % {"path": path})
    return manifest


def refuse_unless_empty():
    """Raises Refused when this database holds anything that `migrate` did not put there."""
    filled = [model._meta.label_lower for model in models() if model._base_manager.exists()]
    filled = [label for label in filled if label not in MADE_BY_MIGRATE]
    if filled:
        raise Refused(_("This database is not empty: %(tables)s. Restore into a new one.") % {"tables": ", ".join(filled)})


def load(path, manifest):
    """Put the rows of the copy into this database, exactly as they were. Call it in a transaction. Raises Refused when rows are missing."""
    if manifest["migrations"] != migrations():
        raise Refused(_("This backup was made by another version. Restore it with that version, then migrate."))
    for label in MADE_BY_MIGRATE:
        apps.get_model(label)._base_manager.all().delete()
    counted = Counter()
    with zipfile.ZipFile(path) as copy, copy.open("rows.jsonl") as raw:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(raw, encoding="utf-8")):
            row.save(force_insert=True)
            counted[row.object._meta.label_lower] += 1
    if counted != Counter({label: count for label, count in manifest["tables"].items() if count}):
        raise Refused(_("The backup does not hold as many rows as it says."))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
