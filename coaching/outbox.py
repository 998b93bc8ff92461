"""How does a letter leave? It is written with the fact it tells of, and sent after the commit; none is lost."""

import logging
import re
from datetime import datetime, time

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.clock import day_of, end_of, now
from coaching.day import due
from coaching.enclosures import Invite, by_kind, enclosure_of
from coaching.letters import GATHERED, KINDS, OPTIONAL, written
from coaching.links import path_of
from coaching.models import Letter, MailChoice, Person
from coaching.tasks import PAUSES, job
from coaching.working_days import days_off, is_working_day
from coaching.zone import zone

log = logging.getLogger(__name__)
NUDGES_FROM = time(7, 30)  # of the organisation's day (R30)
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a row, in an address


def put(kind, *, to, url="", at, not_before=None, once=None, address=""):
    """Put one letter in the outbox and leave it there; see post(). Returns it, or None when `once` was used before."""
    if once and Letter.objects.filter(unique_key=once).exists():
        return None
    letter = Letter(person=to, kind=KINDS[kind].key, url=url or reverse("coaching:home"), address=address, gathered=kind in GATHERED)
    letter.unique_key, letter.created_at, letter.due_at = once, at, not_before or at
    # Two at the same moment: the constraint lets one in, and the other is no error.
    Letter.objects.bulk_create([letter], ignore_conflicts=bool(once))
    return letter


def post(kind, *, to, url="", at, not_before=None, once=None, address=""):
    """Put one letter in the outbox, in the transaction of the verb that calls.

    `kind` is a key of coaching.letters.KINDS; `to` a Person; `url` the path of a page ("/…", their home when left out). `not_before` is
    the moment it may leave (a release waits 30 seconds, R20b). `once` is a name for the occasion: a second letter with that name is not
    made, and None is returned. A nudge waits for half past seven of a working day; anything else is tried right after the commit.
    """
    letter = put(kind, to=to, url=url, at=at, not_before=not_before, once=once, address=address)
    if letter and not letter.gathered:
        send_letter.soon(str(letter.pk), at.isoformat(), not_before=letter.due_at if letter.due_at > at else None)
    return letter


def withdraw(once, *, at):
    """What a letter tells of was undone before it left: drop it. `once` as it was given to post()."""
    Letter.objects.waiting().filter(unique_key=once, claimed_at=None).update(dropped_at=at)


def hold_back(once, *, at):
    """What a letter tells of cannot be read yet, after all: drop it, so that it can be posted anew under that name."""
    Letter.objects.waiting().filter(unique_key=once, claimed_at=None).update(dropped_at=at, unique_key=None)


def withdraw_about(among, *, to, at):
    """Who may no longer know of some things gets no letter of them that still waits. `among`: a set of keys, as they stand in addresses,
    -> those of these things. What goes to a calendar is left: whoever encloses it says when it is of use no more."""
    waiting = Letter.objects.waiting().filter(person=to, claimed_at=None).exclude(kind__in=list(by_kind))
    keys = {letter.pk: set(KEY.findall(letter.url)) for letter in waiting}
    about = among(set().union(*keys.values()))
    waiting.filter(pk__in=[pk for pk, found in keys.items() if found & about]).update(dropped_at=at)


def keep_only(kind, occasions, *, at):
    """Of the nudges of this kind that still wait only those for `occasions` (as given to post() as `once`) are of use; drop the others."""
    Letter.objects.waiting().filter(kind=kind, claimed_at=None).exclude(unique_key__in=list(occasions)).update(dropped_at=at)


def send_now(letter, at):
    """Try an act's letter at once, in this process; if it fails, it is tried again when the day's work is done."""
    _send_act(letter.pk, at)


@job
def send_letter(key, since):
    """Send one act's letter once it is due (not before `since`, a moment in ISO); a mail server that refuses is asked again later."""
    at = max(now(), datetime.fromisoformat(since))
    if not _send_act(key, at) and (letter := Letter.objects.refused().acts().filter(pk=key).first()):
        send_letter.soon(key, since, not_before=letter.due_at)


@due(last=True)
def deliver(at):
    """Send everything that is due at `at`; returns the number of mails. May run in two places at once, and be killed half-way.

    A letter is claimed before it is sent, so two processes never send the same one. Who dies between the mail server's yes and our own
    note of it leaves a claim that lapses after a quarter of an hour: that letter goes out again. At least once, then, and at most once
    as long as nobody dies; the same Message-ID lets a mailbox tell the two apart.
    """
    acts = Letter.objects.due(at).acts().oldest_first().values_list("pk", flat=True)
    sent = sum(_send_act(pk, at) for pk in list(acts))
    if timezone.localtime(at, zone()).time() < NUDGES_FROM or not is_working_day(day_of(at), days_off()):
        return sent
    people = Letter.objects.due(at).nudges().values_list("person", flat=True).order_by("person").distinct()
    return sent + sum(_send_nudges(pk, at) for pk in list(people))


def _send_act(pk, at):
    """1 when the letter went out, 0 when it did not: not due, another's, not wanted, or refused by the mail server."""
    if not Letter.objects.due(at).filter(pk=pk).update(claimed_at=at):
        return 0
    return _send(Letter.objects.filter(pk=pk).select_related("person"), at)


def _send_nudges(person_pk, at):
    """One mail with all nudges of a person, unless they had one today."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person_pk)  # one process at a time counts what went out today
        mine = Letter.objects.filter(person=person_pk).nudges()
        if mine.in_hand(end_of(day_of(at), after=-1), at=at).exists():
            return 0
        chosen = list(mine.due(at).oldest_first().values_list("pk", flat=True))
        Letter.objects.filter(pk__in=chosen).update(claimed_at=at)
    return _send(Letter.objects.filter(pk__in=chosen).select_related("person").oldest_first(), at)


def _send(claimed, at):
    """Send one mail for letters of one person that are ours now."""
    letters = list(claimed)
    unwanted = [letter.pk for letter in letters if not (letter.person.is_active and wants(letter.person, letter.kind))]
    Letter.objects.filter(pk__in=unwanted).update(dropped_at=at, claimed_at=None)
    letters = [letter for letter in letters if letter.pk not in unwanted]
    if not letters:
        return 0
    mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    try:
        enclosure = enclosure_of(letters[0], at)
        if enclosure is None:
            mine.update(dropped_at=at, claimed_at=None)
            return 0
        _mail(letters, enclosure).send()
    except Exception as error:  # whatever the mail server says: the letter stays and is tried again, later each time
        pause = PAUSES[min(letters[0].tries, len(PAUSES) - 1)]
        mine.update(claimed_at=None, due_at=at + pause, tries=F("tries") + 1, last_error=type(error).__name__)
        log.warning("A letter could not be sent: %s. It is tried again.", type(error).__name__)
        return 0
    mine.update(sent_at=at, claimed_at=None, tries=F("tries") + 1, last_error="")
    return 1


def _mail(letters, enclosure):
    first = letters[0]
    items = dict.fromkeys((letter.kind, path_of(letter)) for letter in letters)
    subject, text = written(list(items), language=first.person.language, more=enclosure.words if enclosure else "")
    host = settings.SITE_ADDRESS.split("//", 1)[-1].split(":")[0]
    headers = {"Message-ID": f"<{first.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    facts = {"to": [first.address or first.person.email], "headers": headers}
    return Invite(subject, text, enclosure=enclosure, **facts) if enclosure else EmailMessage(subject, text, **facts)


def wants(person, kind):
    """Whether this person gets this kind of mail: required ones always, the others as they chose."""
    if KINDS[kind].required:
        return True
    choice = MailChoice.objects.filter(person=person, kind=kind).first()
    return choice.wanted if choice else KINDS[kind].usual


def offered_to(parts):
    """The optional kinds that someone with these parts can get, to choose from."""
    return [kind for kind in OPTIONAL if kind.concerns(parts)]


def wanted_kinds(person):
    """The keys of the optional kinds that this person gets."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("kind", "wanted"))
    return [kind.key for kind in OPTIONAL if chosen.get(kind.key, kind.usual)]


@transaction.atomic
def choose_mail(keys, *, offered, by):
    """Keep which of the `offered` optional kinds `by` wants; what everyone gets anyway is not kept."""
    MailChoice.objects.filter(person=by, kind__in=[kind.key for kind in offered]).delete()
    differs = [kind for kind in offered if (kind.key in keys) != kind.usual]
    MailChoice.objects.bulk_create([MailChoice(person=by, kind=kind.key, wanted=kind.key in keys) for kind in differs])


def _shown(letter):
    """A letter as the development page shows it: what the mail says, in its reader's language, with a link that works now."""
    kind = KINDS[letter.kind]
    state = [_("switched off"), _("sent")][bool(letter.sent_at)] if letter.sent_at or letter.dropped_at else _("waits")
    with override(letter.person.language):
        told = {"subject": str(kind.subject), "sentence": str(kind.sentence), "link_text": str(kind.link_text)}
    told["enclosure"] = None if letter.dropped_at else enclosure_of(letter, letter.created_at)
    return told | {"letter": letter, "to": letter.address or letter.person.email, "said": state, "path": path_of(letter)}


def newest_letters(limit=60):
    """For the development page: the newest letters, as values."""
    letters = Letter.objects.newest_first().select_related("person")[:limit]
    return [_shown(letter) for letter in letters if letter.kind in KINDS]
