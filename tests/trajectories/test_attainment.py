"""What do several goals come to? The T-score of Kiresuk and Sherman (R6)."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from trajectories.attainment import LEVELS, t_score

levels = st.sampled_from(LEVELS)
weights = st.integers(0, 9)
scored = st.lists(st.tuples(levels, weights), min_size=1, max_size=8)


def test_the_example_of_the_rule():
    assert t_score(zip([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], strict=True)) == approx(55.00, abs=0.005)


def test_all_goals_reached_is_fifty():
    assert t_score([(0, 1), (0, 9)]) == 50


def test_nothing_scored_is_no_score():
    assert t_score([]) is None
    assert t_score([(None, 3), (None, 1)]) is None


def test_a_goal_without_a_level_drops_out():
    assert t_score([(1, 2), (None, 9), (-1, 1)]) == t_score([(1, 2), (-1, 1)])


def test_one_goal_moves_by_ten_per_level():
    assert [t_score([(level, 4)]) for level in LEVELS] == approx([30, 40, 50, 60, 70])


@given(st.lists(levels, min_size=1, max_size=8))
def test_weights_all_zero_count_as_one(chosen):
    assert t_score([(level, 0) for level in chosen]) == approx(t_score([(level, 1) for level in chosen]))


@given(scored, st.integers(1, 5))
def test_only_the_ratio_of_weights_counts(pairs, factor):
    assert t_score([(level, weight * factor) for level, weight in pairs]) == approx(t_score(pairs))


@given(scored, st.data())
def test_a_higher_level_never_lowers_the_score(pairs, data):
    index = data.draw(st.integers(0, len(pairs) - 1))
    level, weight = pairs[index]
    better = data.draw(st.sampled_from([one for one in LEVELS if one >= level]))
    assert t_score([*pairs[:index], (better, weight), *pairs[index + 1 :]]) >= t_score(pairs) - 1e-9


@given(scored)
def test_it_stays_within_its_bounds(pairs):
    """The widest range belongs to equal weights: T = 50 ± 20·√n / √((1 − ρ) + ρ·n) over n goals."""
    n = len(pairs)
    widest = 20 * n / ((0.7 * n + 0.3 * n * n) ** 0.5)
    assert abs(t_score(pairs) - 50) <= widest + 1e-9


@given(scored)
def test_turned_round_it_mirrors(pairs):
    assert t_score([(-level, weight) for level, weight in pairs]) - 50 == approx(50 - t_score(pairs))
