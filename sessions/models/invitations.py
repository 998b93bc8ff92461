"""What stands in somebody's own calendar, as we last told it? (R17)"""

import uuid

from django.db import models

from coaching.models import Letter, Person

UIDS = uuid.UUID("6f0d3a9e-5b0e-4c55-9d37-2f6f6a0b7c11")  # the space of our UIDs; never changes


def uid_of(session, person):
    """The UID of a session in one person's calendar: for ever, by invitation and in the feed; the other of the two has another."""
    return str(uuid.uuid5(UIDS, f"{session} {person}"))


class InvitationQuerySet(models.QuerySet):
    def standing(self, at):
        """Sent, not taken back, and not over at moment `at`."""
        return self.filter(ended_at=None, starts_at__gt=at)

    def told_by(self, letter):
        return self.filter(letter=letter)

    def over_before(self, moment):
        """Whose session began before `moment`, as it was told and as it stands."""
        return self.filter(starts_at__lt=moment, session__starts_at__lt=moment)


class Invitation(models.Model):
    """One session as it was last put in the outbox for one person: REQUEST, or CANCEL when it `ended_at`. Facts only; words are opened
    when the letter is written. `sequence` counts up with every change (RFC 5546); `said_at` is when this one was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey("coaching_sessions.CoachingSession", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place_of = models.DateTimeField(null=True)  # when the place that was sent along was worded; empty when none was
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="invitation")
    dossier = None
    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_invitation_each")]

    def __str__(self):
        return self.uid

    @property
    def uid(self):
        return uid_of(self.session_id, self.person_id)

    @property
    def facts(self):
        """What a change of would be told."""
        return self.starts_at, self.minutes, self.place_of
