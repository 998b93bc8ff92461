"""Which days make sense in a form? A sentence beside the field for one that lies too far away; a day that stood there already may stay."""

from django import forms
from django.utils.translation import gettext as _

from coaching.clock import months_after

YEARS = 3  # longer than any trajectory
YEAR = 12  # months


def not_long(day, today):
    """Raises ValidationError for a day that is more than three years ahead."""
    if day > months_after(today, YEARS * YEAR):
        raise forms.ValidationError(_("Choose a day within three years from now."))


def to_come(day, today):
    """Raises ValidationError for a day that is over, or more than three years ahead."""
    if day < today:
        raise forms.ValidationError(_("Choose a day that is still to come."))
    not_long(day, today)


def around(day, today):
    """Raises ValidationError for a day more than three years ago or ahead."""
    if day < months_after(today, -YEARS * YEAR):
        raise forms.ValidationError(_("This day lies more than three years back. Choose a later one."))
    not_long(day, today)


def near(day, today):
    """`day`, which may be left out (None). Raises ValidationError as `around` does."""
    if day:
        around(day, today)
    return day
