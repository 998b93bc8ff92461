"""How is a progress check answered, page by page, and kept meanwhile? One draft per check-in, an answer at a time (R18)."""

import json
import uuid
from dataclasses import dataclass, replace

from django.db import transaction
from django.http import JsonResponse
from django.utils.translation import gettext as _

from coaching import drafts
from coaching.clock import now
from coaching.forms.house import LONG, is_blank
from coaching.models import Draft
from coaching.templatetags.house import clock
from coaching.traces import look
from trajectories.questionnaires import LEVEL, Question, questionnaire
from trajectories.report.chart import level_word

SAME_PAGE = {"environment_works"}  # stands under the question before it
LAST_PAGE = {"share", "summary"}  # asked where the client chooses who reads what
STANDS, EXAMPLE = "goal_level", "goal_example"  # the questions that make a measurement
SEES, SUMMARY = "sees-", "summary"  # names on the last page: a switch per answer, and the client's own summary
POSTED = "posted"


@dataclass(frozen=True)
class Asked:
    """One question as it stands on a page, under the name of its field; `version` are the words of its goal.

    By link there are no words: then `about` is the goal itself, and a level has the neutral words of the scale for its options.
    """

    name: str
    question: Question
    version: object = None
    about: object = None

    @property
    def goal(self):
        return self.version.goal if self.version else self.about

    def takes(self, answer):
        """Whether this is an answer: drafts keep whatever was posted."""
        options = [str(number) for number in self.version.sentences] if self._in_own_words else dict(self.question.options)
        return answer in options if options else not is_blank(answer) and len(answer) <= LONG

    def shown(self, answer):
        """What an answer reads as: for a level the goal's own sentence."""
        return self.version.sentences[int(answer)] if self._in_own_words else self.question.shown(answer)

    @property
    def _in_own_words(self):
        return self.question.kind == LEVEL and self.version is not None

    @property
    def title(self):
        """What the goal is called here; empty for a question that is about none."""
        if self.version:
            return self.version.title
        return _("Goal %(number)s") % {"number": self.about.number} if self.about else ""

    def kept(self, answer):
        """The copy that the check-in keeps."""
        row = self.question.kept(answer, goal=self.goal.pk if self.goal else None)
        return row | {"shown": self.shown(answer)} | ({"title": self.title} if self.title else {})


@dataclass(frozen=True)
class Page:
    """One page of the check: a goal with its example, or a question."""

    number: int
    asked: tuple[Asked, ...]

    @property
    def version(self):
        return self.asked[0].version

    @property
    def goal(self):
        return self.asked[0].goal


def pages(versions):
    """The pages for a client whose goals have these agreed, opened versions."""
    check = questionnaire("mid_trajectory")
    of_goal = [question for question in check.questions if question.goals]
    groups = [[Asked(f"{question.key}-{version.goal.number}", question, version) for question in of_goal] for version in versions]
    return _numbered(groups, check)


def pages_by_link(goals):
    """The same pages without a word of the goals: number and outside name, and the neutral words of the scale (R18)."""
    check = questionnaire("mid_trajectory")
    of_goal = [_neutral(question) for question in check.questions if question.goals]
    groups = [[Asked(f"{question.key}-{goal.number}", question, about=goal) for question in of_goal] for goal in goals]
    return _numbered(groups, check)


def _neutral(question):
    if question.kind != LEVEL:
        return question
    options = tuple((str(number), level_word(number)) for number in (2, 1, 0, -1, -2))
    hint = _("Choose the words that come closest. Your own sentences are there once you log in.")
    return replace(question, label=_("Where does this goal stand now?"), hint=hint, options=options)


def _numbered(groups, check):
    for question in check.once:
        if question.key in SAME_PAGE and groups:
            groups[-1].append(Asked(question.key, question))
        elif question.key not in LAST_PAGE:
            groups.append([Asked(question.key, question)])
    return [Page(number, tuple(group)) for number, group in enumerate(groups, 1)]


class Answering:
    """What one client has answered of one check-in so far: `words`, name -> text. Also the hidden fields of a form (key, base, turn)."""

    base, turn, continues, continued_turn = 0, 0, None, 0

    def __init__(self, check_in, person):
        self.place, self.person = f"check_in:{check_in.pk}", person
        self.draft = uuid.uuid5(check_in.pk, str(person.pk))
        self.key = uuid.uuid4()  # of the window that is being shown
        self.saved_at, self.kept = None, {}
        for row in look(self._rows(), by=person, at=now()):
            self.saved_at, self.kept = row.saved_at, json.loads(row.words) if row.words else {}

    def _rows(self):
        return Draft.objects.readable_by(self.person).half_written(self.place).latest_first()[:1]

    @property
    def words(self):
        return {name: values[0] for name, values in self.kept.items() if values and not name.startswith("turn:")}

    def keep(self, posted, names, *, autosave=False, last=False):
        """Keep what a page says of `names`. An `autosave` that is late, or of a page that was posted since (`last`), changes nothing."""
        window, turn = f"turn:{posted.get('key', '')[:40]}", _number(posted.get("turn", ""))
        at = now()
        with transaction.atomic():
            for row in look(self._rows().select_for_update(of=("self",)), by=self.person, at=at):
                self.kept = json.loads(row.words) if row.words else {}
                self.turn = row.turn
            if not autosave or self._is_later(window, turn):
                said = {name: posted.getlist(name) for name in names}
                self.kept |= said | {window: [POSTED if last else str(turn)]}
                facts = {"by": self.person, "place": self.place, "base": 0, "turn": self.turn + 1, "at": at}
                drafts.keep(self.draft, self.kept, **facts)
        self.saved_at = at

    def _is_later(self, window, turn):
        seen = self.kept.get(window, ["0"])[0]
        return seen != POSTED and turn > int(seen)

    def saved(self):
        """The answer to an autosave."""
        return JsonResponse({"saved": _("Draft saved at %(time)s") % {"time": clock(self.saved_at)}})

    def once(self, verb):
        """Hand in at most once; a double post gets the first one's address."""
        return drafts.once(self.draft, verb, by=self.person, place=self.place, base=0, at=now())


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@dataclass(frozen=True)
class Line:
    """An answer on the last page: its question and words, whether the sponsor may be shown it, and whether that is switched on."""

    asked: Asked
    page: int
    answer: str
    may_be_seen: bool
    seen: bool

    @property
    def shown(self):
        return self.asked.shown(self.answer)

    @property
    def level(self):
        return int(self.answer) if self.asked.question.kind == LEVEL else None


def lines(found, words, *, shared):
    """Every answer that was given; `shared` are the keys of goals that the sponsor reads."""
    given = [(page, asked, words.get(asked.name, "").strip()) for page in found for asked in page.asked]
    return [line_of(page, asked, answer, words, shared) for page, asked, answer in given if asked.takes(answer)]


def line_of(page, asked, answer, words, shared):
    """One answer, with whether the sponsor may be shown it and whether that is switched on."""
    may = asked.question.releasable and (asked.goal is None or asked.goal.pk in shared)
    return Line(asked, page.number, answer, may, may and bool(words.get(SEES + asked.name)))


@dataclass(frozen=True)
class Answered:
    """What was answered, as the verbs take it."""

    given: list  # of Line

    @property
    def answers(self):
        """Each with a copy of its question."""
        return [line.asked.kept(line.answer) for line in self.given]

    @property
    def levels(self):
        """(goal, level −2…+2, example or None)."""
        examples = {line.asked.goal.pk: line.answer for line in self.given if line.asked.question.key == EXAMPLE}
        stands = [line for line in self.given if line.asked.question.key == STANDS]
        return [(line.asked.goal, line.level, examples.get(line.asked.goal.pk)) for line in stands]

    def number(self, key):
        """The answer on a scale of five to the question with this key, or None."""
        return next((int(line.answer) for line in self.given if line.asked.name == key), None)


@dataclass(frozen=True)
class ToRelease:
    """What the sponsor will read: exactly these words, and the levels of shared goals."""

    words: str
    levels: tuple

    def __bool__(self):
        return bool(self.words)


def to_release(given, summary):
    """From the lines that are switched on and the client's own summary."""
    blocks = [] if is_blank(summary) else [summary.strip()]
    for line in given:
        if line.seen:
            head = line.asked.title or line.asked.question.label
            blocks.append(f"{head}\n{line.shown}")
    levels = tuple((line.asked.goal, line.level) for line in given if line.seen and line.level is not None)
    return ToRelease("\n\n".join(blocks).replace("\r\n", "\n"), levels)  # however the browser ends its lines, the words are the same
