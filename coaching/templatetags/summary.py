"""What stands over the errors of a form: is something missing, or is something not right?"""

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def what_is_wrong(form):
    """The heading of the summary: only what was left empty is missing; what a verb refused cannot be done now."""
    errors = form.errors.as_data()
    if set(errors) == {NON_FIELD_ERRORS}:
        return _("This could not be done")
    if all(error.code == "required" for found in errors.values() for error in found):
        return _("Something is still missing")
    return _("Something is not right yet")
