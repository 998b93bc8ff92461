"""Which keys are the words in this database sealed with, and how do they come under the current one?"""

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from coaching.append_only import LAY, LIFT
from coaching.sealed import reseal, sealed_fields

BATCH = 100


def sealed_models():
    return [model for model in apps.get_models() if not model._meta.proxy and sealed_fields(model)]


def key_names(model):
    """Per row that holds sealed words: its key, and the names of the sealing keys used in it."""
    names = [field.attname for field in sealed_fields(model)]
    for pk, *boxes in model._base_manager.order_by("pk").values_list("pk", *names).iterator(chunk_size=500):
        used = {bytes(box[:2]).decode() for box in boxes if box is not None}
        if used:
            yield pk, used


def problems(keys):
    """What stands in the way of opening the words, as sentences: a key that is gone, and one row per table and key tried."""
    found = []
    for model in sealed_models():
        tried = set()
        for pk, used in key_names(model):
            facts = {"names": ", ".join(sorted(used)), "table": model._meta.db_table}
            if used - set(keys):
                found.append(_("Words in %(table)s are sealed with %(names)s, which the key file lacks.") % facts)
                break
            if not used <= tried and not _opens(model._base_manager.get(pk=pk)):
                found.append(_("Words in %(table)s do not open with key %(names)s.") % facts)
                break
            tried |= used
    return found


def _opens(row):
    try:
        for field in sealed_fields(row):
            field.opened(row)
    except (InvalidTag, ValueError):
        return False
    return True


def reseal_all(current):
    """Bring every row under key `current`, in batches; killed half-way, the next run does the rest. Returns the number of rows."""
    done = 0
    for model in sealed_models():
        stale = [pk for pk, used in key_names(model) if used != {current}]
        for start in range(0, len(stale), BATCH):
            done += _reseal(model, stale[start : start + BATCH])
    return done


@transaction.atomic
def _reseal(model, pks):
    table = model._meta.db_table
    stays = _is_append_only(table)
    if stays:
        _execute(LIFT, table)
    rows = list(model._base_manager.select_for_update().filter(pk__in=pks))
    for row in rows:
        reseal(row)
    if stays:
        _execute(LAY, table)
    return len(rows)


def _is_append_only(table):
    catalogue = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = %s",
        "postgresql": "SELECT 1 FROM pg_trigger WHERE tgname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor], [f"{table}_unchanged"])
        return cursor.fetchone() is not None


def _execute(statements, table):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement.format(t=table))
