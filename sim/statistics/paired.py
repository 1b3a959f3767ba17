"""Differences between two strategies that met the same customers with the same luck.

Replication r of both strategies has the same seed, so what luck did to one it did to the other, and
the difference of their pulls leaves it out: common random numbers (Law 2015, Simulation Modeling
and Analysis, 5th edition, section 11.2). The results are statistics again, for `intervals`.
"""

import numpy as np

from sim.statistics.estimate import Floats, Statistic


def difference(alternative: Statistic, base: Statistic) -> Statistic:
    """Alternative minus base, row by row, for means and for ratios of means alike.

    Its pulls are the differences of theirs: for means the plain paired difference, for ratios the
    delta method on (x1 - ratio1 y1) / mean y1 - (x0 - ratio0 y0) / mean y0.

    Raises ValueError for different estimators, replications or rows.
    """
    _check_pair(alternative, base)
    return Statistic(
        alternative.value - base.value,
        alternative.pulls - base.pulls,
        f"paired difference, {base.estimator}",
        max(alternative.spent, base.spent),
    )


def relative_difference(alternative: Statistic, base: Statistic) -> Statistic:
    """Alternative minus base in percent of the base; undefined where the base is zero.

    By the delta method for the quotient of the two values. Raises ValueError as `difference` does.
    """
    _check_pair(alternative, base)
    of = np.where(base.value == 0.0, np.nan, base.value)
    quotient = alternative.value / of
    return Statistic(
        100.0 * (alternative.value - base.value) / of,
        100.0 * (alternative.pulls - quotient * base.pulls) / of,
        f"paired relative difference, {base.estimator}",
        max(alternative.spent, base.spent),
    )


def variance_ratio(alternative: Statistic, base: Statistic) -> Floats:
    """How many times the replications independent runs would need for the same precision.

    The variance of the difference had the two been independent, over its variance as paired, row by
    row; NaN where the pairs do not differ at all. Raises ValueError as `difference` does.
    """
    _check_pair(alternative, base)
    independent = np.square(alternative.pulls).sum(axis=0) + np.square(base.pulls).sum(axis=0)
    paired = np.square(alternative.pulls - base.pulls).sum(axis=0)
    return np.asarray(independent / np.where(paired == 0.0, np.nan, paired))


def _check_pair(alternative: Statistic, base: Statistic) -> None:
    if alternative.estimator != base.estimator:
        raise ValueError(f"a {alternative.estimator} cannot be paired with a {base.estimator}")
    if alternative.pulls.shape != base.pulls.shape:
        raise ValueError(
            f"replications x rows differ: {alternative.pulls.shape} and {base.pulls.shape}"
        )
