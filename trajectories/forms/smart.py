"""Which four small questions help to word a goal, and what is proposed from the answers? Folded, without force (R5)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Finish
from trajectories.smart import Parts, fill, proposals, sentence

PARTS = ("activity", "quantity", "support", "time")
FILLED = ("title", "support", "plus_two", "plus_one", "zero", "minus_one", "minus_two")  # what a proposal can stand in
EARLIER = "was_{}"  # what was proposed there before, so that it may be proposed anew as long as nobody changed it
LONG = 300  # characters of a part that count


def _part(label, example, **more):
    return forms.CharField(label=label, help_text=example, required=False, **more)


class SmartForm(HouseForm):
    """The helper beside GoalForm. It is never bound: what is typed here is no part of a goal, and bars nobody from writing one."""

    activity = _part(
        _("What do you do then?"),
        _("Finish the sentence. For instance: say in the meeting what I think of it"),
        widget=Finish(before=pgettext_lazy("opens a sentence", "I")),
    )
    quantity = _part(_("How often, how much or how soon?"), _("For instance: three times a month"))
    support = _part(_("With what help?"), _("For instance: a colleague who looks along"))
    time = _part(_("By when?"), _("For instance: before Christmas"))
    mark_optional = False

    def __init__(self, *args, **facts):
        super().__init__(*args, prefix="smart", **facts)
        for name in FILLED:
            self.fields[EARLIER.format(name)] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.filled = None  # the fields that a press on the button filled, once it was pressed

    @property
    def typed(self):
        """The parts as values."""
        return Parts(**{name: self._said(name) for name in PARTS})

    @property
    def sentence(self):
        return sentence(self.typed)

    @property
    def example(self):
        """The same with the examples beside the fields."""
        words = {name: str(self.fields[name].help_text).split(": ", 1)[-1] for name in PARTS}
        return sentence(Parts(**words))

    @property
    def used(self):
        """Something was typed here."""
        return any(self._said(name).strip() for name in PARTS)

    def _said(self, name):
        return str(self.initial.get(name) or "")[:LONG]

    def propose(self, posted):
        """What was posted (a QueryDict), with proposals where a field was empty or untouched since the last: name -> list of str.

        Afterwards the form shows the parts again, and `filled` says which fields of the goal hold a proposal now.
        """
        words = {name: [value.replace("\x00", "") for value in values] for name, values in posted.lists()}
        self.recall(words)
        start = -1 if posted.get("start_level") == "-1" else -2
        proposed = proposals(self.typed, now=self._first(words, "now"), start=start)
        typed = {name: self._first(words, name) for name in FILLED}
        filled, self.filled = fill(typed, proposed, {name: str(self.initial.get(EARLIER.format(name)) or "") for name in FILLED})
        words |= {name: [text] for name, text in filled.items()}
        words |= {self.add_prefix(EARLIER.format(name)): [proposed[name]] for name in self.filled}
        self.recall(words)
        return words

    @staticmethod
    def _first(words, name):
        return next(iter(words.get(name, [])), "")

    def still(self, form):
        """The fields of `form` that say exactly what was proposed: they are marked so until somebody rewords them."""
        proposed = {name: str(self.initial.get(EARLIER.format(name)) or "").strip() for name in FILLED}
        return {name for name, words in proposed.items() if words and str(form[name].value() or "").strip() == words}
