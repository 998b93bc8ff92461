"""How is the coaching question put into words?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Voice


class QuestionForm(HouseForm):
    words = forms.CharField(
        label=_("How would you put the question now?"),
        help_text=_("One sentence, in the client’s own words. It need not be final: it sharpens on the way."),
        max_length=600,
        widget=Voice(rows=2),
        error_messages={"max_length": _("This is long for a question. Try it in one sentence.")},
    )
