"""What do client and coach read of a check that was handed in? Each answer beside the earlier ones, and how the goals moved (R18, R19)."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coaching.traces import look
from trajectories import goal_line
from trajectories.models import CheckIn, GoalVersion, Measurement, Release
from trajectories.models.preparations import read_answers
from trajectories.report.chart import level_word

EARLIER = 3  # checks that are shown beside this one


@dataclass(frozen=True)
class Said:
    """One answer. `title` of the goal that it is about; `earlier`: (day, what was said then, how that was asked if otherwise)."""

    row: dict
    title: str
    earlier: tuple

    @property
    def level(self):
        return self.row["answer"] if self.row["kind"] == "level" else None


@dataclass(frozen=True)
class GoalOverTime:
    """How one goal moved: in a sentence, and as a line from two levels on."""

    goal: object
    title: str
    told: str
    line: object

    @property
    def mark(self):
        """What the drawing is called within the page."""
        return f"line-{self.goal.number}"


@dataclass(frozen=True)
class CheckPage:
    said: list
    goals: list
    releases: list
    answers: list  # as they are kept


def check_page(row, seat, *, at):
    """Gather it for one reader: the check, those before it, what was shared of it, and the goals; all opened in one look."""
    releases = list(Release.objects.open_to(seat).of_check_in(row))
    earlier = list(CheckIn.objects.open_to(seat).before(row)[:EARLIER])
    measurements = list(Measurement.objects.open_to(seat).earliest_first().with_people())
    versions = list(GoalVersion.objects.open_to(seat).agreed().standing().select_related("goal").latest_first())
    look([row, *releases, *earlier, *measurements, *versions], by=seat, at=at)
    known = _Known(seat, versions)
    answers = known.of(read_answers(row.answers))
    before = [(one.handed_in_at, known.of(read_answers(one.answers))) for one in earlier]
    titles = titles_of(row, answers, versions)
    said = [Said(answer, titles.get(answer.get("goal"), ""), tuple(_earlier(answer, before))) for answer in answers]
    return CheckPage(said, _over_time(measurements, versions), releases, answers)


class _Known:
    """Which words of goals within the answers a reader knows: after a hand-over only those of versions that they can read."""

    def __init__(self, seat, versions):
        self.trajectory, self.all, self.words = seat.trajectory, not seat.reads_since, {}
        for version in versions:
            self.words.setdefault(str(version.goal_id), set()).update((version.title, *version.sentences.values()))

    @cached_property
    def numbers(self):
        return {str(key): number for key, number in self.trajectory.goals.values_list("pk", "number")}

    def of(self, answers):
        return answers if self.all else [self._shown(row) for row in answers]

    def _shown(self, row):
        """The goal by its number, and a level by its neutral word, where its own words are not this reader's."""
        if not row.get("goal"):
            return row
        known, told = self.words.get(row["goal"], ()), {}
        if row.get("title") not in known:
            told["title"] = _("Goal %(number)s") % {"number": self.numbers.get(row["goal"], "")}
        if row["kind"] == "level" and row["shown"] not in known:
            told["shown"] = str(level_word(int(row["answer"])))
        return row | told


def titles_of(check_in, answers, versions):
    """Key of a goal -> its title: as it stood in the question, or, where a link showed none, as it is now. `versions`: the newest first."""
    now = {str(version.goal_id): version.title for version in reversed(versions)}
    then = {row["goal"]: row["title"] for row in answers if row.get("title") and not check_in.by_link}
    return now | then


def _earlier(answer, before):
    for day, rows in before:
        found = next((row for row in rows if (row["key"], row.get("goal")) == (answer["key"], answer.get("goal"))), None)
        if found:
            yield day, found, found["question"] if found["question"] != answer["question"] else ""


def _over_time(measurements, versions):
    found, newest = [], {}
    for version in versions:
        newest.setdefault(version.goal_id, version)
    for key, version in sorted(newest.items(), key=lambda pair: pair[1].goal.number):
        own = [one for one in versions if one.goal_id == key]
        given = goal_line.broken(goal_line.measured([row for row in measurements if row.goal_id == key]), own)
        told = goal_line.told(given)
        found.append(GoalOverTime(version.goal, version.title, told, goal_line.line(given, number=version.goal.number, told=told)))
    return found
