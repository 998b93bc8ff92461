"""How far is a goal, and what do several goals come to? Goal Attainment Scaling: pure arithmetic (R6).

Kiresuk, T. J., & Sherman, R. E. (1968). Goal attainment scaling. Community Mental Health Journal, 4(6), 443–453.
"""

from math import sqrt

LEVELS = (-2, -1, 0, 1, 2)
START_LEVELS = (-2, -1)
RHO = 0.30  # the expected correlation between goals, as Kiresuk and Sherman set it


def t_score(scored):
    """T for `scored`, pairs (level −2…+2 or None, weight 0–9): 50 when all goals are just reached.

    A goal without a level drops out. Weights that are all zero count as one. None when no goal is scored.
    """
    pairs = [(level, weight) for level, weight in scored if level is not None]
    if not pairs:
        return None
    if not any(weight for _level, weight in pairs):
        pairs = [(level, 1) for level, _weight in pairs]
    weighted = sum(weight * level for level, weight in pairs)
    squares, total = sum(weight**2 for _level, weight in pairs), sum(weight for _level, weight in pairs)
    return 50 + 10 * weighted / sqrt((1 - RHO) * squares + RHO * total**2)
