"""How does somebody look back, months later, and what stands on the page where all three read it? (R20, R20b)"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clock import now
from coaching.templatetags.house import day_long
from coaching.traces import look
from trajectories.answering import Answering, Asked, Page, lines, to_release
from trajectories.doors import CLIENT, SPONSOR
from trajectories.models import Addendum, FollowUp, GoalVersion, Release
from trajectories.models.preparations import read_answers
from trajectories.models.review import newest_per_goal
from trajectories.questionnaires import questionnaire
from trajectories.report.wording import capital, spelled

USUAL = 3  # months: what the questionnaires say themselves
STILL = ("still_there", "still_visible")  # the plain choice, by the name of its question


def later(months):
    """ "Three months later"."""
    return capital(ngettext("%(n)s month later", "%(n)s months later", months) % {"n": spelled(months)})


class Draft(Answering):
    """What one person has answered of one follow-up so far."""

    def __init__(self, row, person):
        self.place, self.person = f"follow_up:{row.pk}", person
        self.draft, self.key = uuid.uuid5(row.pk, str(person.pk)), uuid.uuid4()
        self.saved_at, self.kept = None, {}
        for found in look(self._rows(), by=person, at=now()):
            self.saved_at, self.kept = found.saved_at, json.loads(found.words) if found.words else {}


class Asking:
    """One open follow-up as its writer fills it in: the questions, and what was answered so far."""

    def __init__(self, row, person):
        self.row, self.seat, self.trajectory = row, row.seat, row.trajectory
        self.questions = questionnaire(f"follow_up_{row.part}")
        self.page = Page(1, tuple(self._asked()))
        self.answering = Draft(row, person)
        self.sponsor = self.trajectory.sponsor

    def _asked(self):
        of_goal = [question for question in self.questions.questions if question.goals]
        for version in self._versions() if of_goal else []:
            yield from (Asked(f"{question.key}-{version.goal.number}", question, version) for question in of_goal)
        yield from (Asked(question.key, question) for question in self.questions.once)

    def _versions(self):
        rows = GoalVersion.objects.open_to(self.seat).agreed().standing().select_related("goal").latest_first()
        return sorted(look(newest_per_goal(rows), by=self.seat, at=now()), key=lambda version: version.goal.number)

    @property
    def title(self):
        """As the questionnaire has it; where the organisation asks after another number of months, with that one."""
        _head, colon, rest = self.questions.title.partition(":")
        return f"{later(self.row.months)}:{rest}" if colon and self.row.months != USUAL else self.questions.title

    @property
    def lines(self):
        """A sponsor's answers are for all; of a client's what they switch on, a goal only where the sponsor reads it."""
        at, asked = now(), [one for one in self.page.asked if one.version]
        shared = {one.goal.pk for one in asked if not self.sponsor or (one.goal.shared_at and one.goal.shared_at <= at)}
        return lines([self.page], self.answering.words, shared=shared)

    @property
    def release(self):
        return to_release(self.lines, "")

    def handed_in(self):
        """What FollowUp.hand_in() takes."""
        given = self.lines
        all_see = self.row.part == SPONSOR
        answers = [line.asked.kept(line.answer) | {"seen": all_see or line.seen} for line in given]
        still = next((line.answer for line in given if line.asked.question.key in STILL), "")
        levels = [(line.asked.goal, line.level, line.seen) for line in given if line.level is not None]
        return {"answers": answers, "still": still, "levels": levels, "words": "" if all_see else self.release.words}

    def context(self, form, **more):
        coach, client = self.trajectory.coach, self.trajectory.client
        facts = {"row": self.row, "trajectory": self.trajectory, "seat": self.seat, "questions": self.questions, "title": self.title}
        facts |= {"sponsor": self.sponsor, "coach": coach, "client": client, "until": self.row.last_day}
        return facts | {"form": form, "window": self.answering} | more


@dataclass
class Round:
    """One time that it was asked. `voices`: (seat, answers as rows); `shown`: the copy that the client let go, `undo` while it can be."""

    months: int
    rows: list
    asked_at: datetime
    accord: list = field(default_factory=list)
    mine: FollowUp | None = None  # still to be answered by the reader
    voices: list = field(default_factory=list)
    shown: Release | None = None
    undo: bool = False
    addendum: Addendum | None = None
    waits: datetime | None = None  # until when there is time, while no addendum is there for the reader

    @property
    def title(self):
        return later(self.months)


def rounds(trajectory, seat, person, *, at):
    """Every round that was asked in a trajectory, the latest first, as `seat` may read it; one look for all of it."""
    facts = list(FollowUp.objects.facts_of(trajectory))
    readable = {row.pk: row for row in FollowUp.objects.open_to(seat).handed_in().with_trajectory()}
    releases = {row.follow_up_id: row for row in Release.objects.open_to(seat).of_follow_ups()}
    addenda = {row.months: row for row in Addendum.objects.visible_to(person).of_trajectory(trajectory).only_facts()}
    look([*readable.values(), *releases.values()], by=seat, at=at)
    months = sorted({row.months for row in facts}, reverse=True)
    return [_round(number, facts, readable, releases, addenda, seat, at) for number in months]


def _round(months, facts, readable, releases, addenda, seat, at):
    rows = sorted((row for row in facts if row.months == months), key=lambda row: (row.part != CLIENT, row.part))
    one = Round(months, rows, min(row.asked_at for row in rows), addendum=addenda.get(months))
    ends_at = max(row.ends_at for row in rows)
    one.waits = None if one.addendum or at >= ends_at else ends_at
    one.accord = [_who(row, seat, at) for row in rows]
    one.mine = next((row for row in rows if row.seat_id == seat.pk and not row.handed_in_at and not row.is_over(at)), None)
    one.voices = [(readable[row.pk].seat, read_answers(readable[row.pk].answers)) for row in rows if row.pk in readable]
    one.shown = next((releases[row.pk] for row in rows if row.pk in releases), None)
    one.undo = bool(one.shown and one.shown.can_be_undone(at) and seat.part == CLIENT)
    return one


def _who(row, seat, at):
    said = _("Answered on %(day)s") % {"day": day_long(row.handed_in_at)} if row.handed_in_at else ""
    said = said or (_("That is you") if row.seat_id == seat.pk else _("No answer") if row.is_over(at) else _("Not yet"))
    return {"part": row.part, "name": row.seat.name, "done": bool(row.handed_in_at), "text": said}
