"""What does each fill in before the closing talk, alone? (R21)"""

from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Day, Voice
from trajectories.forms.checkins import sentences, widget
from trajectories.questionnaires import LEVEL, TEXT

NOT_SEEN = "none"  # "I cannot see this from my place": the goal goes without this voice


class PrepareForm(HouseForm):
    """One's own part: a level and an example for each of `versions`, and the questions of one's questionnaire."""

    def __init__(self, questions, versions, *args, **facts):
        self.questions, self.versions = questions, versions
        of_goal = [question for question in questions.questions if question.goals]
        self.base_fields = {f"{one.key}-{version.goal_id}": _of_goal(one, version) for version in versions for one in of_goal}
        self.base_fields |= {one.key: _asked(one) for one in questions.once}
        super().__init__(*args, **facts)

    @property
    def goals(self):
        """Each goal with its two bound fields."""
        return [(one, self[f"goal_level-{one.goal_id}"], self[f"goal_example-{one.goal_id}"]) for one in self.versions]

    @property
    def others(self):
        return [self[question.key] for question in self.questions.once]

    @property
    def levels(self):
        """[(goal, −2…+2, or None for "I cannot see this")] of a clean form."""
        given = [(version.goal, self.cleaned_data[f"goal_level-{version.goal_id}"]) for version in self.versions]
        return [(goal, None if level == NOT_SEEN else int(level)) for goal, level in given]

    @property
    def answers(self):
        """What the preparation keeps: a copy of each question that was answered."""
        example, said = self.questions.question("goal_example"), []
        for version in self.versions:
            if words := self.cleaned_data[f"goal_example-{version.goal_id}"]:
                said.append(example.kept(words, goal=version.goal_id))
        return said + [one.kept(self.cleaned_data[one.key]) for one in self.questions.once if self.cleaned_data[one.key]]


class MeetingDay(HouseForm):
    """When the three sit together."""

    meets_on = forms.DateField(label=_("When do you meet?"), required=False, widget=Day)


class WithTwo(HouseForm):
    """Why coach and client close without a sponsor."""

    two_because = forms.CharField(
        label=_("Why do you close with two?"), help_text=_("One sentence. You both read it."), widget=Voice(rows=2)
    )


def _of_goal(question, version):
    if question.kind == LEVEL:
        choices = [*sentences(version), (NOT_SEEN, _("I cannot see this from my place"))]
        look = Levelled(of=widget(version))
        return forms.ChoiceField(label=question.label, help_text=question.hint, choices=choices, widget=look)
    return forms.CharField(label=question.label, help_text=question.hint, required=False, widget=Voice)


def _asked(question):
    if question.kind == TEXT:
        return forms.CharField(label=question.label, help_text=question.hint, required=False, widget=Voice)
    return forms.ChoiceField(label=question.label, help_text=question.hint, choices=question.options, widget=Answers)


class Levelled(Answers):
    """The goal's sentences and, beneath them, that one cannot see it."""

    def __init__(self, *args, of=None, **facts):
        super().__init__(*args, **facts)
        if of is not None:
            self.voice, self.notes, self.levels = of.voice, of.notes, True

    def create_option(self, name, value, label, selected, index, **facts):
        if str(value) != NOT_SEEN:
            return super().create_option(name, value, label, selected, index, **facts)
        option = super(Answers, self).create_option(name, value, label, selected, index, **facts)
        return option | {"number": "?", "note": ""}
