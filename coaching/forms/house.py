"""What do all our forms have in common? They know who asks, only clean, and can show a draft."""

import unicodedata

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

LONG, SHORT = 20_000, 1_000  # characters
REQUIRED = forms.Field.default_error_messages["required"]


UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # categories of Unicode: control, format, and what separates
BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}  # others without a shape


def is_blank(text):
    """Whether a text shows nothing, such as one zero-width space. A NUL is no blank: it is refused with its own sentence."""
    return all(unicodedata.category(char) in UNSEEN or char in BLANK for char in text) and "\0" not in text


def _empty_when_blank(field):
    """What nobody can see was not filled in; a password is taken as it is."""
    as_typed = field.to_python
    field.to_python = lambda value: as_typed("" if isinstance(value, str) and is_blank(value) else value)


def _bounded(field):
    """Give a text field its limit and its sentences, where the form says none itself."""
    field.validators = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]
    field.validators.append(
        ProhibitNullCharactersValidator(message=_("There is a character in here that we cannot keep. Type the text again."))
    )
    if field.max_length is None:
        long = isinstance(field.widget, forms.Textarea)
        sentence = _("This is too long. 20,000 characters is the most we can keep.") if long else _("This is too long. Say it shorter.")
        field.validators.append(MaxLengthValidator(LONG if long else SHORT, sentence))


def dressed(field):
    """Give a field the limits and sentences of the house; for one that a form makes later. Returns it."""
    if isinstance(field, forms.CharField):
        _bounded(field)
        if field.strip:
            _empty_when_blank(field)
    if field.error_messages.get("required") == REQUIRED:
        choice = isinstance(field, forms.ChoiceField)
        field.error_messages["required"] = _("Choose one of these.") if choice else _("Fill this in.")
    return field


class HouseForm(forms.Form):
    """`asker` is the person who fills it in. `mark_optional = False` leaves out the "(optional)" marks."""

    mark_optional = True
    use_required_attribute = False  # the server says what is missing, in a sentence, with a link

    def __init__(self, *args, asker=None, **facts):
        self.asker = asker
        super().__init__(*args, **facts)
        for field in self.fields.values():
            dressed(field)

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        return helper

    def recall(self, words):
        """Show a stored draft (`words`: name -> list of str, as in a QueryDict), unvalidated. Returns the form, still unbound."""
        data = MultiValueDict(words)
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if field.disabled or isinstance(field, forms.FileField) or field.widget.value_omitted_from_data(data, {}, key):
                continue
            self.initial[name] = field.widget.value_from_datadict(data, {}, key)
        return self
