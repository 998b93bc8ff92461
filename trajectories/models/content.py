"""What do all words of a trajectory have in common? A key made in Python, a trajectory, a moment and a version."""

import uuid

from django.db import models, transaction

from coaching.refusals import Stale
from coaching.sealed import sealed_fields
from coaching.traces import leave


class Acts:
    """Who acts in a trajectory, and of which kinds of things the trace of it was left already: `trajectory.acts`, per verb."""

    def __init__(self, seat):
        self.seat, self.traced = seat, set()

    def leave(self, row):
        """The trace of new words in `row`."""
        kind = row._meta.label_lower
        if kind not in self.traced:
            self.traced.add(kind)
            leave([row], person=self.seat.person_id, part=self.seat.part, at=row.worded_at, act="changed")


class Content(models.Model):
    """Words of one trajectory. `worded_at` says when these words were put down; `version` counts up with every rewording."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trajectory = models.ForeignKey("trajectories.Trajectory", models.CASCADE, related_name="%(class)ss")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save(self, *args, **facts):
        """New words, or others than stood here, leave a trace of who acts in the trajectory (R26): one per verb and kind of thing."""
        anew = self._state.adding or self._stands() != self._stood
        super().save(*args, **facts)
        self._stood = self._stands()
        acts = getattr(self._state.fields_cache.get("trajectory"), "acts", None)
        if anew and acts and self.holds_words() and not self.private_to(acts.seat.person_id):
            acts.leave(self)

    @classmethod
    def from_db(cls, *args, **more):
        row = super().from_db(*args, **more)
        row._stood = row._stands()
        return row

    def _stands(self):
        """What every verb that puts down other words counts up, as far as it was loaded."""
        return self.__dict__.get("worded_at"), self.__dict__.get("version")

    @property
    def dossier(self):
        return self.trajectory_id

    def holds_words(self):
        """Whether there is anything to read in it yet."""
        return any(field.attname in self.__dict__ and getattr(self, field.attname) is not None for field in sealed_fields(self))

    def private_to(self, person):
        """Whether only `person` (a key) can read this row; reading it leaves no trace then (R26)."""
        return False

    @transaction.atomic
    def reword(self, *, by, base, at, **words):
        """Put new words in place of version `base`. Raises Stale with the row as it is now; returns the new row."""
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if row.version != base:
            raise Stale(row)
        row._state.fields_cache |= {name: one for name, one in self._state.fields_cache.items() if name == "trajectory"}  # who acts in it
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
