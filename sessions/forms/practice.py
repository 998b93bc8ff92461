"""Which hours of elsewhere does a coach enter, which list, and what do they take along? (R29)"""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.clock import today
from coaching.forms.house import HouseForm
from coaching.forms.widgets import Choice, Day
from coaching.uploads import LARGEST
from sessions.hour_lists import minutes_of, too_many
from sessions.models import Flight
from sessions.models.flights import PRIOR, SESSION

BY_HAND = [(kind, name) for kind, name in Flight.KINDS if kind != SESSION]
WRONG_DAY = {"invalid": _("Write the date as 31-12-2026.")}
EARLIEST = date(1960, 1, 1)
PAID = [("paid", pgettext_lazy("hours", "paid")), ("unpaid", pgettext_lazy("hours", "unpaid"))]
WAYS = [("one", pgettext_lazy("hours", "individual")), ("group", pgettext_lazy("hours", "group"))]


class FlightForm(HouseForm):
    """One entry: a day or a whole block of years."""

    kind = forms.ChoiceField(
        label=_("What was it?"),
        help_text=_("Earlier coaching and other coaching count. The last three are kept apart."),
        choices=BY_HAND,
        widget=Choice,
    )
    on = forms.DateField(label=_("On which day, or from which day?"), widget=Day, error_messages=WRONG_DAY)
    until_on = forms.DateField(
        label=_("Until which day?"), help_text=_("Leave open for one day."), required=False, widget=Day, error_messages=WRONG_DAY
    )
    hours = forms.CharField(label=_("How many hours?"), help_text=_("Such as 1,5 or 1:30."), max_length=20)
    way = forms.ChoiceField(label=_("Individual or group?"), choices=WAYS, widget=Choice, initial="one")
    people = forms.IntegerField(
        label=_("With how many people?"),
        help_text=_("Without names. The size of the group, or how many people in a block."),
        initial=1,
        validators=[MinValueValidator(1, _("One is the least.")), MaxValueValidator(5_000, _("This is more than we can keep."))],
        error_messages={"invalid": _("Write a whole number.")},
    )
    paid = forms.ChoiceField(
        label=_("Paid or unpaid?"), help_text=_("Coaching in working hours is paid."), choices=PAID, widget=Choice, initial="paid"
    )
    mark_optional = False

    @staticmethod
    def of(row):
        """What was typed, for a form that corrects it."""
        hours, minutes = divmod(row.minutes, 60)
        facts = {"kind": row.kind, "on": row.on, "until_on": None if row.until_on == row.on else row.until_on, "people": row.people}
        return facts | {"hours": f"{hours}:{minutes:02d}", "way": "group" if row.group else "one", "paid": "paid" if row.paid else "unpaid"}

    def clean_on(self):
        return self._a_day_of_before("on")

    def clean_until_on(self):
        return self._a_day_of_before("until_on") if self.cleaned_data["until_on"] else None

    def _a_day_of_before(self, name):
        day = self.cleaned_data[name]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Is the year right?"))
        return day

    def clean_hours(self):
        minutes, wrong = minutes_of(self.cleaned_data["hours"])
        if wrong:
            raise forms.ValidationError(wrong)
        return minutes

    def clean(self):
        typed = super().clean()
        first, last, minutes = typed.get("on"), typed.get("until_on"), typed.get("hours")
        if first and last and last < first:
            self.add_error("until_on", _("The last day lies before the first."))
        elif first and minutes and (wrong := too_many(minutes, first, last or first)):
            self.add_error("hours", wrong)
        return typed

    @property
    def facts(self):
        """As Flight.enter() takes them."""
        typed = self.cleaned_data
        facts = {"kind": typed["kind"], "on": typed["on"], "until_on": typed["until_on"] or typed["on"], "minutes": typed["hours"]}
        return facts | {"group": typed["way"] == "group", "people": typed["people"], "paid": typed["paid"] == "paid"}


class HourListForm(HouseForm):
    """A file with hours of before, not looked into yet."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_("CSV or XLSX, with a heading: start, end, paid hours, unpaid hours; group and number if you have them."),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    kind = forms.ChoiceField(label=_("What are these hours?"), choices=BY_HAND, widget=Choice, initial=PRIOR)
    mark_optional = False

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large. Ten megabytes is the maximum."))
        return file


class TakeForm(HouseForm):
    """Which years to take along, and how the hours in this organisation count."""

    year = forms.TypedChoiceField(label=_("Which years?"), coerce=int, empty_value=None, required=False)
    here = forms.ChoiceField(label=_("The hours in this organisation are"), choices=PAID, widget=Choice, required=False, initial="paid")
    mark_optional = False

    def __init__(self, *args, years=(), **facts):
        super().__init__(*args, **facts)
        self.fields["year"].choices = [("", _("all years")), *((str(year), str(year)) for year in years)]
