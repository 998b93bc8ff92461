"""Why did a trajectory stop early? A list without blame, and the neutral sentence that goes with each reason."""

from django.utils.translation import gettext_lazy as _

# key: (what client and coach choose, what the sponsor hears when the two chose no words of their own)
REASONS = {
    "question_answered": (_("The question has been answered"), _("The trajectory is finished earlier than planned.")),
    "other_form_fits": (_("Another form fits better"), _("We are choosing another form together.")),
    "other_job": (_("Other job or role"), _("The trajectory has been ended by agreement.")),
    "no_time": (_("No room at work"), _("There is too little room for this trajectory at present.")),
    "no_fit": (_("Coach and client are not a fit"), _("The trajectory does not go on with these people.")),
    "distance_broken": (_("The distance is no longer right"), _("Through a change in the organisation, this coach no longer fits.")),
    "coach_unavailable": (_("The coach is no longer available"), _("The coach cannot continue.")),
    "no_workable_goal": (_("No workable goal emerged"), _("We have decided together to stop.")),
    "client_chose": (_("The client wants to stop"), _("The trajectory has stopped.")),
    "said_elsewhere": (_("Other, between client and coach"), _("The trajectory has been stopped by agreement.")),
}
DECLINED = {
    "not_accepted": _("The client did not accept the proposal"),
    "withdrawn": _("The request was withdrawn"),
    "nobody_found": _("No coach was found"),
}


def label(key):
    """What is called so on the screens of client, coach and coordinator."""
    return str(REASONS[key][0] if key in REASONS else DECLINED.get(key, ""))


def neutral(key):
    """The sentence for the sponsor that says nothing about anybody."""
    return str(REASONS[key][1] if key in REASONS else _("The trajectory has stopped."))
