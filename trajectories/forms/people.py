"""Which colleague is meant? A name to search for and the few who answer to it, never a list of everybody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers
from coaching.models import Person

SHOWN = 8  # more than these ask for more letters
LONGEST = 100  # characters of a name


def person_field(label, **facts):
    """Who was chosen, of those who were found; a FindsPeople form fills it."""
    return forms.ChoiceField(label=label, widget=Answers, **facts)


def name_field(label, **facts):
    """Where the name is typed."""
    attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "words"}
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **facts)


def called(words, *, asker, besides=()):
    """Colleagues whose name holds every one of the words, by name; at most one more than are shown. Too few letters or too many: nobody."""
    wanted = words.replace("\x00", "").split()[:5]
    people = Person.objects.visible_to(asker).exclude(pk__in=besides).select_related("unit").by_name()
    if sum(map(len, wanted)) < 2 or len(words) > LONGEST:
        return []
    for word in wanted:
        people = people.filter(name__icontains=word)
    return list(people[: SHOWN + 1])


class FindsPeople(HouseForm):
    """A form in which a person is chosen for each name in `finds`, after searching in the field of that name with `_find` behind it."""

    finds = ()

    def __init__(self, *args, **facts):
        super().__init__(*args, **facts)
        self.people, self.many = {}, set()
        for name in self.finds:
            self._offer(name)

    def recall(self, words):
        super().recall(words)
        for name in self.finds:
            self._offer(name)
        return self

    def _said(self, name):
        key = self.add_prefix(name)
        return str((self.data.get(key) if self.is_bound else self.initial.get(name)) or "")

    def _offer(self, name):
        """The choices are whoever was found, and whoever was chosen before."""
        besides = [self.asker.pk] if name == "client" else []
        found = called(self._said(f"{name}_find"), asker=self.asker, besides=besides)
        if len(found) > SHOWN:
            self.many.add(name)
        chosen = self._chosen(self._said(name), besides)
        people = {str(person.pk): person for person in [*chosen, *found[:SHOWN]]}
        self.people = {**self.people, **people}
        field = self.fields[name]
        field.choices = [(key, person.name) for key, person in people.items()]
        field.widget.notes = {key: _about(person) for key, person in people.items()}

    def _chosen(self, key, besides):
        try:
            return list(Person.objects.visible_to(self.asker).exclude(pk__in=besides).filter(pk=key).select_related("unit")) if key else []
        except (ValueError, forms.ValidationError):
            return []

    def clean(self):
        """A key becomes the Person; a name without a choice is asked after."""
        typed = super().clean()
        for name in self.finds:
            if name in typed:
                typed[name] = self.people.get(typed[name])
                if typed[name] is None and typed.get(f"{name}_find"):
                    self.add_error(name, _("Choose the person you mean. If they are not in the list, type more of the name."))
        return typed

    @property
    def searches(self):
        """For the template: the two fields of each person, and whether more were found than are shown."""
        return {name: {"find": self[f"{name}_find"], "chosen": self[name], "many": name in self.many} for name in self.finds}


def _about(person):
    return ", ".join(str(part) for part in (person.function, person.unit) if part)
