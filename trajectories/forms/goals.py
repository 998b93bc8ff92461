"""How is a goal put into words? SMART, with one sentence per level (R5, R6)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.clock import today
from coaching.forms.house import HouseForm
from coaching.forms.widgets import Choice, Day, Voice
from trajectories.forms.days import to_come
from trajectories.models import GoalVersion

FIVE = _("Fill in all five sentences. What falls short of the goal belongs there too.")
RUNGS = {
    2: _("Much more than agreed"),
    1: _("More than agreed"),
    0: pgettext_lazy("level", "This is the goal"),
    -1: pgettext_lazy("level", "Not yet"),
    -2: _("Further away"),
}


class GoalForm(HouseForm):
    title = forms.CharField(
        label=_("The goal in one sentence, in the client’s own words"),
        max_length=300,
        widget=Voice(rows=1, attrs={"class": "voice voice--title"}),
    )
    now = forms.CharField(label=_("How is it now?"), widget=Voice(rows=4))
    then = forms.CharField(label=_("How will it be then?"), widget=Voice(rows=4))
    measure = forms.CharField(
        label=_("How would you notice it at work?"),
        widget=Voice,
        help_text=_("What would a colleague see or hear? That is what we will ask about."),
    )
    why = forms.CharField(label=_("Why does it matter, to you and to your department?"), widget=Voice)
    support = forms.CharField(
        label=_("What do you need for it?"), widget=Voice, help_text=_("Time, space, a place to practise, someone who looks along.")
    )
    due_on = forms.DateField(
        label=_("When do we look whether it is there?"), widget=Day, error_messages={"invalid": _("Enter a day such as 2026-09-30.")}
    )
    plus_two = forms.CharField(label=RUNGS[2], widget=Voice(rows=1), error_messages={"required": FIVE})
    plus_one = forms.CharField(label=RUNGS[1], widget=Voice(rows=1), error_messages={"required": FIVE})
    zero = forms.CharField(label=RUNGS[0], widget=Voice(rows=1), required=False)
    minus_one = forms.CharField(label=RUNGS[-1], widget=Voice(rows=1), error_messages={"required": FIVE})
    minus_two = forms.CharField(label=RUNGS[-2], widget=Voice(rows=1), error_messages={"required": FIVE})
    start_level = forms.TypedChoiceField(
        label=_("Where does it start?"),
        coerce=int,
        choices=[(-1, "−1"), (-2, "−2")],
        widget=Choice,
        error_messages={"required": _("Choose where you are now: −2 or −1.")},
    )
    weight = forms.IntegerField(
        label=_("How much does this goal weigh, from 0 to 9?"),
        min_value=0,
        max_value=9,
        required=False,
        help_text=_("All goals weigh the same, unless you agree otherwise."),
        error_messages={name: _("Enter a number from 0 to 9.") for name in ("min_value", "max_value", "invalid")},
    )
    mark_optional = False

    def clean_due_on(self):
        """A goal can be worded anew after its day: that one may stay."""
        day = self.cleaned_data["due_on"]
        if day != self.initial.get("due_on"):
            to_come(day, today())
        return day

    def clean(self):
        """What was called "then" stands at 0 when nothing else is written there."""
        words = self.cleaned_data
        if words.get("now") and _plain(words["now"]) == _plain(words.get("then", "")):
            self.add_error("then", _("Now and then are the same. Write what will be different."))
        if not words.get("zero"):
            words["zero"] = words.get("then", "")
        if words.get("weight") is None:
            words["weight"] = 1
        return words

    @property
    def rungs(self):
        """(level, field) from +2 down to −2, as the ladder shows them."""
        return [(level, self[GoalVersion.SENTENCES[level]]) for level in (2, 1, 0, -1, -2)]

    @classmethod
    def words_of(cls, version):
        """What an opened version fills in."""
        return {name: getattr(version, name) for name in cls.base_fields}


def _plain(text):
    return " ".join(text.lower().split()).rstrip(".")


class OutsideForm(HouseForm):
    """What a goal may be called where nobody has logged in."""

    words = forms.CharField(
        label=_("By which name may a link call this goal?"),
        help_text=_("Whoever can open your mail can read it. A word that says something to you alone is best."),
        max_length=60,
        required=False,
    )
    mark_optional = False
