"""What does a report say? Frozen values that hold the signed text, and nothing else (R24)."""

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person as the report names them. `part` is "client", "sponsor" or "coach"; `role` is that part's word on screen, frozen."""

    part: str
    role: str
    name: str
    first_name: str
    function: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stitch of the cover's thread: "intake", "start", "session", "mid", "closing" or "follow_up". Sessions carry no date."""

    kind: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLevel:
    """The level (−2 … +2) that one voice gave beforehand; None is "I cannot see this from my place"."""

    part: str
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What one voice says where the three see it differently (R21)."""

    part: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A shared goal: from `now` at `start` to the level agreed on. `outcome` None with `differently` empty is "not scored"."""

    number: int
    title: str
    now: str
    then: str
    start: int
    short: str = ""
    outcome: int | None = None
    sentence: str = ""
    remark: str = ""
    differently: tuple[Remark, ...] = ()
    own: tuple[OwnLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question as it was put, and the answer in the voice's own words."""

    question: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one party says: what it brought, whether it shows on the work floor, or what was done."""

    part: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What someone does to keep the change (R22)."""

    who: str
    what: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What someone promised at the start to make room, and the day on which it was done (None: it was not)."""

    who: str
    what: str
    kept_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long it is kept, in months after closing (R27)."""

    words_months: int = 12
    report_months: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """The words that people sign. Names, functions and units are frozen text; no field points to a row.

    `question` is None when the client did not release it. `minutes` is the agreed length of one session, 0 when
    not said. `closed_by` holds the parts that sign: three, or two when the review went on without a sponsor (R23).
    `own` levels in goals are printed only when all who sign consented (see `shows_own_levels`).
    """

    number: str
    language: str
    organisation: str
    parties: tuple[Party, ...]
    closed_by: tuple[str, ...]
    starts_on: date
    ends_on: date
    met_on: date
    sessions: int
    minutes: int = 0
    follow_up_on: date | None = None
    question: str | None = None
    summary: str = ""
    headline: str = ""
    quote: str = ""
    moments: tuple[Moment, ...] = ()
    goals: tuple[Goal, ...] = ()
    voices: tuple[Voice, ...] = ()
    differences: str = ""
    lasting: tuple[Lasting, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    effort: str = ""
    keeping: Keeping = Keeping()

    def party(self, part):
        """The `Party` in that part, or None."""
        return next((party for party in self.parties if party.part == part), None)

    @property
    def signers(self):
        """The parties that close, in the order in which the report names them."""
        return tuple(party for party in self.parties if party.part in self.closed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A signature as it is printed beside the text: who, when (aware), whether they agree, and a remark if not (R23).

    `own_levels` is the signer's consent to printing each one's own level (R24). The signature is no part of the text.
    """

    part: str
    name: str
    at: datetime
    agrees: bool = True
    remark: str = ""
    own_levels: bool = False


def shows_own_levels(text, signatures):
    """Whether each one's own level may be printed: only when all who close have signed and all consented (R24)."""
    consenting = {mark.part for mark in signatures if mark.own_levels}
    return bool(text.closed_by) and consenting >= set(text.closed_by)


def of_signers(text, goal):
    """Only who signed could consent: a sponsor who did not close keeps their level to themselves (R24)."""
    return replace(goal, own=tuple(one for one in goal.own if one.part in text.closed_by))
