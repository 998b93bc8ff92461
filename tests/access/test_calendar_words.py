"""Does a calendar tell anybody a word that is not theirs: a feed, an invitation? (R17, R25)"""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from coaching.calendars import choose_calendar, new_feed_address
from coaching.clock import now
from coaching.outbox import deliver
from sessions.calendar import reconcile
from tests.access.notation import CAST, OUTSIDE
from tests.access.visiting import found, text, words_of
from tests.sessions.reading import calendar_of

PLACED = {"noor", "sam", "bram", "lot"}  # who has a planned conversation with a place


def own(cast, key):
    """The words of the places that this person may read."""
    return {secret["word"] for secret in cast.secrets if secret["what"] == "place" and key in secret["readers"]}


@pytest.mark.parametrize("key", [key for key in CAST if key not in OUTSIDE])
def test_a_feed_with_places_tells_only_ones_own(key, cast):
    person = cast.people[key]
    token = new_feed_address(by=person, at=now())
    choose_calendar(way="feed", with_place=True, by=person, at=now())
    said = text(Client().get(reverse("sessions:feed", args=[token])))
    seen = found(words_of(cast), said)
    assert seen <= own(cast, key) and bool(seen) == (key in PLACED)


def test_an_invitation_with_a_place_reaches_only_who_may_read_it(cast):
    people = {person.email: key for key, person in cast.people.items()}
    for person in cast.people.values():
        choose_calendar(way="invitations", with_place=True, by=person, at=now())
    mail.outbox.clear()
    reconcile(now())
    deliver(now())
    invited = set()
    for message in mail.outbox:
        [key] = [people[to] for to in message.to]
        calendar = calendar_of(message)[0].replace("\r\n ", "").replace("\n ", "") if getattr(message, "alternatives", None) else ""
        seen = found(words_of(cast), f"{message.subject} {message.body} {calendar}")
        assert seen <= own(cast, key), key
        invited |= {key} if seen else set()
    assert invited == PLACED


def test_without_asking_nothing_but_day_and_time_is_told(cast):
    mail.outbox.clear()
    reconcile(now())
    deliver(now())
    for message in [*cast.mails, *mail.outbox]:
        if getattr(message, "alternatives", None):
            calendar = calendar_of(message)[0].replace("\r\n ", "")
            names = {name for person in cast.people.values() for name in person.name.split() if len(name) > 3}
            assert not names & set(calendar.replace(":", " ").split()) and not found(words_of(cast), calendar)
