"""Who looked at what in a trajectory, day by day? Said as people say it: the kind of thing and which one, never its words (R26)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clock import day_of, end_of
from coaching.models import Person, Trace
from coaching.zone import zone
from trajectories import sources
from trajectories.doors import CLIENT
from trajectories.models import Goal, GoalVersion, Measurement
from trajectories.numbered import reads_all
from trajectories.who_reads import spoken

SOURCE = Path(__file__).with_name("traced.yaml")
DAYS = 7  # days with something to tell, on one page
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Place:
    """Of which session or goal a thing is part, where that has a number; `told`: whether others than its writer know that it is there."""

    number: int | None = None
    told: bool = True


@dataclass(frozen=True)
class Line:
    """What one person did in one hour (0–23, of the organisation's day). `did` goes on after the name: "read goal 2"."""

    part: str
    name: str
    own: bool
    did: str
    hour: int


@dataclass(frozen=True)
class Looks:
    """`days`: (day, [Line]), the latest first; `older`: the day before which there is more, or None; `lately`: who looked this week."""

    days: tuple
    older: date | None
    lately: tuple = ()


def looks(trajectory, person, *, seat, at, before=None):
    """The lines that `person` may read: the client all of the trajectory, everybody else their own. Four statements, and one per source.

    `before`: a day; only what happened earlier, a page of seven days on which somebody looked.
    """
    rows = Trace.objects.of_dossier(trajectory.pk)
    rows = rows if seat and seat.part == CLIENT else rows.filter(person_id=person.pk)
    if before:
        rows = rows.filter(hour__lt=end_of(before - timedelta(days=1)))
    on = TruncDate("hour", tzinfo=zone())
    days = list(rows.annotate(on=on).order_by("-on").values_list("on", flat=True).distinct()[: DAYS + 1])
    shown, more = days[:DAYS], len(days) > DAYS
    found = list(rows.filter(hour__gte=end_of(shown[-1] - timedelta(days=1))).latest_first()) if shown else []
    told = lines(found, person, seat=seat)
    lately = tuple(line for on, line, when in told if when > at - WEEK and not before)
    by_day = tuple((day, [line for on, line, _when in told if on == day]) for day in shown)
    return Looks(by_day, shown[-1] if more else None, tuple({(line.part, line.name, line.own): line for line in lately}.values()))


def headline(lately):
    """Who looked this week, in one sentence."""
    others = list(dict.fromkeys(line.name for line in lately if not line.own))
    everyone = [_("you"), *others] if any(line.own for line in lately) else others
    if others:
        told = ngettext("Only %(names)s looked this week", "Only %(names)s looked this week", len(everyone))
        return told % {"names": get_text_list(everyone, _("and"))}
    return _("Only you looked this week") if lately else _("Nobody looked this week")


def lines(traces, person, *, seat):
    """(day, Line, moment) for each person, part, act and hour, in the order of `traces`; own private rows of others left out.

    Numbers are for who reads all that they count.
    """
    places = {}
    for source in sources.places:
        places |= source([trace.thing for trace in traces])
    people = {person.pk: person.first_name for person in Person.objects.filter(pk__in={trace.person_id for trace in traces})}
    together = {}
    for trace in traces:
        place = places.get(trace.thing, Place())
        if place.told or trace.person_id == person.pk:
            number = place.number if reads_all(seat) else None
            together.setdefault((trace.hour, trace.person_id, trace.part, trace.act), []).append((trace.kind, number))
    return [
        (day_of(hour), Line(part, people.get(who, _("a colleague")), who == person.pk, said(act, things), _hour(hour)), hour)
        for (hour, who, part, act), things in together.items()
    ]


def _hour(moment):
    return timezone.localtime(moment, zone()).hour


def said(act, things):
    """The act with its things, [(kind, number or None)], in the reader's language; each kind once, its numbers together."""
    acts = {
        "opened": _("read %(things)s"),
        "changed": _("worked on %(things)s"),
        "exported": _("took away a copy of %(things)s"),
        "printed": _("made a PDF of %(things)s"),
        "by_link": _("saw the outside name of %(things)s by the link in a mail"),
    }
    order, language = list(_kinds()), spoken()
    kinds = sorted({kind for kind, _number in things}, key=lambda kind: order.index(kind) if kind in order else len(order))
    named = dict.fromkeys(_named(kind, {number for one, number in things if one == kind and number}, language) for kind in kinds)
    return acts.get(act, acts["opened"]) % {"things": get_text_list(list(named), _("and"))}


def _named(kind, numbers, language):
    """ "the logs of sessions 2 and 3"; without numbers by its plain name."""
    words = _kinds().get(kind)
    if words is None:
        return _("something")
    if not numbers or "one" not in words:
        return words["plain"][language]
    joined = get_text_list([str(number) for number in sorted(numbers)], _("and"))
    return words["one" if len(numbers) == 1 else "many"][language].format(n=joined)


@cache
def _kinds():
    """The words of traced.yaml, in its order."""
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


@sources.placed
def goals(keys):
    """The number of the goal that a thing is part of."""
    rows = Goal.objects.filter(pk__in=keys).values_list("pk", "number")
    more = [model.objects.filter(pk__in=keys).values_list("pk", "goal__number") for model in (GoalVersion, Measurement)]
    return {key: Place(number) for key, number in rows.union(*more)}
