"""What do all words of a trajectory have in common? A key made in Python, a trajectory, a moment and a version."""

import uuid

from django.db import models, transaction

from coaching.refusals import Stale


class Content(models.Model):
    """Words of one trajectory. `worded_at` says when these words were put down; `version` counts up with every rewording."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="%(class)ss")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def dossier(self):
        return self.trajectory_id

    def private_to(self, person):
        """Whether only `person` (a key) can read this row; reading it leaves no trace then (R26)."""
        return False

    @transaction.atomic
    def reword(self, *, by, base, at, **words):
        """Put new words in place of version `base`. Raises Stale with the row as it is now; returns the new row."""
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if row.version != base:
            raise Stale(row)
        for name, value in words.items():
            setattr(row, name, value)
        row.version, row.worded_at = base + 1, at
        row.save()
        return row


class Own(models.Model):
    """Words of one seat that nobody else ever reads (R11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey("trajectories.Part", models.CASCADE, related_name="%(class)ss")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    reword = Content.reword

    @property
    def dossier(self):
        return self.seat.trajectory_id

    def private_to(self, person):
        return True
