"""Did we issue this? By number and code, or by the file; never what is in it (R24)."""

from dataclasses import dataclass
from datetime import date

from trajectories.models import addenda, reports
from trajectories.report.canonical import same_code


@dataclass(frozen=True)
class Verdict:
    """`issued`: it comes from here; `whole`: the file itself was compared, byte by byte. A number tells only the first.

    `beside` is the number of the report that an addendum belongs to, "" for a report; an addendum is signed by nobody.
    """

    issued: bool
    whole: bool = False
    number: str = ""
    signed_by: int = 0
    closed_on: date | None = None
    beside: str = ""

    @classmethod
    def of(cls, report, addendum, *, whole):
        if addendum:
            return cls(True, whole, addendum.number, closed_on=addendum.issued_on, beside=addendum.report.number)
        return cls(True, whole, report.number, report.signed_by, report.closed_on) if report else cls(False, whole)


def of_paper(*, number, code):
    """What number and code together tell: issued here, by how many and when; not whether the copy in hand is the same."""
    found = [one if one and same_code(code, one.code) else None for one in (reports.with_number(number), addenda.with_number(number))]
    return Verdict.of(*found, whole=False)


def of_file(*, sha256):
    """What the bytes of the file tell: genuine and unchanged, or not."""
    return Verdict.of(reports.with_bytes(sha256), addenda.with_bytes(sha256), whole=True)
