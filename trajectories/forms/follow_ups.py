"""What does one fill in months after closing? All questions on one page; everything may stay empty (R20)."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from coaching.forms.house import HouseForm
from coaching.forms.widgets import Switch
from trajectories.answering import SEES
from trajectories.forms.checkins import PageForm

MOST = 400  # characters of an answer: all of them together stay one page of paper


class FollowUpForm(PageForm):
    """The questions of `page`, with room for a few sentences each."""

    def __init__(self, page, *args, **facts):
        self.page = page
        super().__init__(page, *args, **facts)
        said = _("Say it shorter: at most %(most)s characters.") % {"most": MOST}
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(MaxLengthValidator(MOST, said))
                field.widget.attrs["maxlength"] = MOST

    @property
    def goals(self):
        """Each level with the version whose sentences it is about."""
        return [(asked.version, self[asked.name]) for asked in self.page.asked if asked.version]

    @property
    def others(self):
        return [self[asked.name] for asked in self.page.asked if not asked.version]


class SeenForm(HouseForm):
    """The last page of a client: a switch for each of `lines` that may go into the addendum."""

    def __init__(self, lines, *args, **facts):
        label = _("Into the addendum")
        self.base_fields = {
            f"{SEES}{line.asked.name}": forms.BooleanField(label=label, required=False, widget=Switch) for line in lines if line.may_be_seen
        }
        super().__init__(*args, **facts)

    def switch_of(self, line):
        """The bound field for one line, or None."""
        name = f"{SEES}{line.asked.name}"
        return self[name] if name in self.fields else None
