"""What do the three put down at the table? An outcome per goal, and what makes it last (R21, R22)."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.clock import today
from coaching.forms.house import HouseForm
from coaching.forms.widgets import LEVELS, Day, Levels, Voice
from trajectories.forms.days import near

REMARK = "remark-"


class AtTable(HouseForm):
    """What stood there when this form was drawn: `base`, the version; 0 when nothing did."""

    mark_optional = False
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def stands(self):
        return self.initial["base"]


class OutcomeForm(AtTable):
    """One goal: the level that they agree on; or none, with a remark of each of `seats` who sees it differently."""

    def __init__(self, seats, *args, start=-2, **facts):
        self.seats = seats
        super().__init__(*args, **facts)
        widget = Levels(start=start)
        self.fields["level"] = forms.TypedChoiceField(
            label=_("Established together"), choices=LEVELS, coerce=int, empty_value=None, required=False, widget=widget
        )
        self.fields["differently"] = forms.BooleanField(required=False, label=_("We see it differently"))
        for seat in seats:
            said = _("How %(name)s sees it") % {"name": seat.first_name}
            self.fields[f"{REMARK}{seat.part}"] = forms.CharField(label=said, required=False, widget=Voice(rows=2), max_length=2000)

    @property
    def remarks_of(self):
        """The bound field of each seat."""
        return [self[f"{REMARK}{seat.part}"] for seat in self.seats]

    @property
    def settled(self):
        """What Outcome.settle takes of a clean form: a level, or the remarks."""
        remarks = {seat.part: self.cleaned_data[f"{REMARK}{seat.part}"] for seat in self.seats}
        differently = self.cleaned_data["differently"]
        return {"level": None if differently else self.cleaned_data["level"], "remarks": remarks if differently else None}

    def clean(self):
        if not self.cleaned_data.get("differently") and self.cleaned_data.get("level") is None:
            self.add_error(None, _("Choose a level, or say that you see it differently."))
        return self.cleaned_data


class LastingForm(AtTable):
    """What one of them does to make it last, and by when."""

    part = forms.CharField(max_length=10, widget=forms.HiddenInput)
    words = forms.CharField(label=gettext_lazy("What you do"), widget=Voice(rows=3), max_length=2000)
    due_on = forms.DateField(label=gettext_lazy("By when"), required=False, widget=Day)

    def clean_due_on(self):
        return near(self.cleaned_data["due_on"], today())
