"""How long a run takes to forget that it began empty: the truncation point of MSER.

Of all points at which the beginning could be cut off, the one after which the mean of what is left
has the least standard error (White 1997, An effective truncation heuristic for bias reduction in
simulation output, Simulation 69; in batches of five White, Cobb and Spratt 2000, A comparison of
five steady-state truncation heuristics for simulation, Winter Simulation Conference). It weighs the
bias of keeping too much against the scatter of keeping too little.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.estimate import Floats

BATCH = 5
"""Observations a batch, as published: MSER-5."""


def batched(numerators: ArrayLike, denominators: ArrayLike, batch: int = BATCH) -> Floats:
    """Ratios of sums over batches of so many observations, from the first on; what is left over at
    the end is left out. NaN where a batch has nothing below the line.

    Raises ValueError for lengths that differ.
    """
    x, y = np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"series must have one length, not {x.shape} and {y.shape}")
    whole = len(x) - len(x) % batch
    tops, bottoms = (one[:whole].reshape(-1, batch).sum(axis=1) for one in (x, y))
    return np.asarray(tops / np.where(bottoms == 0.0, np.nan, bottoms))


def statistics_of(series: ArrayLike) -> Floats:
    """MSER's statistic for each number of batches cut off, at most half of them: the variance of
    those that are left, over their number. Undefined batches count for nothing.

    Raises ValueError for fewer than four batches.
    """
    y = np.asarray(series, dtype=np.float64)
    if y.ndim != 1 or len(y) < 4:
        raise ValueError(f"a warm-up is looked for in four batches or more, not {y.shape}")
    found = np.full(len(y) // 2 + 1, np.nan)
    for cut in range(len(found)):
        left = y[cut:][np.isfinite(y[cut:])]
        if len(left) > 1:
            found[cut] = np.square(left - left.mean()).sum() / len(left) ** 2
    return found


def truncation(series: ArrayLike) -> int | None:
    """How many batches of a series to cut off; None if MSER would cut half of it, which says that
    the series is too short, or never settles. 0 for a series without variance or values.

    Raises ValueError for fewer than four batches.
    """
    found = statistics_of(series)
    if np.isnan(found).all():
        return 0
    best = int(np.nanargmin(found))
    return best if best < len(found) - 1 else None
