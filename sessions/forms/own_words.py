"""What does somebody say in a few words: what it yielded, what to talk about, an action, a note?"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Choice, Day, Voice
from sessions.forms.appointments import NEAR
from trajectories.doors import CLIENT, COACH
from trajectories.questionnaires import questionnaire

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
    """The short check after a session: the questions of `after_session`, as the organisation words them (R12, R18)."""

    words = forms.CharField(required=False, widget=Voice)
    mattered = scale("", "")
    way = scale("", "")
    steered = who_steered()
    mark_optional = False

    def __init__(self, *args, may_mark=True, **facts):
        super().__init__(*args, **facts)
        self.questions = {SAME.get(one.key, one.key): one for one in questionnaire("after_session").questions}
        for name, asked in self.questions.items():
            if name not in self.fields:
                self.fields[name] = _besides(asked)
            self.fields[name].label = asked.label
            if name != "steered":  # its own hint says when the other reads it
                self.fields[name].help_text = asked.hint
        if not may_mark:
            del self.fields["steered"]

    @property
    def said(self):
        """What Takeaway.write and Steering.mark take, of a clean form."""
        given = {name: value for name, value in self.cleaned_data.items() if name in OWN_COLUMNS}
        besides = [(one, self.cleaned_data.get(name)) for name, one in self.questions.items() if name not in ("words", "steered")]
        return given | {"answers": [one.kept(answer) for one, answer in besides if answer]}

    @classmethod
    def as_typed(cls, own):
        """What stands there, as the form would have it."""
        more = {row["key"]: row["answer"] for row in own.said if row["key"] not in SAME}
        return {"words": own.words, "mattered": own.mattered, "way": own.way} | more


SAME = {"takeaway": "words", "mattered": "mattered", "way": "way", "steered": "steered"}  # question -> the field with a column of its own
OWN_COLUMNS = {"words", "mattered", "way", "steered"}


def _besides(asked):
    if asked.is_text:
        return forms.CharField(required=False, widget=Voice(rows=2))
    return forms.ChoiceField(required=False, choices=asked.options, widget=Choice)


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
