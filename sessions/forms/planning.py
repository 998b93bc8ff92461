"""When shall we meet from now on: once, or in a series with an end and days left out?"""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Chips, Choice, Day
from coaching.templatetags.house import day
from coaching.working_days import is_working_day
from sessions.forms.appointments import NEAR, AheadForm
from sessions.series import LONGEST, MOST, days_of, moment
from trajectories.doors import COACH

EVERY = [
    ("", _("just once")),
    ("1", _("every week")),
    ("2", _("every two weeks")),
    ("3", _("every three weeks")),
    ("4", _("every four weeks")),
]


class PlanForm(AheadForm):
    """A new session, or a series with an end. A coach may enter one that has been, and logs it at once; a client plans ahead."""

    every = forms.ChoiceField(label=_("How often?"), choices=EVERY, required=False, widget=Choice)
    times = forms.IntegerField(
        label=_("How many times?"),
        required=False,
        validators=[
            MinValueValidator(2, _("A series has two sessions at least.")),
            MaxValueValidator(MOST, _("Twenty-six is the most. Plan the rest later.")),
        ],
        error_messages={"invalid": _("Write how many times as a number.")},
    )
    until = forms.DateField(
        label=_("Or until which day?"),
        required=False,
        widget=Day,
        validators=NEAR,
        error_messages={"invalid": _("Write the date as 31-12-2026.")},
    )

    def __init__(self, *args, seat, **facts):
        super().__init__(*args, **facts)
        self.logs = seat.part == COACH

    def clean_on(self):
        return self.cleaned_data["on"] if self.logs else super().clean_on()

    def clean(self):
        typed = super().clean()
        if typed.get("every") and typed.get("on") and not {"times", "until"} & set(self.errors):
            self._clean_series(typed["on"], typed.get("times"), typed.get("until"))
        return typed

    def _clean_series(self, first, times, until):
        if first < self.today:
            self.add_error("on", _("A series begins today or later."))
        elif not (times or until):
            self.add_error("times", _("Say how many times, or until which day."))
        elif until and until > first + LONGEST:
            self.add_error("until", _("A year is the longest. Plan the rest later."))
        elif len(self.days) < 2:
            self.add_error("until", _("Only one day falls before this one. Choose a later one, or plan just once."))

    @property
    def days(self):
        """The days of the series in a valid form; one day when it is planned just once."""
        facts = self.cleaned_data
        if not facts.get("every"):
            return [facts["on"]]
        return days_of(facts["on"], weeks=int(facts["every"]), count=facts.get("times"), until=facts.get("until"))

    @property
    def is_series(self):
        return bool(self.cleaned_data.get("every"))

    @property
    def rule(self):
        """What the days follow from: when it changes, other days are shown before anything is planned."""
        return " ".join(str(self.cleaned_data.get(name) or "-") for name in ("on", "every", "times", "until"))

    def starts(self, days):
        """The moments of these days at the time of day of a valid form."""
        return [moment(one, self.cleaned_data["begins"] or self.usual[0]) for one in days]


class DaysForm(HouseForm):
    """The days of a series, to leave some out. Days off are left out to begin with. Bound once the days of this `rule` were shown."""

    mark_optional = False
    shown = forms.CharField(widget=forms.HiddenInput)
    days = forms.MultipleChoiceField(label=_("On these days"), widget=Chips)

    def __init__(self, data, *, plan, off=frozenset()):
        rule, days = plan.rule, plan.days
        seen = data.get("shown") == rule
        working = [f"{one:%Y-%m-%d}" for one in days if is_working_day(one, off)]
        super().__init__(data if seen else None, asker=plan.asker, initial={"shown": rule, "days": working})
        self.fields["days"].choices = [(f"{one:%Y-%m-%d}", day(one)) for one in days]
        self.fields["days"].error_messages["required"] = _("Choose one day at least.")
        if len(working) < len(days):
            self.fields["days"].help_text = _("Weekends and days off are left out. Choose them if you do want to meet.")
        else:
            self.fields["days"].help_text = _("Leave out the days on which you cannot meet.")

    @property
    def chosen(self):
        """The days that stay, of a valid form."""
        return [date.fromisoformat(one) for one in self.cleaned_data["days"]]
