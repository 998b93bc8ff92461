"""What must happen when a backup comes back? All in one transaction: rows, erasures since, the end of sessions and links."""

from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from coaching import backups
from coaching.erasures import read_journal, replay
from coaching.models import KeyMark, Person
from coaching.refusals import Refused
from coaching.resealing import problems

steps = []


def restored(step):
    """Register `step(at)` in `<app>/restoring.py`: run in the transaction of a restore, it ends what must not live on (sent links)."""
    if step not in steps:
        steps.append(step)
    return step


@transaction.atomic
def restore(path, *, journal, at):
    """Put the backup at `path` into this empty database, less what `journal` (a path or None) says was erased since. Raises Refused.

    Returns its manifest and the number of erasures in the journal.
    """
    autodiscover_modules("restoring")
    backups.refuse_unless_empty()
    manifest = backups.manifest_of(path)
    backups.load(path, manifest)
    unfit = KeyMark.objects.unfit(settings.SEALING_KEYS) or "\n".join(problems(settings.SEALING_KEYS))
    if unfit:
        raise Refused(unfit)
    if journal and Path(journal).exists():
        read_journal(journal)
    erased = replay()
    for step in steps:
        step(at)
    return manifest, erased


@restored
def end_sessions_and_links(at):
    """Nobody stays logged in. Password links name the last login, so a new one ends them all."""
    Session.objects.all().delete()
    Person.objects.update(last_login=at)
