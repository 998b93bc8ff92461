"""Which file does a site administrator put up as the template of a letter?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from trajectories.word.template import LARGEST

TOO_LARGE = _("This file is too large for a template. Two megabytes is the maximum.")


class ForLetter(HouseForm):
    mark_optional = False
    file = forms.FileField(
        label=_("Template (.docx)"),
        help_text=_("A Word document of two megabytes at most, without macros and without anything that it fetches."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self):
        """The bytes of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file.read()
