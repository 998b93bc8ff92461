"""Which process models did a coach, or the organisation, make for itself? (R9)"""

import uuid

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coaching.models import Person
from coaching.refusals import Refused, Stale
from sessions.process_models import OWN


class MethodQuerySet(models.QuerySet):
    """The organisation's are for everyone who coaches; a coach's own are for that coach only."""

    def readable_by(self, person):
        if not getattr(person, "is_active", False):
            return self.none()
        return self.filter(Q(owner=None) | Q(owner=person))

    def editable_by(self, person):
        """One's own; the organisation's by who runs the coach pool."""
        if not getattr(person, "is_active", False):
            return self.none()
        return self.filter(Q(owner=person) | Q(owner=None)) if person.coordinates else self.filter(owner=person)

    def by_name(self):
        return self.order_by("name", "pk")


class Method(models.Model):
    """A process model of one's own. It holds no words about anybody's trajectory, and is not sealed.

    `owner`: the coach whose it is; empty: the organisation's. `phases`: [{"key", "letter", "title", "questions": [{"key", "words"}]}].
    A log keeps a copy of titles and questions, so nothing that is changed or retired here changes an old log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, models.CASCADE, null=True, related_name="methods")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True)
    phases = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    objects = MethodQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def key(self):
        """How a log names it."""
        return f"{OWN}{self.pk.hex}"

    @classmethod
    def make(cls, *, by, at, name, about, phases, shared=False):
        """A new one: one's own, or with `shared` the organisation's, which only a coordinator may (R9). Raises Refused."""
        if shared and not by.coordinates:
            raise Refused(_("Only a coordinator makes a method for everyone."))
        if not shared and not by.in_the_pool:
            raise Refused(_("Only who is in the coach pool makes a method of their own."))
        return cls.objects.create(owner=None if shared else by, name=name, about=about, phases=phases, version=1, changed_at=at)

    @transaction.atomic
    def adapt(self, *, by, at, base, name, about, phases):
        """Other words, from now on. Raises Stale when another window was first, Refused when it is not theirs."""
        row = self._theirs(by)
        if row.version != base:
            raise Stale(row)
        row.name, row.about, row.phases, row.version, row.changed_at = name, about, phases, base + 1, at
        row.save()
        return row

    @transaction.atomic
    def retire(self, *, by, at):
        """Not offered any more; never deleted, since a draft may still use it."""
        row = self._theirs(by)
        row.retired_at = row.retired_at or at
        row.save(update_fields=["retired_at"])

    @transaction.atomic
    def take_up(self, *, by, at):
        """Offered again."""
        row = self._theirs(by)
        row.retired_at = None
        row.save(update_fields=["retired_at"])

    def _theirs(self, by):
        row = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.owner_id != by.pk and not (row.owner_id is None and by.coordinates):
            raise Refused(_("This is not yours to do."))
        return row
