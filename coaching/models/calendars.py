"""How does somebody want to have their appointments in their own calendar? (R17)"""

import hashlib

from django.db import models

from coaching.models.people import Person

INVITATIONS, FEED, NEITHER = WAYS = ("invitations", "feed", "neither")


def hashed(token):
    """What we keep of the secret in a feed's address: who reads the table cannot follow the feed."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarChoice(models.Model):
    """Invitations by mail, a private feed, or neither; and whether the place may stand in them. The usual: invitations, without it.

    A feed is read at a secret address; `token` is the hash of that secret, empty when there is no address.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="calendar_choice")
    way = models.CharField(max_length=12, choices=[(way, way) for way in WAYS], default=INVITATIONS)
    with_place = models.BooleanField(default=False)
    token = models.CharField(max_length=64, null=True, unique=True)
    token_at = models.DateTimeField(null=True)
    dossier = None

    def __str__(self):
        return self.way

    @classmethod
    def of(cls, person):
        """The choice of a person, made or not."""
        return cls.objects.filter(person=person).first() or cls(person=person)
