"""May a client's name stand in their coach's coaching log? Only while the client says so (R29)."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from coaching.models import Erased, Person
from coaching.refusals import Refused
from trajectories.doors import ALL, CLIENT, COACH, ContentQuerySet
from trajectories.models.content import Content


class LogConsentQuerySet(ContentQuerySet):
    reads = {COACH: ALL, CLIENT: ALL}

    def standing(self):
        return self.filter(given_at__isnull=False, withdrawn_at=None)

    def by_client(self, person):
        """What this client gave, in whichever trajectory: only they can withdraw it."""
        return self.filter(client=person)

    def for_log_of(self, coach):
        """Whom this coach may name: a consent is for the coach's own log, and stands when another has taken their seat."""
        return self.standing().filter(coach=coach)

    def with_people(self):
        return self.select_related("coach", "client")


class LogConsent(Content):
    """The client's yes to their name in one coach's log: who, to whom, when; and when it was withdrawn. Goes with who-with-whom (R27)."""

    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    client = models.ForeignKey(Person, models.CASCADE, related_name="+")
    given_at = models.DateTimeField(null=True)  # emptied when a backup from before the withdrawal comes back
    withdrawn_at = models.DateTimeField(null=True)
    objects = LogConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "client"], condition=models.Q(given_at__isnull=False, withdrawn_at=None), name="one_consent_stands"
            )
        ]

    @classmethod
    @transaction.atomic
    def give(cls, trajectory, *, by, at):
        """The client alone, to the coach of now. A right of the client, so the trajectory may be closed."""
        trajectory._seat_needed(by, CLIENT)
        if trajectory.coach is None:
            raise Refused(_("There is no coach in this trajectory now."))
        coach = trajectory.coach.person
        there = cls.objects.standing().filter(coach=coach, client=by).first()
        return there or cls.objects.create(trajectory=trajectory, worded_at=at, coach=coach, client=by, given_at=at)

    @transaction.atomic
    def withdraw(self, *, by, at):
        """From now on the log has no name; an older backup does not bring it back."""
        if self.client_id != by.pk:
            raise Refused(_("This is not yours to do."))
        if self.withdrawn_at is None:
            self.withdrawn_at = at
            self.save(update_fields=["withdrawn_at"])
            Erased.objects.record(f"{self._meta.label_lower}.given_at", [self.pk], at=at)
