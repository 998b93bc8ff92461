"""Did we issue this? By number and code, or by the file; never what is in it (R24)."""

from dataclasses import dataclass
from datetime import date

from trajectories.models.reports import with_bytes, with_number
from trajectories.report.canonical import same_code


@dataclass(frozen=True)
class Verdict:
    """`issued`: it comes from here; `whole`: the file itself was compared, byte by byte. A number tells only the first."""

    issued: bool
    whole: bool = False
    number: str = ""
    signed_by: int = 0
    closed_on: date | None = None

    @classmethod
    def of(cls, report, *, whole):
        return cls(True, whole, report.number, report.signed_by, report.closed_on) if report else cls(False, whole)


def of_paper(*, number, code):
    """What number and code together tell: issued here, by how many and when; not whether the copy in hand is the same."""
    report = with_number(number)
    return Verdict.of(report if report and same_code(code, report.code) else None, whole=False)


def of_file(*, sha256):
    """What the bytes of the file tell: genuine and unchanged, or not."""
    return Verdict.of(with_bytes(sha256), whole=True)
