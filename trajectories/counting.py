"""How are closed trajectories counted, client by client? Once, by `manage.py day`, four months after the half-year in which they closed.

A client stands in each figure once, with the trajectory that closed last in the period. Levels and choices are counted, words are never
opened. Nothing here knows the coach (R7).
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from coaching.clock import day_of, end_of, months_after
from coaching.day import due
from coaching.models import Organisation
from trajectories.doors import CLIENT, SPONSOR
from trajectories.figures import FEWEST
from trajectories.models import CheckIn, Figures, FollowUp, Outcome, Part, PreparedLevel, Trajectory
from trajectories.models.follow_ups import STILL

MONTHS, SETTLES = 6, 4  # a period is half a year; its follow-ups, asked after three months, have a month to come in (FollowUp: 28 days)
LARGEST = 6  # units that may stand by themselves
CATEGORIES = {
    "asked": ["client", "sponsor"],
    "waited": ["week", "fortnight", "longer"],
    "outcomes": ["reached", "in_part", "not_yet", "without"],
    "voices": ["same", "one_apart", "further", "one_voice"],
    "response": ["all", "some", "none"],
    "lasting": [*STILL, "silent"],
}


@due
def close_periods(at):
    """Count every half-year that is over, and settled. One with fewer than five clients runs on with the next."""
    while period := _next_period(at):
        if not _close(*period, at=at):
            return


def _next_period(at):
    """The first and last day of the half-year to count now, or None."""
    latest = Figures.objects.latest_first().first()
    first = latest.last_day + timedelta(days=1) if latest else _first_half_year()
    return first and _settled(first, at)


def _first_half_year():
    first = Trajectory.objects.first_closed()
    day = first and day_of(first.closed_at)
    return day and date(day.year, 1 if day.month <= MONTHS else MONTHS + 1, 1)


def _settled(first, at):
    """From `first` the shortest run of whole half-years with enough clients that is settled; None when there is none yet."""
    last, settles = months_after(first, MONTHS) - timedelta(days=1), max(SETTLES, Organisation.current().follow_up_months + 1)
    while end_of(months_after(last + timedelta(days=1), settles) - timedelta(days=1)) <= at:
        if len(_clients(first, last)) >= FEWEST:
            return first, last
        last = months_after(last + timedelta(days=1), MONTHS) - timedelta(days=1)
    return None


def _clients(first, last):
    """{client: trajectory} of those that closed from the first day to the last, each client's latest."""
    closed = Trajectory.objects.closed_between(end_of(first - timedelta(days=1)), end_of(last))
    seats = Part.objects.filter(trajectory__in=closed.values("pk"), part=CLIENT, confirmed_at__isnull=False)
    return dict(seats.order_by("trajectory__closed_at").values_list("person", "trajectory"))


@transaction.atomic
def _close(first, last, *, at):
    clients = _clients(first, last)
    units, names = _units(clients)
    partitions = {
        "asked": _by_fact(clients, lambda row: row.referral),
        "waited": _by_fact(clients, lambda row: _waited((row.intake_at - row.asked_at).days)),
        "outcomes": _by_levels(clients),
        "voices": _by_voices(clients),
        "response": _by_checks(clients),
        "lasting": _by_lasting(clients),
        "unit": units,
    }
    partitions = {figure: _in_order(figure, cells) for figure, cells in partitions.items()}
    return Figures.keep(first, last, clients=clients, partitions=partitions, at=at, units=names)


def _in_order(figure, cells):
    return {category: cells.get(category, set()) for category in CATEGORIES.get(figure, cells)}


def _cells(clients, category_of):
    """{category: clients} with `category_of(trajectory key)`."""
    cells = defaultdict(set)
    for client, trajectory in clients.items():
        cells[category_of(trajectory)].add(client)
    return cells


def _by_fact(clients, category_of):
    rows = Trajectory.objects.in_bulk(list(clients.values()))
    return _cells(clients, lambda key: category_of(rows[key]))


def _waited(days):
    return "week" if days <= 7 else "fortnight" if days <= 14 else "longer"


def _grouped(pairs):
    """{trajectory: [value]} of pairs."""
    values = defaultdict(list)
    for key, value in pairs:
        values[key].append(value)
    return values


def _by_levels(clients):
    """Did the goals come where they were to come, by the outcomes of the meeting? "Seen differently" is no level."""
    rows = Outcome.objects.filter(trajectory__in=clients.values(), review__abandoned_at=None)
    levels = _grouped(rows.exclude(level=None).values_list("trajectory", "level"))
    return _cells(clients, lambda key: _reached(levels[key]))


def _reached(levels):
    there = [level >= 0 for level in levels]
    return "without" if not there else "reached" if all(there) else "in_part" if any(there) else "not_yet"


def _by_voices(clients):
    """How far the levels of client and sponsor lay apart beforehand, on the goal on which they differed most."""
    rows = PreparedLevel.objects.filter(preparation__trajectory__in=clients.values(), preparation__seat__until_at=None)
    rows = rows.filter(preparation__review__abandoned_at=None)
    rows = rows.filter(preparation__part__in=[CLIENT, SPONSOR], preparation__handed_in_at__isnull=False).exclude(level=None)
    pairs = defaultdict(list)
    for key, goal, level in rows.values_list("preparation__trajectory", "goal", "level"):
        pairs[key, goal].append(level)
    apart = _grouped((key, abs(levels[0] - levels[1])) for (key, _goal), levels in pairs.items() if len(levels) == 2)
    return _cells(clients, lambda key: _apart(apart[key]))


def _apart(differences):
    return "one_voice" if not differences else ("same", "one_apart")[max(differences)] if max(differences) < 2 else "further"


def _by_checks(clients):
    """Were the progress checks that were asked for answered?"""
    checks = _grouped(CheckIn.objects.filter(trajectory__in=clients.values()).values_list("trajectory", "handed_in_at"))
    answered = {key: [bool(handed_in) for handed_in in checks[key]] for key in clients.values()}
    return _cells(clients, lambda key: "none" if not any(answered[key]) else "all" if all(answered[key]) else "some")


def _by_lasting(clients):
    """Was the change still there, when the client first looked back? Who was not asked, or said nothing of it, is silent."""
    rows = FollowUp.objects.filter(trajectory__in=clients.values(), part=CLIENT)
    said = dict(rows.order_by("-months").values_list("trajectory", "still"))
    return _cells(clients, lambda key: said.get(key) or "silent")


def _units(clients):
    """The clients by unit, the largest units by themselves; and the names of those units."""
    people = Part.objects.filter(person__in=clients, part=CLIENT).values_list("person", "person__unit", "person__unit__name").distinct()
    names = {str(unit): name for _person, unit, name in people if unit}
    cells = defaultdict(set)
    for person, unit, _name in people:
        cells[str(unit or "")].add(person)
    large = sorted((unit for unit in cells if unit), key=lambda unit: (-len(cells[unit]), unit))[:LARGEST]
    others = set().union(*(cells[unit] for unit in cells if unit not in large))
    return {**{unit: cells[unit] for unit in large}, "": others}, names
