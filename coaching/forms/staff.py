"""What do we ask about people and their accounts, of who administers them?"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coaching.forms.accounts import WRONG_ADDRESS
from coaching.forms.house import HouseForm
from coaching.forms.units import unit_field
from coaching.forms.widgets import Choice, Switch
from coaching.imports.columns import KINDS
from coaching.models import Person
from coaching.uploads import LARGEST


class StaffList(HouseForm):
    """A file, not looked into yet."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("CSV or XLSX, with name, e-mail and unit; manager, function and staff number if you have them. Ten megabytes at most."),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large. Ten megabytes is the maximum."))
        return file


class Columns(HouseForm):
    """What each column of a list holds: one choice per column, as the file has them."""

    mark_optional = False

    def __init__(self, *args, names, kinds, samples, **facts):
        super().__init__(*args, **facts)
        places = {place: kind for kind, place in kinds.items()}
        choices = [("", pgettext_lazy("column", "leave out")), *KINDS.items()]
        for place, name in enumerate(names):
            label = name or _("Column %(number)s, without a name") % {"number": place + 1}
            hint = "\n".join(samples[place]) if place < len(samples) else ""
            field = forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False, initial=places.get(place, ""))
            self.fields[f"column-{place}"] = field

    def clean(self):
        typed = super().clean()
        said = [kind for kind in typed.values() if kind]
        for kind in sorted({kind for kind in said if said.count(kind) > 1}):
            self.add_error(None, _("Two columns are said to hold: %(kind)s. Choose one.") % {"kind": KINDS[kind]})
        if not self.errors:
            self._complete(set(said))
        return typed

    def _complete(self, said):
        wanted = [("name", {"name", "last_name"}), ("email", {"email"}), ("unit", {"unit"})]
        missing = [KINDS[kind] for kind, either in wanted if not either & said]
        if missing:
            self.add_error(None, _("Still to point out: %(kinds)s.") % {"kinds": ", ".join(map(str, missing))})

    @property
    def chosen(self):
        """place -> kind."""
        return {int(name.removeprefix("column-")): kind for name, kind in self.cleaned_data.items() if name.startswith("column-")}


class Absent(HouseForm):
    """Whom to switch off, of those a list did not name. `people`: key, name and address."""

    gone = forms.MultipleChoiceField(
        label=_("Who has left?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who has left."), "invalid_choice": _("Somebody in this choice is not in the list any more.")},
    )

    def __init__(self, *args, people, **facts):
        super().__init__(*args, **facts)
        self.fields["gone"].choices = [(key, f"{name}, {email}") for key, name, email in people]


class NewAccount(HouseForm):
    """Somebody new. `units` are choices."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, error_messages=WRONG_ADDRESS)
    unit = forms.Field()
    manager = forms.EmailField(label=_("E-mail address of the manager"), required=False, error_messages=WRONG_ADDRESS)
    function = forms.CharField(label=_("Function"), max_length=200, required=False)
    staff_number = forms.CharField(label=_("Staff number"), max_length=50, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Person.LANGUAGES, widget=Choice)

    def __init__(self, *args, units, find_manager, **facts):
        super().__init__(*args, **facts)
        self.fields["unit"], self.find_manager = unit_field(_("Unit"), units), find_manager

    def clean_manager(self):
        email = self.cleaned_data["manager"]
        found = self.find_manager(email) if email else None
        if email and found is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return found

    @property
    def facts(self):
        """What was filled in, as staff.add() and staff.change() take it."""
        said = dict(self.cleaned_data)
        said["unit_id"] = said.pop("unit")
        return said


class OneAccount(NewAccount):
    """An account as it is. Whoever chose a password changes their own address; nobody their own roles."""

    coordinates = forms.BooleanField(label=_("Coordinates the coach pool"), required=False, widget=Switch)
    administers = forms.BooleanField(label=_("Administers the organisation"), required=False, widget=Switch)

    def __init__(self, *args, person, **facts):
        super().__init__(*args, **facts)
        del self.fields["language"]
        self.fields["unit"].required = False
        if person.has_usable_password():
            del self.fields["email"]
        if person == self.asker:
            del self.fields["coordinates"], self.fields["administers"]
