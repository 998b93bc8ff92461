"""Before when? A day as people write it in a hurry: vr, +7, 4 dec."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from coaching.clock import today
from coaching.templatetags.house import day as said_day
from coaching.templatetags.house import day_full, day_long
from sessions.forms.appointments import NEAR
from sessions.near_days import WrongWeekday, is_near, read_day


def in_short(day):
    """As it stands in the field: "vr 4 dec"; with its year where that is not the nearest one."""
    return said_day(day) if is_near(day, today=today()) else f"{said_day(day)} {day.year}"


class Due(forms.TextInput):
    """A short line for a day. When it is left, the server says which day that is (`sessions:due`)."""

    def __init__(self, *, label, next_on=None, **facts):
        asks = {"hx-get": reverse_lazy("sessions:due"), "hx-trigger": "change", "hx-target": "closest .due", "hx-swap": "outerHTML"}
        more = {"hx-vals": f'{{"next": "{next_on:%Y-%m-%d}"}}'} if next_on else {}
        super().__init__(
            attrs={"class": "input", "aria-label": label, "autocomplete": "off", "autocapitalize": "none", **asks, **more}, **facts
        )

    def format_value(self, value):
        return in_short(value) if isinstance(value, date) else super().format_value(value)


class DueField(forms.DateField):
    """A day, in a few signs. `next_on` is what "next session" means."""

    def __init__(self, *, label, next_on=None):
        invalid = {"invalid": _("Write the day as fri, +7, 4 Dec or 31-12-2026.")}
        super().__init__(label=label, required=False, widget=Due(label=label, next_on=next_on), validators=NEAR, error_messages=invalid)
        self.next_on = next_on

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = str(value).strip()
        if not text:
            return None
        try:
            return read_day(text, today=today(), next_on=self.next_on)
        except WrongWeekday as wrong:
            raise ValidationError(
                _("%(day)s is not that day of the week. Which of the two is it?") % {"day": day_long(wrong.day)}
            ) from wrong
        except (ValueError, OverflowError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def in_full(field, value):
    """Which day `value`, as typed, will be: "vrijdag 4 december"; "" where it is none yet."""
    try:
        day = field.clean(value)
    except ValidationError:
        return ""
    return (day_long if day and is_near(day, today=today()) else day_full)(day) if day else ""


class DueForm(forms.Form):
    """One such field by itself, to be asked which day it is; redrawn with that day in it. `number`: of the action, counted from 0."""

    def __init__(self, words, *, number, next_on=None):
        name, label = f"action_on-{number}", _("Before, action %(number)s") % {"number": number + 1}
        typed = words.get(name, "")
        super().__init__(words)
        self.fields[name] = DueField(label=label, next_on=next_on)
        self.said = in_full(self.fields[name], typed)
        if self.said:
            self.data = {name: in_short(self.fields[name].clean(typed))}
