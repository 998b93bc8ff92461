"""What do we know of somebody beside their trajectories? Their account, their profile, the letters they were sent (R27)."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coaching.letters import KINDS
from coaching.models import CoachProfile, Letter, MailChoice
from coaching.zone import zone


def account(person):
    """[(label, value)] for the readable page; what is empty is left out."""
    profile = CoachProfile.objects.filter(person=person).first()
    told = [
        (_("Name"), person.name),
        (_("E-mail address"), person.email),
        (_("Function"), person.function),
        (_("Unit"), person.unit and person.unit.name),
        (_("Manager"), person.manager and person.manager.name),
        (_("Staff number"), person.staff_number),
        (_("Language"), person.get_language_display()),
        (_("Coordinates"), _("yes") if person.coordinates else ""),
        (_("Administers"), _("yes") if person.administers else ""),
        (_("Account since"), _day(person.created_at)),
        (_("Logged in last"), _day(person.last_login)),
        (_("As a coach"), profile and profile.about),
    ]
    return [(label, value) for label, value in told if value]


def _day(moment):
    return date_format(localtime(moment, zone()), "j F Y H:i") if moment else ""


def facts(person):
    """The same for a machine, with the profile and the choices about mails."""
    names = ("name", "email", "function", "staff_number", "language", "coordinates", "administers", "looks_as")
    known = {name: getattr(person, name) for name in names}
    known |= {"unit": person.unit and person.unit.name, "manager": person.manager and person.manager.name}
    known |= {name: at and at.isoformat() for name, at in (("created_at", person.created_at), ("last_login", person.last_login))}
    profile = CoachProfile.objects.filter(person=person).first()
    left_out = {"id", "person"}
    told = profile and {one.name: _plain(getattr(profile, one.name)) for one in profile._meta.concrete_fields if one.name not in left_out}
    choices = dict(MailChoice.objects.filter(person=person).order_by("kind").values_list("kind", "wanted"))
    return known | {"profile": told, "mails": choices}


def _plain(value):
    return value if isinstance(value, str | int | list | dict | None) else str(value)


def letters(person):
    """(when, subject) of every letter to this person that we still know of, the latest first."""
    return [
        (letter.created_at, str(KINDS[letter.kind].subject)) for letter in Letter.objects.to(person).newest_first() if letter.kind in KINDS
    ]
