"""What do we ask of who asks for coaching, and of who answers?"""

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.clock import day_of
from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Chips, Voice
from trajectories.forms.people import FindsPeople, name_field, person_field

# The context keeps these apart from Django's own names of days, which stand inside a date. They stand inside a sentence, too.
DAYS = [
    ("mon", pgettext_lazy("day one can meet", "Monday")),
    ("tue", pgettext_lazy("day one can meet", "Tuesday")),
    ("wed", pgettext_lazy("day one can meet", "Wednesday")),
    ("thu", pgettext_lazy("day one can meet", "Thursday")),
    ("fri", pgettext_lazy("day one can meet", "Friday")),
    ("am", _("in the morning")),
    ("pm", _("in the afternoon")),
]
ROUGH = _("It may be rough. The coach you choose reads this first. Together you look for the real question.")


def chips(pairs):
    """Choices as chips: each begins with a capital."""
    return [(value, capfirst(str(label))) for value, label in pairs]


class OwnWords(FindsPeople):
    """The client's own words with a request. `themes`, `languages`: what the coaches say they are good at, and speak."""

    about = forms.CharField(label=_("Your question, in your own words"), help_text=ROUGH, widget=Voice(rows=4))
    themes = forms.MultipleChoiceField(label=_("Roughly, what is it about?"), required=False, widget=Chips)
    days = forms.MultipleChoiceField(label=_("When could you meet?"), choices=lambda: chips(DAYS), required=False, widget=Chips)
    languages = forms.MultipleChoiceField(label=_("In which language?"), required=False, widget=Chips)
    wishes = forms.CharField(
        label=_("What kind of coach would you like, and whom rather not?"),
        help_text=_("Your manager, and anyone in your part of the organisation, can never be your coach. You need not write that down."),
        required=False,
        widget=Voice(rows=2),
    )
    for_coordinator = forms.CharField(
        label=_("Anything else for the coordinator?"), help_text=_("Your coach does not read this."), required=False, widget=Voice(rows=2)
    )

    def __init__(self, *args, themes=(), languages=(), **facts):
        super().__init__(*args, **facts)
        self._offered("themes", themes)
        self._offered("languages", languages if len(languages) > 1 else ())

    def _offered(self, name, values):
        self.fields[name].choices = chips((value, value) for value in values)
        if not values:
            self.fields[name].widget = forms.MultipleHiddenInput()

    def wishes_in_words(self):
        """Themes, days, languages and wishes as the one text that client and coordinator read."""
        typed, days = self.cleaned_data, dict(DAYS)
        chosen = [
            (_("About: %(words)s"), typed["themes"]),
            (_("Can meet: %(words)s"), [str(days[day]) for day in typed["days"]]),
            (_("Language: %(words)s"), typed["languages"]),
        ]
        lines = [str(said) % {"words": ", ".join(words)} for said, words in chosen if words]
        return "\n".join([*lines, *filter(None, [typed["wishes"]])])

    def words(self):
        typed = self.cleaned_data
        return {"about": typed["about"], "wishes": self.wishes_in_words(), "for_coordinator": typed["for_coordinator"]}


class AskForMyself(OwnWords):
    """An employee asks for themselves; a sponsor is their own choice."""

    finds = ("sponsor",)
    WITHOUT, INVITE = "without", "invite"
    with_sponsor = forms.ChoiceField(
        label=_("Does somebody come along as sponsor?"),
        choices=[(WITHOUT, _("Not yet. I begin without.")), (INVITE, _("I invite someone myself as sponsor"))],
        initial=WITHOUT,
        widget=Answers(
            notes={
                WITHOUT: _("Before the closing review we ask you again"),
                INVITE: _("They see at once that you ask for coaching; of the rest only what you let them see"),
            },
        ),
    )
    sponsor_find = name_field(_("Who is your sponsor?"))
    sponsor = person_field(_("Choose the person"), required=False)
    continues = forms.ChoiceField(label=_("Does this go on from an earlier trajectory?"), required=False, widget=Answers)

    def __init__(self, *args, earlier=(), **facts):
        super().__init__(*args, **facts)
        self.earlier = {str(row.pk): row for row in earlier}
        known = [(key, _earlier(row)) for key, row in self.earlier.items()]
        self.fields["continues"].choices = [("", _("No, it is something new")), *known]
        if not self.earlier:
            del self.fields["continues"]

    def clean(self):
        typed = super().clean()
        if typed.get("with_sponsor") == self.WITHOUT:
            typed["sponsor"] = None
            self.errors.pop("sponsor", None)
        elif typed.get("sponsor") is None and "sponsor" not in self.errors:
            self.add_error("sponsor", _("Type a name, search, and choose the person."))
        return typed

    def request(self):
        typed = self.cleaned_data
        return {
            "client": self.asker,
            "sponsor": typed.get("sponsor"),
            "continues": self.earlier.get(typed.get("continues")),
            **self.words(),
        }


def _earlier(row):
    """An earlier trajectory as its client knows it."""
    ended = date_format(day_of(row.closed_at or row.stopped_at), "j F Y")
    if row.coach:
        return _("With %(name)s, until %(day)s") % {"name": row.coach.name, "day": ended}
    return _("Until %(day)s") % {"day": ended}


class AskForAnother(FindsPeople):
    """A sponsor asks for an employee; the client reads every word of it."""

    finds = ("client",)
    client_find = name_field(_("For whom?"))
    client = person_field(_("Choose the person"), error_messages={"required": _("Type a name, search, and choose the person.")})
    about = forms.CharField(
        label=_("What do you hope for?"),
        help_text=_("They read this before they say yes or no. Their coach reads it too."),
        widget=Voice(rows=4),
    )
    for_coordinator = forms.CharField(
        label=_("Anything else for the coordinator?"), help_text=_("They read this too."), required=False, widget=Voice(rows=2)
    )

    def request(self):
        typed = self.cleaned_data
        return {"sponsor": self.asker, **{name: typed[name] for name in ("client", "about", "for_coordinator")}}


class AskAsCoordinator(AskForAnother):
    """A coordinator asks for an employee, for a sponsor or without one."""

    finds = ("client", "sponsor")
    sponsor_find = name_field(_("Who is the sponsor?"), help_text=_("You can leave this empty."))
    sponsor = person_field(_("Choose the person"), required=False)
    field_order = ["client_find", "client", "sponsor_find", "sponsor", "about", "for_coordinator"]

    def request(self):
        return super().request() | {"sponsor": self.cleaned_data.get("sponsor")}


class Decline(HouseForm):
    """One sentence for who asked."""

    sentence = forms.CharField(label=_("What they read"), required=False, max_length=500, widget=Voice(rows=2))


class NobodyFound(HouseForm):
    sentence = forms.CharField(
        label=_("One sentence for everyone who waits"),
        help_text=_("The client, and the sponsor when there is one, read this."),
        max_length=500,
        widget=Voice(rows=2),
    )
