"""What does one say to take along one's data? Once more who one is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm


class TakeAlong(HouseForm):
    """A screen that was left open gives nothing away at once."""

    password = forms.CharField(
        label=_("Your password"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
