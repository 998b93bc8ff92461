"""Do figures speak of five clients or more, for a cell and for its complement, and do they stay as they were counted? (security.md, 9)"""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import combinations
from random import Random

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from coaching.models import Organisation, OrgUnit
from tests.makers import make_goal, make_person, make_trajectory
from trajectories import counting
from trajectories.doors import CLIENT
from trajectories.figures import FEWEST, gives_away, publishable
from trajectories.figures_page import CATEGORIES, HEADS, as_sheet, figures_of
from trajectories.models import CheckIn, Figures, FollowUp, Outcome, Review, Trajectory

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)  # the first half of 2025 is settled, and so is the second
CLOSED = datetime(2025, 3, 3, 12, tzinfo=UTC)


def population(random):
    """Clients with a category in each of seven figures; some figures hang together, as real ones do."""
    people, partitions = range(random.randint(0, 70)), {}
    mood = {person: random.random() for person in people}
    for figure in range(len(HEADS)):
        edges = sorted(random.random() for _ in range(random.randint(1, 4)))
        cells = {category: set() for category in range(len(edges) + 1)}
        for person in people:
            drawn = mood[person] if random.random() < 0.7 else random.random()
            cells[sum(drawn > edge for edge in edges)].add(person)
        partitions[figure] = cells
    return people, partitions


def countable(people, partitions):
    """Every set whose size a reader knows: sums of cells as they are shown, and everyone."""
    told, known = publishable(people, partitions), [frozenset(people)]
    for figure, shown in told.items():
        cells = [frozenset(partitions[figure][category]) for category in shown["shown"]]
        if cells:
            cells.append(frozenset(people).difference(*cells))
        for size in range(1, len(cells) + 1):
            known += [frozenset().union(*some) for some in combinations(cells, size)]
    return told, known


@pytest.mark.parametrize("seed", range(5))
def test_no_two_filters_differ_by_one_to_four_people(seed):
    """500 populations in all: every pair of sets that can be counted, within a period."""
    random = Random(seed)
    shown = 0
    for _ in range(100):
        people, partitions = population(random)
        told, known = countable(people, partitions)
        shown += any(figure["shown"] for figure in told.values())
        for one, other in combinations(known, 2):
            for less, more in ((one, other), (other, one)):
                assert not (less < more and 0 < len(more - less) < FEWEST)
        for figure, cells in told.items():
            for category, number in cells["shown"].items():
                assert number == len(partitions[figure][category])
                assert FEWEST <= number <= len(people) - FEWEST
    assert shown > 50, "populations of which nothing is shown prove nothing"


@pytest.mark.parametrize("seed", range(5))
def test_successive_closings_share_nobody(seed, db):
    """Populations closed one after the other: what a later closing adds never tells of one to four, and an earlier one stays as it was."""
    random, seen = Random(seed), []
    _close_at_random(random, 12)
    for months in range(0, 40, 3):
        counting.close_periods(CLOSED + timedelta(days=30 * months))
        periods = list(Figures.objects.order_by("first_day").values("first_day", "last_day", "clients", "told"))
        assert periods[: len(seen)] == seen
        for earlier, later in zip(periods, periods[1:], strict=False):
            assert earlier["last_day"] < later["first_day"]
            assert later["clients"] >= FEWEST
        seen = periods
    assert seen


def _close_at_random(random, number):
    coach = make_person("Noor Visser", coach=True)
    for _ in range(number):
        closed(coach, at=CLOSED + timedelta(days=random.randint(0, 500)))


def closed(coach, *, at=CLOSED, referral="client", waited=3, level=0, unit=None):
    """A trajectory that closed at `at`, with one goal and its outcome."""
    trajectory = make_trajectory(coach, make_person("Sam Bakker", unit=unit), began=at - timedelta(days=90))
    asked = at - timedelta(days=90 + waited)
    facts = {"referral": referral, "asked_at": asked, "accepted_at": asked, "closing_at": at, "closed_at": at}
    Trajectory.objects.filter(pk=trajectory.pk).update(**facts)
    review = Review.objects.create(trajectory=trajectory, with_sponsor=False, worded_at=at)
    Outcome.objects.create(review=review, trajectory=trajectory, goal=make_goal(trajectory, at=at), level=level, version=1, worded_at=at)
    return trajectory


@pytest.fixture
def half_year(db):
    """Ten clients of the first half of 2025: five by a sponsor, five that waited ten days, five that did not get there."""
    coach = make_person("Noor Visser", coach=True)
    for number in range(10):
        half = number < 5
        closed(coach, referral="sponsor" if half else "client", waited=10 if half else 3, level=-1 if half else 1)
    counting.close_periods(AT)
    return Figures.objects.get()


def test_a_half_year_is_counted_client_by_client(half_year):
    assert (half_year.first_day, half_year.last_day, half_year.clients) == (date(2025, 1, 1), date(2025, 6, 30), 10)
    assert half_year.told["asked"]["shown"] == {"client": 5, "sponsor": 5}
    assert half_year.told["waited"]["shown"] == {"week": 5, "fortnight": 5}
    assert half_year.told["outcomes"]["shown"] == {"reached": 5, "not_yet": 5}
    assert half_year.told["response"] == {"shown": {}, "rest": ["all", "some", "none"], "others": None}, "all ten: no five outside it"


def test_checks_are_counted_by_answer(db):
    coach = make_person("Noor Visser", coach=True)
    for number in range(10):
        trajectory = closed(coach)
        CheckIn.objects.create(trajectory=trajectory, worded_at=CLOSED, handed_in_at=CLOSED if number < 5 else None, answers="[]")
    counting.close_periods(AT)
    assert Figures.objects.get().told["response"]["shown"] == {"all": 5, "none": 5}


def test_whether_it_lasted_is_counted_by_the_first_look_back(db):
    """Three months after closing: what the client chose; six months after it counts for nobody any more, and silence is a category."""
    coach = make_person("Noor Visser", coach=True)
    for number in range(15):
        trajectory = closed(coach)
        facts = {"trajectory": trajectory, "part": CLIENT, "seat": trajectory.client, "asked_at": CLOSED, "worded_at": CLOSED}
        if number < 10:
            FollowUp.objects.create(months=3, handed_in_at=CLOSED, still="fully" if number < 5 else "partly", **facts)
        FollowUp.objects.create(months=6, handed_in_at=CLOSED, still="gone", **facts)
        if number >= 10:
            FollowUp.objects.create(months=3, **facts)
    counting.close_periods(AT)
    figures = Figures.objects.get()
    assert figures.told["lasting"]["shown"] == {"fully": 5, "partly": 5, "silent": 5}
    [lasting] = [one for one in figures_of(figures) if one.key == "lasting"]
    assert [number for _label, number, _shown in lasting.rows][:3] == [5, 5, 5]


def test_a_half_year_waits_for_later_look_backs(db):
    """Where the organisation asks after six months, the half-year is counted a month after that."""
    coach = make_person("Noor Visser", coach=True)
    for _ in range(5):
        closed(coach, at=datetime(2025, 9, 1, tzinfo=UTC))
    Organisation.objects.update_or_create(defaults={"name": "Huis", "follow_up_months": 6})
    first = date(2025, 7, 1)
    assert counting._settled(first, datetime(2026, 7, 31, 12, tzinfo=UTC)) is None
    assert counting._settled(first, datetime(2026, 8, 1, 12, tzinfo=UTC)) == (first, date(2025, 12, 31))


def test_what_was_counted_does_not_change(half_year):
    Trajectory.objects.update(referral="client")
    counting.close_periods(AT)
    assert Figures.objects.get().told == half_year.told
    for change in (lambda: Figures.objects.update(clients=99), lambda: Figures.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_period_waits_until_it_is_settled(half_year, monkeypatch):
    monkeypatch.setattr(counting, "_first_half_year", lambda: date(2025, 7, 1))
    assert not counting._settled(date(2025, 7, 1), datetime(2026, 4, 30, 12, tzinfo=UTC)), "nobody closed in it yet"
    coach = make_person("Bram Jansen", coach=True)
    for _ in range(5):
        closed(coach, at=datetime(2025, 9, 1, tzinfo=UTC))
    before, after = datetime(2026, 4, 30, 12, tzinfo=UTC), datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert counting._settled(date(2025, 7, 1), before) is None
    assert counting._settled(date(2025, 7, 1), after) == (date(2025, 7, 1), date(2025, 12, 31))


def test_too_few_run_on_with_the_next_half_year(db):
    coach = make_person("Noor Visser", coach=True)
    for _ in range(3):
        closed(coach)
    counting.close_periods(datetime(2025, 12, 1, tzinfo=UTC))
    assert not Figures.objects.exists()
    for _ in range(3):
        closed(coach, at=datetime(2025, 9, 1, tzinfo=UTC))
    counting.close_periods(AT)
    period = Figures.objects.get()
    assert (period.first_day, period.last_day, period.clients) == (date(2025, 1, 1), date(2025, 12, 31), 6)


def test_a_client_of_two_trajectories_counts_once(db):
    coach, client = make_person("Noor Visser", coach=True), None
    for _ in range(6):
        client = closed(coach).client.person
    twice = closed(coach)
    twice.parts.filter(part=CLIENT).update(person=client)
    counting.close_periods(AT)
    assert Figures.objects.get().clients == 6


def test_four_are_never_shown():
    assert publishable(range(4), {"asked": {"client": set(range(4))}}) == {}
    assert publishable(range(9), {"asked": {"client": set(range(5)), "sponsor": set(range(5, 9))}})["asked"]["shown"] == {}
    assert gives_away([frozenset(range(6))], [frozenset(range(9))])
    assert not gives_away([frozenset(range(5))], [frozenset(range(10))])


def test_page_and_spreadsheet_say_the_same(half_year, client):
    client.force_login(make_person("Wim Bos", coordinates=True))
    page = client.get(reverse("trajectories:figures")).content.decode()
    sheet = load_workbook(BytesIO(client.get(reverse("trajectories:figures_sheet")).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    for figure in figures_of(half_year):
        for label, number, shown in figure.rows:
            assert label in page
            assert any(row[1] == label and row[2] == (number or shown) for row in rows)
    assert client.get(reverse("trajectories:figures"), {"period": "2024-01-01"}).status_code == 404
    assert client.get(reverse("trajectories:figures"), {"period": "kwart"}).status_code == 404


def test_units_stand_by_name_and_small_ones_together(db):
    coach = make_person("Noor Visser", coach=True)
    for number in range(12):
        closed(coach, unit=_unit("=Poli" if number < 6 else f"Klein {number}"))
    counting.close_periods(AT)
    period = Figures.objects.get()
    assert list(period.names["unit"].values()) == ["=Poli"]
    assert b"Klein" not in as_sheet(period)
    assert [row[:2] for row in next(figure for figure in figures_of(period) if figure.key == "unit").rows][0] == ("=Poli", 6)
    assert load_workbook(BytesIO(as_sheet(period))).active["B14"].data_type != "f"


def _unit(name):
    return OrgUnit.objects.get_or_create(name=name)[0]


def test_every_category_has_a_name():
    named = {(figure, category) for figure, categories in counting.CATEGORIES.items() for category in categories}
    assert named <= set(CATEGORIES)
    assert set(counting.CATEGORIES) | {"unit"} <= set(HEADS)
