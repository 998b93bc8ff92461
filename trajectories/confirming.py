"""Is it still the same person, at the moment of signing? Their password once more; slowed after five failures (R23)."""

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from coaching import attempts
from coaching.refusals import Refused


class WrongPassword(Refused):
    """It is not theirs; nothing was signed and nothing is lost."""


@sensitive_variables("password")
def confirm(person, password, *, network, at):
    """Raises WrongPassword, or attempts.TooOften after five failures from one network in an hour."""
    attempts.check_login(address=person.email, network=network, at=at)
    if not person.check_password(password):
        attempts.login_failed(address=person.email, network=network, at=at)
        raise WrongPassword(_("This is not your password. Nothing has been signed; try again."))
    attempts.login_worked(address=person.email, network=network)
