"""Which letters do we write, and how do they read? The words of content/mails.yaml, improved and translated (R30)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.letters.accounts import ACCOUNTS
from coaching.letters.acts import ACTS
from coaching.letters.calendar import CALENDAR
from coaching.letters.kinds import Kind
from coaching.letters.nudges import NUDGES

__all__ = ["GATHERED", "KINDS", "OPTIONAL", "Kind", "written"]

KINDS = {kind.key: kind for kind in [*ACCOUNTS, *ACTS, *CALENDAR, *NUDGES]}
GATHERED = frozenset(kind.key for kind in NUDGES)
OPTIONAL = [kind for kind in KINDS.values() if not kind.required]


def _footer(kinds):
    where = settings.SITE_ADDRESS + reverse("coaching:account") + "#mail"
    if all(kind in CALENDAR for kind in kinds):
        return _("Rather a private feed, or nothing in your calendar? Choose here: %(link)s") % {"link": where}
    if all(kind.required for kind in kinds):
        return _("This message belongs to your taking part. Other messages can be switched off: %(link)s") % {"link": where}
    return _("Fewer messages? Switch this one off: %(link)s") % {"link": where}


def written(items, *, language, more=""):
    """Subject and text of one mail. `items`: pairs (kind key, path) in the order of reading, one for an act and one or more for a nudge.

    `more` stands under the sentence of an act: the day and time of an invitation.
    """
    with override(language):
        pairs = [(KINDS[key], settings.SITE_ADDRESS + path) for key, path in items]
        kinds = [kind for kind, _path in pairs]
        subject = str(kinds[0].subject) if len(kinds) == 1 else _("A few things are waiting")
        under = f"\n\n{more}" if more else ""
        told = [f"{kind.sentence}{under}\n\n{kind.link_text}: {link}" for kind, link in pairs]
        parts = [_("Hello,"), *told, f"Rode Draad\n--\n{_footer(kinds)}"]
        return subject, "\n\n".join(parts) + "\n"
