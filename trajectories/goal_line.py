"""How did one goal move? Its levels as rows of a table, as a line that breaks where the sentences changed, and as one sentence (R19)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coaching.clock import day_of
from coaching.lines import Line, Rung, Stop
from coaching.templatetags.house import day_long, level
from trajectories.doors import CLIENT
from trajectories.models import Measurement

OUTCOME, START = "outcome", "start"


@dataclass(frozen=True)
class Given:
    """One level as this reader may know it: when, by whom, at which moment, against which version. `sewn`: the thread runs through it."""

    at: datetime
    level: int
    who: str
    moment: str  # in words
    version: int  # its number
    mark: str  # as coaching.lines.Stop has it
    sewn: bool = True
    example: str = ""
    breaks: bool = False  # the sentences were others before it
    recorded_by: str = ""  # the name of the coach who wrote it down, in a log

    @property
    def given_by(self):
        return given_by(self.who, self.recorded_by)


def given_by(name, recorded_by):
    """Whose level it is; and who wrote it down, where that was another (R12)."""
    facts = {"name": name, "coach": (recorded_by or "").split(" ")[0]}
    return _("%(name)s, written down by %(coach)s") % facts if recorded_by else name


def measured(rows):
    """Opened measurements, in order of time, as a list of Given. The others' marks before a review lie beside the client's thread."""
    return [
        Given(
            at=row.worded_at,
            level=row.level,
            who=_("Together") if row.moment == OUTCOME else row.seat.first_name,
            moment=row.get_moment_display(),
            version=row.version_of_goal.number,
            mark=row.moment if row.moment in (START, OUTCOME) else row.seat.part,
            sewn=row.seat.part == CLIENT,
            example=row.example or "",
            recorded_by=row.recorded_by or "",
        )
        for row in rows
    ]


def starts(versions, rows, client):
    """The starts that belong to sentences in `versions`, as Given, where none of `rows` holds them for this reader.

    A start is measured once for its sentences, maybe against an earlier version that was never put to this one. The version that they
    read says the same start with the same sentences, so it stands here by that version and its day, and nothing older is told (R5).
    """
    known = {one.version for one in rows if one.mark == START}
    facts = {"who": client.first_name, "moment": dict(Measurement.MOMENTS)[START], "mark": START}
    before = None
    for version in sorted((one for one in versions if one.agreed_at), key=lambda one: one.number):
        chosen = (version.start_level, version.sentences)
        if chosen != before and version.number not in known:
            yield Given(version.agreed_at, version.start_level, version=version.number, **facts)
        before = chosen


def released(releases, versions, client):
    """The levels that the client let the sponsor see, as Given. One against words that were never put to them has no place here."""
    facts = {"who": client.first_name, "moment": _("shared with you"), "mark": CLIENT}
    known = [(one, chosen_against(one, versions)) for one in releases]
    return [Given(one.shared_at, one.level_of_goal, version=version.number, **facts) for one, version in known if version]


def chosen_against(level, versions):
    """Which of `versions` a released level was chosen against; None where that one is not read."""
    return next((one for one in versions if one.pk == level.version_of_goal), None)


def same_sentences(one, other):
    """Whether a level says the same of both versions."""
    return one is not None and one.sentences == other.sentences


def standing_levels(versions):
    """`versions`, opened and with_last_level(), without a last level that was chosen against other sentences: it says nothing of these."""
    read = {one.pk: one for one in versions}
    for one in versions:
        if not same_sentences(read.get(one.last_against), one):
            one.last_level = one.last_moment = one.last_by = one.last_recorded_by = None
    return versions


def broken(given, versions):
    """`given` in order of time, each with whether the sentences were others before it. Versions that one may not read count as other."""
    sentences = {one.number: tuple(one.sentences.values()) for one in versions}
    found, before = [], None
    for one in sorted(given, key=lambda one: one.at):
        other = before is not None and one.version != before
        changed = other and sentences.get(one.version, one.version) != sentences.get(before, before)
        found.append(Given(**{**vars(one), "breaks": changed}))
        before = one.version
    return found


def line(given, *, number, told):
    """The drawing of a goal's levels; None while there is at most one, which is no line. `number`: None for who reads only shared goals."""
    if len(given) < 2:
        return None
    title = _("Goal %(number)s over time") % {"number": number} if number else _("The goal over time")
    return Line(_rungs(), tuple(_stops(given)), title=title, told=told)


def _rungs():
    words = {2: _("much more"), 1: _("more"), 0: _("goal reached"), -1: _("on the way"), -2: _("further away")}
    return tuple(Rung(value, level(value), word, goal=value == 0) for value, word in words.items())


def _stops(given):
    """A break between two stops of the thread is said at the second, also when a loose mark lies between them."""
    why = ""
    for one in given:
        why = _("version %(number)s") % {"number": one.version} if one.breaks else why
        yield Stop(day_of(one.at), one.level, one.mark, line=CLIENT if one.sewn else "", breaks=why if one.sewn else "")
        why = "" if one.sewn else why


def voices(given):
    """Whose marks these are, as (part, first name), where others' lie beside the client's; else there is nothing to tell apart."""
    found = {one.mark: one.who for one in given if one.mark not in (START, OUTCOME)}
    return list(found.items()) if len(found) > 1 else []


def told(given):
    """The line in one or two sentences; "" while nothing is sewn."""
    sewn = [one for one in given if one.sewn]
    if not sewn:
        return ""
    cut = max((place for place, one in enumerate(given) if one.breaks), default=0)
    here = [one for one in given[cut:] if one.sewn] or sewn[-1:]
    sentence = _moved(here[0], here[-1]) if len(here) > 1 else _begun(here[0])
    if cut:
        sentence += " " + _("On %(day)s the sentences changed, so the line begins anew there.") % {"day": day_long(given[cut].at)}
    return sentence


def _begun(one):
    return _("At %(level)s on %(day)s; nobody has chosen a level since.") % {"level": level(one.level), "day": day_long(one.at)}


def _moved(first, last):
    facts = {"start": level(first.level), "then": day_long(first.at), "now": level(last.level), "day": day_long(last.at)}
    if last.level == first.level:
        return _("At %(now)s on %(day)s, as on %(then)s.") % facts
    if last.level < first.level:
        return _("From %(start)s on %(then)s back to %(now)s on %(day)s.") % facts
    if last.level < 0:
        return _("From %(start)s on %(then)s to %(now)s on %(day)s: on the way.") % facts
    if last.level == 0:
        return _("From %(start)s on %(then)s to %(now)s on %(day)s: the goal has been reached.") % facts
    return _("From %(start)s on %(then)s to %(now)s on %(day)s: more than was agreed.") % facts
