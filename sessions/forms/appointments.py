"""When and where shall we meet, or did we?"""

from datetime import date, time

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Day, Switch, Voice
from coaching.zone import zone
from sessions.series import moment

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
NEAR = [MinValueValidator(FIRST, _("This date is too long ago.")), MaxValueValidator(LAST, _("This date is too far ahead."))]


class Clock(forms.TimeInput):
    """The time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, **facts):
        super().__init__(format="%H:%M", **facts)


class WhenForm(HouseForm):
    """A date, a time, a length and a place; only the date has to be filled in. `session` prefills it."""

    on = forms.DateField(label=_("Date"), widget=Day, validators=NEAR, error_messages={"invalid": _("Write the date as 31-12-2026.")})
    begins = forms.TimeField(label=_("Time"), required=False, widget=Clock, error_messages={"invalid": _("Write the time as 14:30.")})
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        required=False,
        validators=[MinValueValidator(10, _("Ten minutes is the least.")), MaxValueValidator(240, _("Four hours is the most."))],
        error_messages={"invalid": _("Write the minutes as a number.")},
    )
    place = forms.CharField(
        label=_("Where?"), required=False, max_length=200, error_messages={"max_length": _("This is too long. Say it shorter.")}
    )
    mark_optional = False
    usual = (time(10), 60)

    def __init__(self, *args, session=None, **facts):
        super().__init__(*args, **facts)
        self.session = session
        self.fields["on"].error_messages["required"] = _("Enter when the session was.")
        if session:
            starts = timezone.localtime(session.starts_at, zone())
            self.usual = (starts.time(), session.minutes)
            self.initial |= {"on": starts.date(), "place": session.place or ""}
        self.initial |= {"begins": self.usual[0], "minutes": self.usual[1]}

    @property
    def when(self):
        """(starts_at, minutes, place) of a valid form; what was left empty is as usual."""
        facts = self.cleaned_data
        starts_at = moment(facts["on"], facts["begins"] or self.usual[0])
        return starts_at, facts["minutes"] or self.usual[1], facts["place"]


class AheadForm(WhenForm):
    """A moment that lies ahead. `today` is the day from which it may be."""

    def __init__(self, *args, today, **facts):
        self.today = today
        super().__init__(*args, **facts)
        self.fields["on"].error_messages["required"] = _("Enter the day of the session.")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("This day has passed. Choose one that lies ahead."))
        return on


def _rest(label, more):
    """Whether what is done to one session is done to the `more` sessions after it in its series too."""
    return forms.BooleanField(label=label % {"n": more}, required=False, widget=Switch)


class MoveForm(AheadForm):
    """Another time or place; `more` sessions of the series can move along."""

    def __init__(self, *args, more=0, **facts):
        super().__init__(*args, **facts)
        if more:
            label = ngettext("Move the one after it in the series too", "Move the %(n)s after it in the series too", more)
            self.fields["rest"] = _rest(label, more)
            self.fields["rest"].help_text = _("They move by as many days, to the same time and place.")


class OffForm(HouseForm):
    """Why it is called off, or did not take place, if one wants to say; `more` sessions of the series can go along."""

    because = forms.CharField(label=_("Do you want to say why?"), required=False, max_length=500, widget=Voice(rows=2))

    def __init__(self, *args, more=0, **facts):
        super().__init__(*args, **facts)
        if more:
            label = ngettext("Call off the one after it in the series too", "Call off the %(n)s after it in the series too", more)
            self.fields["rest"] = _rest(label, more)
