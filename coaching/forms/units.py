"""Which unit is meant? Chosen from the tree; in a large organisation typed by name, since no two units have the same."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.forms.house import dressed
from coaching.imports.cells import alike

MANY = 100  # units; a list of more is no list to choose from
SUGGESTED = 5


class NamedUnit(forms.CharField):
    """A unit by its name, capitals and accents left aside; the key of it comes out, None for nothing."""

    def __init__(self, *, units, **facts):
        super().__init__(max_length=200, **facts)
        self.names = {str(key): name.strip() for key, name in units if key}

    def prepare_value(self, value):
        return self.names.get(str(value), value)

    def clean(self, value):
        typed = alike(super().clean(value))
        if not typed:
            return None
        keys = {alike(name): key for key, name in self.names.items()}
        if typed not in keys:
            raise ValidationError(self._unknown(typed))
        return UUID(keys[typed])

    def _unknown(self, typed):
        near = [name for name in self.names.values() if all(word in alike(name) for word in typed.split())]
        near = sorted(near, key=lambda name: typed not in alike(name))[:SUGGESTED]
        if not near:
            return _("There is no unit of this name.")
        return _("There is no unit of exactly this name. Do you mean: %(names)s?") % {"names": ", ".join(near)}


def unit_field(label, units, *, required=True):
    """A field for one of `units` (units.choices())."""
    if len(units) <= MANY:
        return dressed(forms.TypedChoiceField(label=label, choices=units, coerce=UUID, empty_value=None, required=required))
    return dressed(NamedUnit(label=label, units=units, required=required, help_text=gettext_lazy("Type the name of the unit.")))
