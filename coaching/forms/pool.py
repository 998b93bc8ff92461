"""What does a coach say about themselves, for who looks for one?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Day, Voice

READ_BY = {"sees": "client desk"}
MANY = _("With commas between them.")


def several(label, help_text, **facts):
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=500, **facts)


class Profile(HouseForm):
    """A coach's own profile; lists are typed with commas."""

    about = forms.CharField(
        label=_("About you as a coach"),
        required=False,
        max_length=2000,
        error_messages={"max_length": _("This is too long. Say it shorter.")},
        help_text=_("How you work, and what somebody may expect of you. A few sentences are enough."),
        widget=Voice(rows=5, **READ_BY, who=_("who looks for a coach, and the coordinator")),
    )
    themes = several(_("Themes"), _("What people often come to you with, with commas between: conflict, starting as a manager."))
    languages = several(_("Languages in which you coach"), MANY)
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("Where you can meet, or: by video."))
    room_for = forms.IntegerField(
        label=_("How many trajectories at a time?"),
        min_value=0,
        max_value=20,
        error_messages={"min_value": _("Choose a number from 0 to 20."), "max_value": _("Choose a number from 0 to 20.")},
    )
    available_from = forms.DateField(label=_("Available from"), required=False, widget=Day)
    paused_from = forms.DateField(
        label=_("Away from"), required=False, widget=Day, help_text=_("Nobody new is proposed to you then. What runs, goes on.")
    )
    paused_until = forms.DateField(label=_("Away until and including"), required=False, widget=Day)

    def clean_themes(self):
        return _listed(self.cleaned_data["themes"])

    def clean_languages(self):
        return _listed(self.cleaned_data["languages"])

    def clean(self):
        typed = super().clean()
        start, end = typed.get("paused_from"), typed.get("paused_until")
        if end and not start and "paused_from" not in self.errors:
            self.add_error("paused_from", _("Fill in from when you are away."))
        if start and end and end < start:
            self.add_error("paused_until", _("This day comes before the first one."))
        return typed


def _listed(text):
    """The parts between commas, once each, in their order."""
    return list(dict.fromkeys(part for piece in text.split(",") if (part := " ".join(piece.split()))))[:20]
