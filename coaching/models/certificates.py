"""With which certificate does the organisation seal its documents? One in use; those before it stay, so that old seals can be checked."""

import uuid

from django.db import models

from coaching.sealed import SealedBytes


class CertificateQuerySet(models.QuerySet):
    def readable_by(self, person):
        """No page shows one: it is the house itself that seals with it."""
        return self.none()

    def in_use(self):
        return self.filter(in_use=True)

    def newest_first(self):
        return self.order_by("-made_at", "pk")


class Certificate(models.Model):
    """A certificate with its chain (PEM, public) and its private key, sealed; the key of a retired one is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.TextField()  # PEM, its own certificate first
    key = SealedBytes(seal="certificate_key", null=True)  # PKCS #8, DER
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)  # SHA-256 of its own certificate
    self_made = models.BooleanField()
    in_use = models.BooleanField(null=True, unique=True)  # True or nothing, so that there is at most one
    objects = CertificateQuerySet.as_manager()

    def __str__(self):
        return self.fingerprint

    def private_to(self, person):
        """Nobody's words: opening the key to seal with leaves no trace of its own, the document's does."""
        return True

    @property
    def dossier(self):
        return None
