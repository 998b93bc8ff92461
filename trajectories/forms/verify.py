"""What does someone show who holds a report? Its number and code, or the fingerprint of the file itself (R24)."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from trajectories.report.canonical import LENGTH, read_code

NUMBER = re.compile(r"RD-\d{4}-\d{4,6}(-A\d{1,2})?")  # of a report, or of an addendum to it
QUIET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class OnPaper(HouseForm):
    number = forms.CharField(label=_("Number"), max_length=40, widget=forms.TextInput(attrs=QUIET))
    code = forms.CharField(label=_("Check code"), max_length=80, widget=forms.TextInput(attrs=QUIET))

    def clean_number(self):
        number = self.cleaned_data["number"].strip().upper()
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("A number looks like RD-2026-0007."))
        return number

    def clean_code(self):
        code = read_code(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(_("A check code has twenty characters. Look whether one is missing."))
        return code


class OnFile(HouseForm):
    """The SHA-256 of the file, which a script makes in the browser; the file itself never comes here."""

    mark_optional = False
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput, error_messages={"required": _("Choose the file first.")})
