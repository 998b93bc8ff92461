"""What does a version of the agreement look like on paper? As it was frozen, with who said yes and when; A4, tagged (R4, R7)."""

from dataclasses import dataclass
from datetime import UTC

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.models import Organisation
from coaching.traces import look
from coaching.zone import zone
from trajectories.accord import ORDER
from trajectories.agreement_text import GETS, NEVER, OWN, sections, titled
from trajectories.doors import COACH, SPONSOR
from trajectories.models import Agreement
from trajectories.report import stitches
from trajectories.report.paper import to_pdf

STYLES = ("report.css", "report_cover.css", "report_sheets.css", "agreement_paper.css")
DRAFT = (*STYLES, "report_draft.css")
PRACTICAL = ("sessions", "period", "place")  # told on the cover


@dataclass(frozen=True)
class Printed:
    """One opened version with what hangs on it. `now_holds` is the number of the version in force, or None."""

    row: Agreement
    seats: list
    commitments: list
    now_holds: int | None

    @property
    def draft(self):
        return not self.row.in_force_at

    @property
    def replaced(self):
        return bool(self.now_holds and self.row.number < self.now_holds)

    @property
    def name(self):
        """All that metadata and the foot of a page say: what it is and which."""
        return _("Agreement, version %(number)s") % {"number": self.row.number}

    @property
    def file_name(self):
        """Without names of people."""
        kind = pgettext("file name", "Agreement-draft") if self.draft else pgettext("file name", "Agreement")
        return f"{kind}-{self.row.number}"


def printed(trajectory, person, *, at, wanted=None):
    """The version that `person` asks for, the one in force without a number; opened and traced as printed. None when there is none."""
    rows = list(trajectory.agreements.readable_by(person).latest_first().with_assents())
    in_force = next((row for row in rows if row.in_force_at), None)
    row = next((row for row in rows if row.number == wanted), None) if wanted else in_force or next(iter(rows), None)
    if row is None:
        return None
    seat = trajectory.seat_of(person)
    commitments = [one.as_read_by(seat) for one in trajectory.commitments.readable_by(person).earliest_first().with_people()]
    look([row, *commitments], by=seat, at=at, act="printed")
    return Printed(row, [seat for seat in trajectory.seats if seat.confirmed_at], commitments, in_force and in_force.number)


def as_pdf(paper):
    """The bytes of an A4 PDF/UA-1 file in the active language; the same version gives the same bytes."""
    return to_pdf(render_to_string("report/agreement.html", page(paper)), DRAFT if paper.draft else STYLES)


def page(paper):
    """What the template shows, as plain values."""
    row, told = paper.row, {section.key: section for section in sections(paper.row)}
    return {
        "language": get_language(),
        "name": paper.name,
        "draft": paper.draft,
        "organisation": Organisation.current().name,
        "title": titled(three=GETS in told),
        "thread": stitches.to_come(row.sessions, _thread(told)),
        "short": [told[key] for key in PRACTICAL if key in told],
        "people": _people(paper),
        "foot": _foot(paper),
        "told": [one for key, one in told.items() if key not in (GETS, NEVER, OWN, *PRACTICAL)],
        "own": told.get(OWN),
        "gets": told.get(GETS),
        "never": told.get(NEVER),
        "commitments": [_promise(one) for one in sorted(paper.commitments, key=lambda one: ORDER.index(one.seat.part))],
        "created": (row.in_force_at or row.worded_at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _people(paper):
    """Who agreed, former parties among them; and who has not yet, unless another version has taken its place."""
    said = {one.seat_id: one for one in paper.row.yeses}
    asked = [] if paper.replaced else [seat for seat in paper.seats if seat.pk not in said]
    seats = sorted([*(one.seat for one in said.values()), *asked], key=lambda seat: ORDER.index(seat.part))
    return [{"part": seat.part, "name": seat.name, "role": _role(seat), "said": _agreed(said.get(seat.pk))} for seat in seats]


def _role(seat):
    then = {COACH: _("the coach then"), SPONSOR: _("the sponsor then")}
    return capfirst(then.get(seat.part) if seat.until_at else seat.get_part_display())


def _agreed(assent):
    """A yes in a sentence; times are those of the organisation."""
    if assent is None:
        return _("Not agreed yet")
    at = timezone.localtime(assent.at, zone())
    return _("Agreed in Rode Draad on %(day)s, %(time)s") % {"day": date_format(at, "j F Y"), "time": date_format(at, "H:i")}


def _thread(told):
    return _("The trajectory to come: an opening talk, %(sessions)s a mid-point, a closing talk.") % {"sessions": told["sessions"].body}


def _day(moment):
    return date_format(day_of(moment), "j F Y")


def _foot(paper):
    """Which version, and whether it holds."""
    number, row = {"number": paper.row.number}, paper.row
    said = [_("Version %(number)s") % number]
    if row.in_force_at:
        said.append(_("Agreed by all on %(day)s") % {"day": _day(row.in_force_at)})
    else:
        said.append(_("Put forward on %(day)s, not agreed by all") % {"day": _day(row.worded_at)})
    if paper.replaced:
        said.append(_("Now version %(number)s holds") % {"number": paper.now_holds})
    return said


def _promise(one):
    when = date_format(one.due_on, "j F Y") if one.due_on else ""
    if one.done_at:
        when = _("Done on %(day)s") % {"day": _day(one.done_at)}
    return {"part": one.seat.part, "name": one.seat.first_name, "words": one.words, "when": when}
