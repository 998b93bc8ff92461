"""When and where shall we meet, or did we?"""

from datetime import date, datetime, time

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Day
from trajectories.doors import COACH

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
            starts = timezone.localtime(session.starts_at, timezone.get_default_timezone())
            self.usual = (starts.time(), session.minutes)
            self.initial |= {"on": starts.date(), "place": session.place or ""}
        self.initial |= {"begins": self.usual[0], "minutes": self.usual[1]}

    @property
    def when(self):
        """(starts_at, minutes, place) of a valid form; what was left empty is as usual."""
        facts = self.cleaned_data
        moment = datetime.combine(facts["on"], facts["begins"] or self.usual[0])
        return timezone.make_aware(moment, timezone.get_default_timezone()), facts["minutes"] or self.usual[1], facts["place"]


class PlanForm(WhenForm):
    """A new session. A coach may enter one that has been, and logs it at once; a client plans ahead."""

    def __init__(self, *args, seat, today, **facts):
        super().__init__(*args, **facts)
        self.logs, self.today = seat.part == COACH, today
        self.fields["on"].error_messages["required"] = _("Enter the day of the session.")
        if self.logs:
            self.fields["on"].help_text = _("A day that has passed is fine: then you log the session at once.")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on < self.today and not self.logs:
            raise forms.ValidationError(_("This day has passed. Choose one that lies ahead."))
        return on


class MoveForm(WhenForm):
    """Another time or place; it lies ahead."""

    def __init__(self, *args, today, **facts):
        self.today = today
        super().__init__(*args, **facts)
        self.fields["on"].error_messages["required"] = _("Enter the day of the session.")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("This day has passed. Choose one that lies ahead."))
        return on
