"""What do we say about a row? Sentences that say what to do; their facts are filled in the language of who reads them."""

from django.utils.translation import gettext_lazy as _

# %(a)s, %(b)s and %(c)s are the facts of a note, in order.
SAYS = {
    # why a row cannot go along
    "no_name": _("Fill in the name."),
    "no_email": _("Fill in the e-mail address."),
    "no_unit": _("Fill in the unit."),
    "email_wrong": _("The e-mail address is not complete. Enter one such as name@organisation.nl."),
    "formula": _("A formula stands here. Type the text itself."),
    "lost_letters": _("A letter was lost when this list was saved. Save it anew as CSV UTF-8 or XLSX."),
    "line_break": _("There is a line break here, perhaps after a stray quotation mark. The rows below may have been taken in."),
    "too_long": _("This is too long. Say it shorter."),
    "no_date": _("We do not recognise this date. Write it as 31-12-2026."),
    "double": _("This e-mail address occurs twice, for two people: see row %(a)s."),
    "double_number": _("This staff number occurs twice, for two people: see row %(a)s."),
    "number_differs": _("This address belongs to someone with staff number %(a)s."),
    "email_taken": _("This address belongs to %(a)s."),
    "manager_unknown": _("%(a)s has a manager who is not in the list."),
    "manager_refused": _("The manager’s own row cannot go along: see row %(a)s."),
    "manager_two": _("Two people with this name work here. Put the staff number or e-mail address in this column."),
    "manager_circle": _("These people manage each other in a circle: %(a)s."),
    "unit_near": _("We do not know this unit. Do you mean %(a)s? If it is new, put the unit above it beside it."),
    "unit_two": _("Two units have this name. Let the site administrator give one of them another."),
    "unit_elsewhere": _("Row %(a)s puts this unit under %(b)s, this row under %(c)s."),
    "unit_circle": _("%(a)s is placed under itself."),
    # what is good to know about a row that goes along
    "second_unit": _("%(a)s also stands in row %(b)s, with the unit %(c)s. We take the first."),
    "again": _("%(a)s also stands in row %(b)s. We take the first."),
    "left": _("%(a)s has left, the list says. They are not added or changed."),
    "own_manager": _("%(a)s stands as their own manager. We take it that nobody is above them."),
    "inactive": _("%(a)s is in the list, and their account is switched off. It stays so."),
    "address_own": _("%(a)s has another address in the list. They log in with %(b)s, and change it themselves under Account."),
}


def said(note):
    """The sentence of a note (lines.Note), in the language of now."""
    return SAYS[note.says] % dict(zip("abc", note.facts, strict=False))
