"""What do we ask of people about their account?"""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Chips, Choice, Switch
from coaching.models import Person
from coaching.models.calendars import FEED, INVITATIONS, NEITHER

SENTENCES = {
    "password_too_short": _("Choose a password of at least 15 characters. A sentence works well."),
    "password_too_common": _("This password is on a list that everyone knows. Choose another."),
}
WRONG_ADDRESS = {"invalid": _("Enter an e-mail address such as name@organisation.nl.")}


def secret(label, autocomplete, **facts):
    """A password field: never shown again, never trimmed, and it may be pasted."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=1000, widget=widget, **facts)


def address(label, autocomplete, **facts):
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.EmailField(label=label, max_length=254, error_messages=WRONG_ADDRESS, widget=widget, **facts)


class LogIn(HouseForm):
    email = address(_("E-mail address"), "username")
    password = secret(_("Password"), "current-password")


class AskLink(HouseForm):
    email = address(_("E-mail address"), "username")


class ChoosePassword(HouseForm):
    """A new password, twice. `asker` is whose it will be."""

    password = secret(_("New password"), "new-password", help_text=_("At least 15 characters. A sentence works well."))
    password_again = secret(_("The same password once more"), "new-password")

    def clean_password(self):
        password = self.cleaned_data["password"]
        try:
            validate_password(password, self.asker)
        except ValidationError as found:
            raise ValidationError([SENTENCES.get(one.code, one) for one in found.error_list]) from found
        return password

    def clean(self):
        typed = super().clean()
        if "password" in typed and "password_again" in typed and typed["password"] != typed["password_again"]:
            self.add_error("password_again", _("The two are not the same. Type it once more."))
        return typed


class ChangePassword(ChoosePassword):
    current_password = secret(_("Your password now"), "current-password")
    field_order = ["current_password", "password", "password_again"]


class ChangeAddress(HouseForm):
    email = address(_("New e-mail address"), "email")
    current_password = secret(_("Your password"), "current-password")


WAYS = [
    (INVITATIONS, _("An invitation by mail for each, which follows what changes")),
    (FEED, _("A private feed, which my calendar reads by itself")),
    (NEITHER, _("Neither: I look here")),
]


class Account(HouseForm):
    """Language, which of the `offered` kinds of mail someone wants, and how appointments come, for who `meets` somebody."""

    mark_optional = False
    language = forms.ChoiceField(label=_("Language"), choices=Person.LANGUAGES, widget=Choice)
    mails = forms.MultipleChoiceField(label=_("Which messages do you want?"), required=False, widget=Chips)

    way = forms.ChoiceField(label=_("Appointments in your own calendar"), required=False, choices=WAYS, widget=Answers)
    with_place = forms.BooleanField(
        label=_("Say where it is, too"),
        required=False,
        widget=Switch,
        help_text=_(
            "Without it there is only a day, a time and the word appointment. Who looks in your calendar can read what stands there."
        ),
    )

    def __init__(self, *args, offered, meets=False, **facts):
        super().__init__(*args, **facts)
        if not meets:
            del self.fields["way"], self.fields["with_place"]
        self.fields["mails"].choices = [(kind.key, kind.about) for kind in offered]
        if not offered:
            self.fields["mails"].widget = forms.MultipleHiddenInput()
