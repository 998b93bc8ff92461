"""What does the report of this review say? Everything that is open to all who close, opened once, as the canonical words to sign (R24)."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching.clock import day_of, months_after
from coaching.models import Organisation
from coaching.refusals import Refused
from coaching.traces import look
from trajectories import sources
from trajectories.doors import CLIENT, COACH, SPONSOR
from trajectories.models import Agreement, CheckIn, Commitment, Lasting, Outcome, Preparation, Release, Remark
from trajectories.models.preparations import read_answers
from trajectories.numbered import places
from trajectories.report import canonical, value

NOT_A_VOICE = {"goal_example", "lasting", "quote", "summary"}  # what the meeting makes of it is printed instead


def gather(review, *, number, by, at, act="changed"):
    """The canonical JSON of the report. `by` puts it forward, and the trace is theirs. Raises Refused when it is too long to print."""
    organisation = Organisation.current()
    with translation.override(organisation.language):
        text = Gathered(review, organisation, by=by, at=at, act=act).text(number)
        try:
            return canonical.to_json(text)
        except ValueError as error:
            raise Refused(_("The report is too long to print. Say it shorter in the meeting.")) from error


def common_seat(review):
    """The seat whose door lets through no more than all who close may read: the sponsor's, or with two the coach's."""
    return review.trajectory.seat(SPONSOR if review.with_sponsor else COACH)


def party(seat):
    """Who sits there, as frozen text in the active language."""
    person = seat.person
    unit = person.unit.name if person.unit else ""
    role = {CLIENT: pgettext("on the report", "Client"), SPONSOR: pgettext("on the report", "Sponsor")}
    word = role.get(seat.part) or pgettext("on the report", "Coach")
    return value.Party(part=seat.part, role=word, name=person.name, first_name=person.first_name, function=person.function, unit=unit)


class Gathered:
    """The rows of one review, reached through one door and opened in one look."""

    def __init__(self, review, organisation, *, by, at, act):
        self.review, self.trajectory, self.organisation, self.at = review, review.trajectory, organisation, at
        seat = common_seat(review)
        self.held = sources.numbers_of([review.trajectory])[review.trajectory.pk]["held"]
        self.agreement = Agreement.objects.open_to(seat).in_force().latest_first().first()
        self.checked_on = self._checked_on(seat)
        self.question = Release.objects.open_to(seat).of_question().latest_first().first()
        self.versions = review.versions(seat, at=at)
        self.places = places(version.goal for version in self.versions)
        self.outcomes = {one.goal_id: one for one in Outcome.objects.open_to(seat).of_review(review).in_order()}
        self.remarks = list(Remark.objects.open_to(seat).of_review(review))
        lasting = list(Lasting.objects.open_to(seat).of_review(review))
        self.commitments = list(Commitment.objects.open_to(seat).with_people().earliest_first())
        preparations = list(Preparation.objects.open_to(seat).of_review(review).handed_in().with_levels())
        self.lasting, self.preparations = ({one.part: one for one in rows} for rows in (lasting, preparations))
        words = [*self.versions, *self.remarks, *lasting, *self.commitments, *preparations]
        look([*words, *([self.question] if self.question else [])], by=self.trajectory.seat_of(by), at=at, act=act)

    def _checked_on(self, seat):
        """The day of the progress check: where a sponsor reads it the day on which the client shared from one, as on their own thread."""
        if seat.part == SPONSOR:
            shared = Release.objects.open_to(seat).of_check_ins().earliest_first().first()
            return shared and day_of(shared.shared_at)
        handed_in = CheckIn.objects.open_to(seat).latest_handed_in().first()
        return handed_in and day_of(handed_in.handed_in_at)

    def text(self, number):
        """The report as a value; what it says of people is frozen text."""
        today = day_of(self.at)
        met_on = min(self.review.meets_on, today) if self.review.meets_on else today
        closed_by = tuple(part for part in (CLIENT, SPONSOR, COACH) if part in self.review.parts)
        parties = tuple(party(seat) for part in (CLIENT, SPONSOR, COACH) if (seat := self.trajectory.seat(part)))
        return value.ReportText(
            number=number,
            language=self.organisation.language,
            organisation=self.organisation.name,
            parties=parties,
            closed_by=closed_by,
            starts_on=self._started(),
            ends_on=met_on,
            met_on=met_on,
            follow_up_on=months_after(met_on, self.organisation.follow_up_months),
            **self._numbers(),
            **self._words(closed_by, met_on),
        )

    def _started(self):
        return day_of(self.trajectory.intake_at or self.trajectory.started_at)

    def _numbers(self):
        organisation = self.organisation
        keeping = value.Keeping(words_months=organisation.content_months, report_months=organisation.report_months)
        return {"sessions": self.held, "minutes": self.agreement.minutes if self.agreement else 0, "keeping": keeping}

    def _words(self, closed_by, met_on):
        chosen = self._answers(CLIENT) if CLIENT in self.preparations else {}
        return {
            "question": self.question.words if self.question else None,
            "summary": chosen.get("summary", {}).get("shown", ""),
            "quote": chosen.get("quote", {}).get("shown", ""),
            "moments": tuple(self._moments(met_on)),
            "goals": tuple(self._goal(version, closed_by) for version in self.versions),
            "voices": tuple(self._voice(part) for part in closed_by if part in self.preparations),
            "lasting": tuple(self._lasting(part) for part in closed_by if part in self.lasting),
            "commitments": tuple(self._commitment(one) for one in self.commitments),
            "effort": self._effort(),
        }

    def _moments(self, met_on):
        """The stitches of the cover; sessions without a date, half of them before the progress check."""
        before = (self.held + 1) // 2 if self.checked_on else self.held
        yield value.Moment(kind="intake", on=self._started())
        yield value.Moment(kind="start", on=day_of(self.trajectory.agreed_at))
        yield from [value.Moment(kind="session")] * before
        if self.checked_on:
            yield value.Moment(kind="mid", on=self.checked_on)
        yield from [value.Moment(kind="session")] * (self.held - before)
        yield value.Moment(kind="closing", on=met_on)
        yield value.Moment(kind="follow_up", on=months_after(met_on, self.organisation.follow_up_months))

    def _goal(self, version, closed_by):
        outcome = self.outcomes.get(version.goal_id)
        level = outcome.level if outcome else None
        said = {one.part: one.words for one in self.remarks if outcome and one.outcome_id == outcome.pk}
        return value.Goal(
            number=self.places[version.goal_id],
            title=version.title,
            now=version.now,
            then=version.then,
            start=version.start_level,
            outcome=level,
            sentence=version.sentences[level] if level is not None else "",
            differently=tuple(value.Remark(part=part, words=said[part]) for part in closed_by if part in said and level is None),
            own=tuple(self._own(version, part) for part in closed_by if part in self.preparations),
        )

    def _own(self, version, part):
        return value.OwnLevel(part=part, level=self.preparations[part].level_of(version.goal_id))

    def _answers(self, part):
        return {row["key"]: row for row in read_answers(self.preparations[part].answers)}

    def _voice(self, part):
        rows = [row for key, row in self._answers(part).items() if key not in NOT_A_VOICE and row["shown"]]
        return value.Voice(part=part, answers=tuple(value.Answer(question=row["question"], words=row["shown"]) for row in rows))

    def _lasting(self, part):
        row = self.lasting[part]
        when = date_format(row.due_on, "j F Y") if row.due_on else ""
        return value.Lasting(who=self.trajectory.seat(part).first_name, what=row.words, when=when)

    def _commitment(self, row):
        return value.Commitment(who=row.seat.first_name, what=row.words, kept_on=day_of(row.done_at) if row.done_at else None)

    def _effort(self):
        names = {"coach": self.trajectory.coach.first_name, "client": self.trajectory.client.first_name}
        return (
            _(
                "%(coach)s has made the effort to help %(client)s sharpen the question and find their own answer. "
                "A coach promises effort, not a result."
            )
            % names
        )
