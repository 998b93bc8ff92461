"""Which letters wait to be sent, which were sent, and which does a person not want?"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q

from coaching.models.people import Person

CLAIM_LASTS = timedelta(minutes=15)  # after this, whoever claimed a letter is taken to have died before it was sent


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, at):
        """Waiting, due, and not in the hands of another process."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_LASTS)
        return self.waiting().filter(free, due_at__lte=at)

    def refused(self):
        """Waiting, and tried before: the mail server did not take it."""
        return self.waiting().filter(claimed_at=None, tries__gt=0)

    def acts(self):
        return self.filter(gathered=False)

    def nudges(self):
        return self.filter(gathered=True)

    def to(self, person):
        return self.filter(person=person)

    def in_hand(self, since, *, at):
        """Sent since the moment `since`, or being sent now."""
        return self.filter(Q(sent_at__gte=since) | Q(sent_at=None, claimed_at__gte=at - CLAIM_LASTS))

    def oldest_first(self):
        return self.order_by("due_at", "created_at", "pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Letter(models.Model):
    """A mail in the outbox: a kind and an address in the application. The words are written when it is sent, in the person's language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    address = models.EmailField(blank=True)  # only where it is not the one on record: a new or a former address
    gathered = models.BooleanField(default=False)
    unique_key = models.CharField(max_length=200, null=True, unique=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # switched off, or the person left, before it was due
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)

    objects = LetterQuerySet.as_manager()
    dossier = None

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="letter_waiting", condition=Q(sent_at=None, dropped_at=None)),
            models.Index(fields=["person", "sent_at"], name="letter_by_person"),
        ]

    def __str__(self):
        return self.kind


class MailChoice(models.Model):
    """A person's own yes or no to one kind of mail, where that is not what everyone gets."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=40)
    wanted = models.BooleanField()
    dossier = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_mail_choice")]
