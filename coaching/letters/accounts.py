"""What do we write about the account itself?"""

from django.utils.translation import gettext_lazy as _

from coaching.letters.kinds import Kind

ACCOUNTS = [
    Kind(
        "password_link",
        _("Your link to choose a password"),
        _("With this link you choose a password; it works for one hour."),
        _("Choose a password"),
        required=True,
    ),
    Kind(
        "password_changed",
        _("Your password has changed"),
        _("The password of your account has changed; if that was not you, ask for a new one at once."),
        _("Ask for a new password"),
        required=True,
    ),
    Kind(
        "address_confirm",
        _("Confirm your new address"),
        _("Someone who logs in here gave this address as theirs; if that was you, confirm it within one hour."),
        _("Confirm this address"),
        required=True,
    ),
    Kind(
        "address_changed",
        _("Your address has changed"),
        _("Your account now has another e-mail address; if that was not you, call the person named at the bottom of the page."),
        _("Open the page"),
        required=True,
    ),
]
