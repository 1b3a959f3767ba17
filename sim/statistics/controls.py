"""Control variates: luck that is known, taken out of what it did.

If a run's busyness came out 2 % above its known mean, its costs are partly so for that reason, and
a line through the replications tells by how much. What is left scatters less (Lavenberg and Welch
1981, A perspective on the use of control variables, Management Science 27).
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.estimate import Statistic

FEWEST = 10
"""Replications beyond the controls, below which their coefficients are luck themselves."""

WITH_CONTROLS = ", with control variates"
"""How the estimator of a statistic is named then."""


def controlled(statistic: Statistic, controls: ArrayLike) -> Statistic:
    """A statistic less what its controls explain.

    controls: R x c, each of known mean 0. The coefficients are those of least squares, the interval
    that of a regression's constant: R - 1 - c degrees of freedom, and an error that grows with the
    distance of the controls' means from 0 (Lavenberg and Welch 1981). For ratios it is the linear
    form that is regressed (Nelson 1990, Control-variate remedies, Operations Research 38). A row is
    left as it is where it has no precision, and where what is explained would turn its sign. With
    fewer than `FEWEST` replications beyond the controls nothing is changed.

    Raises ValueError for controls that are not finite, or not of the statistic's replications.
    """
    known = np.asarray(controls, dtype=np.float64)
    replications = len(statistic.pulls)
    if known.ndim != 2 or len(known) != replications or not np.isfinite(known).all():
        raise ValueError(f"controls must be finite and {replications} x c, not {known.shape}")
    centred = known - known.mean(axis=0)
    varies = centred.any(axis=0)
    size = np.abs(centred[:, varies]).max(axis=0)
    known, centred = known[:, varies] / size, centred[:, varies] / size
    count = known.shape[1]
    if count == 0 or replications - count < FEWEST:
        return statistic
    inverse = np.linalg.pinv(centred)
    slopes = inverse @ statistic.pulls
    means = known.mean(axis=0)
    explained = means @ slopes
    left = statistic.pulls - centred @ slopes
    wider = 1.0 + replications * float(np.square(means @ inverse).sum())
    left *= np.sqrt(wider * (replications - 1) / (replications - 1 - count))
    value = statistic.value - explained
    keeps = np.isfinite(explained) & (value * statistic.value >= 0.0)
    return Statistic(
        np.where(keeps, value, statistic.value),
        np.where(keeps, left, statistic.pulls),
        statistic.estimator + WITH_CONTROLS,
        statistic.spent + count,
    )
