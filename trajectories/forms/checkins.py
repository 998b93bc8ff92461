"""What does the client fill in at a progress check? One page at a time; everything may stay empty."""

from django import forms
from django.utils.translation import gettext as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Answers, Choice, Switch, Voice
from trajectories.answering import SEES, SUMMARY
from trajectories.questionnaires import LEVEL, TEXT, questionnaire

DENSE = 3  # questions on one page; with more of them short answers stand beside each other


class PageForm(HouseForm):
    """One page of the check: `page` says what is asked."""

    mark_optional = False

    def __init__(self, page, *args, **facts):
        self.base_fields = {asked.name: _field(asked, dense=len(page.asked) > DENSE) for asked in page.asked}
        super().__init__(*args, **facts)


class ReleaseForm(HouseForm):
    """The last page: who may read what. A switch for each of `lines` that the sponsor may be shown, and a summary in one's own words."""

    def __init__(self, lines, *args, sponsor=None, **facts):
        self.base_fields = {}
        if sponsor:
            self.base_fields = {f"{SEES}{line.asked.name}": _switch(line, sponsor) for line in lines if line.may_be_seen}
            asked = questionnaire("mid_trajectory").question(SUMMARY)
            self.base_fields[SUMMARY] = forms.CharField(label=asked.label, help_text=asked.hint, required=False, widget=Voice)
        super().__init__(*args, **facts)

    def switch_of(self, line):
        """The bound field for one line, or None."""
        name = f"{SEES}{line.asked.name}"
        return self[name] if name in self.fields else None


def _switch(line, sponsor):
    said = _("%(name)s sees the sentence and the level, not your example") if line.level is not None else _("%(name)s sees this answer")
    return forms.BooleanField(label=said % {"name": sponsor.first_name}, required=False, widget=Switch)


def _field(asked, *, dense=False):
    question = asked.question
    if question.kind == LEVEL:
        if asked.version is None:  # by link: the neutral words of the scale
            facts = {"choices": question.options, "widget": Answers(levels=True)}
            return forms.ChoiceField(label=question.label, help_text=question.hint, required=False, **facts)
        return forms.ChoiceField(label=question.label, required=False, choices=sentences(asked.version), widget=widget(asked.version))
    if question.kind == TEXT:
        return forms.CharField(label=question.label, help_text=question.hint, required=False, widget=Voice)
    look = Choice if dense else Answers
    return forms.ChoiceField(label=question.label, help_text=question.hint, required=False, choices=question.options, widget=look)


def sentences(version):
    """A goal's own five sentences, from +2 down to −2."""
    return [(str(number), words) for number, words in version.sentences.items()]


def widget(version):
    """Answers that people wrote, with the goal and the start marked."""
    notes = {0: _("This is the goal"), version.start_level: _("Here it started")}
    return Answers(levels=True, voice=True, notes={str(number): note for number, note in notes.items()})


def chosen(words):
    """A level as it was typed in a POST, or None."""
    return int(words) if words in {str(number) for number in range(-2, 3)} else None
