"""Which closed half-years does the demo remember? Counted from invented clients, by the same rule as real ones."""

from datetime import date, timedelta
from random import Random

from coaching.clock import end_of, months_after
from trajectories.counting import MONTHS, SETTLES
from trajectories.models import Figures

PERIODS = (  # how many clients in each category, the latest period first
    {
        "asked": {"client": 21, "sponsor": 11},
        "waited": {"week": 10, "fortnight": 12, "longer": 10},
        "outcomes": {"reached": 17, "in_part": 9, "not_yet": 5, "without": 1},
        "voices": {"same": 12, "one_apart": 11, "further": 3, "one_voice": 6},
        "response": {"all": 24, "some": 2, "none": 6},
        "lasting": {"fully": 7, "mostly": 11, "partly": 6, "gone": 2, "silent": 6},
        "unit": {"1": 9, "2": 8, "3": 6, "": 9},
    },
    {
        "asked": {"client": 12, "sponsor": 7},
        "waited": {"week": 3, "fortnight": 8, "longer": 8},
        "outcomes": {"reached": 9, "in_part": 6, "not_yet": 2, "without": 2},
        "voices": {"same": 7, "one_apart": 7, "further": 1, "one_voice": 4},
        "response": {"all": 13, "some": 1, "none": 5},
        "lasting": {"fully": 6, "mostly": 6, "partly": 2, "gone": 1, "silent": 4},
        "unit": {"1": 6, "2": 5, "3": 3, "": 5},
    },
)


def count_periods(today, units):
    """Keep the figures of the two latest half-years that are settled on `today`; `units`: three names."""
    first = _latest_settled(today)
    for numbers in PERIODS:
        last = months_after(first, MONTHS) - timedelta(days=1)
        clients = range(sum(numbers["asked"].values()))
        partitions = {figure: _shared_out(figure, clients, cells) for figure, cells in numbers.items()}
        at = end_of(months_after(last + timedelta(days=1), SETTLES))
        names = {str(number): name for number, name in enumerate(units, 1)}
        Figures.keep(first, last, clients=clients, partitions=partitions, at=at, units=names)
        first = months_after(first, -MONTHS)


def _latest_settled(today):
    first = date(today.year, 1 if today.month <= MONTHS else MONTHS + 1, 1)
    while months_after(first, MONTHS + SETTLES) >= today:
        first = months_after(first, -MONTHS)
    return first


def _shared_out(figure, clients, cells):
    """{category: keys of clients}: each client once, the same ones every time."""
    keys, found = list(clients), {}
    Random(figure).shuffle(keys)  # noqa: S311  nothing here is a secret
    for category, number in cells.items():
        found[category], keys = set(keys[:number]), keys[number:]
    return found
