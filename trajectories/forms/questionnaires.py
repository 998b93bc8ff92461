"""How does the organisation word a question, in both languages?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Choice, Voice
from trajectories.questionnaires import CHOICE, LEVEL, SCALE, TEXT, YES_NO

WORDS = ("label_nl", "label_en", "hint_nl", "hint_en")
NAMES = {
    TEXT: _("own words"),
    CHOICE: _("one of some answers"),
    SCALE: _("a scale of five, from not at all to entirely"),
    YES_NO: _("yes or no"),
    LEVEL: _("a level of each goal, −2 to +2"),
}


class ForWords(HouseForm):
    """Other words for a question; its kind and its answers stay."""

    label_nl = forms.CharField(label=_("The question in Dutch"), max_length=200)
    label_en = forms.CharField(label=_("The question in English"), max_length=200)
    hint_nl = forms.CharField(label=_("A line beneath it, in Dutch"), max_length=200, required=False)
    hint_en = forms.CharField(label=_("A line beneath it, in English"), max_length=200, required=False)

    def __init__(self, *args, kind="", **facts):
        super().__init__(*args, **facts)
        self.kind = kind

    @property
    def words(self):
        """What the verbs of OwnQuestion take."""
        return {name: self.cleaned_data[name] for name in WORDS}


class ForOwn(ForWords):
    """A question of the organisation's own. Its kind is chosen once."""

    field_order = ["kind", *WORDS, "options"]
    kind = forms.ChoiceField(label=_("What kind of answer?"), widget=Choice)
    options = forms.CharField(
        label=_("The answers to choose from"),
        help_text=_("One on a line, first in Dutch and then in English: Ja, vaak | Yes, often"),
        required=False,
        max_length=2_000,
        widget=Voice,
    )

    def __init__(self, *args, kinds=(), kind="", **facts):
        super().__init__(*args, kind=kind, **facts)
        if kind:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = [(one, NAMES[one]) for one in NAMES if one in kinds]
        if kind and kind != CHOICE:
            del self.fields["options"]

    def clean(self):
        if (self.kind or self.cleaned_data.get("kind")) == CHOICE:
            pairs = [
                [word.strip() for word in line.split("|")] for line in self.cleaned_data.get("options", "").splitlines() if line.strip()
            ]
            if not 2 <= len(pairs) <= 7 or any(len(pair) != 2 or not all(pair) or max(map(len, pair)) > 100 for pair in pairs):
                self.add_error("options", _("Give two to seven answers, each on its own line: first Dutch, then |, then English."))
            self.pairs = pairs
        return self.cleaned_data

    @property
    def words(self):
        given = super().words
        choice = (self.kind or self.cleaned_data.get("kind")) == CHOICE
        return given | {"options": [[str(number), *pair] for number, pair in enumerate(self.pairs, 1)] if choice else []}
