"""What do we write with an appointment for somebody's calendar? The only mails that carry a date (R17)."""

from django.utils.translation import gettext_lazy as _

from coaching.letters.kinds import Kind

CALENDAR = [
    Kind(
        "invitation",
        _("An appointment for your calendar"),
        _("This is for your calendar, and follows by itself when something changes."),
        _("See the appointment"),
        required=True,
    ),
    Kind(
        "invitation_changed",
        _("An appointment has changed"),
        _("This appointment is at another time or place now; your calendar follows."),
        _("See the appointment"),
        required=True,
    ),
    Kind(
        "invitation_out",
        _("An appointment leaves your calendar"),
        _("It still stands; it only leaves your own calendar, as you chose."),
        _("See the appointment"),
        required=True,
    ),
    Kind(
        "invitation_off",
        _("An appointment is off"),
        _("This appointment no longer stands; it disappears from your calendar."),
        _("See what is planned"),
        required=True,
    ),
]
