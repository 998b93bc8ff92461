"""What stands on the page of the agreement? Rows through doors, opened in one look, put together as plain values."""

from dataclasses import dataclass

from coaching.traces import look
from trajectories.accord import ORDER, accord, given
from trajectories.agreement_text import GETS, NEVER, differences, sections
from trajectories.missing import before_start
from trajectories.models import Agreement
from trajectories.pages import per_goal


@dataclass
class Version:
    """One version as it is read: its sections, and who has said yes."""

    row: Agreement
    sections: list
    accord: list

    @property
    def number(self):
        return self.row.number

    @property
    def told(self):
        """The sections that are read as rows; what the sponsor gets and never gets is drawn apart."""
        return [one for one in self.sections if one.key not in (GETS, NEVER)]

    @property
    def gets(self):
        return next((one for one in self.sections if one.key == GETS), None)

    @property
    def never(self):
        return next((one for one in self.sections if one.key == NEVER), None)


@dataclass
class AgreementPage:
    """`shown` is read in full; `waiting` is a newer version than the one in force.

    `changes`: what the version that waits for a yes says otherwise than version number `beside`, the one in force or else the one before.
    """

    seat: object
    people: list
    shown: Version | None
    waiting: Version | None
    beside: int | None
    changes: list
    may_agree: bool
    later: bool  # it waits for this reader's yes, which they can say once it goes on
    older: list
    commitments: list
    goals: list
    missing: list


def agreement_page(trajectory, person, *, at, wanted=None):
    """Gather the page for one reader; `wanted` is the number of an older version to read instead."""
    seat = trajectory.seat_of(person)
    rows = list(trajectory.agreements.readable_by(person).latest_first().with_assents().with_overtaken())
    newest = rows[0] if rows else None
    in_force = next((row for row in rows if row.in_force_at), None)
    shown = next((row for row in rows if row.number == wanted), None) or in_force or newest
    waiting = newest if newest is not in_force and newest is not shown and wanted is None else None
    before = rows[1] if wanted is None and not in_force and len(rows) > 1 else None
    commitments, goals = _beside_it(trajectory, person, seat)
    look([*filter(None, [shown, waiting, before]), *commitments, *goals], by=seat, at=at)
    seats = [one for one in trajectory.seats if one.confirmed_at]
    shown, waiting = (row and Version(row, sections(row), _said(row, in_force, seats, seat)) for row in (shown, waiting))
    waits = trajectory.is_open and bool(newest) and newest is (waiting or shown).row and seat in newest.waits_among(seats)
    return AgreementPage(
        seat=seat,
        people=sorted(seats, key=lambda one: ORDER.index(one.part)),
        shown=shown,
        waiting=waiting,
        **_beside(before, shown, waiting),
        may_agree=waits and not newest.overtaken,
        later=waits and newest.overtaken,
        older=[row for row in rows if shown and row is not shown.row and not (waiting and row is waiting.row)],
        commitments=commitments,
        goals=[(goal, agreed or open_) for goal, agreed, open_ in per_goal(goals)],
        missing=before_start(trajectory, seat, agreements=rows, versions=goals),
    )


def _beside_it(trajectory, person, seat):
    """What each promised, and the words of the goals that stand; as this reader may know them, still sealed."""
    versions = trajectory.goalversions.readable_by(person).latest_first().with_assents().with_coach_reads(trajectory.coach)
    commitments = trajectory.commitments.readable_by(person).earliest_first().with_people()
    return [one.as_read_by(seat) for one in commitments], [one for one in versions if one.goal.as_read_by(seat).let_go_at is None]


def _beside(before, shown, waiting):
    """The number of the version that the newest one stands beside, and what differs."""
    if before:
        return {"beside": before.number, "changes": differences(sections(before), shown.sections)}
    return {"beside": waiting and shown.number, "changes": differences(shown.sections, waiting.sections) if waiting else []}


def _said(row, in_force, seats, me):
    """Of a version that another has replaced only who agreed then; nobody is asked any more."""
    replaced = in_force and row.number < in_force.number
    return given(row.assents.all()) if replaced else accord(row.assents.all(), seats, me=me)
