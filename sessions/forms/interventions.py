"""What was it that the coach brought in, to which end, and what did it bring? (R13)"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Voice


class InterventionForm(HouseForm):
    """`kind`: what is known of its kind, for what to record and what to ask; None for a line of its own."""

    words = forms.CharField(label=_("What was it?"), max_length=1_000, error_messages={"required": _("Say what it was.")})
    intention = forms.CharField(label=_("What was it for?"), required=False, widget=Voice(rows=2))
    learned = forms.CharField(label=_("What did the client learn from it?"), required=False, widget=Voice(rows=3))
    mark_optional = False

    def __init__(self, *args, kind=None, **facts):
        super().__init__(*args, **facts)
        if kind:
            self.fields["words"].help_text = kind.record
            self.fields["intention"].help_text = kind.purpose
            self.fields["learned"].help_text = kind.follow_up
