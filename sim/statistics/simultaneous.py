"""Intervals that hold all at once: of every alternative's difference to the base, in every measure.

Each 95 % interval misses in one case of twenty, so of 45 some two do. Simultaneous intervals are
wider, by one factor for all, such that in 95 cases of 100 none of them misses.
"""

from collections.abc import Sequence

import numpy as np

from sim.statistics.estimate import Floats, Statistic, student

_FEWEST = 10
"""Replications: fewer have too few patterns of signs."""
_FLIPS = 10_000
_AT_ONCE = 2_000
_LUCK = 20_010
_ROUNDING = 1e-12


def errors_for_all(statistics: Sequence[Statistic], confidence: float = 0.95) -> float:
    """How many standard errors either way hold all statistics at once: the largest |t| of all.

    Its distribution is found by giving every replication's pulls a random sign, the same in all
    statistics, and reckoning all t anew (the max-t of Westfall and Young 1993, Resampling-based
    multiple testing; random signs as in Liu 1988, Bootstrap procedures under some non-i.i.d.
    models, Annals of Statistics 16). Strategies on the same luck, and measures of the same run,
    move together; that is kept, so that the intervals are narrower than Bonferroni's, which bound
    them from above. The signs are always the same, so the answer is.

    Statistics without an error, or with none but zero, have no part in it. NaN with fewer than two
    replications. Raises ValueError for replications that differ, and unless 0 < confidence < 1.
    """
    if len({len(one.pulls) for one in statistics}) > 1:
        raise ValueError("statistics of different replications cannot be told at once")
    pulls = np.hstack([one.pulls for one in statistics])
    squares = np.square(pulls).sum(axis=0)
    pulls, squares = pulls[:, squares > 0.0], squares[squares > 0.0]
    degrees = min(one.degrees for one in statistics)
    family = max(1, pulls.shape[1])
    bonferroni = student(degrees, 1.0 - (1.0 - confidence) / family)
    if family == 1 or len(pulls) < _FEWEST:
        return bonferroni
    return min(bonferroni, _quantile(_largest(pulls, squares), confidence))


def _quantile(values: Floats, share: float) -> float:
    return float(np.quantile(values, share, method="higher"))


def _largest(pulls: Floats, squares: Floats) -> Floats:
    """The largest |t| under each pattern of signs."""
    replications = len(pulls)
    luck = np.random.default_rng(_LUCK)
    largest = []
    for _ in range(_FLIPS // _AT_ONCE):
        signs = luck.choice((-1.0, 1.0), size=(_AT_ONCE, replications))
        sums = np.square(signs @ pulls) / replications
        ts = sums * (replications - 1) / np.maximum(squares - sums, _ROUNDING * squares)
        largest.append(np.sqrt(ts.max(axis=1)))
    return np.concatenate(largest)
