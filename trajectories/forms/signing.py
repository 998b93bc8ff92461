"""What does one say when signing? That one read it, whether one agrees, and once more who one is (R23, R24)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Switch, Voice

AGREE, READ = "agree", "read"


class SignForm(HouseForm):
    """One signature under text number `read`, the one that the page showed."""

    mark_optional = False  # the remark is asked of who does not agree
    read = forms.IntegerField(min_value=1, max_value=99_999, widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label=_("What do you sign?"),
        choices=[(AGREE, _("I agree with this text")), (READ, _("I have read it and do not agree"))],
        widget=Answers,
    )
    remark = forms.CharField(
        label=_("Why you do not agree"), help_text=_("It is printed with your name."), required=False, max_length=2000, widget=Voice(rows=2)
    )
    own_levels = forms.BooleanField(
        label=_("Each one’s own level may be printed too"), help_text=_("Only if all of you say so."), required=False, widget=Switch
    )
    password = forms.CharField(
        label=_("Your password"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    @property
    def signed(self):
        """What Signature.sign takes of a clean form."""
        given = self.cleaned_data
        agrees = given["says"] == AGREE
        remark = "" if agrees else given["remark"]
        return {"read": given["read"], "agrees": agrees, "remark": remark, "own_levels": given["own_levels"]}

    def clean(self):
        if self.cleaned_data.get("says") == READ and not self.cleaned_data.get("remark", "").strip():
            self.add_error("remark", _("You do not agree. Write in a sentence why; it is printed with your name."))
        return self.cleaned_data
