"""What does a coach write down after a session, in two minutes? (R9, R10, R13)"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coaching.clock import day_of
from coaching.forms.widgets import LEVELS, Chips, Levels, Voice
from coaching.templatetags.house import level
from sessions.forms.appointments import WhenForm
from sessions.forms.due import Due, DueField, in_full
from sessions.forms.own_words import who_steered
from sessions.forms.sections import Sections, Words
from sessions.process_models import FIRST, FREE, built_in, kinds

ROW = re.compile(r"(action|did)-(\d{1,2})")
MOST = 30  # rows of one kind


class LogForm(Sections, WhenForm):
    """The log of `session`: only the date is required. `goals`: [(goal, version)] to choose from; `kept`: the sections as they stand.

    `before`: the interventions of the session before, opened, of which the client may say what they learned.
    """

    goals = forms.MultipleChoiceField(label=_("What was it about?"), required=False, widget=Chips)
    model = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[])
    takeaway = forms.CharField(label=_("What did it yield?"), required=False, widget=Voice)
    steered = who_steered()
    note = forms.CharField(label=_("What do you want to remember?"), required=False, widget=Voice)
    stall = forms.CharField(label=_("Where did it stall?"), required=False, widget=Voice(rows=2))
    differently = forms.CharField(label=_("What will you do differently?"), required=False, widget=Voice(rows=2))

    def __init__(self, *args, goals, kept=(), before=(), may_mark=True, catalogue=None, **facts):
        self.kept, self.before, self.touchable = list(kept), list(before), list(goals)
        self.catalogue = catalogue or built_in()
        super().__init__(*args, **facts)
        self.fields["model"].choices = [(key, model.name) for key, model in self.catalogue.models.items()]
        if self.initial.setdefault("model", FIRST) not in self.catalogue.models:
            self.initial["model"] = FREE
        if not may_mark:
            del self.fields["steered"]
        self._make_goals()
        for row in self.before:
            self._add(f"learned-{row.pk}", row.words, row.learned, rows=2)
        self._make_sections(self.data)
        self._make_rows([*self.data, *self.initial])

    def _make_goals(self):
        """A chip per goal, and what the client says of where it stands."""
        choices = []
        for goal, version in self.touchable:
            said = {"name": self.client_name, "number": goal.number, "title": version.title, "start": level(version.start_level)}
            choices.append((str(goal.pk), _("Goal %(number)s, %(title)s") % said))
            self.fields[f"level-{goal.number}"] = forms.TypedChoiceField(
                label=_("Where does %(name)s stand now on goal %(number)s?") % said,
                help_text=_("The starting point was %(start)s.") % said,
                required=False,
                coerce=int,
                empty_value=None,
                choices=LEVELS,
                widget=Levels(start=version.start_level),
            )
        self.fields["goals"].choices = choices

    @property
    def client_name(self):
        return self.session.trajectory.client.first_name

    def _add(self, name, label, initial="", rows=3):
        self.fields[name] = Words(label=label, rows=rows, attrs={"placeholder": " "})  # by which the style sheet knows that it is empty
        if initial:
            self.initial[name] = initial

    def _make_rows(self, data, *, more=0):
        """As many rows as were posted, kept or stand there; at least one."""
        found = [match.groups() for match in map(ROW.fullmatch, data) if match]
        for kind in ("action", "did"):
            count = max([int(number) + 1 for one, number in found if one == kind] or [0])
            for number in range(min(max(count, self.rows(kind), 1) + more, MOST)):
                if f"{kind}-{number}" not in self.fields:
                    self._add_row(kind, number)

    def _add_row(self, kind, number):
        words = _("Action %(number)s") if kind == "action" else _("Intervention %(number)s")
        label = words % {"number": number + 1}
        lists = {"list": "kinds"} if kind == "did" else {}
        self.fields[f"{kind}-{number}"] = Words(label=label, short=True, attrs={"class": "input", "aria-label": label, **lists})
        if kind == "action":
            label = _("Before, action %(number)s") % {"number": number + 1}
            self.fields[f"action_on-{number}"] = DueField(label=label, next_on=self.next_on)

    def rows(self, kind):
        return sum(1 for name in self.fields if name.startswith(f"{kind}-"))

    @property
    def action_rows(self):
        """(words, before when, which day that is) of each."""
        days = [self[f"action_on-{number}"] for number in range(self.rows("action"))]
        return [(self[f"action-{number}"], on, in_full(on.field, on.value())) for number, on in enumerate(days)]

    @property
    def next_on(self):
        """The day on which the two meet next, where that is planned."""
        next_at = getattr(self.session, "next_at", None)
        return day_of(next_at) if next_at else None

    @property
    def another_due(self):
        """The field for a day in a row that is added in the page."""
        return Due(label=_("Before, another action"), next_on=self.next_on).render("action_on-__n__", "")

    @property
    def did_rows(self):
        return [self[f"did-{number}"] for number in range(self.rows("did"))]

    @property
    def level_rows(self):
        return [(self[f"level-{goal.number}"], goal, version) for goal, version in self.touchable]

    @property
    def learned_rows(self):
        return [(self[f"learned-{row.pk}"], kinds()[row.kind].follow_up if row.kind else "") for row in self.before]

    def recall(self, words):
        return self.again(words)

    def again(self, words, *, more=False):
        """The same form unbound, with what was posted and, if asked for, another empty row of each kind."""
        self._make_rows(words, more=int(more))
        if (words.get("model") or [""])[-1] in self.catalogue.models:
            self.initial["model"] = words["model"][-1]
        else:
            words = {name: value for name, value in words.items() if name != "model"}
        self._make_sections(words)
        return super().recall(words)

    def clean(self):
        facts = super().clean()
        for number in range(self.rows("action")):
            if (
                facts.get(f"action_on-{number}")
                and not (facts.get(f"action-{number}") or "").strip()
                and f"action-{number}" not in self.errors
            ):
                self.add_error(f"action-{number}", ValidationError(_("Say what the action is, or leave its date empty.")))
        return facts

    def _said(self, name):
        return (self.cleaned_data.get(name) or "").strip()

    def words(self):
        """What Log.write() takes, of a valid form."""
        facts = self.cleaned_data
        touched = [goal for goal, _version in self.touchable if str(goal.pk) in facts["goals"]]
        actions = [(self._said(f"action-{number}"), facts[f"action_on-{number}"]) for number in range(self.rows("action"))]
        did = [self._said(f"did-{number}") for number in range(self.rows("did"))]
        stands = [(goal, facts[f"level-{goal.number}"]) for goal in touched]
        return {
            "model": facts["model"] or FREE,
            "sections": self.as_written(),
            "goals": touched,
            "interventions": [line for line in did if line],
            "actions": [(words, due_on) for words, due_on in actions if words],
            "takeaway": facts["takeaway"],
            "levels": [(goal, number) for goal, number in stands if number is not None],
            "when": self.when,
        }

    def learned(self):
        """[(intervention, words)] of which something new was said."""
        said = [(row, self._said(f"learned-{row.pk}")) for row in self.before]
        return [(row, words) for row, words in said if words != (row.learned or "")]
