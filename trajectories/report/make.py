"""How does the PDF of a signed text come to be? Rendered once, after the commit, by whoever claims it first (R24)."""

import hmac

from django.conf import settings

from coaching.clock import now
from coaching.traces import look
from trajectories.models import reports
from trajectories.report import canonical
from trajectories.report.render import as_pdf
from trajectories.report.value import Mark

SAYS = b"rode draad: the code of a report"  # what the key is derived for; changing it changes no code that was printed


def make_pdf(pk):
    """Render, seal and keep the PDF of report `pk`. Does nothing when it is there, when another makes it, or when its text is gone."""
    if reports.claim(pk, at=now()):
        reports.keep(pk, *drawn(*reports.to_print(pk)))


def drawn(text, signatures):
    """The bytes of the PDF and the code, from the signed row and its signatures alone: the same rows give the same bytes."""
    look([text, *signatures], by=signatures[-1].seat, at=now())
    code = canonical.code(text.words, code_key())
    return as_pdf(canonical.from_json(text.words), marks(signatures), code=code), code


def marks(signatures):
    """Opened signatures as the report prints them, in the order of signing."""
    return tuple(
        Mark(
            part=one.seat.part, name=one.seat.name, at=one.worded_at, agrees=one.agrees, remark=one.remark or "", own_levels=one.own_levels
        )
        for one in signatures
    )


def code_key():
    """The key of the codes, from the current sealing key. A code is kept when it is made, so a rotation changes none."""
    return hmac.digest(next(iter(settings.SEALING_KEYS.values())), SAYS, "sha256")
