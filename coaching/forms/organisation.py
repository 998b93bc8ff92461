"""What can be set for the organisation and its units?"""

import re

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.units import unit_field
from coaching.forms.widgets import Choice, Switch
from coaching.imports.cells import day
from coaching.models import Organisation
from coaching.uploads import LARGEST
from coaching.zone import choices as zones

HEX = re.compile(r"#[0-9a-f]{6}")
READABLE = 4.5  # contrast of white words on the colour (WCAG AA)
OURS = "#16213e"


filled = lazy(lambda text, facts: text % facts, str)  # in the language of who reads it, not of who loads this module


def contrast_with_white(colour):
    """How well white can be read on "#rrggbb" (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def term(name, label, unit, **facts):
    """A term within the limits that the model sets."""
    field = Organisation._meta.get_field(name)
    low, high = (next(v.limit_value for v in field.validators if v.code == code) for code in ("min_value", "max_value"))
    sentence = filled(_("Choose a number from %(low)s to %(high)s."), {"low": low, "high": high})
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=filled(unit, {"low": low, "high": high}),
        error_messages={"min_value": sentence, "max_value": sentence, "invalid": sentence},
        **facts,
    )


MONTHS, DAYS = _("months, from %(low)s to %(high)s"), _("days, from %(low)s to %(high)s")


class ForOrganisation(HouseForm):
    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    language = forms.ChoiceField(label=_("Language of new accounts"), choices=[("nl", "Nederlands"), ("en", "English")], widget=Choice)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days, terms and mails follow this clock. Planned sessions keep the time that was agreed."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG or WebP, two megabytes at most. We draw it anew, at most 1200 by 600."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    no_logo = forms.BooleanField(label=_("No logo"), required=False, widget=Switch)
    cover_colour = forms.CharField(
        label=_("Colour of the report’s cover"), required=False, help_text=_("Six hexadecimal digits, such as #16213e. Empty is ours.")
    )
    follow_up_months = term("follow_up_months", _("Looking back after closing"), MONTHS)
    follow_up_again_months = term(
        "follow_up_again_months", _("Looking back a second time"), _("months, from %(low)s to %(high)s; empty is only once"), required=False
    )
    private_days = term("private_days", _("Private notes and journals are kept for"), DAYS)
    content_months = term("content_months", _("Logs, actions and progress checks are kept for"), MONTHS)
    report_months = term("report_months", _("Question, goals, agreement and report are kept for"), MONTHS)
    days_off = forms.CharField(
        label=_("Days off"),
        required=False,
        help_text=_("One on each line, such as 25-12-2026. Weekends are days off already. On these days we send no reminders."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, **facts):
        super().__init__(*args, **facts)
        self.fields["time_zone"].choices = zones()

    def clean_cover_colour(self):
        colour = self.cleaned_data["cover_colour"].strip().lower()
        if colour and not HEX.fullmatch(colour):
            raise forms.ValidationError(_("Write the colour as six hexadecimal digits, such as #16213e."))
        if colour and contrast_with_white(colour) < READABLE:
            raise forms.ValidationError(_("White words cannot be read well on this colour. Choose a darker one."))
        return colour

    def clean_follow_up_again_months(self):
        again, first = self.cleaned_data["follow_up_again_months"], self.cleaned_data.get("follow_up_months")
        if again and first and again <= first:
            raise forms.ValidationError(_("The second time comes after the first."))
        return again

    def clean_days_off(self):
        """ISO days in order, once each, as the model keeps them."""
        said = [line.strip() for line in self.cleaned_data["days_off"].replace(",", "\n").splitlines() if line.strip()]
        unknown = [text for text in said if day(text) is None]
        if unknown:
            raise forms.ValidationError(_("We do not recognise this date: %(date)s.") % {"date": unknown[0][:40]})
        return sorted({day(text).isoformat() for text in said})

    def clean_logo(self):
        """The bytes of the file, or None."""
        file = self.cleaned_data["logo"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("This picture is too large. Two megabytes is the maximum."))
        return file.read() if file else None


class ForUnit(HouseForm):
    """A unit. `units` are choices for the one above it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = forms.Field()
    no_distance = forms.BooleanField(
        label=_("Says nothing about distance"),
        required=False,
        widget=Switch,
        help_text=_("For the top of the organisation, or the unit of the pool itself: who works here is not too close to others in it."),
    )

    def __init__(self, *args, units, **facts):
        super().__init__(*args, **facts)
        self.fields["parent"] = unit_field(_("Belongs to"), units, required=False)
