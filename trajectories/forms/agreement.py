"""How many conversations, how long, when and where? What the parties fill in; the rest of the agreement follows from it (R4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.clock import months_after, today
from coaching.forms.house import HouseForm
from coaching.forms.widgets import Day, Voice
from trajectories.forms.days import YEAR, YEARS, around, near

LENGTH = _("Enter a length between 10 and 240 minutes.")
DAY = _("Enter a day such as 2026-09-30.")
MANY = _("Enter a number between 1 and 40.")


class AgreementForm(HouseForm):
    sessions = forms.IntegerField(
        label=_("How many conversations?"),
        min_value=1,
        max_value=40,
        error_messages={"min_value": MANY, "max_value": MANY, "invalid": MANY},
    )
    minutes = forms.IntegerField(
        label=_("How many minutes each?"),
        min_value=10,
        max_value=240,
        error_messages={"min_value": LENGTH, "max_value": LENGTH, "invalid": LENGTH},
    )
    starts_on = forms.DateField(label=_("From when?"), widget=Day, error_messages={"invalid": DAY})
    ends_on = forms.DateField(label=_("Until when?"), widget=Day, error_messages={"invalid": DAY})
    place = forms.CharField(
        label=_("Where?"), max_length=300, help_text=_("Away from the workplace, if you can. What do you do when that fails?")
    )
    own_words = forms.CharField(
        label=_("In your own words"),
        required=False,
        widget=Voice(rows=3),
        help_text=_("What else do you agree on? All parties read this."),
    )

    def clean_starts_on(self):
        starts = self.cleaned_data["starts_on"]
        if starts != self.initial.get("starts_on"):
            around(starts, today())
        return starts

    def clean(self):
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end is before the start. Choose a later date."))
        elif starts and ends and ends > months_after(starts, YEARS * YEAR):
            self.add_error("ends_on", _("The period is longer than three years. Choose an earlier end."))
        return self.cleaned_data


class CommitmentForm(HouseForm):
    words = forms.CharField(
        label=_("What will you make room for?"),
        max_length=600,
        widget=Voice(rows=2),
        help_text=_("Time, space, a place to practise. All parties read this."),
    )
    due_on = forms.DateField(label=_("Before when?"), required=False, widget=Day, error_messages={"invalid": DAY})

    def clean_due_on(self):
        return near(self.cleaned_data["due_on"], today())
