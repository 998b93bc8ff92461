"""How does the file of an addendum come to be? Drawn and sealed once, after the commit, as a report is (R20, R24)."""

from coaching import certificates
from coaching.clock import now
from coaching.traces import look
from trajectories.doors import CLIENT
from trajectories.models import addenda
from trajectories.report import canonical
from trajectories.report.addendum import as_pdf, of_json
from trajectories.report.house_style import current
from trajectories.report.make import code_key
from trajectories.report.seal import sealed


def make_file(pk):
    """Draw, seal and keep the file of addendum `pk`. Does nothing when it is there, when another makes it, or when its words are gone."""
    if not addenda.claim(pk, at=now()):
        return
    try:
        pdf, code = drawn(addenda.to_print(pk))
        addenda.keep(pk, sealed(pdf, certificates.current(now())), code)
    except BaseException:
        addenda.let_go(pk)
        raise


def drawn(addendum):
    """The page before its seal, and its code; the trace is the client's, whose page it is."""
    look([addendum], by=addendum.trajectory.seat(CLIENT), at=now())
    code = canonical.code(addendum.words, code_key())
    return as_pdf(of_json(addendum.words), code=code, house=current()), code
