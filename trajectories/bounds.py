"""How often may something costly or guessable be tried? Counted by keyed hash, kept for a day (coaching.attempts)."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

from django.utils.translation import gettext as _

from coaching.attempts import TooOften
from coaching.models.attempts import Attempt, hashed

VERIFY, CHECKS_A_MINUTE = "verify", 10
LINK, WRONG_LINKS_AN_HOUR = "wrong_link", 20
DRAFT, DRAFTS_A_MINUTE = "draft", 6
PATIENCE = 5  # seconds that a thread of the server waits for another's drawing
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

_drawing, _busy = Lock(), set()


def check_verifying(*, network, at):
    """Count one check of a report. Raises TooOften after ten in a minute from one network."""
    trace = hashed(VERIFY, network)
    if Attempt.objects.of(VERIFY, trace).since(at - MINUTE).count() >= CHECKS_A_MINUTE:
        raise TooOften(_("You are checking often in a row. Wait a minute."))
    Attempt.objects.bulk_create([Attempt(act=VERIFY, trace=trace, at=at)])


def check_link(*, network, at):
    """Raises TooOften after twenty links in an hour, from one network, that led nowhere."""
    if Attempt.objects.of(LINK, hashed(LINK, network)).since(at - HOUR).count() >= WRONG_LINKS_AN_HOUR:
        raise TooOften(_("This is tried often in a row. Wait an hour, or log in."))


def wrong_link(*, network, at):
    """Count one link that led nowhere."""
    Attempt.objects.bulk_create([Attempt(act=LINK, trace=hashed(LINK, network), at=at)])


def check_drafting(person, *, at):
    """Count one draft of `person`. Raises TooOften after six in a minute: each costs half a second of a processor."""
    trace = hashed(DRAFT, str(person.pk))
    if Attempt.objects.of(DRAFT, trace).since(at - MINUTE).count() >= DRAFTS_A_MINUTE:
        raise TooOften(_("You had several drafts just now. Wait a minute before the next."))
    Attempt.objects.bulk_create([Attempt(act=DRAFT, trace=trace, at=at)])


@contextmanager
def one_at_a_time(person):
    """Drawing a document costs a second: one per person, one after another. Raises TooOften while theirs is made, or too many wait."""
    if person.pk in _busy:
        raise TooOften(_("Your draft is being made already. Wait a moment."))
    _busy.add(person.pk)
    try:
        if not _drawing.acquire(timeout=PATIENCE):
            raise TooOften(_("Others are having a document made as well. Try again in a moment."))
        try:
            yield
        finally:
            _drawing.release()
    finally:
        _busy.discard(person.pk)
