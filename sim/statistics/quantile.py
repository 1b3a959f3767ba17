"""Quantiles of what replications counted together: of waits, say, kept as counts below bounds.

The quantile is that of the distribution averaged over the replications, each weighing as much as it
counted: where the share at or below, a ratio of means, reaches the share that is asked for. Values
within one replication depend on each other, so the replications alone say how sure it is.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.estimate import Estimates, Floats, Statistic, ratios, student


def quantile_intervals(
    below: ArrayLike, bounds: ArrayLike, share: float, confidence: float = 0.95
) -> Estimates:
    """The quantile with Woodruff's interval: the quantiles of the two ends of the interval of the
    share at or below it (Woodruff 1952, Confidence intervals for medians and other position
    measures, Journal of the American Statistical Association 47). It needs no density, and is wider
    on the side where values lie wider apart.

    below: R x k, how many values of each replication lie at or below each bound; all of them at or
    below the last. bounds: k, rising. share: between 0 and 1. Between two bounds values are taken
    as evenly spread, below the first as equal to it. Undefined without values; without an interval
    where an end of it would lie beyond all values, or if only one replication has any.

    Raises ValueError for other shapes, for counts that fall, and unless 0 < share < 1.
    """
    counts, edges = _checked(below, bounds, share)
    at, error, _ = _share_at(counts, edges, share)
    reach = student(len(counts) - 1, confidence) * error
    ends = [_value_at(counts, edges, share + side) for side in (-reach, reach)]
    low, high = ends if np.isfinite(ends).all() else (np.nan, np.nan)
    return Estimates(
        np.array([at]), np.array([low]), np.array([high]), len(counts), f"quantile {share:g}"
    )


def quantile(below: ArrayLike, bounds: ArrayLike, share: float) -> Statistic:
    """The quantile in linear form, for differences between strategies.

    A replication pulls the share at or below the quantile; by how much the quantile then moves is
    told by Woodruff's 95 % interval: its width over that of the share's (Francisco and Fuller 1991,
    Quantile estimation with a complex survey design, Annals of Statistics 19).

    Arguments and errors as those of `quantile_intervals`.
    """
    counts, edges = _checked(below, bounds, share)
    at, error, pulls = _share_at(counts, edges, share)
    found = quantile_intervals(counts, edges, share)
    across = 2.0 * student(len(counts) - 1, 0.95) * error
    width = float(found.high[0] - found.low[0])
    slope = width / across if across > 0.0 else 0.0
    return Statistic(np.array([at]), -slope * pulls[:, np.newaxis], found.estimator)


def _share_at(counts: Floats, edges: Floats, share: float) -> tuple[float, float, Floats]:
    """The quantile, the standard error of the share of values at or below it, and each
    replication's pull on that share."""
    total = counts[:, -1]
    if not total.any():
        return np.nan, np.nan, np.full(len(counts), np.nan)
    upper, part = _place(counts, share)
    reached = counts[:, upper - 1] + part * (counts[:, upper] - counts[:, upper - 1])
    pulls = ratios(reached[:, np.newaxis], total[:, np.newaxis]).pulls[:, 0]
    error = np.nan
    if len(counts) > 1:
        error = float(np.sqrt(np.square(pulls).sum() / (len(counts) - 1) / len(counts)))
    return _value_at(counts, edges, share), error, pulls


def _value_at(counts: Floats, edges: Floats, share: float) -> float:
    """Where the share of all values at or below reaches this one; NaN if it never does."""
    if not 0.0 <= share <= 1.0:
        return np.nan
    upper, part = _place(counts, share)
    return float(edges[upper - 1] + part * (edges[upper] - edges[upper - 1]))


def _place(counts: Floats, share: float) -> tuple[int, float]:
    """The bound at which a share is reached, and which part of the way to it from the last."""
    all_below = counts.sum(axis=0)
    wanted = share * all_below[-1]
    upper = max(1, int(np.searchsorted(all_below, wanted)))
    step = all_below[upper] - all_below[upper - 1]
    return upper, float((wanted - all_below[upper - 1]) / step) if step > 0.0 else 0.0


def _checked(below: ArrayLike, bounds: ArrayLike, share: float) -> tuple[Floats, Floats]:
    """Counts and bounds with one more in front, below which there is nothing."""
    counts, edges = np.asarray(below, dtype=np.float64), np.asarray(bounds, dtype=np.float64)
    if counts.ndim != 2 or 0 in counts.shape or edges.shape != counts.shape[1:]:
        raise ValueError(
            f"counts must be replications x bounds, not {counts.shape} for bounds {edges.shape}"
        )
    if not 0.0 < share < 1.0:
        raise ValueError(f"share must lie between 0 and 1, not {share}")
    counts = np.hstack([np.zeros((len(counts), 1)), counts])
    edges = np.concatenate([edges[:1], edges])
    if not (np.isfinite(counts).all() and np.isfinite(edges).all()):
        raise ValueError("counts and bounds must be finite")
    if (np.diff(counts, axis=1) < 0.0).any() or (np.diff(edges) < 0.0).any():
        raise ValueError("counts at or below rising bounds cannot fall")
    return counts, edges
