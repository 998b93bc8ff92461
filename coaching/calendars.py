"""How do people choose what comes into their own calendar, and how do they get the secret address of a feed, and lose it? (R17)"""

import secrets

from django.db import transaction

from coaching.following import changed
from coaching.models.calendars import FEED, INVITATIONS, WAYS, CalendarChoice, hashed


@transaction.atomic
def choose_calendar(*, way, with_place, by, at):
    """Keep how `by` wants their appointments; what their calendar holds follows. Leaving the feed ends its address."""
    choice = CalendarChoice.of(by)
    before = (choice.way, choice.with_place)
    choice.way, choice.with_place = way if way in WAYS else choice.way, with_place
    if choice.way != FEED:
        choice.token = choice.token_at = None
    choice.save()
    if (choice.way, choice.with_place) != before:
        changed(by, at=at)


@transaction.atomic
def new_feed_address(*, by, at):
    """A new secret (43 characters, 256 random bits) for the address of the feed of `by`; the one before stops working. It is told once."""
    choice, token = CalendarChoice.of(by), secrets.token_urlsafe(32)
    left = choice.way != FEED
    choice.way, choice.token, choice.token_at = FEED, hashed(token), at
    choice.save()
    if left:
        changed(by, at=at)
    return token


def revoke_feed(*, by):
    """From the next request the address of the feed of `by` leads nowhere."""
    CalendarChoice.objects.filter(person=by).update(token=None, token_at=None)


def gets_invitations(person):
    return CalendarChoice.of(person).way == INVITATIONS


def whose_feed(token):
    """The CalendarChoice, with its active person, that reads at this secret; None when it was revoked, or nobody's."""
    return CalendarChoice.objects.filter(token=hashed(token), way=FEED, person__is_active=True).select_related("person").first()
