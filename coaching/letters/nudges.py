"""What do we write at half past seven, gathered into one mail a day (R30)?"""

from django.utils.translation import gettext_lazy as _

from coaching.letters.kinds import Kind

NUDGES = [
    Kind(
        "session_tomorrow",
        _("A moment to prepare"),
        _("There is something for you to prepare."),
        _("Prepare"),
        about=_("The day before a conversation: prepare"),
    ),
    Kind(
        "morning_after_client",
        _("One minute to look back"),
        _("One short question is ready for you; allow a minute."),
        _("Write it down"),
        about=_("After a conversation: what did it yield"),
    ),
    Kind(
        "morning_after_coach",
        _("There is something to log"),
        _("Something is ready to be logged; allow two minutes."),
        _("Log the session"),
        about=_("For the coach: log a conversation"),
    ),
    Kind(
        "check_in_waiting",
        _("Five minutes for yourself"),
        _("A few questions are ready; you can stop and finish them later."),
        _("Open the questions"),
        about=_("Your progress check is ready"),
    ),
    Kind(
        "check_in_reminder",
        _("Something is still open"),
        _("A few questions are still open for you, if you like."),
        _("Go on"),
        about=_("Your progress check is still open"),
    ),
    Kind(
        "check_in_answered",
        _("There is something new"),
        _("Something has been filled in that you can read."),
        _("Read on"),
        about=_("For the coach: a progress check is filled in"),
    ),
    Kind(
        "nothing_planned",
        _("A look ahead"),
        _("There is something on your list to look at."),
        _("See your trajectories"),
        about=_("For the coach: look ahead when nothing is planned"),
    ),
    Kind(
        "please_prepare",
        _("Your part is ready"),
        _("Your part is ready to be written; the others can read it only once they are done too."),
        _("Write your part"),
        about=_("Before the closing talk: write your part"),
    ),
    Kind(
        "prepare_reminder",
        _("Your part is still open"),
        _("Your part is still open; allow about eight minutes."),
        _("Write your part"),
        about=_("Before the closing talk: your part is still open"),
    ),
    Kind(
        "follow_up",
        _("One more look back"),
        _("It has been a while; three minutes to look back."),
        _("Look back"),
        about=_("Months later: look back once more"),
    ),
    Kind(
        "follow_up_sponsor",
        _("Two minutes to look back"),
        _("It has been a while; two minutes about what you see now."),
        _("Look back"),
        about=_("For the sponsor, months later: what do you see now"),
    ),
    Kind(
        "erasure_soon",
        _("Something will be erased soon"),
        _("Content will be erased soon; you can still download what is yours."),
        _("Download what is yours"),
        required=True,
    ),
    Kind(
        "someone_looked",
        _("Your weekly message"),
        _("Your data was looked at this week; see who and when."),
        _("See who looked"),
        about=_("Every week: who looked at your data"),
        usual=False,
    ),
]
