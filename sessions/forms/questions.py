"""What does a coach ask, in their own words; and could anybody be recognised in it? (R15)"""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Switch, Voice
from sessions import question_bank

NOBODY, PERHAPS = "nobody", "perhaps"


def _phases():
    return list(question_bank.phases().items())


def _themes():
    return [("", _("No theme")), *question_bank.themes().items()]


class QuestionForm(HouseForm):
    """A question of one's own. `share` leads on to the screen that asks whether anyone could be recognised."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=300,
        widget=Voice(rows=2),
        error_messages={"required": _("Write your question."), "max_length": _("A question of 300 characters is the longest we can keep.")},
    )
    phase = forms.ChoiceField(label=_("Where in the conversation?"), choices=lazy(_phases, list))
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=lazy(_themes, list))
    share = forms.BooleanField(label=_("Share it with all coaches"), required=False, widget=Switch)
    mark_optional = False

    def __init__(self, *args, may_share=True, **facts):
        super().__init__(*args, **facts)
        if not may_share:
            del self.fields["share"]

    @property
    def wording(self):
        """What word() and rephrase() take, of a valid form."""
        return {name: self.cleaned_data[name] for name in ("words", "phase", "theme")}


class ShareForm(HouseForm):
    """Asked before a question goes to all who coach."""

    recognised = forms.ChoiceField(
        label=_("Could anyone recognise someone in this question?"),
        choices=[
            (NOBODY, _("No. It could have been asked in any conversation.")),
            (PERHAPS, _("Perhaps. I would rather look at the words again.")),
        ],
        widget=Answers,
        error_messages={"required": _("Choose one of these.")},
    )
