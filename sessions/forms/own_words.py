"""What does somebody say in a few words: what it yielded, what to talk about, an action, a note?"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Choice, Day, Voice
from sessions.forms.appointments import NEAR
from trajectories.doors import CLIENT, COACH

AGREE = [
    (1, pgettext_lazy("scale", "not at all")),
    (2, pgettext_lazy("scale", "a little")),
    (3, pgettext_lazy("scale", "fairly")),
    (4, pgettext_lazy("scale", "mostly")),
    (5, pgettext_lazy("scale", "entirely")),
]


def scale(label, help_text):
    """One to five, or nothing."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, required=False, coerce=int, empty_value=None, choices=AGREE, widget=Choice
    )


STEERS = [
    (1, pgettext_lazy("scale", "mainly the coach")),
    (2, pgettext_lazy("scale", "the coach more than the client")),
    (3, pgettext_lazy("scale", "both")),
    (4, pgettext_lazy("scale", "the client more than the coach")),
    (5, pgettext_lazy("scale", "mainly the client")),
]


def who_steered():
    """Blind until both have marked it, or a week has passed (R16)."""
    return forms.TypedChoiceField(
        label=_("Who steered this conversation?"),
        help_text=_("There is no right answer. You see each other’s mark once you both have, or after a week."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=STEERS,
        widget=Choice,
    )


class TakeawayForm(HouseForm):
    words = forms.CharField(
        label=_("What did this conversation yield for you?"),
        help_text=_("One sentence is enough. Write it the way you would say it."),
        required=False,
        widget=Voice,
    )
    mattered = scale(_("Was it about what matters to you?"), _("Low is fine. You can choose something else next time."))
    way = scale(_("Did the way of working suit you?"), _("Think of pace, questions, practice, silence."))
    steered = who_steered()
    mark_optional = False

    def __init__(self, *args, may_mark=True, **facts):
        super().__init__(*args, **facts)
        if not may_mark:
            del self.fields["steered"]


class ActionForm(HouseForm):
    """What will be done, by whom of `seats` (coach and client), and before when."""

    words = forms.CharField(label=_("What will you do?"), max_length=1_000, error_messages={"required": _("Say what you will do.")})
    due_on = forms.DateField(
        label=_("Before when?"), required=False, widget=Day, validators=NEAR, error_messages={"invalid": _("Write the date as 31-12-2026.")}
    )
    owner = forms.ChoiceField(label=_("Who does this?"), choices=[], widget=Choice)
    mark_optional = False

    def __init__(self, *args, seats=(), **facts):
        super().__init__(*args, **facts)
        self.fields["owner"].choices = [(seat.part, seat.first_name) for seat in seats]
        if any(seat.part == COACH and seat.person_id == self.asker.pk for seat in seats):
            self.fields["words"].label = _("What will be done?")
        self.initial.setdefault("owner", CLIENT)


class OwnForm(HouseForm):
    """A page of a journal, or a note."""

    words = forms.CharField(
        label=_("What do you want to hold on to?"), widget=Voice(rows=5), error_messages={"required": _("Write something first.")}
    )
