"""Is this installation fit to run? Its keys against its database, and who else may read its files."""

import stat
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from coaching.models import KeyMark


def refuse_wrong_keys():
    """Raises ImproperlyConfigured with a sentence when words in this database would not open. A database without tables is left alone."""
    try:
        with transaction.atomic():
            refused = KeyMark.objects.refusal(settings.SEALING_KEYS)
    except DatabaseError:
        return
    if refused:
        raise ImproperlyConfigured(str(refused))


@checks.register(checks.Tags.database)
def keys_fit(app_configs, databases=None, **kwargs):
    if not databases:
        return []
    try:
        refuse_wrong_keys()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="coaching.E001")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def files_are_private(app_configs, **kwargs):
    """The key file and an SQLite file are for the application's own user."""
    paths = [Path(settings.SEALING_KEYS_FILE), settings.DATABASE_FILE]
    return [
        checks.Warning(f"{path} can be read by every user of this machine; chmod o-rwx it.", id="coaching.W001")
        for path in paths
        if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO
    ]
