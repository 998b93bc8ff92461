"""Was what somebody else will read on the page that was answered? A form says by a mark which words it showed (R20b)."""

import json

from django.utils.crypto import salted_hmac

from coaching.refusals import Refused


class Unseen(Refused):
    """More would be read than the page that was answered showed: it comes back, with what would be read now."""


def mark_of(*shown):
    """The mark of exactly these words, numbers and lists, that nobody can make up."""
    return salted_hmac("trajectories.shown", json.dumps(shown, default=str), algorithm="sha256").hexdigest()[:32]


def must_have_been_seen(now, *, mark, said):
    """Raises Unseen with the sentence `said` when the mark of what would be read `now` ("": nothing) is not the one that was posted."""
    if now not in ("", mark):
        raise Unseen(said)
