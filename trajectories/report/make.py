"""How do the files of a signed text come to be? Drawn and sealed once, after the commit, by whoever claims it first (R24)."""

import hmac

from django.conf import settings

from coaching import certificates
from coaching.clock import now
from coaching.traces import look
from trajectories.models import ReportFile, reports
from trajectories.report import canonical
from trajectories.report.house_style import current
from trajectories.report.render import as_files
from trajectories.report.seal import sealed
from trajectories.report.value import Mark

SAYS = b"rode draad: the code of a report"  # what the key is derived for; changing it changes no code that was printed


def make_files(pk):
    """Draw, seal and keep the files of report `pk`. Does nothing when they are there, when another makes them, or when its text is gone."""
    if not reports.claim(pk, at=now()):
        return
    try:
        files, code = drawn(*reports.to_print(pk))
        certificate = certificates.current(now())
        report, white, archive = (sealed(pdf, certificate) for pdf in files)
    except BaseException:
        reports.let_go(pk)
        raise
    reports.keep(pk, report, code, {ReportFile.WHITE: white, ReportFile.ARCHIVE: archive})


def drawn(text, signatures):
    """The files before their seal, and the code, from the signed row, its signatures and the house style: the same give the same bytes."""
    look([text, *signatures], by=signatures[-1].seat, at=now())
    code, value = canonical.code(text.words, code_key()), canonical.from_json(text.words)
    return as_files(value, marks(value, signatures), code=code, house=current()), code


def marks(value, signatures):
    """Opened signatures as the report prints them, in the order of signing; under the names that the text froze."""
    return tuple(
        Mark(
            part=one.seat.part,
            name=value.party(one.seat.part).name,
            at=one.worded_at,
            agrees=one.agrees,
            remark=one.remark or "",
            own_levels=one.own_levels,
        )
        for one in signatures
    )


def code_key():
    """The key of the codes, from the current sealing key. A code is kept when it is made, so a rotation changes none."""
    return hmac.digest(next(iter(settings.SEALING_KEYS.values())), SAYS, "sha256")
