"""What does someone type who holds a report? Its number and code, or the file itself (R24)."""

import hashlib
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from trajectories.report.canonical import LENGTH, read_code

LARGEST = 10 * 1024 * 1024  # bytes; a report is a fraction of it
NUMBER = re.compile(r"RD-\d{4}-\d{4,6}")
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
    """The file, of which only the SHA-256 is looked at; a script sends just that."""

    mark_optional = False
    file = forms.FileField(label=_("Choose the PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf"}))
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def clean(self):
        file = self.cleaned_data.get("file")
        if file and file.size > LARGEST:
            self.add_error("file", _("This file is too large to be one of our reports."))
        elif file:
            self.cleaned_data["sha256"] = hashlib.file_digest(file.file, "sha256").hexdigest()
        elif not self.cleaned_data.get("sha256"):
            self.add_error("file", _("Choose the file first."))
        return self.cleaned_data
