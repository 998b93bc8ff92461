"""Is somebody trying too often? Counted without knowing who or from where: only keyed hashes are kept, for a day."""

from datetime import timedelta

from django.db import models
from django.utils.crypto import salted_hmac

KEPT = timedelta(days=1)


def hashed(kind, value):
    """A keyed hash of an address or network: the table alone does not tell whose it was."""
    return salted_hmac(f"coaching.attempts.{kind}", value.strip().lower(), algorithm="sha256").hexdigest()


class AttemptQuerySet(models.QuerySet):
    def of(self, act, trace):
        return self.filter(act=act, trace=trace)

    def since(self, moment):
        return self.filter(at__gt=moment)

    def latest_first(self):
        return self.order_by("-at", "-pk")

    def outlived(self, at):
        return self.filter(at__lte=at - KEPT)


class Attempt(models.Model):
    """One try: a failed login or a link asked for. `trace` is the keyed hash of the address, the network or both."""

    act = models.CharField(max_length=10)
    trace = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = AttemptQuerySet.as_manager()
    dossier = None

    class Meta:
        indexes = [models.Index(fields=["act", "trace", "at"], name="attempt_by_trace"), models.Index(fields=["at"], name="attempt_by_age")]
