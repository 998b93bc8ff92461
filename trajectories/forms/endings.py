"""What do we ask when a trajectory rests, ends early, or goes on with others?"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coaching.clock import months_after, today
from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Day, Voice
from trajectories.forms.days import YEAR
from trajectories.forms.people import FindsPeople, name_field, person_field
from trajectories.reasons import REASONS


class Hold(HouseForm):
    look_again_on = forms.DateField(label=_("When do you look again?"), widget=Day)

    def clean_look_again_on(self):
        day = self.cleaned_data["look_again_on"]
        if day <= today():
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        if day > months_after(today(), YEAR):
            raise forms.ValidationError(gettext("Choose a day within a year. You can let it rest again then."))
        return day


class WithoutReport(HouseForm):
    """Why it closes without a report; one reason from the list."""

    reason = forms.ChoiceField(
        label=_("Why does it close without a report?"), choices=[(key, words[0]) for key, words in REASONS.items()], widget=Answers
    )


class Stop(HouseForm):
    """A reason from the list, and the words for the sponsor; empty means the neutral sentence of that reason, which stands under it."""

    reason = forms.ChoiceField(label=_("Why does it stop?"), choices=[(key, words[0]) for key, words in REASONS.items()], widget=Answers)
    sentence = forms.CharField(
        label=_("What the sponsor hears"),
        help_text=_("One sentence. Leave it empty for the one under your reason."),
        required=False,
        max_length=500,
        widget=Voice(rows=2),
    )

    def __init__(self, *args, words=True, **facts):
        super().__init__(*args, **facts)
        if not words:
            del self.fields["sentence"]
        else:
            self.fields["reason"].widget.notes = {
                key: gettext("The sponsor reads: %(words)s") % {"words": said[1]} for key, said in REASONS.items()
            }


class Sentence(HouseForm):
    """The sentence of the other one, to say yes to or to word otherwise."""

    sentence = forms.CharField(label=_("What the sponsor hears"), max_length=500, widget=Voice(rows=2))


class NameSponsor(FindsPeople):
    finds = ("sponsor",)
    sponsor_find = name_field(_("Who is the sponsor?"))
    sponsor = person_field(_("Choose the person"), error_messages={"required": _("Type a name, search, and choose the person.")})

    def __init__(self, *args, coaches=(), **facts):
        """`coaches`: who coaches or was proposed to, for the client, who hears of it when the one they name is their own manager (R1)."""
        self.coaches = coaches
        super().__init__(*args, **facts)

    def _offer(self, name):
        super()._offer(name)
        notes = self.fields[name].widget.notes
        for coach in self.coaches:
            if manager := self.people.get(str(coach.manager_id)):
                said = gettext("%(sponsor)s is also %(coach)s’s manager") % {"sponsor": manager.name, "coach": coach.first_name}
                notes[str(manager.pk)] = ". ".join(part for part in (notes[str(manager.pk)], said) if part)
