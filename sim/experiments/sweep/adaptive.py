"""Where a curve wants another point: where it bends, and where its bottom may be."""

from collections.abc import Sequence

import numpy as np

from sim.experiments.sweep.bottom import Bottom
from sim.statistics.estimate import Statistic, standard_errors
from sim.statistics.paired import difference

_CLOSEST = 1e-3
"""Of the whole stretch: points are not set nearer to one another."""


def next_number(
    numbers: Sequence[float], statistics: Sequence[Statistic], bottom: Bottom
) -> float | None:
    """The middle of the gap in which the curve is least known; None if all are too narrow.

    A gap is as little known as a straight line across it may be wrong: by an eighth of the curve's
    bend there (its second derivative, the larger of both ends) times the square of the width; and,
    where the bottom may lie in it, by the standard error of its ends against the best point.
    """
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    x = np.array([numbers[nth] for nth in order])
    y = np.array([float(statistics[nth].value[0]) for nth in order])
    widths = np.diff(x)
    bends = np.abs(_second_derivative(x, y))
    unknown = np.maximum(bends[:-1], bends[1:]) * widths**2 / 8.0
    best = statistics[bottom.best]
    noise = np.array(
        [_error_against(statistics[nth], best) if nth in bottom.possible else 0.0 for nth in order]
    )
    unknown += np.maximum(noise[:-1], noise[1:]) * widths / widths.max()
    unknown[widths < 2.0 * _CLOSEST * (x[-1] - x[0])] = -1.0
    widest = int(unknown.argmax())
    return float((x[widest] + x[widest + 1]) / 2.0) if unknown[widest] >= 0.0 else None


def _second_derivative(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """At every point, of the parabola through it and its neighbours; at the ends as beside them."""
    if len(x) < 3:
        return np.zeros(len(x))
    slopes = np.diff(y) / np.diff(x)
    inner = 2.0 * np.diff(slopes) / (x[2:] - x[:-2])
    return np.concatenate([inner[:1], inner, inner[-1:]])


def _error_against(one: Statistic, best: Statistic) -> float:
    if one is best:
        return 0.0
    return float(np.nan_to_num(standard_errors(difference(one, best))[0]))
