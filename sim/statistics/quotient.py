"""The quotient of two statistics, such as what a difference costs per unit of another."""

import math

import numpy as np

from sim.statistics.estimate import Estimate, Statistic, student


def quotient(above: Statistic, below: Statistic, confidence: float = 0.95) -> Estimate:
    """One statistic over another on the same replications, both of one row.

    The interval holds all quotients q for which above - q below cannot be told from zero (Fieller
    1954, Some problems in interval estimation, Journal of the Royal Statistical Society B 16). It
    has no bounds where `below` itself cannot be told from zero: then low and high are None.

    Raises ValueError for replications that differ.
    """
    if above.pulls.shape != below.pulls.shape:
        raise ValueError("a quotient needs the same replications above and below")
    a, b = float(above.value[0]), float(below.value[0])
    estimator = f"quotient of {above.estimator} and {below.estimator}"
    replications = len(above.pulls)
    if b == 0.0 or not math.isfinite(a / b):
        return Estimate(None, None, None, replications, estimator)
    degrees = min(above.degrees, below.degrees)
    if degrees < 1:
        return Estimate(a / b, None, None, replications, estimator)
    t = student(degrees, confidence)
    scale = t**2 / (replications * (replications - 1))
    aa, ab, bb = (
        scale * float(np.sum(one.pulls[:, 0] * other.pulls[:, 0]))
        for one, other in ((above, above), (above, below), (below, below))
    )
    # (a - q b)² <= aa - 2 q ab + q² bb, a quadratic in q
    lead, middle, last = b * b - bb, a * b - ab, a * a - aa
    if lead <= 0.0:
        return Estimate(a / b, None, None, replications, estimator)
    root = math.sqrt(max(0.0, middle**2 - lead * last))
    return Estimate(a / b, (middle - root) / lead, (middle + root) / lead, replications, estimator)
