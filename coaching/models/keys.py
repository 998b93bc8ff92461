"""Which keys does this database know, so that a start with another one is refused? Marks only, never keys."""

from django.db import models
from django.utils.translation import gettext as _

from coaching.keys import mark


class KeyMarkQuerySet(models.QuerySet):
    def remember(self, keys, *names):
        """Write the marks of the keys called `names`; those that are known stay."""
        self.bulk_create([KeyMark(name=name, mark=mark(keys[name])) for name in names], ignore_conflicts=True)

    def unfit(self, keys):
        """Why words in this database would not open with these keys (name -> bytes), as one sentence; "" when they would."""
        for known in self.order_by("name"):
            if known.name not in keys:
                return _("The key file lacks key %(name)s, with which words in this database are sealed.") % {"name": known.name}
            if mark(keys[known.name]) != known.mark:
                return _("Key %(name)s in the key file is another key than the one this database is sealed with.") % {"name": known.name}
        return ""

    def refusal(self, keys):
        """Why nothing may start with these keys, the current one first, as one sentence; "" when it may."""
        known, current = set(self.values_list("name", flat=True)), next(iter(keys))
        if known and current not in known:
            return self.unfit(keys) or _("Key %(name)s is new to this database. Run: manage.py key rotate") % {"name": current}
        return self.unfit(keys)


class KeyMark(models.Model):
    """A key that words are sealed with: its name, and a keyed hash by which it is recognised."""

    name = models.CharField(max_length=2, primary_key=True)
    mark = models.CharField(max_length=64)

    objects = KeyMarkQuerySet.as_manager()
    dossier = None

    def __str__(self):
        return self.name
