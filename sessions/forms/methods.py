"""What does somebody fill in to make a process model of their own? A name, and sections with their questions (R9)."""

import re
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Switch
from sessions.forms.sections import Words

ROW = re.compile(r"(?:title|letter|questions|key)-(\d{1,2})")
MOST, MOST_QUESTIONS, LONGEST = 12, 20, 300  # sections, questions of one section, characters of a question


class MethodForm(HouseForm):
    """A method with its sections, a row each, in the order in which they are asked. `phases`: as they stand, or as they are copied.

    `shares`: whether the one who fills it in chooses between only themselves and everyone who coaches here.
    """

    name = forms.CharField(label=_("What is it called?"), max_length=80, error_messages={"required": _("Give it a name.")})
    about = forms.CharField(
        label=_("When do you use it?"), required=False, max_length=300, help_text=_("One sentence, beside the name in the log.")
    )
    shared = forms.BooleanField(
        label=_("For everyone who coaches here"), required=False, widget=Switch, help_text=_("Otherwise it is only yours.")
    )

    def __init__(self, *args, phases=(), shares=False, **facts):
        self.phases = list(phases)
        super().__init__(*args, **facts)
        if not shares:
            del self.fields["shared"]
        for number, phase in enumerate(self.phases):
            self.initial |= {f"title-{number}": phase["title"], f"letter-{number}": phase["letter"], f"key-{number}": phase["key"]}
            self.initial[f"questions-{number}"] = "\n".join(question["words"] for question in phase["questions"])
        self._make_rows([*self.data, *self.initial])

    def _make_rows(self, data, *, more=0):
        found = [int(match[1]) + 1 for match in map(ROW.fullmatch, data) if match]
        for number in range(min(max([*found, self.count, 3]) + more, MOST)):
            if f"title-{number}" not in self.fields:
                says = {"number": number + 1}
                self.fields[f"title-{number}"] = Words(label=_("Section %(number)s") % says, short=True, attrs={"class": "input"})
                self.fields[f"letter-{number}"] = Words(label=_("Letter"), short=True, attrs={"class": "input"})
                questions = Words(label=_("Questions to choose from, a line each"), rows=4)
                self.fields[f"questions-{number}"] = questions
                self.fields[f"key-{number}"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    @property
    def count(self):
        return sum(1 for name in self.fields if name.startswith("title-"))

    @property
    def rows(self):
        """(number, title, letter, questions, key) as they are drawn."""
        return [(n, *(self[f"{name}-{n}"] for name in ("title", "letter", "questions", "key"))) for n in range(self.count)]

    def again(self, words, *, more=False):
        """The same form unbound, with what was posted (name -> list) and, if asked for, another empty section."""
        self._make_rows(words, more=int(more))
        return super().recall(words)

    recall = again

    def _said(self, name):
        return (self.cleaned_data.get(name) or "").strip()

    def clean(self):
        facts = super().clean()
        filled = 0
        for n in range(self.count):
            title, lines = self._said(f"title-{n}"), self._lines(n)
            filled += bool(title)
            if lines and not title:
                self.add_error(f"title-{n}", ValidationError(_("Give this section a title, or leave its questions empty.")))
            if len(lines) > MOST_QUESTIONS or any(len(line) > LONGEST for line in lines):
                self.add_error(f"questions-{n}", ValidationError(_("Twenty questions of 300 characters is the most for one section.")))
            if len(self._said(f"letter-{n}")) > 2:
                self.add_error(f"letter-{n}", ValidationError(_("One or two characters.")))
        if not filled and not any(name.startswith("title-") for name in self.errors):
            self.add_error("title-0", ValidationError(_("A method has at least one section.")))
        return facts

    def _lines(self, n):
        return [line.strip() for line in self._said(f"questions-{n}").splitlines() if line.strip()]

    def as_kept(self):
        """The phases of a valid form, as Method keeps them. What keeps its words keeps its key, so that half-written logs find it again."""
        known, taken = {phase["key"]: phase for phase in self.phases}, set()
        found = []
        for n in range(self.count):
            title, key = self._said(f"title-{n}"), self.cleaned_data.get(f"key-{n}")
            if not title:
                continue
            key = key if key in known and key not in taken else secrets.token_hex(3)
            taken.add(key)
            before = {one["words"]: one["key"] for one in known.get(key, {}).get("questions", ())}
            questions = [{"key": before.get(line) or secrets.token_hex(3), "words": line} for line in dict.fromkeys(self._lines(n))]
            found.append({"key": key, "letter": self._said(f"letter-{n}") or title[0].upper(), "title": title, "questions": questions})
        return found

    def facts(self):
        """What Method.make() and .adapt() take, of a valid form."""
        return {"name": self._said("name"), "about": self._said("about"), "phases": self.as_kept()}


def moved_up(words, number):
    """What was posted (name -> list) with section `number` one place higher."""
    if not 0 < number < MOST:
        return words
    turned = dict(words)
    for name in ("title", "letter", "questions", "key"):
        here, above = f"{name}-{number}", f"{name}-{number - 1}"
        turned[here], turned[above] = words.get(above, [""]), words.get(here, [""])
    return turned
